"""异议: raised by the unit on one point of its own score, answered by somebody who did not score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from luoshi.appraisal.models import Objection, ObjectionEvidence, Score
from luoshi.appraisal.queries import board_windows as windows
from luoshi.appraisal.queries import objections as queries
from luoshi.appraisal.rules import board_life as rules
from luoshi.appraisal.rules.board_life import OBJECTION_MOVES, REVIEWER, Effect, ObjectionState
from luoshi.appraisal.services.board_life import may
from luoshi.appraisal.services.moves import reasoned
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters.queries.people import receivers
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act, keep, record, turn

STATES = {str(value): str(label) for value, label in ObjectionState.choices}


@act
def raise_objection(
    score: Score, *, point: str, ground: str, by: User, on: date, staged: Sequence[str] = ()
) -> Objection:
    """提出异议: one record or one indicator of one's own score, with its ground, within the window."""
    board = score.board
    may(board, "object", by=by, on=on, unit_id=score.unit_id)
    late = rules.late_words(board.objection_until, on)
    if late:
        raise NotAllowed(late)
    found = next((one for one in queries.points_of(score) if one.key == point), None)
    if found is None:
        raise NotAllowed("请从本单位得分的记录或指标里选一项提异议。")
    why = reasoned(ground, "提出异议")
    told = windows.window(windows.REVIEW, board.bureau_id, board.scheme.plan_id, on, "收到异议", on)
    try:
        with transaction.atomic():
            made = Objection.objects.create(
                score=score, kind=found.kind, point=point, point_words=found.words[:300],
                ground=why[: rules.WHY_MOST], raised_by=by, raised_on=on, due_on=told.until, due_basis=told.basis,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("这一项已经提过异议，请看原来那条的答复。") from None
    files = keep(staged, by=by, bureau=board.bureau_id) if staged else []
    proofs = [ObjectionEvidence.objects.create(objection=made, evidence=one) for one in files]
    record(by, "appraisal.object", made, bureau=board.bureau_id, rows=[*files, *proofs], note=why[:200])
    _tell(made, list(org.holders(Duty.OFFICE, board.bureau_id, on)), "object", f"得分异议待指定复核人：{score.unit}")
    return made


@act
def designate(objection: Objection, *, reviewer: User, version: int | None, by: User, on: date) -> Objection:
    """指定复核人: somebody who had no part in the computing and does not belong to the unit."""
    board = objection.score.board
    mine = rules.roles(org.held(by, on), bureau_id=board.bureau_id)
    objection.refresh_from_db()
    destination(OBJECTION_MOVES, "designate", state=objection.state, duties=mine, states=STATES)
    refused = queries.why_not_reviewer(objection, reviewer, on)
    if refused:
        raise NotAllowed(refused)
    if objection.reviewer_id == reviewer.pk:
        raise NotAllowed(f"复核人已经是{reviewer}。")
    turn(objection, version, reviewer=reviewer, named_by=by, named_on=on)
    record(by, "appraisal.designate", objection, bureau=board.bureau_id, note=f"复核人：{reviewer}")
    _tell(objection, [reviewer], "designate", f"请答复得分异议（{objection.due_on:%m-%d}前）：{objection.score.unit}")
    return objection


@act
def answer(
    objection: Objection,
    *,
    upheld: bool,
    words: str,
    version: int | None,
    by: User,
    on: date,
    correction: str = "",
    effect: str = "",
) -> Objection:
    """答复: upheld with the correction of one record, or rejected; with reasons, by whoever was named."""
    board = objection.score.board
    objection.refresh_from_db()
    named = {REVIEWER} if objection.reviewer_id == by.pk else set()
    destination(OBJECTION_MOVES, "answer", state=objection.state, duties=named, states=STATES)
    refused = queries.why_not_reviewer(objection, by, on)
    if refused:
        raise NotAllowed(refused)
    why = reasoned(words, "答复异议")
    record_words = ""
    if upheld:
        if effect not in Effect.values:
            raise NotAllowed("异议成立的，请选择怎样更正：按做到计入，或不计入。")
        fixed = next((one for one in queries.corrections_of(objection) if one.key == correction), None)
        if fixed is None:
            raise NotAllowed("异议成立的，请选择更正哪一件记录。")
        if effect == Effect.GOOD and fixed.good:
            raise NotAllowed("这件记录本来就按做到计入，不用更正。请核对所选记录，或选“不计入”。")
        record_words = fixed.words
    to = ObjectionState.UPHELD if upheld else ObjectionState.REJECTED
    turn(
        objection, version, state=to, answer=why[: rules.WHY_MOST], answered_by=by, answered_on=on,
        record=correction if upheld else "", record_words=record_words[:300], effect=effect if upheld else "",
    )  # fmt: skip
    record(by, "appraisal.answer", objection, bureau=board.bureau_id, note=f"{to.label}：{why}"[:200])
    people = [objection.raised_by, *receivers([objection.score.unit_id], on),
              *org.holders(Duty.OFFICE, board.bureau_id, on)]  # fmt: skip
    title = f"得分异议已答复（{to.label}）：{objection.score.unit}"
    _tell(objection, [one for one in people if one != by], "answer", title)
    return objection


@act
def withdraw(objection: Objection, *, version: int | None, by: User, on: date) -> Objection:
    """撤回异议, while nobody answered it."""
    board = objection.score.board
    objection.refresh_from_db()
    mine = rules.roles(org.held(by, on), bureau_id=board.bureau_id, unit_id=objection.score.unit_id)
    to = destination(OBJECTION_MOVES, "withdraw", state=objection.state, duties=mine, states=STATES)
    turn(objection, version, state=to)
    record(by, "appraisal.withdraw", objection, bureau=board.bureau_id)
    return objection


def _tell(objection: Objection, people: Sequence[User], move: str, title: str) -> None:
    notify(
        dict.fromkeys(people), bureau=objection.score.board.bureau_id, kind=f"appraisal.{move}",
        key=f"appraisal:objection:{objection.pk}:{move}:{objection.version}", title=title,
        url=objection.get_absolute_url(),
    )  # fmt: skip
