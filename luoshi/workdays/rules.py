"""Counting statutory working days, and saying how each was counted.

法定工作日: Monday to Friday unless the State Council's yearly notice says otherwise; week-end days that the
notice makes up for (调休) are working days. The day of the event is day 0 (民法典 Art. 201); a period that
ends on a rest day in calendar days ends on the next working day (Art. 203).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The exceptional days by date (is it a working day, why) and the years whose notice is official."""

    days: Mapping[date, tuple[bool, str]] = field(default_factory=dict)
    official_years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a count: whether it counted (then as the n-th), and why or why not."""

    on: date
    nth: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """A finished count: day 0, each day after it, the due date, and whether it crosses an unpublished year (暂定)."""

    start: date
    due: date
    days: tuple[Day, ...]
    provisional: bool


def is_workday(on: date, calendar: Calendar) -> bool:
    """Whether offices work on a day.

    >>> is_workday(date(2026, 11, 23), Calendar())
    True
    """
    named = calendar.days.get(on)
    return named[0] if named else on.weekday() < 5


def add_workdays(start: date, number: int, calendar: Calendar) -> Count:
    """The `number`-th working day after `start` (day 0), with every day on the way.

    >>> add_workdays(date(2026, 11, 23), 5, Calendar()).due
    datetime.date(2026, 11, 30)
    """
    days: list[Day] = []
    day, counted = start, 0
    while counted < number:
        day += timedelta(days=1)
        named = calendar.days.get(day)
        if is_workday(day, calendar):
            counted += 1
            days.append(Day(day, counted, named[1] if named else "工作日"))
        else:
            days.append(Day(day, None, named[1] if named else f"周{WEEKDAYS[day.weekday()]}休息"))
    provisional = any(one.on.year not in calendar.official_years for one in days)
    return Count(start, day, tuple(days), provisional)
