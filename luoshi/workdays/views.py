"""设置 → 工作日历: the year, loading a notice, single days, office hours, and 算一算."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty
from luoshi.records.once import once
from luoshi.workdays import queries, rules, services
from luoshi.workdays.forms import CountForm, DayForm, HoursForm, LoadForm, RemoveForm
from luoshi.workdays.models import CalendarDay
from luoshi.workdays.reading import Table

KEEPERS = sorted(queries.KEEPERS)


def load_day(view: Any) -> Any:
    """Give the view the ordered day that `pk` names: national or of the own bureau, 404 for any other."""

    @functools.wraps(view)
    def loaded(request: Any, pk: int) -> HttpResponse:
        kept = queries.order_of(pk, _bureau_id(request))
        if kept is None:
            raise Http404
        return view(request, kept)

    return loaded


def _keeps(request: Any, kept: CalendarDay) -> bool:
    return kept.year.bureau_id is not None or _national(request)


def _bureau_id(request: Any) -> int | None:
    return request.bureau.pk if request.bureau else None


def _national(request: Any) -> bool:
    return Duty.SYSTEM_ADMIN in request.duties


def _version(year: int | None, bureau_id: int | None) -> int | None:
    row = queries.year_row(year, bureau_id) if year else None
    return row.version if row else None


@route(may=STAFF)
def calendar(request: Any) -> HttpResponse:
    """The year in twelve small months, its notice, its exceptional days."""
    today, asked = clock.today(), request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 2001 <= int(asked) <= 2099 else today.year
    bureau_id = _bureau_id(request)
    now = queries.calendar(bureau_id)
    context = {
        "year": year,
        "previous": year - 1 if year > 2001 else None,
        "next": year + 1 if year < 2099 else None,
        "today": today,
        "months": queries.months(year, now, today),
        "workdays": queries.workdays_of_year(year, now),
        "official": year in now.official_years,
        "national": queries.year_row(year, None),
        "own": queries.year_row(year, bureau_id) if bureau_id else None,
        "spans": queries.spans(queries.orders(year, bureau_id)),
        "hours": now.hours_on(today),
        "keeps": bool(queries.KEEPERS & request.duties),
        "keeps_national": _national(request),
        "nth": rules.nth_workday_of_month(today, now),
    }
    return render(request, "workdays/calendar.html", context)


@route(may=STAFF)
def count(request: Any) -> HttpResponse:
    """算一算: a start and a number of days, and the arithmetic printed."""
    asked: dict[str, Any] = {"start": clock.today(), "number": 5, "unit": rules.WORKDAY}
    form = CountForm(request.GET if "start" in request.GET else None, initial=asked, auto_id="count-%s")
    context: dict[str, Any] = {"form": form}
    if not form.is_bound or form.is_valid():
        asked |= form.cleaned_data if form.is_bound else {}
        context |= _counted(asked, queries.calendar(_bureau_id(request)))
    return render(request, "workdays/count.html", context)


def _counted(asked: dict[str, Any], now: rules.Calendar) -> dict[str, Any]:
    start, why_zero = asked["start"], ""
    if asked.get("at"):
        moment = datetime.combine(start, asked["at"], clock.SHANGHAI)
        start, why_zero = rules.day_zero(moment, now), rules.why_day_zero(moment, now)
    worked = asked["unit"] == rules.WORKDAY
    done = (rules.add_workdays if worked else rules.roll)(start, asked["number"], now)
    return {
        "count": done,
        "why_zero": why_zero,
        "left": rules.distance(clock.today(), done.due, now),
        "lines": rules.explain(done),
    }


@route(may=KEEPERS, act="workdays.load_notice")
@once
def load(request: Any) -> HttpResponse:
    """Load a year's notice: read, shown as it would stand, then loaded; one bad line and nothing is."""
    form = LoadForm(request.POST or None, request.FILES or None, national=_national(request))
    if request.method != "POST" or not form.good:
        return render(request, "workdays/load.html", {"form": form, "table": form.table})
    told = form.cleaned_data
    bureau = None if form.for_nation else request.bureau
    if "load" not in request.POST:
        version = _version(told["year"], bureau.pk if bureau else None)
        second = LoadForm(initial={**form.again(), "version": version}, national=_national(request))
        return render(request, "workdays/load_preview.html", {"form": second, "told": told, **_preview(form, bureau)})
    change = services.load_notice(
        told["year"], notice_no=told["notice_no"], notice_on=told["notice_on"], days=_table(form).days,
        status=told["status"], bureau=bureau, version=told["version"], by=request.user, on=clock.today(),
    )  # fmt: skip
    words = "，跨到这一年的暂定时限请点“时限重算”，或等明早自动重算" if change.became_official else ""
    messages.success(request, f"{change.year}已载入，变动{len(change.days)}天{words}。")
    return redirect(change.year)


