"""走出去、请进来: the list, asking for one, one with its decision and outcome."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.activities.forms.trips import (
    DecideTripForm,
    LessonForm,
    ReportTripForm,
    TripForm,
    WithdrawTripForm,
    first_unit,
)
from luoshi.activities.models import Trip
from luoshi.activities.queries import keeps, roster
from luoshi.activities.queries import trips as queries
from luoshi.activities.rules import ENTRANTS, ActivityKind, TripState
from luoshi.activities.rules.travelling import FORMS, why_not_decide
from luoshi.activities.services import trips as services
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.views.loaders import Request, file_answer
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once
from luoshi.records.queries import trail
from luoshi.records.services import BadFile

KINDS = (ActivityKind.OUTGOING, ActivityKind.EXPERT)


def load_trip(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view its trip, by the activity's address; one that may not be seen is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.seen(request.user, request.held, clock.today())
        rows = seen.select_related(
            "activity__bureau", "activity__unit", "activity__clause__version__plan", "activity__entered_by", "asked_by",
            "decided_by", "letter", "report",
        )  # fmt: skip
        return view(request, get_object_or_404(rows, activity__public_id=public_id), *args, **kwargs)

    return loaded


@route(may=ENTRANTS)
@require_safe
def trips(request: Request) -> HttpResponse:
    """The trips, the latest first, by kind and state; what waits for me above them."""
    on, kind, state = clock.today(), request.GET.get("kind", ""), request.GET.get("state", "")
    after = request.GET.get("after", "")
    found = queries.seen(request.user, request.held, on).filter(activity__bureau=request.bureau)
    lines, next_key = queries.trip_page(found, on, kind=kind, state=state, after=after)
    kinds = [("", "全部"), *((one.value, one.label) for one in KINDS)]
    context = {
        "lines": lines,
        "to_decide": [] if after else list(queries.to_decide(request.user, request.held, on)[:30]),
        "to_report": [] if after else list(queries.to_report(request.user, on)[:30]),
        "kind_chips": [
            {"label": word, "url": f"?kind={value}&state={state}", "on": value == kind} for value, word in kinds
        ],
        "state_chips": [
            {"label": word, "url": f"?kind={kind}&state={value}", "on": value == state}
            for value, word in [("", "不限状态"), *TripState.choices]
        ],
        "next": f"?kind={kind}&state={state}&after={next_key}" if next_key else "",
        "first": f"?kind={kind}&state={state}" if after else "",
    }
    return render(request, "activities/trips.html", context)


@route(may=ENTRANTS, act=["activities.ask_trip", "activities.decide_trip"])
@once
def trip_new(request: Request) -> HttpResponse:
    """申请走出去 or 请进来."""
    on = clock.today()
    told = request.POST if request.method == "POST" else request.GET
    kind = ActivityKind.EXPERT if told.get("kind") == ActivityKind.EXPERT else ActivityKind.OUTGOING
    form = TripForm(
        request.POST if request.method == "POST" else None, kind=kind, bureau=request.bureau, on=on,
        roster=roster(request.bureau.pk, request.user, request.held, on), office=Duty.OFFICE in request.duties,
        own_unit=first_unit(request.held, request.bureau.pk, on),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_trip(
                bureau=request.bureau, journey=form.journey(), by=request.user, on=on, staged=form.staged,
                sure=form.cleaned_data["sure"], verdict=form.verdict(),
            )  # fmt: skip
        except (NotAllowed, BadFile) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已登记，现在是“{made.standing}”。")
            return redirect(made)
    count = queries.year_count(request.bureau.pk, on) if kind == ActivityKind.OUTGOING else 0
    context = {"form": form, "title": f"申请{kind.label}", "count": count, "forms": FORMS}
    return render(request, "activities/trip_new.html", context)


@route(may=ENTRANTS)
@require_safe
@load_trip
def trip(request: Request, trip: Trip) -> HttpResponse:
    """One trip: who, when, on what; the decision; the outcome and its lessons."""
    on = clock.today()
    activity = trip.activity
    office = keeps(request.held, activity.bureau_id)
    mine = not activity.void and (office or activity.entered_by_id == request.user.pk)
    asked = trip.state == TripState.ASKED and not activity.void
    decides = asked and not why_not(request, trip)
    lessons = trip.lessons.filter(void=False).select_related("unit", "decided_by", "matter__bureau", "institution")
    context = {
        "trip": trip,
        "activity": activity,
        "people": list(activity.attendances.filter(void=False).select_related("person", "unit").order_by("id")),
        "lessons": list(lessons.order_by("id")),
        "often": queries.frequency(trip) if asked else [],
        "late_asked": trip.asked_on > activity.held_on and trip.state in (TripState.ASKED, TripState.APPROVED),
        "decide_form": DecideTripForm(trip=trip, on=on, paper=not decides) if decides or (asked and office) else None,
        "decides": decides,
        "may_report": mine and trip.state == TripState.APPROVED,
        "owes": queries.owes(trip, on),
        "may_withdraw": mine and trip.state in (TripState.ASKED, TripState.APPROVED),
        "lesson_form": LessonForm() if mine and trip.state == TripState.REPORTED else None,
        "may_answer": office or bool({Duty.CHIEF, Duty.LEADER} & request.duties),
        "trail": trail(trip),
    }
    return render(request, "activities/trip.html", context)


def why_not(request: Request, trip: Trip) -> str:
    """Why this reader does not decide; empty where he does."""
    on, activity = clock.today(), trip.activity
    duties = [one.duty for one in request.held if one.bureau_id == activity.bureau_id]
    goes = activity.attendances.filter(person=request.user, void=False).exists()
    return why_not_decide(duties, led=activity.unit_id in org.led_units(request.user, on), goes_himself=goes)


@route(may=(Duty.CHIEF, Duty.LEADER, Duty.OFFICE), act="activities.decide_trip")
@once
@load_trip
def trip_decide(request: Request, trip: Trip) -> HttpResponse:
    """批准、不批准."""
    on = clock.today()
    paper = bool(why_not(request, trip))
    form = DecideTripForm(request.POST if request.method == "POST" else None, trip=trip, on=on, paper=paper)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.decide_trip(
                trip, verdict=form.verdict(), version=version, by=request.user, on=on, staged=form.staged
            )
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已登记：{trip.standing}。")
            return redirect(trip)
    return one_form(request, trip, form, "审批")


@route(may=ENTRANTS, act="activities.withdraw_trip")
@once
@load_trip
def trip_withdraw(request: Request, trip: Trip) -> HttpResponse:
    """撤回."""
    form = WithdrawTripForm(request.POST if request.method == "POST" else None, trip=trip)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.withdraw_trip(trip, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())
        messages.success(request, "已撤回。")
        return redirect("activities:trips")
    return one_form(request, trip, form, "撤回申请")


@route(may=ENTRANTS, act="activities.report_trip")
@once
@load_trip
def trip_report(request: Request, trip: Trip) -> HttpResponse:
    """报成果."""
    on = clock.today()
    names = roster(trip.activity.bureau_id, request.user, request.held, on)
    form = ReportTripForm(request.POST if request.method == "POST" else None, trip=trip, roster=names)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.report_trip(trip, version=version, by=request.user, on=on, staged=form.staged, **form.told())
        except (NotAllowed, BadFile) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "成果已登记，参加人员的天数已计入；每条借鉴、建议等领导答复。")
            return redirect(trip)
    return one_form(request, trip, form, "报成果")


@route(may=ENTRANTS, act="activities.add_lesson")
@once
@load_trip
def lesson_new(request: Request, trip: Trip) -> HttpResponse:
    """补一条借鉴、建议."""
    form = LessonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.add_lesson(trip, words=form.cleaned_data["said"], by=request.user, on=clock.today())
        messages.success(request, "已补充。")
        return redirect(trip)
    return one_form(request, trip, form, "补一条借鉴、建议")


@route(may=ENTRANTS)
@require_safe
@load_trip
def trip_file(request: Request, trip: Trip, which: str) -> HttpResponse:
    """The letter, or what was handed in with the outcome."""
    file = {"letter": trip.letter, "report": trip.report}.get(which)
    if file is None:
        raise Http404
    services.take_trip_copy(trip, what=f"下载{file.name}", by=request.user, on=clock.today())
    return file_answer(file)


def one_form(request: Request, trip: Trip, form: Any, title: str) -> HttpResponse:
    """An act on a page of its own."""
    return render(request, "activities/trip_form.html", {"form": form, "title": title, "trip": trip})
