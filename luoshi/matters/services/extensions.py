"""申请延期, 撤回, 批准, 不批准: asked by the unit before the date, answered by the leader who assigned the matter."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries
from luoshi.matters.models import ExtensionRequest, Matter
from luoshi.matters.services.dates import lengthen
from luoshi.matters.services.moves import TimedForm, Turn, ask, refuse_idle
from luoshi.org.models import User
from luoshi.records.services import act


@act
def ask_extension(
    matter: Matter, *, wanted_on: date, reason: str, by: User, on: date, **form: Unpack[TimedForm]
) -> Matter:
    """申请延期: before the date has passed, with the reason and the date wished for; one open request a matter."""
    turn = ask(matter, "ask_extension", by=by, on=on, note=reason, **form)
    refuse_idle(turn)
    if matter.due_on is None:
        raise NotAllowed("本事项没有办结时限，不用申请延期。")
    if wanted_on <= matter.due_on:
        raise NotAllowed(f"申请延至的日期要晚于现在的办结时限{matter.due_on:%Y-%m-%d}，请重新填写。")
    step = turn.make(data={"from": matter.due_on.isoformat(), "to": wanted_on.isoformat()})
    asked = ExtensionRequest.objects.create(
        matter=step.matter,
        cycle=matter.cycle,
        due_was=matter.due_on,
        wanted_on=wanted_on,
        reason=turn.note,
        asked_by=by,
        asked_on=on,
    )
    step.rows.append(asked)
    step.tell([matter.leader], f"申请延期至{wanted_on:%Y-%m-%d}，请批示")
    step.tell(queries.office(matter, on), f"{matter.lead_unit}申请延期至{wanted_on:%Y-%m-%d}")
    return step.done()


def _open(turn: Turn) -> ExtensionRequest:
    refuse_idle(turn)
    asked = queries.asked_extension(turn.matter)
    assert asked is not None  # `refuse_idle` has looked
    return asked


@act
def withdraw_extension(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[TimedForm]) -> Matter:
    """撤回延期申请: the unit does not need it any more; the date stays as it is."""
    turn = ask(matter, "withdraw_extension", by=by, on=on, note=note, **form)
    asked = _open(turn)
    step = turn.make()
    step.rows.append(_answer(asked, "WITHDRAWN"))
    step.tell([matter.leader], f"{matter.lead_unit}撤回了延期申请")
    return step.done()


@act
def refuse_extension(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """不批准延期: with the reason; the original date stays, and the matter is assessed against it."""
    turn = ask(matter, "refuse_extension", by=by, on=on, note=reason, **form)
    asked = _open(turn)
    step = turn.make(data={"due_on": asked.due_was.isoformat()})
    event = step.event
    step.rows.append(
        _answer(asked, "REFUSED", decided_by=event.decided_by, decided_on=event.decided_on, answer=turn.note)
    )
    step.tell(queries.unit_people(step.matter, on), f"延期未获批准，仍按{asked.due_was:%Y-%m-%d}办结")
    return step.done()


@act
def grant_extension(
    matter: Matter, *, by: User, on: date, due_on: date | None = None, note: str = "", **form: Unpack[TimedForm]
) -> Matter:
    """批准延期: until the date asked for or another one; asked in time, so it may be answered after the date."""
    turn = ask(matter, "grant_extension", by=by, on=on, note=note, **form)
    asked = _open(turn)
    until = due_on or asked.wanted_on
    return lengthen(turn, until, why=asked.reason).done()


def _answer(asked: ExtensionRequest, state: str, **words: object) -> ExtensionRequest:
    """Close a request; within the caller's act."""
    if ExtensionRequest.objects.filter(pk=asked.pk, state="ASKED").update(state=state, **words) != 1:
        raise NotAllowed("这项延期申请刚刚已有答复，请刷新页面查看。")
    return asked
