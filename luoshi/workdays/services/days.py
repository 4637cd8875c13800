"""Single days: an amendment of the national notice, or a bureau's local order (防汛值守, 地方假日)."""

from __future__ import annotations

from datetime import date, time

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import Unit, User
from luoshi.records.services import act, record
from luoshi.workdays import queries
from luoshi.workdays.models import CalendarDay, CalendarYear, OfficeHoursOrder, YearStatus
from luoshi.workdays.rules import is_workday, why
from luoshi.workdays.services.keeping import finish, require_keeper, start, take
from luoshi.workdays.services.years import YearChange

WORDS = {True: "上班", False: "放假"}


@act
def set_day(
    *,
    day: date,
    works: bool,
    name: str,
    source: str,
    by: User | None,
    on: date,
    bureau: Unit | None = None,
    kept: CalendarDay | None = None,
    version: int | None = None,
) -> YearChange:
    """Order one day: worked or off, why, by which document; or change (`kept`) what was ordered for it.

    A local order always names its document, and so does every change of a published year. `version` is that of
    the year's row a change was opened on.
    """
    require_keeper(by, bureau, on)
    name, source = name.strip(), source.strip()
    if not name:
        raise NotAllowed("请写明事由，例如“防汛值守”。")
    row = CalendarYear.objects.filter(year=kept.year.year if kept else day.year, bureau=bureau).first()
    _require_source(row, bureau, source)
    if row is None:
        row = start(day.year, bureau, YearStatus.LOCAL if bureau else YearStatus.PROVISIONAL)
    else:
        take(row, version if kept else row.version)
    before = _changed(row, kept, day, (works, name, source), local=bureau is not None)
    made, _ = CalendarDay.objects.update_or_create(
        year=row, day=day, defaults={"is_workday": works, "name": name, "source": source}
    )
    finish(row)
    record(
        by, "workdays.set_day", row, bureau=bureau.pk if bureau else 0, rows=[made],
        note=f"{day} {name}{WORDS[works]}" + (f"（{source}）" if source else ""),
        values={"day": str(day), "before": before, "after": works},
    )  # fmt: skip
    return YearChange(row, False, ((day, before, works),))


def _changed(
    row: CalendarYear, kept: CalendarDay | None, day: date, told: tuple[bool, str, str], *, local: bool
) -> bool | None:
    """What the day was ordered to be before; refuses what changes nothing and what somebody else has ordered."""
    old = CalendarDay.objects.filter(year=row, day=day).first()
    if old is None:
        nation = queries.calendar()
        if local and is_workday(day, nation) == told[0]:
            raise NotAllowed(f"{day}{why(day, nation)}，本来就{WORDS[told[0]]}，不用另外安排。")
        return None
    if kept is None:
        raise NotAllowed(f"{day}已有安排“{old.name}{WORDS[old.is_workday]}”，请在列表里打开那一天修改。")
    if (old.is_workday, old.name, old.source) == told:
        raise NotAllowed(f"{day}已经是“{old.name}{WORDS[old.is_workday]}”，没有改动。")
    return old.is_workday


@act
def remove_day(kept: CalendarDay, *, source: str, by: User | None, on: date, version: int | None = None) -> YearChange:
    """Withdraw an order for one day: the weekday, or the national calendar, decides again. It needs its ground."""
    row, bureau = kept.year, kept.year.bureau
    require_keeper(by, bureau, on)
    if not source.strip():
        raise NotAllowed("请写明取消的依据（文号或事由）。")
    take(row, version)
    before = CalendarDay.objects.filter(pk=kept.pk).values_list("is_workday", flat=True).first()
    if before is None:
        raise NotAllowed(f"{kept.day}的安排刚刚已由别人取消。")
    CalendarDay.objects.filter(pk=kept.pk).delete()
    finish(row)
    record(
        by, "workdays.remove_day", row, bureau=bureau.pk if bureau else 0, batch=[(CalendarDay, [kept.pk])],
        note=f"取消{kept.day}{kept.name}{WORDS[before]}：{source.strip()}",
        values={"day": str(kept.day), "before": before, "after": None},
    )  # fmt: skip
    return YearChange(row, False, ((kept.day, before, None),))


@act
def set_hours(
    *,
    bureau: Unit,
    from_on: date,
    morning_from: time,
    morning_until: time,
    afternoon_from: time,
    afternoon_until: time,
    by: User | None,
    on: date,
    digest_at: time = time(8, 40),
) -> OfficeHoursOrder:
    """Order a bureau's office hours and the time of its daily digest from a day on; a past day cannot be re-ordered."""
    require_keeper(by, bureau, on)
    if from_on < on:
        raise NotAllowed("办公时间从今天或以后的日期起用，已经过去的日子不能改。")
    if not morning_from < morning_until <= afternoon_from < afternoon_until:
        raise NotAllowed("时间次序不对，应是上午上班、上午下班、下午上班、下午下班依次往后。")
    if not morning_from <= digest_at < afternoon_until:
        raise NotAllowed("每日提醒时间要在办公时间之内。")
    times = {
        "morning_from": morning_from, "morning_until": morning_until,
        "afternoon_from": afternoon_from, "afternoon_until": afternoon_until, "digest_at": digest_at,
    }  # fmt: skip
    order, _ = OfficeHoursOrder.objects.update_or_create(bureau=bureau, from_on=from_on, defaults=times)
    told = "、".join(f"{one:%H:%M}" for one in times.values())
    record(by, "workdays.set_hours", order, bureau=bureau.pk, note=f"{from_on}起：{told}")
    return order


def _require_source(row: CalendarYear | None, bureau: Unit | None, source: str) -> None:
    if source:
        return
    if bureau is not None:
        raise NotAllowed("本局的单日安排要写明依据文号，例如“县防指〔2026〕3号”。")
    if row is not None and row.status == YearStatus.OFFICIAL:
        raise NotAllowed(f"{row.year}年安排已正式公布，修改要写明新的通知文号。")
