"""周期事项: which working day of which period, and on which day it is handed out (第几个工作日、提前几个工作日)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.matters.rules.words import RHYTHMS
from luoshi.workdays.rules import Calendar, awaited_years, is_workday, told, workdays_of

MONTHS = {"MONTH": 1, "QUARTER": 3, "HALF_YEAR": 6, "YEAR": 12}
FARTHEST = {"WEEK": 5, "MONTH": 15, "QUARTER": 30, "HALF_YEAR": 30, "YEAR": 30}
"""Working days ahead at most, so that a hand-out stays near its own period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, quarter, half-year or year, with its key and its words."""

    rhythm: str
    key: str
    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What one period asks: its date and the day of handing out; both None where it has no working day."""

    period: Period
    due: date | None
    hand_on: date | None
    nth: int
    """The working day that was taken, counted from the end where negative; nearer than asked where clamped."""
    clamped: bool
    awaiting: tuple[int, ...]
    lines: tuple[str, ...]
    """The arithmetic in lines."""


def period_of(rhythm: str, on: date) -> Period:
    """The period that a day lies in.

    >>> [period_of(one, date(2026, 11, 24)).label for one in ("WEEK", "MONTH", "QUARTER", "HALF_YEAR", "YEAR")]
    ['2026年第48周', '2026年11月', '2026年第4季度', '2026年下半年', '2026年']
    >>> period_of("WEEK", date(2027, 1, 1)).key, period_of("QUARTER", date(2026, 5, 9)).last
    ('2026-W53', datetime.date(2026, 6, 30))
    """
    if rhythm == "WEEK":
        year, week, _ = on.isocalendar()
        first = date.fromisocalendar(year, week, 1)
        return Period(rhythm, f"{year}-W{week:02d}", f"{year}年第{week}周", first, first + timedelta(days=6))
    months = MONTHS[rhythm]
    number = (on.month - 1) // months
    first = date(on.year, number * months + 1, 1)
    after = date(on.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    key, label = {
        "MONTH": (f"{on.year}-{on.month:02d}", f"{on.year}年{on.month}月"),
        "QUARTER": (f"{on.year}-Q{number + 1}", f"{on.year}年第{number + 1}季度"),
        "HALF_YEAR": (f"{on.year}-H{number + 1}", f"{on.year}年{'上下'[number % 2]}半年"),
        "YEAR": (str(on.year), f"{on.year}年"),
    }[rhythm]
    return Period(rhythm, key, label, first, after - timedelta(days=1))


def following(period: Period) -> Period:
    """The period after one."""
    return period_of(period.rhythm, period.last + timedelta(days=1))


def nth_words(rhythm: str, nth: int) -> str:
    """The rule in words.

    >>> nth_words("MONTH", 5), nth_words("QUARTER", -1), nth_words("WEEK", -2)
    ('每月第5个工作日', '每季度最后一个工作日', '每周倒数第2个工作日')
    """
    place = f"第{nth}个工作日" if nth > 0 else "最后一个工作日" if nth == -1 else f"倒数第{-nth}个工作日"
    return f"{RHYTHMS[rhythm]}{place}"


def occurrence(period: Period, nth: int, ahead: int, calendar: Calendar) -> Occurrence:
    """The `nth` working day of a period (from its end where negative), and the day `ahead` working days before it.

    A period with fewer working days gives its last (or first) one; a week without any asks nothing.

    >>> told = occurrence(period_of("MONTH", date(2026, 11, 1)), 5, 3, Calendar())
    >>> told.due, told.hand_on
    (datetime.date(2026, 11, 6), datetime.date(2026, 11, 3))
    >>> occurrence(period_of("WEEK", date(2026, 11, 24)), 9, 0, Calendar()).due
    datetime.date(2026, 11, 27)
    """
    rule = nth_words(period.rhythm, nth)
    days = workdays_of(period.first, period.last, calendar)
    span = f"{period.label}：{told(period.first)}至{told(period.last)}，共{len(days)}个工作日"
    if not days:
        awaiting = _awaiting(period.first, period.last, calendar)
        return Occurrence(period, None, None, 0, False, awaiting, (rule, span, "没有工作日，本期不办"))
    place = min(abs(nth), len(days))
    due = days[place - 1] if nth > 0 else days[-place]
    hand_on = _back(due, ahead, calendar)
    clamped = place < abs(nth)
    counted = (min(period.first, hand_on), due) if nth > 0 else (hand_on, period.last)
    awaiting = _awaiting(*counted, calendar)
    lines = [rule, span]
    if clamped:
        lines.append(f"不足{abs(nth)}个工作日，取{'最后' if nth > 0 else '最早'}一个")
    lines.append(f"应于{told(due)}完成，提前{ahead}个工作日，{told(hand_on)}交办")
    if awaiting:
        years = "、".join(f"{year}年" for year in awaiting)
        lines.append(f"暂定：{years}放假安排尚未公布，先按周一至周五推算，公布后重算")
    taken = place if nth > 0 else -place
    return Occurrence(period, due, hand_on, taken, clamped, awaiting, tuple(lines))


def _back(day: date, number: int, calendar: Calendar) -> date:
    while number:
        day -= timedelta(days=1)
        number -= is_workday(day, calendar)
    return day


def _awaiting(first: date, last: date, calendar: Calendar) -> tuple[int, ...]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(sorted({year for day in days for year in awaited_years(day, calendar)}))


def upcoming(
    rhythm: str, nth: int, ahead: int, calendar: Calendar, *, since: date, from_on: date, until_on: date | None,
    count: int,
) -> list[Occurrence]:  # fmt: skip
    """The next dates from a day on, those outside the rule's own days and void periods left out."""
    found: list[Occurrence] = []
    period = period_of(rhythm, max(since, from_on))
    for _ in range(count * 4):
        one = occurrence(period, nth, ahead, calendar)
        if one.due is not None and until_on is not None and one.due > until_on:
            break
        if one.due is not None and one.due >= max(since, from_on):
            found.append(one)
        if len(found) == count:
            break
        period = following(period)
    return found
