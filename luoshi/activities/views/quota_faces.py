"""A quota as a page draws it: the line, the bar, the periods with their words, the arithmetic, the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from luoshi.activities.models import Attendance, Shortfall
from luoshi.activities.queries.quotas import clause_urls, records
from luoshi.activities.rules import length
from luoshi.activities.rules.quotas import (
    STATES,
    Standing,
    State,
    amount,
    asks,
    current,
    explain,
    forecast,
    gap_words,
    line,
    why_void,
)

RECORDS_MOST = 100
MARKS = {State.MET: "check", State.OPEN: "clock", State.SHORT: "late", State.VOID: "pause", State.AHEAD: "calendar"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One period as a page shows it: its name, its state as icon and word, what is on record, why nothing is asked."""

    label: str
    state: str
    icon: str
    words: str
    amount: str
    why: str


@dataclass(frozen=True, slots=True)
class Face:
    """One quota of one person on a page."""

    slot: str
    label: str
    asks: str
    line: str
    more: tuple[str, ...]
    percent: int | None
    why: list[str]
    clauses: list[tuple[str, str]]
    cells: list[Cell]
    short: list[dict[str, Any]]
    records: list[tuple[Attendance, str]]
    more_records: bool


def cell(one: Standing, place: int) -> Cell:
    """One period in words and with its icon; never by colour alone."""
    state = one.state(place)
    why = why_void(one, place) if state is State.VOID else ""
    return Cell(
        one.periods[place].label, state.value, MARKS[state], STATES[state], amount(one.done[place], one.ask.unit), why
    )


def face(one: Standing, person_id: int, bureau_id: int, reasons: tuple[Shortfall, ...]) -> Face:
    """A quota with everything that opens behind it: two queries."""
    rows = list(records(one, person_id, bureau_id)[: RECORDS_MOST + 1])
    yearly = one.ask.rhythm == "YEAR"
    return Face(
        one.ask.slot,
        one.ask.label,
        asks(one.ask),
        line(one),
        tuple(dict.fromkeys(filter(None, (forecast(one), "" if yearly else current(one))))),
        min(100, one.total * 100 // one.need) if yearly and one.need else None,
        explain(one),
        clause_urls(one.asked),
        [] if yearly else [cell(one, place) for place in range(len(one.periods))],
        short_periods(one, person_id, reasons),
        [(row, length(row.half_days)) for row in rows[:RECORDS_MOST]],
        len(rows) > RECORDS_MOST,
    )


def short_periods(one: Standing, person_id: int, reasons: tuple[Shortfall, ...]) -> list[dict[str, Any]]:
    """The periods that were not reached, each with the reason given or the way to give one."""
    said = {row.period: row for row in reasons if row.slot == one.ask.slot}
    wanted = one.short
    if one.ask.rhythm == "YEAR" and gap_words(one):
        wanted = one.periods  # a year may be explained before it is over: the person knows by then
    return [
        {
            "label": period.label,
            "gap": gap_words(one) if one.ask.rhythm == "YEAR" else "",
            "reason": said.get(period.key),
            "url": reverse("activities:shortfall", args=[person_id, one.ask.slot, period.key]),
        }
        for period in wanted
    ]
