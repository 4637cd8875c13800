"""What each day is: the calendar's exceptional days over the weekdays, and the hours an office is open.

法定工作日: Monday to Friday unless the State Council's yearly notice says otherwise (全国年节及纪念日放假办法).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

WEEKDAYS = "一二三四五六日"
DECEMBER_EDGE = 25
"""From this day of December on the next year's notice may still speak (it has, from 29 December: 2007, 2018, 2022)."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office is open, Shanghai time, morning and afternoon, and when its people get the day's digest."""

    morning_from: time = time(8, 30)
    morning_until: time = time(12, 0)
    afternoon_from: time = time(14, 30)
    afternoon_until: time = time(17, 30)
    digest_at: time = time(8, 40)

    def holds(self, at: time) -> bool:
        """Whether the office is open at a time of a working day.

        >>> OfficeHours().holds(time(8, 30)), OfficeHours().holds(time(12, 0)), OfficeHours().holds(time(13, 0))
        (True, False, False)
        """
        return self.morning_from <= at < self.morning_until or self.afternoon_from <= at < self.afternoon_until

    def __str__(self) -> str:
        morning = f"{self.morning_from:%H:%M}–{self.morning_until:%H:%M}"
        return f"{morning}，{self.afternoon_from:%H:%M}–{self.afternoon_until:%H:%M}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The exceptional days by date (is it a working day, why), the years whose notice is official, the hours in force.

    `hours` are the office hours with the date from which each holds, in date order.
    """

    days: Mapping[date, tuple[bool, str]] = field(default_factory=dict)
    official_years: frozenset[int] = frozenset()
    hours: tuple[tuple[date, OfficeHours], ...] = ()

    def hours_on(self, on: date) -> OfficeHours:
        """The office hours that hold on a day: the latest order that began by then."""
        found = OfficeHours()
        for since, hours in self.hours:
            if since <= on:
                found = hours
        return found


def reason(works: bool, name: str, *, makeup: bool = True) -> str:
    """How an exceptional day is told: a holiday, a make-up day (调休), or a local order to work.

    >>> reason(False, "国庆节"), reason(True, "国庆节"), reason(True, "防汛值守", makeup=False)
    ('国庆节放假', '国庆节调休上班', '防汛值守上班')
    """
    return f"{name}放假" if not works else f"{name}调休上班" if makeup else f"{name}上班"


def is_workday(on: date, calendar: Calendar) -> bool:
    """Whether offices work on a day.

    >>> is_workday(date(2026, 11, 23), Calendar())
    True
    """
    named = calendar.days.get(on)
    return named[0] if named else on.weekday() < 5


def why(on: date, calendar: Calendar) -> str:
    """Why a day is a working day or not, in the words of the calendar.

    >>> why(date(2026, 11, 22), Calendar()), why(date(2026, 11, 23), Calendar())
    ('周日休息', '工作日')
    """
    named = calendar.days.get(on)
    if named:
        return named[1]
    return "工作日" if on.weekday() < 5 else f"周{WEEKDAYS[on.weekday()]}休息"


def awaited_years(on: date, calendar: Calendar) -> frozenset[int]:
    """The years whose unpublished notice may still change this day; empty where it is settled.

    >>> known = Calendar(official_years=frozenset({2026}))
    >>> sorted(awaited_years(date(2026, 12, 24), known)), sorted(awaited_years(date(2026, 12, 31), known))
    ([], [2027])
    """
    years = {on.year} | ({on.year + 1} if (on.month, on.day) >= (12, DECEMBER_EDGE) else set())
    return frozenset(years - calendar.official_years)


def told(on: date) -> str:
    """A date with its weekday.

    >>> told(date(2026, 11, 23))
    '2026-11-23 周一'
    """
    return f"{on.isoformat()} 周{WEEKDAYS[on.weekday()]}"
