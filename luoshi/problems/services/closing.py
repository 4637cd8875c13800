"""申请销号, 验收销号, 退回整改, 回头看, 反弹重办."""

from __future__ import annotations

from datetime import date
from typing import Any, Unpack

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.plan.queries import rule
from luoshi.problems import queries
from luoshi.problems.models import Problem
from luoshi.problems.rules import RaiserAnswer
from luoshi.problems.rules.dates import LookBack, look_back_day
from luoshi.problems.services.moves import Form, ask
from luoshi.problems.services.rectifying import refuse_open_matters
from luoshi.records.services import act
from luoshi.workdays.queries import calendar


@act
def apply_closing(problem: Problem, *, by: User, on: date, note: str = "", **form: Unpack[Form]) -> Problem:
    """申请销号: the owner or his unit says it is put right, in words or by a file; another person will check it."""
    turn = ask(problem, "apply", by=by, on=on, note=note, **form)
    if not turn.note and not turn.staged:
        raise NotAllowed("请写明整改情况：改了什么、现在怎样；或者附上材料。")
    refuse_open_matters(problem, "申请销号")
    step = turn.make(changes={"applied_on": on, "applied_by": by})
    step.tell(queries.checkers(step.problem, on), "整改完成，请验收销号")
    return step.done()


@act
def accept_closing(
    problem: Problem,
    *,
    note: str,
    by: User,
    on: date,
    raiser_answer: str = "",
    raiser_words: str = "",
    **form: Unpack[Form],
) -> Problem:
    """验收销号: another person looked, `note` says at what and what he found; whoever raised it was asked.

    Refused while linked matters run. The day of 回头看 is worked out here, once, with its reason (2.2.2.2b).
    """
    turn = ask(problem, "accept", by=by, on=on, note=note, **form)
    refuse_open_matters(problem, "验收销号")
    answer = _answer(problem, raiser_answer, raiser_words, on)
    again = look_back(problem.bureau_id, on)
    changes = answer | {
        "closed_on": on,
        "closed_by": by,
        "look_back_on": again.on,
        "look_back_basis": again.basis,
        "looked_back_on": None,
        "look_back_held": None,
    }
    data = {"look_back_on": again.on.isoformat(), "raiser_answer": raiser_answer, "raiser_words": raiser_words.strip()}
    step = turn.make(changes=changes, data=data)
    step.tell([*queries.doers(step.problem, on), step.problem.entered_by], "问题已验收销号")
    return step.done()


def look_back(bureau_id: int, closed_on: date) -> LookBack:
    """When a problem that is closed on a day is looked at again, by the bureau's rule."""
    value = rule("look_back", bureau_id=bureau_id, on=closed_on)
    return look_back_day(
        closed_on, int(value.value["number"]), value.value["unit"], calendar(bureau_id), citation=value.citation
    )


def _answer(problem: Problem, answer: str, words: str, on: date) -> dict[str, Any]:
    """What whoever raised it says; asked where somebody is named, and 未联系上 is an answer."""
    if answer and answer not in RaiserAnswer.values:
        raise NotAllowed("请选择反映人的意见：满意、基本满意、不满意或未联系上。")
    if not answer and queries.raised_by(problem):
        raise NotAllowed(
            f"请回访反映人（{'、'.join(queries.raised_by(problem)[:3])}），选择其意见；联系不上的选“未联系上”。"
        )
    if answer == RaiserAnswer.BAD and not words.strip():
        raise NotAllowed("反映人不满意，请写明他的意见，以及为什么可以销号。")
    return {
        "raiser_answer": answer,
        "raiser_words": words.strip(),
        "raiser_answered_on": on if answer else None,
    }


@act
def return_closing(problem: Problem, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Problem:
    """退回整改: not put right, with the reason; counted, and the date runs on as it was."""
    turn = ask(problem, "return_closing", by=by, on=on, note=reason, **form)
    step = turn.make(changes={"returns": problem.returns + 1, "applied_on": None, "applied_by": None})
    step.tell(queries.doers(step.problem, on), "验收没有通过，已退回整改")
    return step.done()


@act
def hold_look_back(problem: Problem, *, by: User, on: date, note: str = "", **form: Unpack[Form]) -> Problem:
    """回头看, it holds: only now is the problem 已解决. Not before its day: then it would be no second look."""
    turn = ask(problem, "look_back", by=by, on=on, note=note, **form)
    step = turn.make(changes={"looked_back_on": on, "look_back_held": True})
    return step.done()


@act
def rebound(problem: Problem, *, reason: str, due_on: date, by: User, on: date, **form: Unpack[Form]) -> Problem:
    """反弹重办: it came back; same number, next round, new date. What was closed before stays on the timeline."""
    turn = ask(problem, "rebound", by=by, on=on, note=reason, **form)
    if due_on < on:
        raise NotAllowed(f"新的整改时限{due_on:%Y-%m-%d}已经过去，请核对日期。")
    data = {
        "closed_on": problem.closed_on.isoformat() if problem.closed_on else "",
        "closed_by": str(problem.closed_by),
        "due_on": due_on.isoformat(),
    }
    changes: dict[str, Any] = {
        "cycle": problem.cycle + 1,
        "due_on": due_on,
        "original_due_on": due_on,
        "started_on": on,
        "applied_on": None,
        "applied_by": None,
        "closed_on": None,
        "closed_by": None,
        "look_back_on": None,
        "look_back_basis": {},
        "looked_back_on": None,
        "look_back_held": None,
        "raiser_answer": "",
        "raiser_words": "",
        "raiser_answered_on": None,
    }
    step = turn.make(changes=changes, data=data)
    told = [*queries.doers(step.problem, on), step.problem.leader]
    if step.problem.self_check_id is None:
        told += list(org.holders(Duty.OFFICE, problem.bureau_id, on))
    step.tell(told, "问题反弹，请重新整改")
    return step.done()
