"""异议: all of a board, one with its answer, and its acts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms.base import PlainForm
from luoshi.appraisal.forms.objections import AnswerForm, DesignateForm, ObjectionForm
from luoshi.appraisal.models import Board, Objection, ObjectionEvidence, Score
from luoshi.appraisal.queries import objections as queries
from luoshi.appraisal.queries.access import scores_seen
from luoshi.appraisal.rules import board_life as rules
from luoshi.appraisal.rules.board_life import OBJECTION_MOVES, REVIEWER, REVIEWERS
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.services import copies
from luoshi.appraisal.services import objections as services
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.board_loaders import load_board, load_objection, load_own_score
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

UNIT_PEOPLE = (Duty.HEAD, Duty.HANDLER)


@route(may=READERS)
@require_safe
@load_board
def objections(request: Request, board: Board) -> HttpResponse:
    """The objections to a board that this person may see."""
    seen = queries.objections_seen(request.user, request.held, clock.today()).filter(score__board=board)
    rows = list(seen.select_related("score__unit", "reviewer", "raised_by"))
    return render(request, "appraisal/objections.html", {"board": board, "objections": rows})


@route(may=READERS)
@require_safe
@load_objection
def objection(request: Request, objection: Objection) -> HttpResponse:
    """One objection: what, why, by when, who answered and how."""
    score = objection.score
    mine = set(rules.roles(request.held, bureau_id=score.board.bureau_id, unit_id=score.unit_id))
    if objection.reviewer_id == request.user.pk:
        mine.add(REVIEWER)
    moves = open_moves(OBJECTION_MOVES, state=objection.state, duties=mine)
    context = {
        "objection": objection,
        "acts": [(OBJECTION_MOVES[one].label, f"appraisal:{one}") for one in moves],
        "proofs": list(objection.proofs.select_related("evidence")),
        "sees_score": scores_seen(request.user, request.held, clock.today()).filter(pk=score.pk).exists(),
    }
    return render(request, "appraisal/objection.html", context)


@route(may=UNIT_PEOPLE, act="appraisal.object")
@once
@load_own_score
def object_to(request: Request, score: Score) -> HttpResponse:
    """提出异议."""
    points = queries.points_of(score)
    form = ObjectionForm(posted(request), points=points, chosen=request.GET.get("point", ""))

    def do(form: Any) -> str:
        told = form.cleaned_data
        made = services.raise_objection(
            score, point=told["point"], ground=told["ground"], by=request.user, on=clock.today(), staged=form.staged
        )
        return str(made.get_absolute_url())

    until = score.board.objection_until
    return act_page(
        request, form, do, title=f"对{score.unit}得分提异议", back=score.get_absolute_url(),
        done="异议已提出，由没有参加测算的人复核。", lead=f"异议期到{until:%Y-%m-%d}截止。" if until else "",
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="appraisal.designate")
@once
@load_objection
def designate(request: Request, objection: Objection) -> HttpResponse:
    """指定复核人."""
    on = clock.today()
    form = DesignateForm(posted(request), objection=objection, on=on)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.designate(objection, reviewer=told["reviewer"], version=told["version"], by=request.user, on=on)

    return act_page(
        request, form, do, title="指定复核人", back=objection.get_absolute_url(), done="复核人已指定，已提醒。",
        lead=str(objection), about=[f"理由：{objection.ground}"],
    )  # fmt: skip


@route(may=REVIEWERS, act="appraisal.answer")
@once
@load_objection
def answer(request: Request, objection: Objection) -> HttpResponse:
    """答复异议."""
    form = AnswerForm(posted(request), objection=objection, points=queries.corrections_of(objection))

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.answer(
            objection, upheld=told["outcome"] == "yes", words=told["said"], correction=told["correction"],
            effect=told["effect"], version=told["version"], by=request.user, on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title="答复异议", back=objection.get_absolute_url(), done="已答复，已告知提出单位。",
        lead=str(objection), about=[f"理由：{objection.ground}", f"答复期限：{objection.due_on:%Y-%m-%d}"],
    )  # fmt: skip


@route(may=UNIT_PEOPLE, act="appraisal.withdraw")
@once
@load_objection
def withdraw(request: Request, objection: Objection) -> HttpResponse:
    """撤回异议."""
    form = PlainForm(posted(request), version=objection.version, act_label="撤回异议")

    def do(form: Any) -> None:
        services.withdraw(objection, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title="撤回异议", back=objection.get_absolute_url(), done="异议已撤回。", lead=str(objection)
    )  # fmt: skip


@route(may=READERS)
@require_safe
def objection_proof(request: Request, pk: int) -> HttpResponse:
    """A file of an objection, for whoever sees it."""
    seen = queries.objections_seen(request.user, request.held, clock.today())
    rows = ObjectionEvidence.objects.filter(objection__in=seen).select_related("evidence")
    found = get_object_or_404(rows, pk=pk)
    copies.take_copy(request.bureau, what=f"下载异议佐证：{found.evidence}", by=request.user, on=clock.today())
    return file_answer(found.evidence)
