"""The calendar in force, and the number of today's working day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from luoshi.workdays.models import CalendarDay, CalendarYear, OfficeHoursOrder, YearStatus
from luoshi.workdays.rules import Calendar, OfficeHours, nth_workday_of_month, reason

_Year = tuple[int, int, int | None, str, str, int]


def calendar(bureau_id: int | None = None) -> Calendar:
    """The national calendar, overlaid by the bureau's own notices and local orders, with its office hours.

    Kept in memory by the years' content digests, so that asking costs two small queries wherever the change was made.
    """
    rows = CalendarYear.objects.filter(bureau=None)
    if bureau_id is not None:
        rows = rows | CalendarYear.objects.filter(bureau_id=bureau_id)
    found = rows.order_by("year", "pk").values_list("pk", "year", "bureau_id", "status", "digest", "version")
    # the national notice first, the bureau's own on top of it: sorted here, engines differ on where NULL stands
    years = tuple(sorted(found, key=lambda one: (one[2] is not None, one[1])))
    hours = _hours(bureau_id) if bureau_id is not None else ()
    kept = _assemble if all(one[4] for one in years) else _assemble.__wrapped__
    return kept(years, hours)


def _hours(bureau_id: int) -> tuple[tuple[date, OfficeHours], ...]:
    rows = OfficeHoursOrder.objects.filter(bureau_id=bureau_id).order_by("from_on")
    spans = rows.values_list("from_on", "morning_from", "morning_until", "afternoon_from", "afternoon_until")
    return tuple((since, OfficeHours(*times)) for since, *times in spans)


@lru_cache(maxsize=256)
def _assemble(years: Sequence[_Year], hours: tuple[tuple[date, OfficeHours], ...]) -> Calendar:
    days: dict[date, tuple[bool, str]] = {}
    rows: dict[int, list[tuple[date, bool, str, str]]] = {}
    for year, day, works, name, source in CalendarDay.objects.filter(year__in=[one[0] for one in years]).values_list(
        "year_id", "day", "is_workday", "name", "source"
    ):
        rows.setdefault(year, []).append((day, works, name, source))
    for pk, _, bureau_id, *_ in years:
        for day, works, name, source in rows.get(pk, ()):
            local = bureau_id is not None and bool(source)
            days[day] = (works, reason(works, name, makeup=not local))
    return Calendar(days, frozenset(one[1] for one in years if one[3] == YearStatus.OFFICIAL), hours)


def workday_of_month(on: date, bureau_id: int | None = None) -> int | None:
    """Which working day of its month a day is for a bureau (第N个工作日), None on a rest day."""
    return nth_workday_of_month(on, calendar(bureau_id))
