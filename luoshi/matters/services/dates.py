"""延期, 中止, 恢复: the only acts that move a due date; the first one stays readable for ever."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Unpack

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries
from luoshi.matters.models import ExtensionRequest, Matter
from luoshi.matters.rules import DeadlineKind
from luoshi.matters.services import deadlines
from luoshi.matters.services.moves import Step, TimedForm, Turn, ask, move
from luoshi.matters.services.pauses import next_of, rest_parts, resting
from luoshi.org.models import User
from luoshi.records.services import act
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import workdays_of


@act
def extend(matter: Matter, *, due_on: date, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """延期: a later 办结时限, approved by the leader before the present one has passed.

    `original_on` of the deadline stays and every approved date is kept in its arithmetic. A request of the unit that
    waits is granted with it.
    """
    turn = ask(matter, "extend", by=by, on=on, note=reason, **form)
    if matter.due_on is not None and (form.get("decided_on") or on) > matter.due_on:
        raise NotAllowed(f"办结时限{matter.due_on:%Y-%m-%d}已过，不能再延期；请尽快办理，考核仍按原时限计算。")
    return lengthen(turn, due_on, why=turn.note).done()


def lengthen(turn: Turn, due_on: date, *, why: str) -> Step:
    """Move 办结时限 to a later day and grant the request that waits for it; within the caller's act."""
    matter, on = turn.matter, turn.on
    if matter.due_on is not None and due_on <= matter.due_on:
        raise NotAllowed(f"新的办结时限要晚于现在的{matter.due_on:%Y-%m-%d}，请重新填写。")
    if due_on < on:
        raise NotAllowed(f"新的办结时限{due_on:%Y-%m-%d}已经过去，请重新填写。")
    calendar = workdays.calendar(matter.bureau_id)
    asked = queries.asked_extension(matter)
    data = {"from": matter.due_on.isoformat() if matter.due_on else "", "to": due_on.isoformat()}
    if asked is not None and asked.wanted_on != due_on:
        data["wanted"] = asked.wanted_on.isoformat()
    rest = deadlines.rest_day(due_on, calendar)
    step = turn.make(changes={"due_on": due_on}, data=data | ({"rest_day": rest} if rest else {}))
    told = {
        "kind": "extension",
        "on": on.isoformat(),
        "was": data["from"],
        "due": data["to"],
        "by": str(step.event.decided_by),
        "why": why,
    }
    due = next(one for one in deadlines.running(step.matter) if one.kind == DeadlineKind.DUE)
    step.rows.append(deadlines.shift(due, calendar, told).write())
    if asked is not None:
        decided = {"decided_by": step.event.decided_by, "decided_on": step.event.decided_on}
        ExtensionRequest.objects.filter(pk=asked.pk, state="ASKED").update(
            state="GRANTED", granted_until=due_on, answer=turn.note, **decided
        )
        step.rows.append(asked)
    step.tell(queries.unit_people(step.matter, on), f"办结时限延至{due_on:%Y-%m-%d}")
    return step


def lapse_extension(matter: Matter) -> list[ExtensionRequest]:
    """A request that nobody needs to answer any more falls away; within the caller's act."""
    asked = list(ExtensionRequest.objects.filter(matter=matter, state="ASKED"))
    ExtensionRequest.objects.filter(pk__in=[one.pk for one in asked]).update(state="LAPSED")
    return asked


@act
def suspend(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """中止: approved standstill (grey lamp); running dates and the roadmap's steps wait, an open request falls away."""
    step = move(matter, "suspend", by=by, on=on, note=reason, changes={"suspended_on": on}, **form)
    step.rows += lapse_extension(step.matter)
    step.tell(queries.unit_people(step.matter, on), "事项已中止")
    return step.done()


@act
def resume(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """恢复办理: running dates and steps not done move by the working days that it stood still (no slippage)."""
    turn = ask(matter, "resume", by=by, on=on, note=reason, **form)
    calendar = workdays.calendar(matter.bureau_id)
    since = matter.suspended_on or on
    pause = {"kind": "pause", "from": since.isoformat(), "to": on.isoformat(), "why": turn.note}
    shifts = [deadlines.shift(one, calendar, pause) for one in deadlines.running(matter)]
    data: dict[str, Any] = {
        "moved": [[one.deadline.kind, one.deadline.due_on.isoformat(), one.due.isoformat()] for one in shifts]
    }
    paused = len(workdays_of(since + timedelta(days=1), on, calendar))
    steps = resting(matter, paused, calendar)
    changes = deadlines.fields(shifts) | {"suspended_on": None, "next_step_on": next_of(steps)}
    step = turn.make(changes=changes, data=data | ({"steps": paused} if steps and paused else {}))
    step.rows += [one.write() for one in shifts]
    step.rows += [one.write() for one in steps]
    step.rows += rest_parts(step.matter, paused, calendar)
    step.tell(queries.unit_people(step.matter, on), "事项恢复办理")
    return step.done()
