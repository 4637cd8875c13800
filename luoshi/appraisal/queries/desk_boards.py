"""What of the quarterly board a person owes: the office its next act, a unit its window, a reviewer his answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from luoshi.appraisal.models import Board, BoardCase, Objection, Score
from luoshi.appraisal.queries.boards import board_facts, uncomputed
from luoshi.appraisal.rules.board_life import MOVES, CaseKind, CaseState, ObjectionState, next_act
from luoshi.appraisal.rules.words import BoardState
from luoshi.lib.ondesk import LINES, Part, Todo
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import distance

URLS = {"show": "board_show", "recompute": "board_settle", "approve": "board_approve", "publish": "board_publish",
        "add_case": "board", "designate": "objections"}  # fmt: skip
OPEN = (BoardState.COMPUTED, BoardState.SHOWN, BoardState.RECOMPUTED, BoardState.APPROVED)


def board_parts(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """The parts of the board; whom none concerns pays one query."""
    office = sorted({one.bureau_id for one in held if one.duty == Duty.OFFICE})
    chief = sorted({one.bureau_id for one in held if one.duty == Duty.CHIEF})
    units = sorted({one.unit_id for one in held if one.duty in (Duty.HEAD, Duty.HANDLER)})
    heads = sorted({one.unit_id for one in held if one.duty == Duty.HEAD})
    parts = [_answers(user, on)]
    if office:
        parts.append(_office(office[0], on))
    if chief:
        parts.append(_deciding(chief))
    if units:
        parts.append(_windows(units, on))
    if heads:
        parts.append(_statements(heads))
    return parts


def _answers(user: User, on: date) -> Part:
    rows = Objection.objects.filter(reviewer=user, state=ObjectionState.WAITING)
    lines = [
        Todo(str(one), one.get_absolute_url(), "答复", reverse("appraisal:answer", args=[one.public_id]),
             str(one.score.unit), one.due_on, "red" if one.due_on < on else "amber" if one.due_on == on else "green",
             "已过答复期限" if one.due_on < on else f"{one.due_on:%m-%d}前答复", one.ground)
        for one in rows.select_related("score__unit").order_by("due_on", "pk")[: LINES + 1]
    ]  # fmt: skip
    return Part.of("answer_objections", "待答复的得分异议", lines)


def _office(bureau_id: int, on: date) -> Part:
    """A quarter that is over and can be computed; then each open board with its next act."""
    home = reverse("appraisal:boards")
    lines = [
        Todo(f"{quarter}已结束，可以测算本季度得分", home, "测算", reverse("appraisal:board_new"))
        for quarter in uncomputed(bureau_id, on)[:1]
    ]
    rows = Board.objects.filter(bureau=bureau_id, state__in=OPEN).select_related("scheme").order_by("year", "quarter")
    for one in rows[:2]:
        name, words = next_act(board_facts(one, on), on)
        if name:
            url = reverse(f"appraisal:{URLS[name]}", args=[one.public_id])
            label = MOVES[name].label if name in MOVES else "指定复核人"
            lines.append(Todo(str(one), one.get_absolute_url(), label, url, said=words))
    return Part.of("boards", "季度红黑榜", lines, home)


def _deciding(bureaus: Sequence[int]) -> Part:
    rows = Board.objects.filter(bureau__in=bureaus, state=BoardState.RECOMPUTED).order_by("year", "quarter")
    lines = [
        Todo(f"{one}待审定", one.get_absolute_url(), "审定", reverse("appraisal:board_approve", args=[one.public_id]))
        for one in rows[:LINES]
    ]
    return Part.of("approve_boards", "待审定的季度红黑榜", lines)


def _windows(units: Sequence[int], on: date) -> Part:
    rows = Score.objects.filter(unit__in=units, board__state=BoardState.SHOWN, board__objection_until__gte=on)
    lines = []
    for one in rows.select_related("board", "unit").defer("basis").order_by("board_id", "unit_id")[:LINES]:
        until = one.board.objection_until
        assert until is not None
        left = distance(on, until, workdays.calendar(one.board.bureau_id))
        lines.append(
            Todo(f"{one.board.quarter_of}{one.unit}得分公示中，异议{until:%m-%d}截止", one.get_absolute_url(), "核对",
                 one.get_absolute_url(), str(one.unit), until, "amber" if until == on else "green", left)
        )  # fmt: skip
    return Part.of("shown_scores", "公示中的本单位得分", lines)


def _statements(units: Sequence[int]) -> Part:
    rows = BoardCase.objects.filter(unit__in=units, kind=CaseKind.BLACK, state=CaseState.PROPOSED, statement="")
    lines = [
        Todo(f"拟列入黑榜：{one.title}", one.get_absolute_url(), "陈述",
             reverse("appraisal:state_case", args=[one.public_id]), str(one.unit), said=one.words)
        for one in rows.select_related("unit").order_by("pk")[:LINES]
    ]  # fmt: skip
    return Part.of("statements", "可以陈述意见的事例", lines)
