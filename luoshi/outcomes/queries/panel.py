"""成效对照: the indicators of the three goals by quarter against the start; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.outcomes.models import OutsideFigure
from luoshi.outcomes.queries.sets import LABELS, Counts, Scope, counts
from luoshi.outcomes.rules import (
    GOALS,
    INDICATORS,
    START,
    Change,
    Goal,
    Indicator,
    Period,
    Value,
    average_of,
    change,
    count_of,
    quarters,
    share_of,
)
from luoshi.outcomes.rules.access import OVERSEERS
from luoshi.plan.models import Phase, Plan
from luoshi.plan.queries import visible_to

BASE = Period(START, "活动之前", date.min, date.min)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one quarter, with the figure from outside that it is, where it is one."""

    period: Period
    value: Value
    outside: OutsideFigure | None = None


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One indicator: a cell each quarter, where it started, and what became of it since."""

    indicator: Indicator
    start: Cell | None
    cells: list[Cell]
    last: Cell | None
    change: Change

    @property
    def part_label(self) -> str:
        return LABELS.get(self.indicator.part, "")

    @property
    def whole_label(self) -> str:
        return LABELS.get(self.indicator.whole, "")


@dataclass(frozen=True, slots=True)
class Board:
    """One goal with its lines."""

    goal: Goal
    lines: list[PanelLine]


def plan_of(user: User, bureau_id: int, on: date, pk: int | None = None) -> Plan | None:
    """The plan whose effect is asked: the named one, else the newest of the bureau that runs or ran."""
    found = visible_to(user, on).filter(bureau=bureau_id).select_related("bureau").order_by("-id")
    if pk is not None:
        return found.filter(pk=pk).first()
    told = list(found[:20])
    return next((one for one in told if one.from_on is not None and one.from_on <= on), told[0] if told else None)


def began(plan: Plan) -> date | None:
    """The first day of a campaign: 实施起, else the first phase's."""
    if plan.from_on is not None:
        return plan.from_on
    first = Phase.objects.filter(plan=plan, void=False, from_on__isnull=False).order_by("from_on").first()
    return first.from_on if first is not None else plan.issued_on


def periods_of(plan: Plan, on: date) -> list[Period]:
    """The quarters of a plan that have begun."""
    since = began(plan)
    return quarters(since, plan.until_on, on) if since is not None else []


def scope_of(user: User, bureau_id: int, on: date) -> Scope:
    """What a person's figures are taken from: only the duties by which he reads the panel count."""
    mine = [one for one in org.held(user, on) if one.bureau_id == bureau_id and one.duty in OVERSEERS]
    return Scope(user, mine, bureau_id, on)


def outside_figures(bureau_id: int) -> dict[tuple[str, str], OutsideFigure]:
    """(kind, quarter) → the figure that stands."""
    rows = OutsideFigure.objects.filter(bureau=bureau_id, void=False).select_related("entered_by")
    return {(one.kind, one.period): one for one in rows}


def boards(scope: Scope, periods: Sequence[Period]) -> list[Board]:
    """Every indicator of every goal over these quarters."""
    keys = [key for one in INDICATORS for key in (one.part, one.whole) if key]
    told = counts(keys, scope, periods)
    outside = outside_figures(scope.bureau_id)
    lines = [_line(one, periods, told, outside) for one in INDICATORS]
    return [Board(goal, [one for one in lines if one.indicator.goal == goal.key]) for goal in GOALS]


def _line(
    indicator: Indicator,
    periods: Sequence[Period],
    told: Counts,
    outside: dict[tuple[str, str], OutsideFigure],
) -> PanelLine:
    cells = [_cell(indicator, one, told, outside) for one in periods]
    base = outside.get((indicator.outside, START))
    known = [one for one in cells if not one.value.missing]
    if base is not None:
        start: Cell | None = Cell(BASE, average_of(base.value, indicator.unit), base)
    else:
        start = known[0] if known else None
    last = cells[-1] if cells else None
    again = start is None or last is None or start.period == last.period
    moved = change(None if again else start.value if start else None, last.value if last else None, indicator)
    return PanelLine(indicator, start, cells, last, moved)


def _cell(indicator: Indicator, period: Period, told: Counts, outside: dict[tuple[str, str], OutsideFigure]) -> Cell:
    if indicator.outside:
        figure = outside.get((indicator.outside, period.key))
        return Cell(period, average_of(figure.value if figure is not None else None, indicator.unit), figure)
    part = told[(indicator.part, period.key)]
    if indicator.whole:
        return Cell(period, share_of(part, told[(indicator.whole, period.key)]))
    return Cell(period, count_of(part, indicator.unit))
