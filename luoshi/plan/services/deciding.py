"""确认任务: the office says of each proposed duty that it is one, corrects it, or says that it is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypedDict, Unpack

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale, destination
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan.models import Clause, Duty, Plan
from luoshi.plan.rules import MOVES, STATES
from luoshi.plan.services.checks import require_office, stale
from luoshi.plan.services.ruling import checked, rule_of_duty, unrule_duty
from luoshi.plan.slots import SLOTS
from luoshi.records.services import act, record

NOT_A_DUTY = "不是可检查的任务"


class Words(TypedDict, total=False):
    """What a person may correct in a duty; what is left out stays as it was read.

    `value` is the slot's parameter as JSON (None: what the duty's measured part states).
    """

    act: str
    actor: str
    output: str
    slot: str
    owner_unit: Unit | None
    value: dict[str, Any] | None


@act
def confirm_duty(duty: Duty, *, by: User | None, on: date, version: int | None, **words: Unpack[Words]) -> Duty:
    """确认: this is a duty, in these words. Where its slot has a parameter and the duty states it, a rule arises.

    `Stale` where somebody changed it since `version`; `NotAllowed` for another state, an unknown slot or unit.
    """
    plan = _open(duty, "confirm", by=by, on=on)
    return _decide(duty, plan, "confirm", by=by, on=on, version=version, words=words)


@act
def correct_duty(duty: Duty, *, by: User | None, on: date, version: int | None, **words: Unpack[Words]) -> Duty:
    """修改: put a duty's words right. On a confirmed one the rule follows as a new version."""
    plan = _open(duty, "correct", by=by, on=on)
    return _decide(duty, plan, "correct", by=by, on=on, version=version, words=words)


@act
def drop_duty(duty: Duty, *, by: User | None, on: date, version: int | None, reason: str = NOT_A_DUTY) -> Duty:
    """不是任务: the reader was wrong here; the proposal stays, with the reason."""
    plan = _open(duty, "drop", by=by, on=on)
    reason = reason.strip()[:200] or NOT_A_DUTY
    return _decide(duty, plan, "drop", by=by, on=on, version=version, words={}, reason=reason)


@act
def restore_duty(duty: Duty, *, by: User | None, on: date, version: int | None) -> Duty:
    """退回待确认: take a decision back. A rule it made ends today and stays in the history."""
    plan = _open(duty, "restore", by=by, on=on)
    return _decide(duty, plan, "restore", by=by, on=on, version=version, words={})


@act
def confirm_many(duties: Iterable[tuple[Duty, int]], *, by: User | None, on: date) -> int:
    """Confirm several duties as they were read; all or none. Answers how many."""
    with _together():
        return len([confirm_duty(duty, by=by, on=on, version=version) for duty, version in duties])


@act
def drop_many(duties: Iterable[tuple[Duty, int]], *, by: User | None, on: date, reason: str = NOT_A_DUTY) -> int:
    """Say of several proposals that they are no duties; all or none. Answers how many."""
    with _together():
        return len([drop_duty(duty, by=by, on=on, version=version, reason=reason) for duty, version in duties])


@act
def mark_no_duty(clause: Clause, *, by: User | None, on: date) -> Clause:
    """本条没有任务: nothing in this clause is to be done; what was proposed in it is dropped with that reason."""
    plan = _plan_of(clause.pk)
    require_office(by, plan.bureau_id, on)
    open_duties = list(clause.read_duties.exclude(state="DROPPED"))
    if any(one.state == "CONFIRMED" for one in open_duties):
        raise NotAllowed("本条已有确认的任务，请先把它退回待确认。")
    for one in open_duties:
        drop_duty(one, by=by, on=on, version=one.version, reason="本条没有任务")
    if Clause.objects.filter(pk=clause.pk, no_duty=False).update(no_duty=True) != 1:
        raise NotAllowed("本条已标为没有任务，请刷新页面查看。")
    clause.refresh_from_db()
    record(by, "plan.mark_no_duty", clause, bureau=plan.bureau_id)
    return clause


@contextmanager
def _together() -> Iterator[None]:
    """A stale one among several cannot be sent again on purpose: its form names many versions."""
    try:
        yield
    except Stale as late:
        raise Stale(None, late.changes) from None


def _plan_of(clause_id: int) -> Plan:
    """The plan of a clause, held for the rest of the act: two rules of one slot cannot arise at once."""
    return Plan.objects.select_for_update(of=("self",)).get(versions__clauses=clause_id)


def _open(duty: Duty, name: str, *, by: User | None, on: date) -> Plan:
    """Who may: the bureau's office (the console may always)."""
    plan = _plan_of(duty.clause_id)
    require_office(by, plan.bureau_id, on)
    return plan


def _decide(
    duty: Duty,
    plan: Plan,
    name: str,
    *,
    by: User | None,
    on: date,
    version: int | None,
    words: Words,
    reason: str = "",
) -> Duty:
    """The one executor: state and words change together, rules follow, one record names every row."""
    was = Duty.objects.get(pk=duty.pk)
    if version != was.version:
        raise stale(duty)
    state = destination(MOVES, name, state=was.state, duties={"OFFICE"}, states=STATES)
    changes = _checked_words(words, plan, on)
    before = {key: _plain(getattr(was, key)) for key in changes if getattr(was, key) != changes[key]}
    if name == "correct" and not before:
        raise NotAllowed("内容没有变化，不用保存。")
    decided = state != was.state
    changes |= {"state": state, "reason": reason, "version": was.version + 1}
    if decided:
        changes |= {"decided_by": by if state != "PROPOSED" else None}
        changes |= {"decided_at": clock.now() if state != "PROPOSED" else None}
    if Duty.objects.filter(pk=was.pk, version=was.version).update(**changes) != 1:
        raise stale(duty)
    duty.refresh_from_db()
    rows: list[Any] = []
    if state == "CONFIRMED":
        rows += rule_of_duty(duty, plan, by=by, on=on)
    elif was.state == "CONFIRMED":
        rows += unrule_duty(duty, plan, by=by, on=on)
    if state != "DROPPED" and Clause.objects.filter(pk=duty.clause_id, no_duty=True).update(no_duty=False):
        rows.append(duty.clause)
    values = {"before": before, "after": {key: _plain(changes[key]) for key in before}} if before else None
    record(by, f"plan.{name}_duty", duty, bureau=plan.bureau_id, rows=rows, note=reason, values=values)
    return duty


def _checked_words(words: Words, plan: Plan, on: date) -> dict[str, Any]:
    changes: dict[str, Any] = {key: value.strip() if isinstance(value, str) else value for key, value in words.items()}
    if "act" in changes and not changes["act"]:
        raise NotAllowed("请写明做什么。")
    slot = changes.get("slot", "")
    if slot and slot not in SLOTS:
        raise NotAllowed("没有这项机制，请从列表中选择。")
    if changes.get("value") is not None:
        changes["value"] = checked(slot, changes["value"])
    unit = changes.get("owner_unit")
    if unit is not None and not org.units_of(plan.bureau_id, on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}不是本局现有的单位，请重新选择责任单位。")
    return changes


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Unit) else value
