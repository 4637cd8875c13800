"""A year's notice: loaded whole or not at all."""

from __future__ import annotations

import hashlib
from datetime import date

from luoshi.lib.seal import canonical
from luoshi.org.models import User
from luoshi.records.services import act, record
from luoshi.workdays.models import CalendarDay, CalendarYear, YearStatus
from luoshi.workdays.official import AMENDMENTS, NOTICES


def content_digest(year: CalendarYear) -> str:
    """The digest of a year's days as they stand; kept with the year so that a changed calendar is never mistaken."""
    rows = CalendarDay.objects.filter(year=year).order_by("day").values_list("day", "is_workday", "name", "source")
    return hashlib.sha256(canonical([list(map(str, one)) for one in rows]).encode()).hexdigest()


@act
def load_official(*, by: User | None, on: date) -> list[CalendarYear]:
    """Load the national notices the product knows (2020–2026); years that already stand are left as they are.

    Returns the years it added, so that loading twice adds nothing.
    """
    known = set(CalendarYear.objects.filter(bureau=None).values_list("year", flat=True))
    added = []
    for notice in NOTICES:
        if notice.year in known:
            continue
        days = {day: (*told, "") for day, told in notice.days().items()}
        for later in AMENDMENTS:
            if later.year == notice.year:
                days |= {day: (*told, later.number) for day, told in later.days().items()}
        year = CalendarYear.objects.create(
            year=notice.year, status=YearStatus.OFFICIAL, notice_no=notice.number, notice_on=notice.on
        )
        CalendarDay.objects.bulk_create(
            CalendarDay(year=year, day=day, is_workday=works, name=name, source=source)
            for day, (works, name, source) in sorted(days.items())
        )
        CalendarYear.objects.filter(pk=year.pk).update(digest=content_digest(year))
        year.refresh_from_db()
        keys = list(CalendarDay.objects.filter(year=year).values_list("pk", flat=True))
        record(by, "workdays.load_notice", year, bureau=0, note=notice.number, batch=[(CalendarDay, keys)])
        added.append(year)
    return added
