"""Counting statutory working days, and saying how each was counted.

法定工作日: Monday to Friday unless the State Council's yearly notice says otherwise (全国年节及纪念日放假办法);
week-end days that the notice makes up for (调休) are working days. The day of the event is day 0 and is not
counted (民法典第201条); a period in calendar days whose last day is a rest day ends on the next working day
(第203条). A year whose notice is not out is counted Monday to Friday, and what crosses it is 暂定.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from luoshi.workdays.days import (
    WEEKDAYS,
    Calendar,
    OfficeHours,
    awaited_years,
    is_workday,
    reason,
    told,
    why,
)

__all__ = [
    "DAY",
    "WEEKDAYS",
    "WORKDAY",
    "Calendar",
    "Count",
    "Day",
    "Extension",
    "OfficeHours",
    "Pause",
    "add_workdays",
    "awaited_years",
    "day_zero",
    "distance",
    "explain",
    "is_office_time",
    "is_workday",
    "next_workday",
    "nth_workday_of_month",
    "office_opens",
    "reason",
    "recount",
    "roll",
    "told",
    "why",
    "why_day_zero",
    "why_provisional",
    "workdays_between",
    "workdays_of",
    "workdays_of_week",
]

WORKDAY, DAY = "WORKDAY", "DAY"
LONGEST = 3660
"""The longest period that is counted, in days or working days."""
ZONE = ZoneInfo("Asia/Shanghai")


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


def office_opens(moment: datetime, calendar: Calendar) -> datetime:
    """The next moment at which the office is open: this one where it is.

    >>> office_opens(datetime(2026, 11, 27, 18, 0, tzinfo=ZONE), Calendar()).isoformat()
    '2026-11-30T08:30:00+08:00'
    """
    if is_office_time(moment, calendar):
        return moment
    local = moment.astimezone(ZONE)
    hours = calendar.hours_on(local.date())
    for opens in (hours.morning_from, hours.afternoon_from):
        if is_workday(local.date(), calendar) and local.time() < opens:
            return datetime.combine(local.date(), opens, ZONE)
    day = next_workday(local.date() + timedelta(days=1), calendar)
    return datetime.combine(day, calendar.hours_on(day).morning_from, ZONE)


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


def distance(today: date, on: date, calendar: Calendar) -> str:
    """How far a date is from today, in working days.

    >>> now = Calendar()
    >>> distance(date(2026, 11, 23), date(2026, 11, 30), now), distance(date(2026, 11, 23), date(2026, 11, 20), now)
    ('还有5个工作日', '已过1个工作日')
    """
    if on == today:
        return "就是今天"
    number = workdays_between(today, on, calendar)
    return f"还有{number}个工作日" if on > today else f"已过{-number}个工作日"


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


def explain(count: Count) -> list[str]:
    """The arithmetic of a count as lines: day 0, each day counted or skipped and why, pauses, extensions, 暂定.

    >>> for line in explain(add_workdays(date(2026, 11, 26), 2, Calendar(official_years=frozenset({2026})))):
    ...     print(line)
    2026-11-26 周四　起算日（第0日），不计入期限
    2026-11-27 周五　第1天
    2026-11-28 周六　不计，周六休息
    2026-11-29 周日　不计，周日休息
    2026-11-30 周一　第2天
    到期日：2026-11-30 周一
    """
    lines = [f"{told(count.start)}　起算日（第0日），不计入期限"]
    lines += _calendar_days(count) if count.unit == DAY else [_counted(one) for one in count.days]
    for one in count.extensions:
        by = f"经{one.decided_by}批准" if one.decided_by else "经批准"
        lines.append(f"延期：{by}延至{told(one.until)}（{one.reason}），原到期日{told(count.original)}")
    lines.append(f"到期日：{told(count.due)}")
    if count.provisional:
        lines.append(why_provisional(count))
    return lines


def _counted(one: Day) -> str:
    if one.nth is None:
        return f"{told(one.on)}　不计，{one.why}"
    return f"{told(one.on)}　第{one.nth}天" + ("" if one.why == "工作日" else f"，{one.why}")


def _calendar_days(count: Count) -> list[str]:
    """Of a period in calendar days only its end is worth a line each: the last day, and what it rolled over."""
    tail = count.days[max(count.number - 1, 0) :]
    lines = []
    for one in tail:
        place = f"第{one.nth}日" if one.nth else "顺延"
        last = "，期限末日" if one.nth == count.number else ""
        lines.append(f"{told(one.on)}　{place}，{one.why}{last}")
    if len(tail) > 1:
        lines.append("期限末日是休息日的，顺延至休息日结束的次日（民法典第203条）")
    return lines


def why_provisional(count: Count) -> str:
    """Why a date is 暂定: the years whose notice is not out.

    >>> why_provisional(add_workdays(date(2027, 1, 4), 1, Calendar()))
    '暂定：2027年放假安排尚未公布，有关日期先按周一至周五推算，公布后重算'
    """
    years = "、".join(f"{year}年" for year in count.awaiting)
    return f"暂定：{years}放假安排尚未公布，有关日期先按周一至周五推算，公布后重算" if years else ""
