"""The calendar in force, and the number of today's working day."""

from __future__ import annotations

from luoshi.workdays.models import CalendarDay, CalendarYear
from luoshi.workdays.rules import Calendar


def calendar(bureau_id: int | None = None) -> Calendar:
    """The national calendar, overlaid by the bureau's local orders where it has any."""
    days: dict = {}
    rows = CalendarDay.objects.filter(year__bureau=None) | CalendarDay.objects.filter(year__bureau_id=bureau_id)
    for day, works, name in rows.order_by("year__bureau_id").values_list("day", "is_workday", "name"):
        days[day] = (works, name)
    official = CalendarYear.objects.filter(bureau=None, status="OFFICIAL").values_list("year", flat=True)
    return Calendar(days, frozenset(official))
