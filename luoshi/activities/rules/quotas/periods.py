"""The periods of a year in one rhythm, and the working days of each on a calendar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from luoshi.workdays.rules import Calendar, workdays_of

RHYTHMS = {"YEAR": 12, "HALF_YEAR": 6, "QUARTER": 3, "MONTH": 1}
"""Months of a period; weeks run Monday to Sunday and belong to the ISO year."""
_NAMES = {"YEAR": "全年", "HALF_YEAR": "{n}半年", "QUARTER": "第{n}季度", "MONTH": "{n}月"}
_HALVES = ("上", "下")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in which something is asked once: its stored key, its name, first and last day."""

    key: str
    label: str
    first: date
    last: date


@lru_cache(maxsize=64)
def periods(rhythm: str, year: int) -> tuple[Period, ...]:
    """The periods of a year; none for a rhythm that does not come back (活动期间).

    >>> [one.key for one in periods("QUARTER", 2026)]
    ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']
    >>> week = periods("WEEK", 2026)[7]
    >>> week.key, week.label, week.last.isoformat(), len(periods("WEEK", 2026)), periods("ONCE", 2026)
    ('2026-W08', '第8周（2月16日至22日）', '2026-02-22', 53, ())
    """
    if rhythm == "WEEK":
        return _weeks(year)
    if rhythm not in RHYTHMS:
        return ()
    months = RHYTHMS[rhythm]
    found = []
    for place in range(12 // months):
        first = date(year, place * months + 1, 1)
        after = place * months + months
        last = (date(year, after + 1, 1) if after < 12 else date(year + 1, 1, 1)) - timedelta(days=1)
        name: object = _HALVES[place] if rhythm == "HALF_YEAR" else place + 1
        found.append(Period(_key(rhythm, year, place), _NAMES[rhythm].format(n=name), first, last))
    return tuple(found)


def _key(rhythm: str, year: int, place: int) -> str:
    if rhythm == "YEAR":
        return str(year)
    if rhythm == "MONTH":
        return f"{year}-{place + 1:02}"
    return f"{year}-{'H' if rhythm == 'HALF_YEAR' else 'Q'}{place + 1}"


def _weeks(year: int) -> tuple[Period, ...]:
    monday, found = date.fromisocalendar(year, 1, 1), []
    while monday.isocalendar().year == year:
        sunday, week = monday + timedelta(days=6), monday.isocalendar().week
        until = f"{sunday.day}日" if sunday.month == monday.month else f"{sunday.month}月{sunday.day}日"
        label = f"第{week}周（{monday.month}月{monday.day}日至{until}）"
        found.append(Period(f"{year}-W{week:02}", label, monday, sunday))
        monday += timedelta(days=7)
    return tuple(found)


class Grid:
    """The periods of a year with their working days: made once for a bureau, asked for everybody in it."""

    def __init__(self, rhythm: str, year: int, calendar: Calendar) -> None:
        self.rhythm, self.year = rhythm, year
        self.periods = periods(rhythm, year)
        self.first = self.periods[0].first if self.periods else date(year, 1, 1)
        self.last = self.periods[-1].last if self.periods else date(year, 12, 31)
        self.days = workdays_of(self.first, self.last, calendar) if self.periods else []
        self.bounds = [(bisect_left(self.days, one.first), bisect_right(self.days, one.last)) for one in self.periods]
        self.workdays = tuple(upper - lower for lower, upper in self.bounds)
        self.at: dict[date, int] = {
            one.first + timedelta(days=n): place
            for place, one in enumerate(self.periods)
            for n in range((one.last - one.first).days + 1)
        }
        """The place of each day's period."""

    def within(self, spans: Iterable[tuple[date, date]]) -> tuple[int, ...]:
        """The working days of each period that lie within these spans, which do not touch each other.

        >>> grid = Grid("QUARTER", 2026, Calendar())
        >>> grid.within([(date(2026, 3, 30), date(2026, 4, 1))])
        (2, 1, 0, 0)
        """
        ends = [(bisect_left(self.days, first), bisect_right(self.days, last)) for first, last in spans]
        return tuple(
            sum(max(0, min(upper, right) - max(lower, left)) for left, right in ends) for lower, upper in self.bounds
        )
