"""试算, 测算 with its progress, and one unit's score with everything a hand needs to reckon it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal import queries, services
from luoshi.appraisal.forms.base import ReasonForm
from luoshi.appraisal.forms.schemes import ComputeForm, RehearseForm
from luoshi.appraisal.models import Board, Rehearsal, Scheme, Score
from luoshi.appraisal.queries.objections import may_object
from luoshi.appraisal.queries.shown import rehearsal_page, score_page
from luoshi.appraisal.rules import OVERSEERS, READERS, BoardState
from luoshi.appraisal.rules.quarters import read
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.loaders import load_board_open, load_rehearsal, load_scheme, load_score
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once


@route(may=Duty.OFFICE, act="appraisal.rehearse")
@once
@load_scheme
def rehearse(request: Request, scheme: Scheme) -> HttpResponse:
    """试算."""
    form = RehearseForm(posted(request), on=clock.today())

    def do(form: Any) -> str:
        quarters = [read(one) for one in form.cleaned_data["quarters"]]
        found = services.rehearse(scheme, quarters=quarters, by=request.user, on=clock.today())
        return found.get_absolute_url()

    return act_page(
        request, form, do, title=f"试算：{scheme}", back=scheme.get_absolute_url(), done="试算完成，已留痕。",
        lead="用以往季度的记录试一遍，看办法拉得开差距没有。单位名称隐去，每次试算都留痕。",
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF, Duty.LEADER))
@require_safe
@load_rehearsal
def rehearsal(request: Request, rehearsal: Rehearsal) -> HttpResponse:
    """One run."""
    return render(request, "appraisal/rehearsal.html", {"run": rehearsal, **rehearsal_page(rehearsal)})


@route(may=Duty.OFFICE, act=["appraisal.open_board", "appraisal.compute"])
@once
def board_new(request: Request) -> HttpResponse:
    """季度测算."""
    on = clock.today()
    form = ComputeForm(posted(request), on=on)

    def do(form: Any) -> str:
        quarter = read(form.cleaned_data["quarter"])
        board = services.open_board(bureau=request.bureau, quarter=quarter, by=request.user, on=on, now=clock.now())
        services.start(board)
        return reverse("appraisal:board_progress", args=[board.public_id])

    return act_page(
        request, form, do, title="季度测算", back=reverse("appraisal:schemes"), done="已开始测算。",
        lead="按采用的考评办法从记录里算出各单位得分。算完只有您和领导能看到，核对后再公示。",
    )  # fmt: skip


@route(may=OVERSEERS)
@require_safe
@load_board_open
def board_progress(request: Any, board: Board) -> HttpResponse:
    """How far the computing is; when it is done, the board."""
    services.revive(board, now=clock.now())
    running = board.state == BoardState.COMPUTING
    if not running and board.state != BoardState.VOID and not request.htmx:
        return redirect(board)
    percent = 100 * board.done // board.total if board.total else 0
    page = "appraisal/progress.html#job" if request.htmx and running else "appraisal/progress.html"
    answer = render(request, page, {"board": board, "running": running, "percent": percent})
    if request.htmx and not running:
        answer.headers["HX-Refresh"] = "true"
    return answer


@route(may=Duty.OFFICE, act="appraisal.void_board")
@once
@load_board_open
def board_void(request: Request, board: Board) -> HttpResponse:
    """测算作废."""
    form = ReasonForm(posted(request), version=board.version, label="作废理由", act_label="作废这次测算")

    def do(form: Any) -> str:
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        services.void_board(board, reason=reason, version=version, by=request.user, on=clock.today())
        return reverse("appraisal:board_new")

    return act_page(
        request, form, do, title=f"作废：{board}", back=reverse("appraisal:schemes"), done="已作废，可以重新测算。"
    )  # fmt: skip


@route(may=READERS)
@require_safe
@load_score
def score(request: Request, score: Score) -> HttpResponse:
    """One unit's score: the arithmetic, and each record with what it counts as."""
    whole = bool(queries.own_units(request.user, request.held, clock.today()) & {score.unit_id})
    whole = whole or bool(OVERSEERS & request.duties) or score.objections.filter(reviewer=request.user).exists()
    context = {"score": score, "may_object": may_object(score, request.held, clock.today())}
    return render(request, "appraisal/score.html", {**context, **score_page(score, whole=whole)})
