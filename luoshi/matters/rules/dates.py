"""The arithmetic of a matter's dates: the next feedback, and a deadline worked out again from its stored reason."""

from __future__ import annotations

import calendar as civil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luoshi.workdays.rules import Calendar, add_workdays, awaited_years, is_workday, roll, workdays_of


def default_next_on(
    on: date, due_on: date | None, calendar: Calendar, *, every: tuple[int, str] = (1, "MONTH")
) -> date:
    """The next feedback where nobody named one: an interval on, a working day, not after 办结时限 while that is ahead.

    >>> default_next_on(date(2026, 1, 31), None, Calendar())
    datetime.date(2026, 2, 27)
    >>> default_next_on(date(2026, 11, 23), date(2026, 12, 4), Calendar())
    datetime.date(2026, 12, 4)
    >>> default_next_on(date(2026, 11, 23), None, Calendar(), every=(10, "WORKDAY"))
    datetime.date(2026, 12, 7)
    """
    number, unit = every
    if unit == "WORKDAY":
        day = add_workdays(on, number, calendar).due
    elif unit == "DAY":
        day = on + timedelta(days=number)
    else:
        months = on.year * 12 + on.month - 1 + number * (12 if unit == "YEAR" else 1)
        year, month = divmod(months, 12)
        day = date(year, month + 1, min(on.day, civil.monthrange(year, month + 1)[1]))
    while not is_workday(day, calendar) and day > on + timedelta(days=1):
        day -= timedelta(days=1)
    return due_on if due_on is not None and on < due_on < day else day


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A date, the arithmetic behind it as stored in `Deadline.basis`, and whether it crosses an unpublished year."""

    due: date
    basis: dict[str, Any]
    provisional: bool


def reckon(basis: Mapping[str, Any], calendar: Calendar) -> Reckoning:
    """Work a stored arithmetic out again, from the start, on a calendar.

    `basis` holds `start` (day 0) and either `number` (of working days after it, or of days where `unit` is DAY) or
    `fixed` (the list's own date), then `moves` in their order: a pause moves the date by the working days it lasted
    (the day it began is day 0, the day work resumes the last), an extension sets it.

    >>> first = reckon({"start": "2026-11-23", "number": 5}, Calendar())
    >>> first.due, first.basis["days"][-1]
    (datetime.date(2026, 11, 30), ['2026-11-30', 5, '工作日'])
    >>> pause = {"kind": "pause", "from": "2026-11-25", "to": "2026-11-27"}
    >>> reckon({**first.basis, "moves": [pause]}, Calendar()).due
    datetime.date(2026, 12, 2)
    """
    start = date.fromisoformat(basis["start"])
    fresh: dict[str, Any] = {**basis, "days": [], "moves": []}
    if basis.get("number") is not None:
        counting = roll if basis.get("unit") == "DAY" else add_workdays
        count = counting(start, basis["number"], calendar)
        due, provisional = count.due, count.provisional
        fresh["days"] = [[day.on.isoformat(), day.nth, day.why] for day in count.days]
    else:
        due, provisional = date.fromisoformat(basis["fixed"]), False
    for one in basis.get("moves", ()):
        if one["kind"] == "extension":
            due, provisional = date.fromisoformat(one["due"]), False
            fresh["moves"].append(dict(one))
            continue
        since, until = date.fromisoformat(one["from"]), date.fromisoformat(one["to"])
        paused = workdays_of(since + timedelta(days=1), until, calendar)
        count = add_workdays(due, len(paused), calendar)
        due = count.due
        awaited = any(awaited_years(day, calendar) for day in paused)
        provisional = provisional or count.provisional or awaited
        moved = {"number": len(paused), "days": [day.isoformat() for day in paused], "due": due.isoformat()}
        fresh["moves"].append({**one, **moved})
    return Reckoning(due, fresh, provisional)
