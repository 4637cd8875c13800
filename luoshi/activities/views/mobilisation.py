"""动员部署: how it stands, unit by unit; the three kinds of record, a unit's in one press."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.activities.forms.mobilisation import BureauMeetingForm, CountyMeetingForm, QuickRelayForm, RelayForm
from luoshi.activities.models import Activity
from luoshi.activities.queries import mobilisation as queries
from luoshi.activities.queries import roster
from luoshi.activities.rules import ENTRANTS
from luoshi.activities.services import mobilisation as services
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Meeting
from luoshi.matters.views.loaders import Request
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.models import Unit
from luoshi.org.rules import Duty
from luoshi.records.once import once
from luoshi.records.services import BadFile


@route(may=ENTRANTS)
@require_safe
def mobilisation(request: Request) -> HttpResponse:
    """The county's meeting, the bureau's and its date with the why, every unit with what is missing."""
    on, wanted = clock.today(), request.GET.get("county", "")
    meetings = queries.county_meetings(request.bureau.pk)
    county = next((one for one in meetings if str(one.public_id) == wanted), None)
    found = queries.mobilisation(request.bureau.pk, on, county=county)
    mine = {one.unit_id for one in request.held if one.duty == Duty.HEAD}
    office = Duty.OFFICE in request.duties
    latest = found.county is not None and found.county == (meetings[0] if meetings else None)
    rows = [
        (one, QuickRelayForm(on=on) if latest and one.missing and (office or one.unit.pk in mine) else None)
        for one in found.units
    ]
    context = {
        "found": found,
        "rows": rows,
        "others": [one for one in meetings if one != found.county],
        "may_enter": bool(services.KEEPERS & request.duties),
    }
    return render(request, "activities/mobilisation.html", context)


@route(may=services.KEEPERS, act="activities.mobilise")
@once
def county_new(request: Request) -> HttpResponse:
    """登记县里动员会."""
    on = clock.today()
    names = roster(request.bureau.pk, request.user, request.held, on)
    form = CountyMeetingForm(request.POST if request.method == "POST" else None, roster=names, on=on)
    if request.method == "POST" and form.is_valid():
        told = form.words()
        told.pop("files", None)
        try:
            services.receive_county_meeting(bureau=request.bureau, by=request.user, on=on, staged=form.staged, **told)
        except (NotAllowed, BadFile) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "已登记，局动员部署会的时限已算好。")
            return redirect("activities:mobilisation")
    return one_form(request, form)


@route(may=services.KEEPERS, act="activities.mobilise")
@once
def bureau_new(request: Request) -> HttpResponse:
    """登记局动员部署会."""
    on = clock.today()
    recent = Meeting.objects.filter(bureau=request.bureau, void=False, held_on__gte=on - timedelta(days=120))
    names = roster(request.bureau.pk, request.user, request.held, on)
    form = BureauMeetingForm(
        request.POST if request.method == "POST" else None, roster=names, on=on, meetings=recent.order_by("-held_on")
    )
    if request.method == "POST" and form.is_valid():
        told = form.words()
        told.pop("files", None)
        try:
            services.hold_bureau_meeting(bureau=request.bureau, by=request.user, on=on, staged=form.staged, **told)
        except (NotAllowed, BadFile) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "局动员部署会已登记。")
            return redirect("activities:mobilisation")
    return one_form(request, form)


@route(may=services.RELAYERS, act="activities.mobilise")
@once
def unit_relay(request: Request, pk: int) -> HttpResponse:
    """A unit's meeting or 转达学习: with `quick` in one press, else on a page of its own."""
    on = clock.today()
    unit = get_object_or_404(org.units_of(request.bureau.pk, on), pk=pk)
    county = next(iter(queries.county_meetings(request.bureau.pk)), None)
    if county is None:
        messages.warning(request, "还没有登记县里的动员会，请局办公室先登记。")
        return redirect("activities:mobilisation")
    form = relay_form(request, unit, county)
    if request.method == "POST" and form.is_valid():
        told = form.words()
        try:
            made = services.relay_spirit(unit=unit, county=county, by=request.user, on=on, **told)
        except NotAllowed as why:
            if isinstance(form, QuickRelayForm):
                raise
            form.add_error(None, str(why))
        else:
            number = made.attendances.filter(void=False).count()
            messages.success(request, f"{unit}已登记：{made.held_on}，{number}人。有人没参加的，在活动记录里改。")
            return redirect("activities:mobilisation")
    return one_form(request, form, f"登记{unit}的动员、转达学习")


def relay_form(request: Request, unit: Unit, county: Activity) -> Any:
    """The short form of a row's button, or the whole one."""
    on, data = clock.today(), request.POST if request.method == "POST" else None
    if data is not None and "quick" in data:
        return QuickRelayForm(data, on=on)
    return RelayForm(data, people=org.people_of([unit.pk], on), county=county, on=on)


def one_form(request: Request, form: Any, title: str = "") -> HttpResponse:
    """An act on a page of its own."""
    return render(request, "activities/mobilise_form.html", {"form": form, "title": title or form.act_label})
