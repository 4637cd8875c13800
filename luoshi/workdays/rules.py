"""Counting statutory working days, and saying how each was counted.

法定工作日: Monday to Friday unless the State Council's yearly notice says otherwise (全国年节及纪念日放假办法);
week-end days that the notice makes up for (调休) are working days. The day of the event is day 0 and is not
counted (民法典第201条); a period in calendar days whose last day is a rest day ends on the next working day
(第203条). A year whose notice is not out is counted Monday to Friday, and what crosses it is 暂定.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = "一二三四五六日"
WORKDAY, DAY = "WORKDAY", "DAY"
DECEMBER_EDGE = 25
"""From this day of December on the next year's notice may still speak (it has, from 29 December: 2007, 2018, 2022)."""
LONGEST = 3660
"""The longest period that is counted, in days or working days."""
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office is open, Shanghai time: morning and afternoon."""

    morning_from: time = time(8, 30)
    morning_until: time = time(12, 0)
    afternoon_from: time = time(14, 30)
    afternoon_until: time = time(17, 30)

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


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a count: whether it counted (then as the n-th), and why or why not."""

    on: date
    nth: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A standstill (中止): the working days after `since` up to `until`, the day work resumes, do not count."""

    since: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extension:
    """An approved later end (延期): the date, why, and who approved it."""

    until: date
    reason: str
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A finished count: day 0, each day after it, the due date, and whether it crosses an unpublished year (暂定).

    `awaiting` are the years whose notice may still move it; `unit` says what was counted (`WORKDAY` or `DAY`).
    """

    start: date
    due: date
    days: tuple[Day, ...]
    provisional: bool
    number: int = 0
    unit: str = WORKDAY
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    awaiting: tuple[int, ...] = ()

    @property
    def original(self) -> date:
        """Where the count itself ended, before any extension."""
        return self.days[-1].on if self.days else self.start


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


def _walk(start: date) -> Iterator[date]:
    day = start
    while True:
        day += timedelta(days=1)
        yield day


def _finished(
    start: date, days: list[Day], calendar: Calendar, *, number: int, unit: str,
    pauses: tuple[Pause, ...] = (), extensions: tuple[Extension, ...] = (),
) -> Count:  # fmt: skip
    end = days[-1].on if days else start
    awaiting = sorted({year for one in days for year in awaited_years(one.on, calendar)})
    due = extensions[-1].until if extensions else end
    if extensions:  # a date somebody named waits for no notice
        awaiting = []
    return Count(start, due, tuple(days), bool(awaiting), number, unit, pauses, extensions, tuple(awaiting))


def _checked(number: int) -> int:
    if not 0 <= number <= LONGEST:
        raise ValueError(f"a period of {number} is not counted")
    return number


