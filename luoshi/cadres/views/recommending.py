"""推荐使用: for the circle only; everybody else finds nothing here."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.cadres import queries, services
from luoshi.cadres.forms import following as forms
from luoshi.cadres.forms.base import ReasonForm
from luoshi.cadres.models import Posting, Recommendation
from luoshi.cadres.rules import CHIEF, PERSONNEL, READERS, REC_MOVES, of_circle
from luoshi.cadres.views.acting import act_page, posted
from luoshi.cadres.views.loaders import Request, load_posting, load_recommendation
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.org.access import route
from luoshi.records.once import once

ACTS = {"decide": "cadres:decide", "withdraw_rec": "cadres:rec_withdraw"}


@route(may=READERS, act="cadres.recommend")
@once
@load_posting
def recommend(request: Request, posting: Posting) -> HttpResponse:
    """提出推荐."""
    if not of_circle(queries.rec_roles(request.user, request.held, posting)):
        raise Http404
    on = clock.today()
    form = forms.RecommendForm(posted(request), posting=posting)

    def do(form: Any) -> str:
        told = form.words()
        found = services.recommend(posting, words=told.pop("said"), by=request.user, on=on, **told)
        return found.get_absolute_url()

    return act_page(
        request, form, do, title=f"提出推荐：{posting}", back=posting.get_absolute_url(), done="已提出，待研究。",
        lead="推荐由有权的机构研究决定，系统不打分、不排名。保密：本人和导师看不到。",
        hint=queries.hint(posting.cadre_id, bureau_id=posting.bureau_id, on=on),
    )  # fmt: skip


@route(may=READERS)
@require_safe
@load_recommendation
def recommendation(request: Request, rec: Recommendation) -> HttpResponse:
    """One recommendation with what it rests on."""
    mine = queries.rec_roles(request.user, request.held, rec.posting)
    opinions = queries.opinions_seen(request.user, request.held).filter(follow_up__posting=rec.posting)
    context = {
        "rec": rec,
        "posting": rec.posting,
        "opinions": opinions.select_related("follow_up", "by").order_by("follow_up__number"),
        "acts": [
            (REC_MOVES[one].label, reverse(ACTS[one], args=[rec.public_id]))
            for one in open_moves(REC_MOVES, state=rec.state, duties=mine)
        ],
    }
    return render(request, "cadres/recommendation.html", context)


@route(may=PERSONNEL, act="cadres.decide_rec")
@once
@load_recommendation
def decide(request: Request, rec: Recommendation) -> HttpResponse:
    """登记研究结果."""
    on = clock.today()
    paper = CHIEF not in queries.rec_roles(request.user, request.held, rec.posting)
    form = forms.DecideForm(posted(request), rec=rec, on=on, paper=paper)

    def do(form: Any) -> None:
        services.decide_rec(rec, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"登记研究结果：{rec.posting}", back=rec.get_absolute_url(), done="研究结果已登记。",
        lead=rec.words, hint=queries.hint(rec.posting.cadre_id, bureau_id=rec.posting.bureau_id, on=on),
    )  # fmt: skip


@route(may=READERS, act="cadres.withdraw_rec")
@once
@load_recommendation
def withdraw(request: Request, rec: Recommendation) -> HttpResponse:
    """撤回推荐."""
    form = ReasonForm(posted(request), version=rec.version, label="撤回理由", act_label="撤回推荐")

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.withdraw_rec(rec, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"撤回推荐：{rec.posting}", back=rec.posting.get_absolute_url(),
        done="已撤回，记录保留。",
    )  # fmt: skip
