"""The panel as it is drawn: cells with their addresses, the arithmetic of each, what fits a table and a wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from luoshi.outcomes import queries
from luoshi.outcomes.queries import Board, Cell, PanelLine, Scope
from luoshi.outcomes.rules import KINDS_OF_FAULT, Goal, Period, cut
from luoshi.plan.models import Clause, Plan
from luoshi.ui.charts import Chart

REFORMS = ("mind", "method", "mechanism", "model")
WALL = {
    "mind": ("reform_mind", "reform_method", "reform_mechanism", "reform_model", "conversions"),
    "style": ("faults", "rebounds", "cured"),
    "effect": ("raisers", "concerns", "in_time", "feedback", "missed", "survey"),
}
"""What is read from four metres: the lines of each goal that fit."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell with where it opens, and how it came about in one sentence."""

    cell: Cell
    url: str
    whole_url: str
    why: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One indicator as a row of the table."""

    line: PanelLine
    start: DrawnCell | None
    cells: list[DrawnCell]


@dataclass(frozen=True, slots=True)
class Picture:
    """A goal's picture by quarter: which kind, of what, and the table behind it."""

    kind: str
    title: str
    unit: str
    says: str
    top: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class DrawnBoard:
    """One goal as a card: its clause, its rows, its picture."""

    goal: Goal
    clause: Clause | None
    lines: list[DrawnLine]
    picture: Picture | None = None


PICTURES = {
    "mind": ("bar-stacked", "四改联动按季度施行的制度", "项", "", [f"reform_{one}" for one in REFORMS]),
    "style": ("bar-stacked", "怕慢假庸散问题按季度发现数", "件", "", [f"fault_{one}" for one in KINDS_OF_FAULT]),
    "effect": ("line", "满意、按期情况按季度", "%", "100", ["raisers", "concerns", "in_time", "feedback"]),
}
"""Of each goal the lines that are drawn; missing figures leave a gap."""


def board_page(plan: Plan, scope: Scope, last: str) -> dict[str, Any]:
    """The panel of a plan up to a quarter."""
    periods = queries.periods_of(plan, scope.on)
    shown, earlier, later = cut(periods, last)
    clauses = queries.goal_clauses(plan)
    keys = {one.key for one in shown}
    boards = [
        DrawnBoard(
            board.goal,
            clauses.get(board.goal.key),
            [_line(one, plan, keys) for one in board.lines],
            _picture(board, shown),
        )
        for board in queries.boards(scope, periods)
    ]
    link = lambda key: f"?{urlencode({'plan': plan.pk, 'to': key})}" if key else ""
    return {"boards": boards, "periods": shown, "earlier": link(earlier), "later": link(later)}


def wall_page(plan: Plan, scope: Scope) -> dict[str, Any]:
    """The lines that a wall shows: where it started, the last whole quarter, the one that runs."""
    periods = queries.periods_of(plan, scope.on)
    keys = {one.key for one in periods[-2:]}
    boards = [
        DrawnBoard(
            board.goal,
            None,
            [_line(one, plan, keys) for one in board.lines if one.indicator.key in WALL[board.goal.key]],
        )
        for board in queries.boards(scope, periods)
    ]
    return {"boards": boards, "periods": periods[-2:]}


def _picture(board: Board, periods: list[Period]) -> Picture | None:
    """The picture of a goal; of a single quarter there is nothing to compare."""
    kind, title, unit, top, keys = PICTURES[board.goal.key]
    told = {one.indicator.key: one for one in board.lines}
    drawn = [told[key] for key in keys]
    cells = {one.indicator.key: {cell.period.key: cell.value for cell in one.cells} for one in drawn}
    rows = [(one.label, tuple(cells[key][one.key].number for key in keys)) for one in periods]
    if not any(figure for _, figures in rows for figure in figures):
        return None
    names = tuple(one.indicator.label.removeprefix("其中").strip("“”") for one in drawn)
    says = f"{periods[0].label}至{periods[-1].label}；无样本的季度留空。" if len(periods) > 1 else periods[0].label
    return Picture(kind, title, unit, says, top, Chart("季度", names, rows))


def _line(line: PanelLine, plan: Plan, keys: set[str]) -> DrawnLine:
    start = _cell(line, line.start, plan) if line.start is not None else None
    return DrawnLine(line, start, [_cell(line, one, plan) for one in line.cells if one.period.key in keys])


def _cell(line: PanelLine, cell: Cell, plan: Plan) -> DrawnCell:
    indicator = line.indicator
    if indicator.outside:
        if cell.outside is None:
            return DrawnCell(cell, "", "", "没有登记")
        said = f"{cell.outside.document}，{cell.outside.entered_by}{cell.outside.entered_on:%Y-%m-%d}登记"
        return DrawnCell(cell, cell.outside.get_absolute_url(), "", said)
    part, whole = _address(indicator.part, cell.period, plan), _address(indicator.whole, cell.period, plan)
    value = cell.value
    if not indicator.whole:
        return DrawnCell(cell, part if value.part else "", "", f"{line.part_label}{value.part}")
    if value.missing:
        return DrawnCell(cell, "", "", f"{line.whole_label}0，没有样本")
    said = f"{line.part_label}{value.part} ÷ {line.whole_label}{value.whole}"
    return DrawnCell(cell, part if value.part else whole, whole, said)


def _address(key: str, period: Period, plan: Plan) -> str:
    if not key:
        return ""
    told = urlencode([("plan", str(plan.pk)), ("period", period.key)])
    return f"{reverse('outcomes:goal_records', args=[key])}?{told}"
