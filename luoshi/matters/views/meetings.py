"""会议: the meetings of a bureau, one meeting's agenda (the last one's items first), and what it said of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters import queries, services
from luoshi.matters.forms.base import leaders_of
from luoshi.matters.forms.meetings import GoThroughForm, MeetingForm, VoidMeetingForm
from luoshi.matters.models import Meeting, MeetingItem
from luoshi.matters.rules import MAKERS, MeetingKind
from luoshi.matters.views.loaders import Request, file_answer, load_meeting
from luoshi.matters.views.shown import lamp_face
from luoshi.org.access import route
from luoshi.records.once import once
from luoshi.records.services import BadFile

PAGE = 50


@route(may=MAKERS)
@require_safe
def meetings(request: Request) -> HttpResponse:
    """The meetings, newest first, by kind."""
    kind = request.GET.get("kind", "")
    found = queries.meetings_seen(request.user, request.held).select_related("chair")
    if kind in MeetingKind.values:
        found = found.filter(kind=kind)
    before = request.GET.get("after", "")
    lines, next_key = queries.meeting_lines(found, after=before, size=PAGE)
    chips = [{"label": "全部", "url": "?", "on": kind not in MeetingKind.values}]
    chips += [{"label": word, "url": f"?kind={value}", "on": value == kind} for value, word in MeetingKind.choices]
    context = {
        "lines": lines,
        "chips": chips,
        "first": bool(before),
        "next": f"?{f'kind={kind}&' if kind else ''}after={next_key}" if next_key else "",
    }
    return render(request, "matters/meetings.html", context)


@route(may=MAKERS, act="matters.open_meeting")
@once
def meeting_new(request: Request) -> HttpResponse:
    """登记会议."""
    on = clock.today()
    form = MeetingForm(request.POST if request.method == "POST" else None, bureau=request.bureau, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.words()
            found = services.open_meeting(bureau=request.bureau, by=request.user, on=on, staged=form.staged, **told)
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "会议已登记。先过上次交办的事项，再登记本次清单。")
            return redirect(found)
    return render(request, "matters/one_form.html", {"form": form, "title": "登记会议", **back_to_meetings()})


def back_to_meetings() -> dict[str, Any]:
    return {"back_name": "matters:meetings", "back_label": "会议"}


@route(may=MAKERS)
@require_safe
@load_meeting
def meeting(request: Request, meeting: Meeting) -> HttpResponse:
    """The agenda: what became of the last meeting's items, what is open from before, and this meeting's lists."""
    on = clock.today()
    agenda = queries.agenda(meeting, request.user, request.held, on)
    leaders = list(leaders_of(meeting.bureau_id, on).values_list("pk", "name"))
    parts = [
        [(one, lamp_face(one.row.lamp)) for one in several] for several in (agenda.items, agenda.earlier)
    ]  # fmt: skip
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "parts": [("上次会议交办的", parts[0]), ("更早会议交办、还没办结的", parts[1])],
        "leaders": leaders,
        "late": sum(one.row.lamp == "RED" for one in [*agenda.items, *agenda.earlier]),
    }
    return render(request, "matters/meeting.html", context)


@route(may=MAKERS, act=["matters.go_through", "matters.instruct"])
@once
@load_meeting
def meeting_item(request: Request, meeting: Meeting, public_id: str) -> HttpResponse:
    """过项: one item of an earlier meeting, with its story; 批示 only where a leader said so."""
    on = clock.today()
    seen = queries.visible_to(request.user, on).select_related("bureau", "lead_unit", "leader", "handler", "verifier")
    matter = get_object_or_404(seen.filter(task_list__meeting__isnull=False), public_id=public_id)
    told = MeetingItem.objects.filter(meeting=meeting, matter=matter).first()
    data = request.POST if request.method == "POST" else None
    form = GoThroughForm(data, matter_id=matter.pk, leaders=leaders_of(meeting.bureau_id, on), item=told)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.go_through(
            meeting, matter, version=version, by=request.user, on=on, now=clock.now(), **form.words()
        )  # fmt: skip
        messages.success(request, f"“{matter.title[:30]}”已登记。")
        return redirect(f"{meeting.get_absolute_url()}#item-{matter.public_id}")
    line = queries.item_lines([matter], on)[0]
    context = {"form": form, "meeting": meeting, "line": line, "lamp": lamp_face(line.row.lamp)}
    return render(request, "matters/meeting_item.html", context)


@route(may=MAKERS, act="matters.edit_meeting")
@once
@load_meeting
def meeting_edit(request: Request, meeting: Meeting) -> HttpResponse:
    """修改会议信息, and the minutes once they are there."""
    on = clock.today()
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, bureau=meeting.bureau, on=on, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            told = form.words()
            services.edit_meeting(meeting, version=version, by=request.user, on=on, staged=form.staged, **told)
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "会议信息已修改。")
            return redirect(meeting)
    context = {"form": form, "title": "修改会议信息", "back": meeting.get_absolute_url(), "back_label": "返回会议"}
    return render(request, "matters/one_form.html", context)


@route(may=MAKERS, act="matters.void_meeting")
@once
@load_meeting
def meeting_void(request: Request, meeting: Meeting) -> HttpResponse:
    """会议作废, with its reason."""
    form = VoidMeetingForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.void_meeting(
            meeting, reason=form.cleaned_data["reason"], version=version, by=request.user, on=clock.today()
        )
        messages.success(request, "会议已作废，记录保留。")
        return redirect(meeting)
    context = {"form": form, "title": "会议作废", "back": meeting.get_absolute_url(), "back_label": "返回会议"}
    return render(request, "matters/one_form.html", context)


@route(may=MAKERS)
@require_safe
@load_meeting
def meeting_minutes(request: Request, meeting: Meeting) -> HttpResponse:
    """Download the minutes, byte for byte."""
    if meeting.minutes is None:
        raise Http404
    services.copy_minutes(meeting, by=request.user, on=clock.today())
    return file_answer(meeting.minutes)
