"""走势: a unit against itself, quarter by quarter, and its peers of one published quarter. Three queries, however many.

A score that is not published yet is seen by its own unit and by those who oversee the bureau; peers stand side by
side on published boards only. What the indicators were is read by the unit itself and by overseers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.appraisal.models import Score
from luoshi.appraisal.queries.access import own_units
from luoshi.appraisal.rules.comments import items
from luoshi.appraisal.rules.doors import OVERSEERS
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.trends import Standing, Step, steps
from luoshi.appraisal.rules.words import FREE, BoardState
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held, bureaus

QUARTERS = 8
"""Quarters shown at most: two years."""
SHOWN = frozenset(set(BoardState.values) - {*FREE, BoardState.VOID})


@dataclass(frozen=True, slots=True)
class Peer:
    """A unit of the same group on a published board, against its own quarter before."""

    unit: Unit
    step: Step
    own: bool


def inside(user: User, held: Iterable[Held], unit: Unit, on: date) -> bool:
    """Whether somebody reads of a unit what is not published: his own, or he oversees its bureau."""
    found = list(held)
    return unit.pk in own_units(user, found, on) or (unit.bureau_id or unit.pk) in bureaus(found, OVERSEERS)


def trend(unit: Unit, *, whole: bool) -> list[Step]:
    """One unit's quarters, the oldest first; `whole` with what is not published yet, and with its indicators."""
    states = SHOWN if whole else {BoardState.PUBLISHED}
    found = Score.objects.filter(unit=unit, board__state__in=states).select_related("board")
    rows = found.order_by("-board__year", "-board__quarter", "-board__edition")[: QUARTERS * 3]
    return steps(_newest(rows, whole=whole)[-QUARTERS:])


def _newest(rows: Iterable[Score], *, whole: bool) -> list[Standing]:
    """Of each quarter the newest edition, the oldest quarter first; rows come newest edition first."""
    found: dict[Quarter, Standing] = {}
    for one in rows:
        found.setdefault(one.board.quarter_of, _standing(one, whole=whole))
    return [found[quarter] for quarter in sorted(found)]


def _standing(score: Score, *, whole: bool) -> Standing:
    return Standing(
        quarter=score.board.quarter_of, group=score.group, points=score.points, rank=score.rank,
        provisional=score.board.state != BoardState.PUBLISHED, reason=score.reason,
        parts={one.label: one.value for one in items(score.basis)} if whole else {},
    )  # fmt: skip


def peers(unit: Unit) -> tuple[Quarter | None, list[Peer]]:
    """Who stood beside a unit on the newest published board that has it, by rank; and that board's quarter."""
    found = Score.objects.filter(board__state=BoardState.PUBLISHED).select_related("board", "unit").defer("basis")
    last = found.filter(unit=unit).order_by("-board__year", "-board__quarter", "-board__edition").first()
    if last is None:
        return None, []
    now = last.board.quarter_of
    before = now.previous
    rows = found.filter(
        board__bureau_id=last.board.bureau_id, group=last.group, board__year__in=[now.year, before.year]
    )
    by_unit: dict[int, list[Score]] = {}
    for one in rows.order_by("-board__edition", "pk"):
        if one.board.quarter_of in (now, before):
            by_unit.setdefault(one.unit_id, []).append(one)
    made = []
    for scores in by_unit.values():
        told = steps(_newest(scores, whole=False))
        if told[-1].now.quarter == now:
            made.append(Peer(scores[0].unit, told[-1], scores[0].unit_id == unit.pk))
    return now, sorted(made, key=lambda one: (one.step.now.rank or 10**6, one.unit.rank, one.unit.pk))


def indicators(found: Iterable[Step]) -> dict[str, list[tuple[str, Decimal | None]]]:
    """Each indicator's values over the quarters in which the scheme had it, for small pictures side by side."""
    made: dict[str, list[tuple[str, Decimal | None]]] = {}
    for one in found:
        for label, value in one.now.parts.items():
            made.setdefault(label, []).append((one.now.quarter.key, value))
    return made
