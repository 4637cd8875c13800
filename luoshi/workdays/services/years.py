"""A year's notice: loaded whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import Unit, User
from luoshi.records.services import act, record
from luoshi.workdays.models import CalendarDay, CalendarYear, YearStatus
from luoshi.workdays.official import AMENDMENTS, NOTICES
from luoshi.workdays.services.keeping import finish, require_keeper, start, take

Days = Mapping[date, tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class YearChange:
    """What a change of the calendar did: the year, whether it became official by it, and each day that changed.

    `days` are (date, before, after) with 放假, 上班 or nothing where the weekday decides: what the matters room
    needs to count running dates again.
    """

    year: CalendarYear
    became_official: bool
    days: tuple[tuple[date, bool | None, bool | None], ...]


@act
def load_official(*, by: User | None, on: date) -> list[CalendarYear]:
    """Load the national notices the product knows (2020–2026); years that already stand are left as they are.

    Returns the years it added, so that loading twice adds nothing.
    """
    require_keeper(by, None, on)
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
        finish(year)
        keys = list(CalendarDay.objects.filter(year=year).values_list("pk", flat=True))
        record(by, "workdays.load_notice", year, bureau=0, note=notice.number, batch=[(CalendarDay, keys)])
        added.append(year)
    return added


@act
def load_notice(
    year: int,
    *,
    notice_no: str,
    notice_on: date | None,
    days: Days,
    by: User | None,
    on: date,
    bureau: Unit | None = None,
    status: str = YearStatus.OFFICIAL,
    version: int | None = None,
    note: str = "",
) -> YearChange:
    """Load a year's whole arrangement: national (bureau None, the system administrator) or for one bureau (its office).

    A year that stands is replaced, except days ordered by a document of their own; `version` is the one it was
    opened on (`Stale` otherwise). 正式 needs the notice's number; a published year never falls back to 暂定.
    """
    require_keeper(by, bureau, on)
    if status == YearStatus.OFFICIAL and (not notice_no.strip() or notice_on is None):
        raise NotAllowed("正式的放假安排要写明通知文号和发文日期。")
    if not days:
        raise NotAllowed("没有任何放假或调休的日期，请粘贴通知正文后再载入。")
    row, found = _stand(year, bureau, status, notice_no, version)
    was_official = row.status == YearStatus.OFFICIAL and found
    if was_official and status != YearStatus.OFFICIAL:
        raise NotAllowed(f"{year}年安排已按{row.notice_no}正式公布，不能改回暂定；个别日期有变动的，请单独修改那一天。")
    before = {one.day: one for one in CalendarDay.objects.filter(year=row)}
    touched = _replace(row, before, days)
    if was_official and not touched and (row.notice_no, row.notice_on) == (notice_no.strip(), notice_on):
        raise NotAllowed("与现有安排完全一致，不用再载入。")
    CalendarYear.objects.filter(pk=row.pk).update(status=status, notice_no=notice_no.strip(), notice_on=notice_on)
    finish(row)
    changes = tuple((day, was, works) for day, was, works, _ in touched if was != works)
    record(
        by, "workdays.load_notice", row, bureau=bureau.pk if bureau else 0, note=note or notice_no.strip(),
        batch=[(CalendarDay, [pk for *_, pk in touched])],
        values={"changed": [[str(day), was, works] for day, was, works in changes]},
    )  # fmt: skip
    return YearChange(row, status == YearStatus.OFFICIAL and not was_official, changes)


def _stand(
    year: int, bureau: Unit | None, status: str, notice_no: str, version: int | None
) -> tuple[CalendarYear, bool]:
    row = CalendarYear.objects.filter(year=year, bureau=bureau).first()
    if row is not None:
        take(row, version)
        return row, True
    return start(year, bureau, status, notice_no.strip()), False


def _replace(
    row: CalendarYear, before: Mapping[date, CalendarDay], days: Days
) -> list[tuple[date, bool | None, bool | None, int]]:
    """Make the year's own days what the notice says; returns (date, before, after, row key) of each row touched."""
    touched: list[tuple[date, bool | None, bool | None, int]] = []
    for day, (works, name) in sorted(days.items()):
        old = before.get(day)
        if old is None:
            made = CalendarDay.objects.create(year=row, day=day, is_workday=works, name=name)
            touched.append((day, None, works, made.pk))
        elif not old.source and (old.is_workday, old.name) != (works, name):
            CalendarDay.objects.filter(pk=old.pk).update(is_workday=works, name=name)
            touched.append((day, old.is_workday, works, old.pk))
    for day, old in before.items():
        if day not in days and not old.source:
            CalendarDay.objects.filter(pk=old.pk).delete()
            touched.append((day, old.is_workday, None, old.pk))
    return touched
