"""红黑榜事例: choose the unit, write the case on its records; hear whom it concerns; the way off."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms.base import ReasonForm
from luoshi.appraisal.forms.cases import CaseForm, NoneForm, OffForm, StatementForm
from luoshi.appraisal.models import Board, BoardCase, CaseEvidence
from luoshi.appraisal.queries.boards import cases_seen, scores_of
from luoshi.appraisal.queries.grounds import fact_choices, grounds_of
from luoshi.appraisal.rules import board_life as rules
from luoshi.appraisal.rules.board_life import CASE_MOVES, CaseKind
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.services import cases as services
from luoshi.appraisal.services import copies
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.board_loaders import load_board, load_case
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

KINDS = {"red": CaseKind.RED, "black": CaseKind.BLACK}
"""A kind as addresses spell it."""
RED_LEAD = "选本季度工作中值得学习的做法。入选由人决定，不按名次。"
BLACK_LEAD = "按记录写明事实。排名靠后不等于有错，不按名次列入；列入后告知当事单位，听取陈述。"


@route(may=Duty.OFFICE)
@require_safe
@load_board
def pick(request: Request, board: Board, kind: str) -> HttpResponse:
    """Whose case, or whose record to correct: the units in their own order."""
    word = {"red": "列红榜事例", "black": "列黑榜事例", "correct": f"更正{board}"}.get(kind)
    if word is None:
        raise Http404
    lines = [(one.unit, _next(board, kind, one.unit_id)) for one in scores_of(board)]
    return render(request, "appraisal/case_pick.html", {"board": board, "lines": lines, "word": word})


def _next(board: Board, kind: str, unit_id: int) -> str:
    if kind == "correct":
        return reverse("appraisal:board_correct", args=[board.public_id, unit_id])
    return reverse("appraisal:case_new", args=[board.public_id, kind, unit_id])


@route(may=Duty.OFFICE, act="appraisal.add_case")
@once
@load_board
def case_new(request: Request, board: Board, kind: str, unit: int) -> HttpResponse:
    """列事例: its words and the records it rests on."""
    told = KINDS.get(kind)
    if told is None:
        raise Http404
    score = get_object_or_404(scores_of(board), unit_id=unit)
    form = CaseForm(posted(request), kind=told, facts=fact_choices(score))

    def do(form: Any) -> None:
        services.add_case(
            board, kind=told, unit=score.unit, words=form.case_words, by=request.user, on=clock.today(),
            grounds=services.Grounds(**grounds_of(score, form.cleaned_data["facts"])), staged=form.staged,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"列{told.label}事例：{score.unit}", back=board.get_absolute_url(),
        done="已列入，已告知当事单位。", lead=RED_LEAD if told == CaseKind.RED else BLACK_LEAD,
    )  # fmt: skip


@route(may=READERS)
@require_safe
@load_case
def case(request: Request, case: BoardCase) -> HttpResponse:
    """One case: its words, what it rests on, what the unit said, how it came off."""
    mine = rules.roles(request.held, bureau_id=case.board.bureau_id, unit_id=case.unit_id)
    moves = open_moves(CASE_MOVES, state=case.state, duties=mine)
    if case.kind == CaseKind.RED:
        moves = [one for one in moves if one != "take_off"]
    improvements = list(case.improvements.select_related("problem"))
    context = {
        "case": case,
        "acts": [(CASE_MOVES[one].label, f"appraisal:{one}") for one in moves],
        "links": list(case.links.select_related("matter", "problem", "remark__unit")),
        "proofs": list(case.proofs.select_related("evidence")),
        "improvements": improvements,
        "may_improve": "take_off" in moves and not improvements,
    }
    return render(request, "appraisal/case.html", context)


@route(may=Duty.OFFICE, act="appraisal.edit_case")
@once
@load_case
def edit_case(request: Request, case: BoardCase) -> HttpResponse:
    """修改事例."""
    form = CaseForm(posted(request), kind=case.kind, case=case)

    def do(form: Any) -> None:
        services.edit_case(
            case, words=form.case_words, version=form.cleaned_data["version"], by=request.user, on=clock.today()
        )

    return act_page(request, form, do, title=f"修改{case}", back=case.get_absolute_url(), done="已保存。")


@route(may=(Duty.OFFICE, Duty.HEAD, Duty.HANDLER), act="appraisal.state_case")
@once
@load_case
def state_case(request: Request, case: BoardCase) -> HttpResponse:
    """登记陈述."""
    form = StatementForm(posted(request), case=case)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.state_case(
            case, statement=told["statement"], version=told["version"], by=request.user, on=clock.today()
        )

    return act_page(
        request, form, do, title="登记陈述", back=case.get_absolute_url(), done="陈述已登记，随事例一并报审定。",
        lead=str(case), about=[case.words],
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.drop_case")
@once
@load_case
def drop_case(request: Request, case: BoardCase) -> HttpResponse:
    """不再列入."""
    form = ReasonForm(posted(request), version=case.version, label="为什么不再列入", act_label="不再列入")

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.drop_case(case, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"不再列入：{case.title}", back=case.board.get_absolute_url(),
        done="已撤下，记录保留。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.take_off")
@once
@load_case
def take_off(request: Request, case: BoardCase) -> HttpResponse:
    """下榜."""
    form = OffForm(posted(request), case=case)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.take_off(case, words=told["said"], version=told["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"下榜：{case.title}", back=case.get_absolute_url(), done="已下榜，已告知当事单位。",
        about=[f"下榜条件：{case.way_off}"],
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.state_none")
@once
@load_board
def state_none(request: Request, board: Board, kind: str) -> HttpResponse:
    """登记本季度无."""
    told = KINDS.get(kind)
    if told is None:
        raise Http404
    form = NoneForm(posted(request), version=board.version)

    def do(form: Any) -> None:
        services.state_none(
            board, kind=told, words=form.cleaned_data["said"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"{told.label}：本季度无", back=board.get_absolute_url(),
        done="已登记，通报中照此说明。",
    )  # fmt: skip


@route(may=READERS)
@require_safe
def case_proof(request: Request, pk: int) -> HttpResponse:
    """A file of a case, for whoever sees it."""
    seen = cases_seen(request.user, request.held, clock.today())
    found = get_object_or_404(CaseEvidence.objects.filter(case__in=seen).select_related("evidence"), pk=pk)
    copies.take_copy(request.bureau, what=f"下载事例材料：{found.evidence}", by=request.user, on=clock.today())
    return file_answer(found.evidence)
