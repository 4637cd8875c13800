"""Who keeps the calendar, and how a year's row is taken and closed around a change."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.lib.seal import canonical
from luoshi.org.models import Unit, User
from luoshi.records import queries as records
from luoshi.workdays import queries
from luoshi.workdays.models import CalendarDay, CalendarYear


def require_keeper(actor: User | None, bureau: Unit | None, on: date) -> None:
    """Refuse whoever may not keep this calendar: the national one is the system administrator's, a bureau's its own."""
    if actor is None or queries.may_keep(actor, bureau.pk if bureau else None, on):
        return
    if bureau is None:
        raise NotAllowed("全国放假安排由系统管理员维护；本局的安排请由局办公室按“本局”载入。")
    raise NotAllowed("本局工作日历由局办公室或系统管理员维护，您目前没有这项职责。")


def start(year: int, bureau: Unit | None, status: str, notice_no: str = "") -> CalendarYear:
    """The first row of a year, within the caller's act; `Stale` where somebody made it meanwhile."""
    try:
        with transaction.atomic():
            return CalendarYear.objects.create(year=year, bureau=bureau, status=status, notice_no=notice_no)
    except IntegrityError:
        raise Stale(1, [f"{year}年的放假安排刚刚已由别人载入"]) from None


def take(row: CalendarYear, version: int | None) -> None:
    """Claim the year for a change on the version it was opened on; `Stale` where somebody was faster."""
    won = CalendarYear.objects.filter(pk=row.pk, version=version or 0).update(version=F("version") + 1)
    if won != 1:
        row.refresh_from_db()
        raise Stale(
            row.version, [f"{one.actor}：{one.note or '修改了工作日历'}" for one in records.trail(row, limit=3)]
        )


def finish(row: CalendarYear) -> None:
    """Stamp the digest of the year's days as they stand now: every reader sees the change by it."""
    rows = CalendarDay.objects.filter(year=row).order_by("day").values_list("day", "is_workday", "name", "source")
    told = hashlib.sha256(canonical([[str(part) for part in one] for one in rows]).encode()).hexdigest()
    CalendarYear.objects.filter(pk=row.pk).update(digest=told)
    row.refresh_from_db()
