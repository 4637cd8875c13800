"""延期, 中止, 恢复: the only acts that move a due date; the first one stays readable for ever."""

from __future__ import annotations

from datetime import date
from typing import Any, Unpack

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries
from luoshi.matters.models import Matter
from luoshi.matters.rules import DeadlineKind
from luoshi.matters.services import deadlines
from luoshi.matters.services.moves import TimedForm, ask, move
from luoshi.org.models import User
from luoshi.records.services import act
from luoshi.workdays import queries as workdays


@act
def extend(matter: Matter, *, due_on: date, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """延期: a later 办结时限, approved by the leader before the present one has passed.

    `original_on` of the deadline stays and every approved date is kept in its arithmetic.
    """
    turn = ask(matter, "extend", by=by, on=on, note=reason, **form)
    if matter.due_on is not None:
        if (form.get("decided_on") or on) > matter.due_on:
            raise NotAllowed(f"办结时限{matter.due_on:%Y-%m-%d}已过，不能再延期；请尽快办理，考核仍按原时限计算。")
        if due_on <= matter.due_on:
            raise NotAllowed(f"新的办结时限要晚于现在的{matter.due_on:%Y-%m-%d}，请重新填写。")
    calendar = workdays.calendar(matter.bureau_id)
    data = {"from": matter.due_on.isoformat() if matter.due_on else "", "to": due_on.isoformat()}
    rest = deadlines.rest_day(due_on, calendar)
    step = turn.make(changes={"due_on": due_on}, data=data | ({"rest_day": rest} if rest else {}))
    told = {
        "kind": "extension",
        "on": on.isoformat(),
        "was": data["from"],
        "due": data["to"],
        "by": str(step.event.decided_by),
        "why": step.event.note,
    }
    due = next(one for one in deadlines.running(step.matter) if one.kind == DeadlineKind.DUE)
    step.rows.append(deadlines.shift(due, calendar, told).write())
    step.tell(queries.unit_people(step.matter, on), f"办结时限延至{due_on:%Y-%m-%d}")
    return step.done()


@act
def suspend(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """中止: approved standstill (grey lamp); running dates wait."""
    step = move(matter, "suspend", by=by, on=on, note=reason, changes={"suspended_on": on}, **form)
    step.tell(queries.unit_people(step.matter, on), "事项已中止")
    return step.done()


@act
def resume(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """恢复办理: running dates move by the working days that it stood still."""
    turn = ask(matter, "resume", by=by, on=on, note=reason, **form)
    calendar = workdays.calendar(matter.bureau_id)
    since = matter.suspended_on or on
    pause = {"kind": "pause", "from": since.isoformat(), "to": on.isoformat(), "why": turn.note}
    shifts = [deadlines.shift(one, calendar, pause) for one in deadlines.running(matter)]
    data: dict[str, Any] = {
        "moved": [[one.deadline.kind, one.deadline.due_on.isoformat(), one.due.isoformat()] for one in shifts]
    }
    step = turn.make(changes=deadlines.fields(shifts) | {"suspended_on": None}, data=data)
    step.rows += [one.write() for one in shifts]
    step.tell(queries.unit_people(step.matter, on), "事项恢复办理")
    return step.done()
