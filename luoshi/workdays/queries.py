"""The calendar in force, the year as a page shows it, and the number of today's working day."""

from __future__ import annotations

import calendar as civil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

from django.db.models import Q, QuerySet

from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.workdays.models import CalendarDay, CalendarYear, OfficeHoursOrder, YearStatus
from luoshi.workdays.rules import Calendar, OfficeHours, is_workday, nth_workday_of_month, reason, why, workdays_of

_Year: TypeAlias = tuple[int, int, int | None, str, str, int]
_Hours: TypeAlias = tuple[tuple[date, OfficeHours], ...]
KEEPERS = frozenset({Duty.OFFICE, Duty.SYSTEM_ADMIN})


def calendar(bureau_id: int | None = None) -> Calendar:
    """The national calendar, overlaid by the bureau's own notices and local orders, with its office hours.

    Kept in memory under the years' content digests, so that asking costs two small queries wherever it was changed.
    """
    found = _mine(bureau_id).values_list("pk", "year", "bureau_id", "status", "digest", "version")
    # the national notice first, the bureau's own on top: sorted here, as engines differ on where NULL stands
    years = tuple(sorted(found, key=lambda one: (one[2] is not None, one[1])))
    kept = _assemble if all(one[4] for one in years) else _assemble.__wrapped__
    return kept(years, _hours(bureau_id))


def _mine(bureau_id: int | None) -> QuerySet[CalendarYear]:
    return CalendarYear.objects.filter(Q(bureau=None) | Q(bureau_id=bureau_id)).order_by("year", "pk")


def _hours(bureau_id: int | None) -> _Hours:
    if bureau_id is None:
        return ()
    rows = OfficeHoursOrder.objects.filter(bureau_id=bureau_id).order_by("from_on")
    names = ("morning_from", "morning_until", "afternoon_from", "afternoon_until", "digest_at")
    return tuple((since, OfficeHours(*times)) for since, *times in rows.values_list("from_on", *names))


@lru_cache(maxsize=256)
def _assemble(years: Sequence[_Year], hours: _Hours) -> Calendar:
    days: dict[date, tuple[bool, str]] = {}
    rows: dict[int, list[tuple[date, bool, str, str]]] = {}
    for year, day, works, name, source in CalendarDay.objects.filter(year__in=[one[0] for one in years]).values_list(
        "year_id", "day", "is_workday", "name", "source"
    ):
        rows.setdefault(year, []).append((day, works, name, source))
    for pk, _, bureau_id, *_ in years:
        for day, works, name, source in sorted(rows.get(pk, ())):
            days[day] = (works, reason(works, name, makeup=not (bureau_id is not None and source)))
    return Calendar(days, frozenset(one[1] for one in years if one[3] == YearStatus.OFFICIAL), hours)


def workday_of_month(on: date, bureau_id: int | None = None) -> int | None:
    """Which working day of its month a day is for a bureau (第N个工作日), None on a rest day."""
    return nth_workday_of_month(on, calendar(bureau_id))


def may_keep(user: User, bureau_id: int | None, on: date) -> bool:
    """Whether a person keeps a calendar: a bureau's own by its office or system administrator, the national one by
    a system administrator."""
    held = org.held(user, on)
    if bureau_id is None:
        return any(one.duty == Duty.SYSTEM_ADMIN for one in held)
    return any(one.duty in KEEPERS and one.bureau_id == bureau_id for one in held)


def year_row(year: int, bureau_id: int | None) -> CalendarYear | None:
    """The year's own row of one calendar: national where `bureau_id` is None."""
    return CalendarYear.objects.filter(year=year, bureau_id=bureau_id).first()


def orders(year: int, bureau_id: int | None) -> list[CalendarDay]:
    """Every exceptional day of a civil year that holds for a bureau, national and own, in date order."""
    rows = CalendarDay.objects.filter(
        Q(year__bureau=None) | Q(year__bureau_id=bureau_id), day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)
    )
    return list(rows.select_related("year", "year__bureau").order_by("day", "pk"))


@dataclass(frozen=True, slots=True)
class Span:
    """Exceptional days in a row that were ordered alike: one line of the year's table."""

    orders: tuple[CalendarDay, ...]

    @property
    def first(self) -> CalendarDay:
        return self.orders[0]

    @property
    def last(self) -> CalendarDay:
        return self.orders[-1]

    @property
    def days(self) -> int:
        return len(self.orders)


def spans(rows: list[CalendarDay]) -> list[Span]:
    """The days of a table, those in a row with the same order and ground put together."""
    found: list[list[CalendarDay]] = []
    for one in sorted(rows, key=lambda row: (row.year_id, row.day)):
        last = found[-1][-1] if found else None
        alike = last is not None and (last.year_id, last.is_workday, last.name, last.source) == (
            one.year_id, one.is_workday, one.name, one.source,
        )  # fmt: skip
        if last is not None and alike and one.day - last.day == timedelta(days=1):
            found[-1].append(one)
        else:
            found.append([one])
    return sorted((Span(tuple(one)) for one in found), key=lambda span: span.first.day)


def order_of(pk: int, bureau_id: int | None) -> CalendarDay | None:
    """One exceptional day, national or of this bureau."""
    rows = CalendarDay.objects.filter(Q(year__bureau=None) | Q(year__bureau_id=bureau_id), pk=pk)
    return rows.select_related("year", "year__bureau").first()


def hours_orders(bureau_id: int) -> list[OfficeHoursOrder]:
    """A bureau's orders of office hours, latest first."""
    return list(OfficeHoursOrder.objects.filter(bureau_id=bureau_id).order_by("-from_on"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the year's page: its kind is told by a mark and words, not by colour alone."""

    on: date
    kind: str
    """work, rest, holiday or makeup."""
    mark: str
    """休 or 班 on exceptional days, nothing otherwise."""
    words: str
    nth: int | None
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year's page: its weeks (Monday first, None outside the month) and its working days."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    workdays: int


def months(year: int, now: Calendar, today: date) -> list[Month]:
    """The twelve months of a year as the page shows them."""
    return [_month(year, number, now, today) for number in range(1, 13)]


def _month(year: int, number: int, now: Calendar, today: date) -> Month:
    weeks = []
    nth = 0
    for week in civil.Calendar().monthdatescalendar(year, number):
        cells: list[Cell | None] = []
        for day in week:
            if day.month != number:
                cells.append(None)
                continue
            works = is_workday(day, now)
            nth += works
            cells.append(_cell(day, now, works, nth if works else None, day == today))
        weeks.append(tuple(cells))
    return Month(number, tuple(weeks), nth)


def _cell(day: date, now: Calendar, works: bool, nth: int | None, today: bool) -> Cell:
    words = why(day, now) + (f"，本月第{nth}个工作日" if nth else "") + ("，今天" if today else "")
    if day in now.days:
        return Cell(day, "makeup" if works else "holiday", "班" if works else "休", words, nth, today)
    return Cell(day, "work" if works else "rest", "", words, nth, today)


def workdays_of_year(year: int, now: Calendar) -> int:
    """How many working days a year has on a calendar."""
    return len(workdays_of(date(year, 1, 1), date(year, 12, 31), now))
