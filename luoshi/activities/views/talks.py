"""谈心谈话: my talks and what they led to, who is still to be talked with; one record; recording one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.activities.forms.talks import (
    AmendTalkForm,
    FinishFollowUpForm,
    FollowUpForm,
    OpenTalkForm,
    PaperSignForm,
    SignTalkForm,
    TalkForm,
    TalkOpinionForm,
)
from luoshi.activities.models import TalkNote
from luoshi.activities.queries import talks as queries
from luoshi.activities.queries.talk_coverage import TalkCoverage, talk_coverage
from luoshi.activities.rules import ENTRANTS, ActivityKind
from luoshi.activities.rules.talking import PAPER_KEEPERS, POLITICAL_TALKERS, TALKERS
from luoshi.activities.services import talks as services
from luoshi.activities.views.talk_loaders import load_own_talk, load_talk
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.forms.base import leaders_of
from luoshi.matters.views.loaders import Request, file_answer
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.models import Post, User
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.records.once import once
from luoshi.records.services import BadFile

WRITERS = TALKERS | PAPER_KEEPERS


@route(may=ENTRANTS)
@require_safe
def talks(request: Request) -> HttpResponse:
    """What waits for my signature, what is to be put right, my talks; who is still to be talked with."""
    on, after = clock.today(), request.GET.get("after", "")
    lines, next_key = queries.talk_page(request.user, after=after)
    by_need = bool(queries.needed(request.held))
    name = request.GET.get("name", "")
    found, more = queries.found_by_need(request.held, name, after=request.GET.get("more", ""))
    sums = {Duty.OFFICE, Duty.CHIEF} & request.duties
    context = {
        "to_sign": [] if after else list(queries.to_sign(request.user)[:30]),
        "follow_ups": [] if after else list(queries.follow_ups_of(request.user)[:50]),
        "lines": lines,
        "next": f"?after={next_key}" if next_key else "",
        "first": bool(after),
        "may_write": bool(WRITERS & request.duties),
        "enters_paper": not TALKERS & request.duties,
        "coverage": None if after else seen_coverage(request, on),
        "counts": queries.follow_up_counts(request.bureau.pk, on) if sums and not after else [],
        "sums": bool(sums),
        "by_need": by_need,
        "name": name,
        "found": found,
        "more": f"?name={name}&more={more}" if more else "",
        "today": on,
    }
    return render(request, "activities/talks.html", context)


def seen_coverage(request: Request, on: date) -> TalkCoverage | None:
    """Who is to be talked with: all of it for the office and the chief, a leader's and a head's own part."""
    if not WRITERS & request.duties:
        return None
    whole = talk_coverage(request.bureau.pk, on)
    if {Duty.OFFICE, Duty.CHIEF} & request.duties:
        return whole
    led = set(org.led_units(request.user, on)) if Duty.LEADER in request.duties else set()
    own = led | {one.unit_id for one in request.held if one.duty == Duty.HEAD}
    for leader in whole.leaders:
        leader.lines = [one for one in leader.lines if one.unit.pk in led]
    leaders = [one for one in whole.leaders if one.lines]
    return TalkCoverage(whole.since, leaders, [one for one in whole.units if one.unit.pk in own])


@route(may=WRITERS, act="activities.talk")
@once
def talk_new(request: Request) -> HttpResponse:
    """登记谈话: my own; or, for the office, that a leader talked and both signed on paper."""
    on = clock.today()
    form = talk_form(request, on)
    if request.method == "POST" and form.is_valid():
        words = form.words()
        talker = words.pop("talker", request.user)
        try:
            made = services.record_talk(bureau=request.bureau, talker=talker, by=request.user, on=on, **words)
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            if talker.pk != request.user.pk:
                messages.success(request, f"已补登{talker.name}的谈话，内容不进系统。")
                return redirect("activities:talks")
            names = "、".join(one.partner.name for one in made)
            messages.success(request, f"谈话已登记，已请{names}签字。")
            return redirect(made[0] if len(made) == 1 else "activities:talks")
    return render(request, "activities/talk_new.html", {"form": form, "title": form.act_label})


def talk_form(request: Request, on: date) -> TalkForm:
    """The form as this person may fill it: a leader both kinds, a head 谈心谈话, the office on a leader's behalf."""
    mine = bool(TALKERS & request.duties)
    both = bool(POLITICAL_TALKERS & request.duties) or not mine
    kinds = [ActivityKind.POLITICAL_TALK, ActivityKind.HEART_TALK] if both else [ActivityKind.HEART_TALK]
    wanted = request.GET.get("kind", "")
    initial: dict[str, Any] = {"kind": wanted} if wanted in kinds else {}
    partner = request.GET.get("partner", "")
    initial |= {"partner": partner} if partner.isdecimal() and len(partner) < 18 else {}
    leader = request.GET.get("leader", "")
    initial |= {"talker": leader} if leader.isdecimal() and len(leader) < 18 else {}
    return TalkForm(
        request.POST if request.method == "POST" else None, people=people_for(request, on), kinds=kinds, on=on,
        leaders=None if mine else leaders_of(request.bureau.pk, on), initial=initial,
    )  # fmt: skip


