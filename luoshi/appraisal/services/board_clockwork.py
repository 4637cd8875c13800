"""What the calendar says of boards: a window that is over, an answer that is due, a black case whose cure is due."""

from __future__ import annotations

from datetime import date

from luoshi.appraisal.models import Board, BoardCase, Objection
from luoshi.appraisal.rules.board_life import CaseKind, CaseState, ObjectionState
from luoshi.appraisal.rules.words import BoardState
from luoshi.matters.queries.people import receivers
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.rules import Duty
from luoshi.records.services import act
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import is_workday


@act
def remind_boards(on: date) -> int:
    """Remind on working days, each thing once: its key holds no day. Returns how many notices are new."""
    return _windows(on) + _answers(on) + _cures(on)


def _working(bureau_id: int, on: date) -> bool:
    return is_workday(on, workdays.calendar(bureau_id))


def _windows(on: date) -> int:
    fresh = 0
    for one in Board.objects.filter(state=BoardState.SHOWN, objection_until__lt=on).select_related("bureau"):
        if _working(one.bureau_id, on):
            fresh += notify(
                org.holders(Duty.OFFICE, one.bureau_id, on), bureau=one.bureau_id, kind="appraisal.remind",
                key=f"appraisal:board:{one.pk}:window-over", title=f"公示期满，可以复算：{one}",
                url=one.get_absolute_url(),
            )  # fmt: skip
    return fresh


def _answers(on: date) -> int:
    fresh = 0
    rows = Objection.objects.filter(state=ObjectionState.WAITING, due_on__lte=on).exclude(reviewer=None)
    for one in rows.select_related("score__board", "score__unit", "reviewer"):
        bureau_id = one.score.board.bureau_id
        if _working(bureau_id, on) and one.reviewer is not None:
            fresh += notify(
                [one.reviewer], bureau=bureau_id, kind="appraisal.remind", key=f"appraisal:objection:{one.pk}:due",
                title=f"得分异议{one.due_on:%m-%d}前答复：{one.score.unit}", url=one.get_absolute_url(),
            )  # fmt: skip
    return fresh


def _cures(on: date) -> int:
    fresh = 0
    rows = BoardCase.objects.filter(kind=CaseKind.BLACK, state=CaseState.LISTED, rectify_by__lte=on)
    for one in rows.select_related("board", "unit"):
        bureau_id = one.board.bureau_id
        if _working(bureau_id, on):
            people = [*receivers([one.unit_id], on), *org.holders(Duty.OFFICE, bureau_id, on)]
            fresh += notify(
                dict.fromkeys(people), bureau=bureau_id, kind="appraisal.remind", key=f"appraisal:case:{one.pk}:due",
                title=f"黑榜事例{one.rectify_by:%m-%d}到整改期限：{one.title}", url=one.get_absolute_url(),
            )  # fmt: skip
    return fresh
