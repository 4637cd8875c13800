"""What a unit's year-end result is counted from beside its ballots: the approved quarters, its part in the campaign.

Each value comes with the records behind it as links, frozen with the result. Nothing of study, presence or use of the
system is read here (domain rules 9).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.appraisal.models import Score
from luoshi.appraisal.rules.reviews import cents
from luoshi.appraisal.rules.words import BoardState
from luoshi.problems.models import Problem
from luoshi.problems.rules import State

COUNTED = (BoardState.APPROVED, BoardState.PUBLISHED)
"""Boards whose scores count: their body has approved them."""
LEAST = 2
"""Fewer problems than this say nothing of a unit."""


@dataclass(frozen=True, slots=True)
class Told:
    """A part's value, its arithmetic in a sentence, and the records it counts."""

    value: Decimal | None
    words: str
    records: list[dict[str, str]] = field(default_factory=list)


def quarters(bureau_id: int, year: int, units: Collection[int]) -> dict[int, Told]:
    """The mean of a unit's scores on the year's approved boards; a quarter in which it was 不参评 is left out."""
    rows = Score.objects.filter(
        board__bureau=bureau_id, board__year=year, board__state__in=COUNTED, unit__in=list(units)
    )
    last: dict[tuple[int, int], Score] = {}
    for one in rows.select_related("board").order_by("board__quarter", "board__edition", "pk"):
        last[one.unit_id, one.board.quarter] = one  # a later edition stands for the one it corrects
    found: dict[int, list[Score]] = {}
    for (unit_id, _), one in last.items():
        if one.points is not None:
            found.setdefault(unit_id, []).append(one)
    return {pk: _mean(found.get(pk, [])) for pk in units}


def _mean(scores: list[Score]) -> Told:
    if not scores:
        return Told(None, "本年度没有已审定的季度得分")
    points = [one.points for one in scores if one.points is not None]
    value = cents(sum(points, Decimal(0)) / len(points))
    words = "＋".join(f"{one.board.quarter}季度{one.points}" for one in scores)
    records = [{"label": str(one.board), "url": one.get_absolute_url(), "words": f"{one.points}分"} for one in scores]
    return Told(value, f"（{words}）÷{len(points)}＝{value}", records)


def campaign(bureau_id: int, year: int, units: Collection[int], on: date) -> dict[int, Told]:
    """整治问题按期销号率: of the unit's problems due in the year by the day of counting, those put right in time."""
    rows = Problem.objects.filter(
        bureau=bureau_id, unit__in=list(units), self_check=None, due_on__gte=date(year, 1, 1),
        due_on__lte=min(date(year, 12, 31), on),
    ).exclude(state=State.DISMISSED)  # fmt: skip
    by_unit: dict[int, list[Problem]] = {}
    for one in rows.order_by("due_on", "pk"):
        by_unit.setdefault(one.unit_id or 0, []).append(one)
    return {pk: _in_time(by_unit.get(pk, [])) for pk in units}


def _in_time(rows: list[Problem]) -> Told:
    told = [(one, one.state == State.CLOSED and (one.applied_on or one.closed_on or date.max) <= (one.due_on or
            date.max)) for one in rows]  # fmt: skip
    records = [{"label": str(one), "url": one.get_absolute_url(), "words": _standing(one, good)} for one, good in told]
    if len(rows) < LEAST:
        return Told(None, f"本年度到期的问题{len(rows)}件，少于{LEAST}件，不评", records)
    number = sum(good for _, good in told)
    value = cents(Decimal(100 * number) / len(rows))
    return Told(value, f"到期问题{len(rows)}件，按期销号{number}件，{number}÷{len(rows)}×100＝{value}", records)


def _standing(one: Problem, good: bool) -> str:
    if good:
        return f"{one.due_on}到期，按期销号"
    return f"{one.due_on}到期，" + ("逾期销号" if one.state == State.CLOSED else "未销号")


def frozen(told: Told) -> dict[str, Any]:
    """As the result keeps it."""
    return {"value": None if told.value is None else str(told.value), "words": told.words, "records": told.records}


__all__ = ["LEAST", "Told", "campaign", "frozen", "quarters"]
