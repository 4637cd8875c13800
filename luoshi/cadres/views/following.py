"""跟踪考察: the facts as the person reads and answers them, and the acts of whoever examines."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.cadres import queries, services
from luoshi.cadres.forms import following as forms
from luoshi.cadres.forms.base import ReasonForm
from luoshi.cadres.models import FactAnswer, FollowUp
from luoshi.cadres.queries.follow_page import examiner_names, fact_lines, opinion_of
from luoshi.cadres.queries.roster import follow_face
from luoshi.cadres.rules import CADRE, FOLLOW_MOVES, PERSONNEL, READERS, of_circle
from luoshi.cadres.views.acting import act_page, posted
from luoshi.cadres.views.loaders import Request, load_answer, load_follow_up
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.org.access import route
from luoshi.records.once import once

PAGES = ("draw", "read", "serve", "appoint", "examine", "report")
"""The moves that have a button of their own; answers stand beside their facts."""


@route(may=READERS)
@require_safe
@load_follow_up
def follow_up(request: Request, follow_up: FollowUp) -> HttpResponse:
    """One follow-up."""
    return render(request, "cadres/follow_up.html", shown(request, follow_up))


def shown(request: Request, follow_up: FollowUp) -> dict[str, Any]:
    """What the page prints; the opinion is asked for at its own door."""
    on = clock.today()
    mine = queries.follow_roles(request.user, request.held, follow_up)
    moves = open_moves(FOLLOW_MOVES, state=follow_up.state, duties=mine)
    circle = of_circle(mine)
    moves = [one for one in moves if one != "examine" or circle]
    lamp, words = follow_face(follow_up, on)
    return {
        "follow_up": follow_up,
        "posting": follow_up.posting,
        "lines": fact_lines(follow_up, request.user, request.held, on),
        "opinion": opinion_of(follow_up, request.user, request.held),
        "circle": circle,
        "own": CADRE in mine,
        "examiners": examiner_names(follow_up),
        "acts": [
            (FOLLOW_MOVES[one].label, reverse(f"cadres:{one}", args=[follow_up.public_id]))
            for one in PAGES
            if one in moves
        ],
        "may_answer": "answer" in moves,
        "may_settle": "settle" in moves,
        "lamp": lamp,
        "words": words,
        "why": queries.why_follow_up(follow_up),
    }


def _step(request: Request, follow_up: FollowUp, name: str, *, done: str, lead: str) -> HttpResponse:
    """An act that asks nothing but its button."""
    form = forms.StepForm(posted(request), version=follow_up.version, act_label=FOLLOW_MOVES[name].label)
    verb = {"draw": services.draw, "read": services.read_facts}[name]

    def do(form: Any) -> None:
        verb(follow_up, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    title = f"{FOLLOW_MOVES[name].label}：{follow_up}"
    return act_page(request, form, do, title=title, back=follow_up.get_absolute_url(), done=done, lead=lead)


@route(may=PERSONNEL, act="cadres.draw")
@once
@load_follow_up
def draw(request: Request, follow_up: FollowUp) -> HttpResponse:
    """抽取事实."""
    lead = "从督办事项、问题台账、承诺和实绩里抽取本人考察期内的工作结果，不用填写。抽取后由本人核对。"
    return _step(request, follow_up, "draw", done="事实已抽取，已通知本人核对。", lead=lead)


@route(may=READERS, act="cadres.read_facts")
@once
@load_follow_up
def read(request: Request, follow_up: FollowUp) -> HttpResponse:
    """核对."""
    lead = "看过上页列出的事实后点这里。有不对的，先在那一条旁边提意见；核对以后、考察之前仍可再提。"
    return _step(request, follow_up, "read", done="已核对。", lead=lead)


@route(may=PERSONNEL, act="cadres.serve")
@once
@load_follow_up
def serve(request: Request, follow_up: FollowUp) -> HttpResponse:
    """书面送达."""
    form = ReasonForm(posted(request), version=follow_up.version, label="送达情况", act_label="登记书面送达")

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.serve(follow_up, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"登记书面送达：{follow_up}", back=follow_up.get_absolute_url(), done="已登记。",
        lead="本人不便上网核对的，把事实打印送本人核对，写明何时、怎样送达，本人怎么说。",
    )  # fmt: skip


@route(may=READERS, act="cadres.answer_fact")
@once
@load_follow_up
def answer(request: Request, follow_up: FollowUp, key: str) -> HttpResponse:
    """对事实提意见."""
    on = clock.today()
    line = next(
        (one for one in fact_lines(follow_up, request.user, request.held, on) if one.shown.fact.key == key), None
    )
    if line is None or CADRE not in queries.follow_roles(request.user, request.held, follow_up):
        raise Http404
    form = forms.AnswerForm(posted(request))

    def do(form: Any) -> None:
        services.answer_fact(follow_up, key=key, words=form.cleaned_data["said"], by=request.user, on=on)

    return act_page(
        request, form, do, title="对事实提意见", back=follow_up.get_absolute_url(), done="意见已提交，核实后告诉您。",
        lead=line.shown.words,
    )  # fmt: skip


@route(may=READERS, act="cadres.settle_fact")
@once
@load_answer
def settle(request: Request, answer: FactAnswer) -> HttpResponse:
    """核实意见."""
    follow_up = answer.follow_up
    mine = queries.follow_roles(request.user, request.held, follow_up)
    if not mine & FOLLOW_MOVES["settle"].duties:
        raise Http404
    form = forms.SettleForm(posted(request))

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.settle_fact(
            answer, upheld=told["upheld"] == "1", words=told["said"], by=request.user, on=clock.today()
        )  # fmt: skip

    return act_page(
        request, form, do, title="核实本人意见", back=follow_up.get_absolute_url(), done="已核实，已通知本人。",
        lead=f"{answer.by}：{answer.words}",
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.appoint_examiners")
@once
@load_follow_up
def appoint(request: Request, follow_up: FollowUp) -> HttpResponse:
    """指定考察人."""
    on = clock.today()
    form = forms.ExaminersForm(posted(request), follow_up=follow_up, on=on)

    def do(form: Any) -> None:
        services.appoint_examiners(
            follow_up, people=form.people, version=form.cleaned_data["version"], by=request.user, on=on
        )

    return act_page(
        request, form, do, title=f"指定考察人：{follow_up}", back=follow_up.get_absolute_url(),
        done="考察人已指定，已通知。", lead="每次至少两人。导师做考察人的，能看到考察意见。",
    )  # fmt: skip


@route(may=READERS, act="cadres.examine")
@once
@load_follow_up
def examine(request: Request, follow_up: FollowUp) -> HttpResponse:
    """登记考察意见."""
    on = clock.today()
    if not of_circle(queries.follow_roles(request.user, request.held, follow_up)):
        raise Http404
    form = forms.ExamineForm(posted(request), follow_up=follow_up, on=on)

    def do(form: Any) -> None:
        services.examine(follow_up, by=request.user, on=on, version=form.cleaned_data["version"], **form.words())

    return act_page(
        request, form, do, title=f"登记考察意见：{follow_up}", back=follow_up.get_absolute_url(),
        done="考察意见已登记，只有主要领导、局办公室和考察人能看到。",
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.report")
@once
@load_follow_up
def report(request: Request, follow_up: FollowUp) -> HttpResponse:
    """报告局党委."""
    on = clock.today()
    form = forms.ReportForm(posted(request), follow_up=follow_up, on=on)

    def do(form: Any) -> None:
        services.report(follow_up, by=request.user, on=on, version=form.cleaned_data["version"], **form.words())

    return act_page(
        request, form, do, title=f"登记报告：{follow_up}", back=follow_up.get_absolute_url(), done="已登记。"
    )  # fmt: skip