def people_for(request: Request, on: date) -> Any:
    """Whom this person may talk with: a head his own unit's people, others everybody at work in the bureau."""
    posts = Post.objects.filter(org.in_force(on), bureau=request.bureau).exclude(duty__in=ADMINISTRATORS)
    if TALKERS & request.duties == {Duty.HEAD}:
        units = [one.unit_id for one in request.held if one.duty == Duty.HEAD and one.bureau_id == request.bureau.pk]
        posts = posts.filter(unit__in=units)
    people = User.objects.filter(is_active=True, pk__in=posts.values("user_id"))
    return (people.exclude(pk=request.user.pk) if TALKERS & request.duties else people).order_by("pinyin", "pk")


@route(may=ENTRANTS)
@require_safe
@load_talk
def talk(request: Request, note: TalkNote) -> HttpResponse:
    """One record: for the two as it stands; for the discipline group closed until it says why."""
    return render(request, "activities/talk.html", talk_context(request, note))


def talk_context(request: Request, note: TalkNote, **forms: Any) -> dict[str, Any]:
    """What the page shows this reader, with the forms of what he may do now."""
    on = clock.today()
    reads = queries.may_read(note, request.user, on)
    talker, partner = request.user.pk == note.talker_id, request.user.pk == note.partner_id
    open_rows = note.activity.void is False
    unsigned = (partner and note.partner_signed_on is None) or (talker and note.talker_signed_on is None)
    rows = list(note.follow_ups.select_related("problem").order_by("id")) if reads else []
    told: dict[str, Any] = {
        "note": note, "reads": reads, "talker": talker, "partner": partner, "today": on,
        "rows": [
            (row, FinishFollowUpForm(row=row) if talker and not row.void and not row.done_on and not row.problem_id
             else None)
            for row in rows
        ],
        "sign_form": SignTalkForm(note=note) if open_rows and unsigned else None,
        "paper_form": PaperSignForm(note=note, on=on) if open_rows and talker and not note.partner_signed_on else None,
        "may_amend": open_rows and talker and (note.partner_signed_on is None or not note.content),
        "follow_form": FollowUpForm(on=on) if open_rows and talker else None,
        "opinion_form": TalkOpinionForm(units=org.units_of(note.activity.bureau_id, on)) if open_rows and talker
        else None,
        "need_form": OpenTalkForm() if open_rows and not reads else None,
        "openings": queries.openings(note) if talker else [],
    }  # fmt: skip
    return told | forms


@route(may=TALKERS, act="activities.amend_talk")
@once
@load_own_talk
def talk_amend(request: Request, note: TalkNote) -> HttpResponse:
    """修改谈话记录."""
    form = AmendTalkForm(request.POST if request.method == "POST" else None, note=note)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.amend_talk(note, version=version, by=request.user, on=clock.today(), **form.words())
        messages.success(request, f"已修改，已请{note.partner.name}签字。")
        return redirect(note)
    return render(request, "activities/talk_form.html", {"form": form, "note": note, "title": "修改谈话记录"})


@route(may=ENTRANTS, act="activities.sign_talk")
@once
@load_talk
def talk_sign(request: Request, note: TalkNote) -> HttpResponse:
    """签字 by one of the two."""
    form = SignTalkForm(request.POST if request.method == "POST" else None, note=note)
    if request.method == "POST" and form.is_valid():
        services.sign_talk(note, version=form.cleaned_data["version"], by=request.user, on=clock.today())
        messages.success(request, "已签字。")
    return redirect(note)


@route(may=TALKERS, act="activities.sign_talk")
@once
@load_own_talk
def talk_paper(request: Request, note: TalkNote) -> HttpResponse:
    """登记纸质签字."""
    on = clock.today()
    form = PaperSignForm(request.POST if request.method == "POST" else None, note=note, on=on)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.sign_talk_on_paper(
                note, signed_on=told["signed_on"], version=told["version"], by=request.user, on=on, staged=form.staged
            )
        except (NotAllowed, BadFile) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已登记{note.partner.name}在纸质记录上签字。")
            return redirect(note)
    return render(request, "activities/talk_form.html", {"form": form, "note": note, "title": form.act_label})


@route(may=Duty.DISCIPLINE, act="activities.open_talk")
@once
@load_talk
def talk_open(request: Request, note: TalkNote) -> HttpResponse:
    """查阅 by need: the reason first, the words after."""
    form = OpenTalkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.open_talk(note, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())
        return redirect(note)
    return render(request, "activities/talk_form.html", {"form": form, "note": note, "title": "查阅谈话记录"})


@route(may=ENTRANTS)
@require_safe
@load_talk
def talk_file(request: Request, note: TalkNote) -> HttpResponse:
    """The scan of the signed record, for whoever reads the record."""
    if note.paper is None or not queries.may_read(note, request.user, clock.today()):
        return redirect(note)
    services.take_talk_copy(note, what="下载签字件", by=request.user, on=clock.today())
    return file_answer(note.paper)
