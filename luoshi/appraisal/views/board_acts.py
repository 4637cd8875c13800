"""The acts on a board: 公示, 复算, 审定, 退回, 印发通报, 扩大公开范围, 更正."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms.base import PlainForm, ReasonForm
from luoshi.appraisal.forms.boards import ApproveForm, WidenForm
from luoshi.appraisal.forms.objections import CorrectForm
from luoshi.appraisal.models import Board
from luoshi.appraisal.queries import boards as queries
from luoshi.appraisal.queries.boards import scores_of
from luoshi.appraisal.queries.objections import records_of
from luoshi.appraisal.rules.doors import OVERSEERS
from luoshi.appraisal.services import board_life as services
from luoshi.appraisal.services import copies
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.board_loaders import load_board
from luoshi.lib import clock
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once


@route(may=Duty.OFFICE, act="appraisal.show")
@once
@load_board
def board_show(request: Request, board: Board) -> HttpResponse:
    """公示."""
    form = PlainForm(posted(request), version=board.version, act_label="公示")

    def do(form: Any) -> None:
        services.show(board, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"公示{board.quarter_of}得分", back=board.get_absolute_url(),
        done="已公示，各单位已收到提醒。", lead="各单位只看到本单位的得分和依据，可以逐项提异议。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act=("appraisal.settle", "appraisal.recompute"))
@once
@load_board
def board_settle(request: Request, board: Board) -> HttpResponse:
    """复算."""
    form = PlainForm(posted(request), version=board.version, act_label="复算")

    def do(form: Any) -> None:
        services.settle(board, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"复算{board.quarter_of}得分", back=board.get_absolute_url(),
        done="已复算，前后差别列在各单位一行。",
        lead="只更正异议成立的单位，其他单位的依据一字不动，名次可能随之变化。",
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="appraisal.approve")
@once
@load_board
def board_approve(request: Request, board: Board) -> HttpResponse:
    """审定."""
    on = clock.today()
    form = ApproveForm(posted(request), board=board, on=on, own=Duty.CHIEF in request.duties)

    def do(form: Any) -> None:
        services.approve(
            board, version=form.cleaned_data["version"], by=request.user, on=on, staged=form.staged, **form.words()
        )

    return act_page(
        request, form, do, title=f"审定{board}", back=board.get_absolute_url(),
        done="审定已登记，可以印发通报。", lead="审定人和登记人分开记录。",
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="appraisal.give_back")
@once
@load_board
def board_give_back(request: Request, board: Board) -> HttpResponse:
    """退回修改."""
    form = ReasonForm(posted(request), version=board.version, label="哪里要改", act_label="退回修改")

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.give_back(board, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"退回修改：{board}", back=board.get_absolute_url(), done="已退回。"
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.publish")
@once
@load_board
def board_publish(request: Request, board: Board) -> HttpResponse:
    """印发通报."""
    on = clock.today()
    form = PlainForm(posted(request), version=board.version, act_label="印发通报")

    def do(form: Any) -> None:
        services.publish(board, version=form.cleaned_data["version"], by=request.user, on=on)

    return act_page(
        request, form, do, title=f"印发{board.quarter_of}红黑榜通报", back=board.get_absolute_url(),
        done="已通报，全局人员可以查看。",
        lead=f"公开范围：{queries.default_scope(board, on)}。印发后内容固定，要改的另出新版，旧版保留。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.widen")
@once
@load_board
def board_widen(request: Request, board: Board) -> HttpResponse:
    """扩大公开范围."""
    on = clock.today()
    form = WidenForm(posted(request), board=board, on=on)

    def do(form: Any) -> None:
        services.widen(
            board, scope=queries.OPEN, version=form.cleaned_data["version"], by=request.user, on=on,
            staged=form.staged, **form.words(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"{board}在局外公开", back=board.get_absolute_url(), done="公开范围已登记。",
        lead="通报一般只在局内公开。局党委研究决定对外公开的，在这里登记决定。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act=("appraisal.correct", "appraisal.next_edition", "appraisal.recompute"))
@once
@load_board
def board_correct(request: Request, board: Board, unit: int) -> HttpResponse:
    """更正: a further edition, in which one record of one unit is corrected."""
    score = get_object_or_404(scores_of(board), unit_id=unit)
    form = CorrectForm(posted(request), version=board.version, points=records_of(score))

    def do(form: Any) -> str:
        told = form.cleaned_data
        fresh = services.correct(
            board, score=score, correction=told["correction"], effect=told["effect"], reason=told["reason"],
            version=told["version"], by=request.user, on=clock.today(), now=clock.now(),
        )  # fmt: skip
        return fresh.get_absolute_url()

    return act_page(
        request, form, do, title=f"更正{board}：{score.unit}", back=board.get_absolute_url(),
        done="新的一版已建立，公示、审定后印发；原来那版仍可查看。",
        lead="已印发的一版不改动。新的一版和它并列，写明更正理由。",
    )  # fmt: skip


@route(may=OVERSEERS)
@require_safe
@load_board
def board_minutes(request: Request, board: Board) -> HttpResponse:
    """The minutes that a board was approved by, for whoever oversees it."""
    if board.minutes is None or not queries.sees_whole(request.held, board):
        raise Http404
    copies.take_copy(request.bureau, what=f"下载审定纪要：{board}", by=request.user, on=clock.today())
    return file_answer(board.minutes)
