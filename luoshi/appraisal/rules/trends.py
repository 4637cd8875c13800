"""纵向进步、横向进位 (2.2.5.4c): a unit against its own last quarter, in points and in rank, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from luoshi.appraisal.rules.board_life import rank_moved
from luoshi.appraisal.rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in one quarter, as the newest readable edition of its board has it."""

    quarter: Quarter
    group: str
    points: Decimal | None
    rank: int | None
    provisional: bool = False
    reason: str = ""
    parts: dict[str, Decimal | None] = field(default_factory=dict)
    url: str = ""


def points_moved(now: Decimal | None, before: Decimal | None) -> str:
    """纵向: the points against the last quarter.

    >>> points_moved(Decimal("83.7"), Decimal("80.2")), points_moved(Decimal("80.2"), Decimal("83.7"))
    ('进步3.5分', '退步3.5分')
    >>> points_moved(Decimal("80.0"), Decimal("80.0")), points_moved(Decimal("80.0"), None)
    ('持平', '—')
    """
    if now is None or before is None:
        return "—"
    if now == before:
        return "持平"
    return f"进步{now - before}分" if now > before else f"退步{before - now}分"


@dataclass(frozen=True, slots=True)
class Step:
    """A quarter beside the one before it."""

    now: Standing
    points: str
    rank: str


def steps(found: Sequence[Standing]) -> list[Step]:
    """Each quarter against the quarter just before it, oldest first.

    Where that one is missing or was not rated there is nothing to compare with; a rank is compared within one peer
    group only.

    >>> told = [Standing(Quarter(2026, 1), "SECTION", Decimal("80.0"), 3),
    ...         Standing(Quarter(2026, 2), "SECTION", Decimal("82.5"), 1),
    ...         Standing(Quarter(2026, 4), "SECTION", Decimal("82.5"), 1)]
    >>> [(one.points, one.rank) for one in steps(told)]
    [('—', '—'), ('进步2.5分', '进2位'), ('—', '—')]
    """
    made: list[Step] = []
    by_quarter = {one.quarter: one for one in found}
    for now in sorted(found, key=lambda one: one.quarter):
        before = by_quarter.get(now.quarter.previous)
        alike = before is not None and before.group == now.group
        made.append(
            Step(
                now,
                points_moved(now.points, before.points if before else None),
                rank_moved(now.rank, before.rank if before is not None and alike else None).words,
            )
        )
    return made


def says(made: Sequence[Step]) -> str:
    """The last quarter in one sentence, for the picture.

    >>> one = Standing(Quarter(2026, 3), "SECTION", Decimal("82.5"), 1)
    >>> says([Step(one, "进步2.5分", "进2位")])
    '2026年第三季度82.5分，比上季度进步2.5分，名次进2位。'
    >>> says([Step(one, "—", "—")]), says([])
    ('2026年第三季度82.5分，没有可比的上季度。', '')
    >>> says([Step(Standing(Quarter(2026, 3), "SECTION", None, None, reason="件数不足2件，不参评"), "—", "—")])
    '2026年第三季度件数不足2件，不参评。'
    """
    if not made:
        return ""
    last = made[-1]
    if last.now.points is None:
        return f"{last.now.quarter}{last.now.reason or '没有得分'}。"
    head = f"{last.now.quarter}{last.now.points}分"
    if last.points == "—":
        return f"{head}，没有可比的上季度。"
    points = "得分持平" if last.points == "持平" else f"比上季度{last.points}"
    rank = "" if last.rank == "—" else f"，名次{last.rank}"
    return f"{head}，{points}{rank}。"
