"""The list of activities, one record, its material; what stands under one's own name."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.activities import queries, services
from luoshi.activities.forms.listing import ListForm
from luoshi.activities.models import Activity, TalkNote
from luoshi.activities.rules import ENTRANTS, FIELD, GROUPS, KEEPERS, TALKS, TRIPS, length
from luoshi.activities.services.importing import IMPORTERS
from luoshi.activities.views.loaders import Request, file_answer, load_activity
from luoshi.lib import clock
from luoshi.matters.queries import said_of
from luoshi.org.access import route
from luoshi.org.models import User


def address(asked: QueryDict, **changes: str) -> str:
    """The same page asked otherwise; the place in the list begins anew."""
    kept = asked.copy()
    for name in ("after", *changes):
        kept.pop(name, None)
    kept.update({name: value for name, value in changes.items() if value})
    for name in [one for one in kept if not kept.get(one)]:
        del kept[name]
    return f"?{kept.urlencode()}"


@route(may=ENTRANTS)
@require_safe
def listing(request: Request) -> HttpResponse:
    """What was held, the latest first; by kind, month, unit, person."""
    on = clock.today()
    form = ListForm(request.GET, bureau_id=request.bureau.pk, on=on)
    wanted = form.wanted()
    page = queries.activity_list(
        request.user, request.held, on, wanted, bureau_id=request.bureau.pk, after=request.GET.get("after", "")
    )
    group = wanted.group
    chips = [{"label": "全部", "url": address(request.GET, group="", kind=""), "on": not group and not wanted.kind}]
    chips += [
        {"label": word, "url": address(request.GET, group=key, kind=""), "on": key == group}
        for key, (word, _) in GROUPS.items()
    ]
    context = {
        "page": page,
        "form": form,
        "chips": chips,
        "set": any((wanted.kind, wanted.month, wanted.unit_id, wanted.person_id, wanted.words, wanted.void)),
        "group": group,
        "void": wanted.void,
        "void_url": address(request.GET, void="" if wanted.void else "1"),
        "next": f"{address(request.GET)}&after={page.next_key}" if page.next_key else "",
        "first": address(request.GET) if request.GET.get("after") else "",
        "may_import": bool(IMPORTERS & request.duties),
        "objections": queries.objections_to_answer(request.held).count() if KEEPERS & request.duties else 0,
    }
    return render(request, "activities/list.html", context)


def again(activity: Activity) -> str:
    """Where the same is entered once more; talks and trips have forms of their own."""
    if activity.void or activity.kind in TALKS | TRIPS:
        return ""
    page = "activities:visit" if activity.kind in FIELD else "activities:new"
    return f"{reverse(page)}?like={activity.public_id}"


def facts(activity: Activity) -> list[tuple[str, str]]:
    """What else is said of an activity; what was left empty is left out."""
    one = activity
    place = f"{one.place}（{one.get_place_kind_display()}）" if one.place and one.place_kind else one.place
    found = [
        ("地点", place),
        ("地点特点", "难点、矛盾集中" if one.difficult else ""),
        ("方式", one.get_form_display()),
        ("对象", one.counterpart),
        ("学习内容", one.get_content_display()),
        ("主题", one.theme),
        ("外请主讲", one.speaker),
        ("领导带头讲", "是" if one.leader_lesson else ""),
        ("召开方式", one.get_relay_display()),
    ]
    return [(name, value) for name, value in found if value]


def talk_url(activity: Activity, user: User) -> str:
    """The record of a talk, for the two who talked."""
    note = TalkNote.objects.filter(activity=activity).filter(Q(talker=user) | Q(partner=user)).first()
    return note.get_absolute_url() if note is not None else ""


def counts(activity: Activity) -> str:
    """What it counts as, in words."""
    told = (
        (activity.as_study, "学习天数"),
        (activity.as_research, "调研天数"),
        (activity.as_frontline, "入企业、下基层、蹲点"),
    )
    return "；".join(word for yes, word in told if yes) or "不计天数"


@route(may=ENTRANTS)
@require_safe
@load_activity
def detail(request: Request, activity: Activity) -> HttpResponse:
    """One record: what, who, what came of it. Of a talk only that it was."""
    may_change = queries.may_change(request.user, request.held, activity)
    talk = activity.kind in TALKS
    parts = queries.parts(activity)
    context: dict[str, Any] = {
        "activity": activity,
        "long": length(activity.half_days),
        "parts": parts,
        "present": sum(len(one.present) for one in parts),
        "away": sum(len(one.away) for one in parts),
        "may_change": may_change,
        "may_edit": may_change and not talk and activity.kind not in TRIPS,
        "again": again(activity),
        "facts": [] if talk else facts(activity),
        "counts": counts(activity),
        "talk": talk,
        "talk_url": talk_url(activity, request.user) if talk else "",
        "field": activity.kind in FIELD,
        "trip_url": activity.trip.get_absolute_url() if hasattr(activity, "trip") else "",
        "forms": list(activity.opinion_forms.filter(void=False)),
        "opinions": list(activity.opinions.filter(void=False).select_related("problem", "unit")),
        "conversions": list(
            activity.conversions.filter(void=False).select_related("matter", "problem", "institution", "entered_by")
        ),
        "said": said_of(activity, 10),
    }
    return render(request, "activities/detail.html", context)


@route(may=ENTRANTS)
@require_safe
@load_activity
def paper(request: Request, activity: Activity) -> HttpResponse:
    """Download the material, byte for byte."""
    if activity.paper is None:
        raise Http404
    services.take_paper(activity, by=request.user, on=clock.today())
    return file_answer(activity.paper)


@route(may=ENTRANTS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """记在我名下的: everything recorded of oneself, with a word against it where it is wrong."""
    group = request.GET.get("group", "")
    rows, next_key = queries.mine(request.user, after=request.GET.get("after", ""), kind=group)
    chips = [{"label": "全部", "url": "?", "on": group not in GROUPS}]
    chips += [{"label": word, "url": f"?group={key}", "on": key == group} for key, (word, _) in GROUPS.items()]
    context = {
        "lines": [
            {
                "row": one,
                "activity": one.activity,
                "long": length(one.half_days),
                "said": list(one.objections.all()),
                "may_object": not one.void
                and not one.activity.void
                and all(each.answered_on for each in one.objections.all()),
            }
            for one in rows
        ],
        "chips": chips,
        "next": f"{address(request.GET)}&after={next_key}" if next_key else "",
        "first": address(request.GET) if request.GET.get("after") else "",
    }
    return render(request, "activities/mine.html", context)
