"""登记, 修改, 作废: one page a form; what looks alike is shown before anything is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.activities import queries, services
from luoshi.activities.forms.recording import EntryForm, StudyForm, VoidForm
from luoshi.activities.forms.visits import VisitEntryForm
from luoshi.activities.models import Activity
from luoshi.activities.rules import ENTRANTS, FIELD, length
from luoshi.activities.services import visits
from luoshi.activities.views.findings import resembling
from luoshi.activities.views.loaders import Request, load_activity
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.matters.models import Meeting
from luoshi.org.access import route
from luoshi.records.once import once
from luoshi.records.services import BadFile


def basics(request: Request, activity: Activity | None = None) -> dict[str, Any]:
    """What every entry form wants to know."""
    on = clock.today()
    bureau = activity.bureau if activity is not None else request.bureau
    roster = queries.roster(bureau.pk, request.user, request.held, on, there=activity)
    return {"bureau": bureau, "user": request.user, "roster": roster, "on": on, "activity": activity}


def copied(request: Request, kinds: list[str]) -> Activity | None:
    """The activity that the address asks to copy: `like=last`, or its name."""
    asked = request.GET.get("like", "")
    if asked == "last":
        return queries.last_like(request.user, request.bureau.pk, kinds)
    try:
        wanted = UUID(asked)
    except ValueError:
        return None
    return queries.visible(request.user, request.held, clock.today()).filter(public_id=wanted, kind__in=kinds).first()


def saved(form: EntryForm, save: Callable[[], Any]) -> Any:
    """Try the act; None where the form has to be shown again, with what looks alike or what may not be."""
    try:
        return save()
    except services.LooksAlike as told:
        form.warn(told.found)
    except (NotAllowed, BadFile) as why:
        form.add_error(None, str(why))
    return None


def chosen_meeting(request: Request) -> Meeting | None:
    """The minuted meeting whose people are to be entered, where the address names one."""
    try:
        wanted = UUID(request.GET.get("meeting", ""))
    except ValueError:
        return None
    seen = matters.meetings_seen(request.user, request.held).filter(void=False, bureau=request.bureau)
    return get_object_or_404(seen, public_id=wanted)


STUDIES = ["GROUP_STUDY", "OWN_STUDY", "LECTURE", "MOBILISATION", "MEETING"]


@route(may=ENTRANTS, act="activities.record")
@once
def new(request: Request) -> HttpResponse:
    """登记学习、会议."""
    meeting, like = chosen_meeting(request), copied(request, STUDIES)
    initial = {"kind": request.GET["kind"]} if request.GET.get("kind") in [*STUDIES, "CORE"] else {}
    data = request.POST if request.method == "POST" else None
    form = StudyForm(
        data, duties=request.duties, meeting=meeting, like=like, initial=initial, **basics(request)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = saved(form, lambda: services.record_activity(
            bureau=request.bureau, what=form.what(), days=told["days"], people=form.takings(), by=request.user,
            on=clock.today(), sure=told["sure"], staged=form.staged,
        ))  # fmt: skip
        if made:
            messages.success(request, recorded(made))
            return redirect(made[0])
    last = None if like else queries.last_like(request.user, request.bureau.pk, STUDIES)
    title = "登记会议参加人员" if meeting else "登记学习、会议"
    return render(request, "activities/entry.html", {"form": form, "title": title, "last": last, "like": like})


def recorded(made: list[Activity]) -> str:
    """What was saved, in one sentence."""
    one = made[0]
    number = one.attendances.count()
    if len(made) > 1:
        return f"已登记{len(made)}次{one.get_kind_display()}，每次{number}人。"
    return f"已登记：{one.get_kind_display()}“{one.title[:30]}”，{number}人，{length(one.half_days)}。"


@route(may=ENTRANTS, act=["activities.record", "activities.hear", "activities.convert"])
@once
def visit(request: Request) -> HttpResponse:
    """登记走访、调研、蹲点, with what was found."""
    on = clock.today()
    like = copied(request, sorted(FIELD))
    data = request.POST if request.method == "POST" else None
    form = VisitEntryForm(data, like=like, matters=matters.visible(request.user, request.held, on), **basics(request))
    if request.method == "POST" and form.is_valid() and not form.likes(resembling(request, form)):
        told = form.cleaned_data
        made = saved(form, lambda: visits.record_visit(
            bureau=request.bureau, what=form.what(), day=told["held_on"], people=form.takings(), by=request.user,
            on=on, findings=form.findings(), matter=told["matter"], sure=told["sure"], staged=form.staged,
        ))  # fmt: skip
        if made:
            messages.success(request, recorded([made]))
            return redirect(made)
    last = None if like else queries.last_like(request.user, request.bureau.pk, sorted(FIELD))
    return render(
        request, "activities/entry.html", {"form": form, "title": "登记走访、调研、蹲点", "last": last, "like": like}
    )


@route(may=ENTRANTS, act="activities.edit")
@once
@load_activity
def edit(request: Request, activity: Activity) -> HttpResponse:
    """修改: the same form, filled."""
    on, data = clock.today(), request.POST if request.method == "POST" else None
    form: StudyForm | VisitEntryForm
    if activity.kind in FIELD:
        seen = matters.visible(request.user, request.held, on)
        form = VisitEntryForm(data, matters=seen, **basics(request, activity))
    else:
        form = StudyForm(data, duties=request.duties, **basics(request, activity))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = saved(form, lambda: services.edit_activity(
            activity, what=form.what(), held_on=told["held_on"], people=form.takings(), version=told["version"],
            by=request.user, on=on, sure=told["sure"], staged=form.staged,
        ))  # fmt: skip
        if made:
            messages.success(request, "已保存修改。")
            return redirect(activity)
    return render(request, "activities/entry.html", {"form": form, "title": "修改活动记录", "activity": activity})


@route(may=ENTRANTS, act="activities.void")
@once
@load_activity
def void(request: Request, activity: Activity) -> HttpResponse:
    """作废, with its reason."""
    form = VoidForm(request.POST if request.method == "POST" else None, activity=activity)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.void_activity(
            activity, reason=told["reason"], version=told["version"], by=request.user, on=clock.today()
        )
        messages.success(request, "已作废，不再计入任何人的天数，记录保留。")
        return redirect(activity)
    context = {"form": form, "title": "活动记录作废", "back": activity.get_absolute_url(), "back_label": "返回"}
    return render(request, "matters/one_form.html", context)