def _table(form: LoadForm) -> Table:
    assert form.table is not None  # a form that is good was read
    return form.table


def _preview(form: LoadForm, bureau: Any) -> dict[str, Any]:
    """The table as it would stand, beside what stands now."""
    now = queries.calendar(bureau.pk if bureau else None)
    rows = [
        {
            "on": day,
            "works": works,
            "name": name,
            "now": rules.why(day, now),
            "same": rules.is_workday(day, now) == works,
        }
        for day, (works, name) in sorted(_table(form).days.items())
    ]
    return {"rows": rows, "off": sum(not one["works"] for one in rows), "scope": bureau or "全国"}


@route(may=KEEPERS, act="workdays.set_day")
@once
def new_day(request: Any) -> HttpResponse:
    """Order a day: the office its own bureau's calendar, never the nation's."""
    form = DayForm(request.POST or None, initial={"day": request.GET.get("day")}, national=_national(request))
    if request.method == "POST" and form.is_valid():
        return _ordered(request, form, None)
    return render(request, "workdays/day.html", {"form": form})


@route(may=KEEPERS, act="workdays.set_day")
@once
@load_day
def day(request: Any, kept: CalendarDay) -> HttpResponse:
    """Change an ordered day; what the nation ordered an office overrules for its own bureau only."""
    form = DayForm(request.POST or None, initial=DayForm.of(kept), national=_national(request))
    form.fields["day"].disabled = True
    if request.method == "POST" and form.is_valid():
        mine = kept.year.bureau_id == (None if form.for_nation else _bureau_id(request))
        return _ordered(request, form, kept if mine else None)
    remove = RemoveForm(initial={"version": kept.year.version}) if _keeps(request, kept) else None
    return render(request, "workdays/day.html", {"form": form, "kept": kept, "remove": remove})


def _ordered(request: Any, form: DayForm, kept: CalendarDay | None) -> HttpResponse:
    told = form.cleaned_data
    change = services.set_day(
        day=told["day"], works=told["works"], name=told["name"], source=told["source"], kept=kept,
        bureau=None if form.for_nation else request.bureau, version=told["version"], by=request.user,
        on=clock.today(),
    )  # fmt: skip
    messages.success(request, f"{told['day']}的安排已登记。")
    return redirect(change.year)


@route(may=KEEPERS, act="workdays.remove_day")
@once
@load_day
def remove_day(request: Any, kept: CalendarDay) -> HttpResponse:
    """Withdraw an order: the weekday or the national calendar decides again."""
    form = RemoveForm(request.POST or None, initial={"version": kept.year.version})
    if request.method == "POST" and form.is_valid():
        change = services.remove_day(
            kept, source=form.cleaned_data["source"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip
        messages.success(request, f"{kept.day}的安排已取消。")
        return redirect(change.year)
    return render(request, "workdays/day.html", {"remove": form, "kept": kept})


@route(may=KEEPERS, act="workdays.set_hours")
@once
def hours(request: Any) -> HttpResponse:
    """The bureau's office hours, and new ones from a day on (夏季、冬季作息)."""
    orders = queries.hours_orders(request.bureau.pk)
    now = queries.calendar(request.bureau.pk).hours_on(clock.today())
    form = HoursForm(request.POST or None, initial={"from_on": clock.today(), **HoursForm.of(now)})
    if request.method == "POST" and form.is_valid():
        services.set_hours(bureau=request.bureau, by=request.user, on=clock.today(), **form.words())
        messages.success(request, "办公时间已登记。")
        return redirect("workdays:hours")
    return render(request, "workdays/hours.html", {"form": form, "orders": orders, "hours": now})