def add_workdays(
    start: date,
    number: int,
    calendar: Calendar,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> Count:
    """The `number`-th working day after `start` (day 0), with every day on the way.

    Working days of a pause do not count; the last extension names the due date, and the count stays readable.

    >>> add_workdays(date(2026, 11, 23), 5, Calendar()).due
    datetime.date(2026, 11, 30)
    >>> still = Pause(date(2026, 11, 24), date(2026, 11, 26), "等待上级批复")
    >>> add_workdays(date(2026, 11, 23), 5, Calendar(), pauses=[still]).due
    datetime.date(2026, 12, 2)
    """
    stood, extended = tuple(pauses), tuple(extensions)
    days: list[Day] = []
    counted = 0
    for day in _walk(start):
        if counted >= _checked(number):
            break
        pause = next((one for one in stood if one.since < day <= one.until), None)
        if not is_workday(day, calendar):
            days.append(Day(day, None, why(day, calendar)))
        elif pause is not None:
            days.append(Day(day, None, f"中止：{pause.reason}"))
        else:
            counted += 1
            days.append(Day(day, counted, why(day, calendar)))
    return _finished(start, days, calendar, number=number, unit=WORKDAY, pauses=stood, extensions=extended)


def roll(start: date, number: int, calendar: Calendar) -> Count:
    """The `number`-th calendar day after `start`, moved to the next working day where it is a rest day (第203条).

    >>> roll(date(2026, 11, 21), 7, Calendar()).due
    datetime.date(2026, 11, 30)
    """
    days: list[Day] = []
    for place, day in enumerate(_walk(start), 1):
        if place > _checked(number) and (not days or is_workday(days[-1].on, calendar)):
            break
        days.append(Day(day, place if place <= number else None, why(day, calendar)))
    return _finished(start, days, calendar, number=number, unit=DAY)


def recount(count: Count, calendar: Calendar) -> Count:
    """The same count on another calendar: what a newly loaded notice makes of it."""
    if count.unit == DAY:
        return replace(roll(count.start, count.number, calendar), pauses=count.pauses, extensions=count.extensions)
    return add_workdays(count.start, count.number, calendar, pauses=count.pauses, extensions=count.extensions)


def is_office_time(moment: datetime, calendar: Calendar) -> bool:
    """Whether the office is open at a moment: a working day, within its hours."""
    local = moment.astimezone(ZONE)
    return is_workday(local.date(), calendar) and calendar.hours_on(local.date()).holds(local.time())


def next_workday(on: date, calendar: Calendar) -> date:
    """The first working day from `on`, itself where it is one."""
    return on if is_workday(on, calendar) else next(day for day in _walk(on) if is_workday(day, calendar))


def day_zero(moment: datetime, calendar: Calendar) -> date:
    """Day 0 (起算日): the working day on which a hand-out reached the unit, signed or not.

    What arrives after the afternoon's closing, or on a rest day, arrived on the next working day.

    >>> day_zero(datetime(2026, 11, 23, 17, 29, tzinfo=ZONE), Calendar())
    datetime.date(2026, 11, 23)
    >>> day_zero(datetime(2026, 11, 27, 17, 30, tzinfo=ZONE), Calendar())
    datetime.date(2026, 11, 30)
    """
    local = moment.astimezone(ZONE)
    late = local.time() >= calendar.hours_on(local.date()).afternoon_until
    return next_workday(local.date() + timedelta(days=1 if late else 0), calendar)


def why_day_zero(moment: datetime, calendar: Calendar) -> str:
    """How day 0 was found, in one line.

    >>> why_day_zero(datetime(2026, 11, 27, 18, 5, tzinfo=ZONE), Calendar())
    '2026-11-27 18:05送达，已过下班时间17:30，按下一工作日2026-11-30起算'
    """
    local = moment.astimezone(ZONE)
    zero = day_zero(moment, calendar)
    told = f"{local:%Y-%m-%d %H:%M}送达"
    if zero == local.date():
        return f"{told}，当日为起算日"
    if not is_workday(local.date(), calendar):
        return f"{told}，{why(local.date(), calendar)}，按下一工作日{zero}起算"
    return f"{told}，已过下班时间{calendar.hours_on(local.date()).afternoon_until:%H:%M}，按下一工作日{zero}起算"


def workdays_of(first: date, last: date, calendar: Calendar) -> list[date]:
    """The working days from `first` to `last`, both included.

    >>> len(workdays_of(date(2026, 11, 23), date(2026, 11, 29), Calendar()))
    5
    """
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if is_workday(day, calendar)]


def workdays_between(since: date, until: date, calendar: Calendar) -> int:
    """How many working days lie after `since` up to and including `until`; negative where `until` is past.

    >>> workdays_between(date(2026, 11, 23), date(2026, 11, 30), Calendar())
    5
    >>> workdays_between(date(2026, 11, 30), date(2026, 11, 27), Calendar())
    -1
    """
    if until < since:
        return -workdays_between(until, since, calendar)
    return len(workdays_of(since + timedelta(days=1), until, calendar))


def workdays_of_week(year: int, week: int, calendar: Calendar) -> list[date]:
    """The working days of an ISO week (Monday to Sunday, 每星期); empty where there is none, and nothing is owed."""
    monday = date.fromisocalendar(year, week, 1)
    return workdays_of(monday, monday + timedelta(days=6), calendar)


def nth_workday_of_month(on: date, calendar: Calendar) -> int | None:
    """Which working day of its month a day is (第N个工作日), None on a rest day.

    >>> nth_workday_of_month(date(2026, 11, 23), Calendar()), nth_workday_of_month(date(2026, 11, 22), Calendar())
    (16, None)
    """
    return len(workdays_of(on.replace(day=1), on, calendar)) if is_workday(on, calendar) else None
