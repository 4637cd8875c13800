"""确认任务: the office says of each proposed duty that it is one, corrects it, or says that it is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale, destination
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion
from luoshi.plan.rules import MOVES, STATES
from luoshi.plan.services.checks import leaders_of, require_newest, require_office, stale
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
    leader: User | None
    value: dict[str, Any] | None


@act
def confirm_duty(duty: Duty, *, by: User | None, on: date, version: int | None, **words: Unpack[Words]) -> Duty:
    """确认: this is a duty, in these words. Where its slot has a parameter and the duty states it, a rule arises.

    `Stale` where somebody changed it since `version`; `NotAllowed` for another state, an unknown slot or unit.
    """
    plan = open_plan([duty.clause_id], by=by, on=on)
    return _decide(duty, plan, "confirm", by=by, on=on, version=version, words=words)


@act
def correct_duty(duty: Duty, *, by: User | None, on: date, version: int | None, **words: Unpack[Words]) -> Duty:
    """修改: put a duty's words right. On a confirmed one the rule follows as a new version."""
    plan = open_plan([duty.clause_id], by=by, on=on)
    return _decide(duty, plan, "correct", by=by, on=on, version=version, words=words)


@act
def drop_duty(duty: Duty, *, by: User | None, on: date, version: int | None, reason: str = NOT_A_DUTY) -> Duty:
    """不是任务: the reader was wrong here; the proposal stays, with the reason."""
    plan = open_plan([duty.clause_id], by=by, on=on)
    return _decide(duty, plan, "drop", by=by, on=on, version=version, words={}, reason=reason)


@act
def restore_duty(duty: Duty, *, by: User | None, on: date, version: int | None) -> Duty:
    """退回待确认: take a decision back. A rule it made ends today and stays in the history."""
    plan = open_plan([duty.clause_id], by=by, on=on)
    return _decide(duty, plan, "restore", by=by, on=on, version=version, words={})


@act
def confirm_many(duties: Iterable[tuple[Duty, int]], *, by: User | None, on: date) -> int:
    """Confirm several duties as they were read; all or none. Answers how many."""
    return _each(duties, "confirm", by=by, on=on)


@act
def drop_many(duties: Iterable[tuple[Duty, int]], *, by: User | None, on: date, reason: str = NOT_A_DUTY) -> int:
    """Say of several proposals that they are no duties; all or none. Answers how many."""
    return _each(duties, "drop", by=by, on=on, reason=reason)


@act
def restore_many(duties: Iterable[tuple[Duty, int]], *, by: User | None, on: date) -> int:
    """Take several decisions back; all or none. Answers how many."""
    return _each(duties, "restore", by=by, on=on)


@act
def assign_many(duties: Iterable[tuple[Duty, int]], *, by: User | None, on: date, **words: Unpack[Words]) -> int:
    """指定责任单位、责任领导、机制 of several duties at once; all or none. Answers how many changed.

    Only what is given changes. Another slot lets go of a parameter written by hand for the slot before; on a
    confirmed duty the rule follows as after a correction.
    """
    if not set(words) <= {"owner_unit", "leader", "slot"} or not words:
        raise NotAllowed("请选择责任单位、责任领导或对应机制。")
    return _each(duties, "assign", by=by, on=on, words=words)


def clear_marks(clause_id: int) -> list[Clause]:
    """Take 无任务 back from a clause and those above it, within the caller's act: a duty stands there now."""
    clause = Clause.objects.only("version_id", "path").get(pk=clause_id)
    parts = clause.path.split("/")
    paths = ["/".join(parts[:place]) for place in range(1, len(parts) + 1)]
    rows = list(Clause.objects.filter(version=clause.version_id, path__in=paths, no_duty=True))
    if rows:
        Clause.objects.filter(pk__in=[one.pk for one in rows]).update(no_duty=False)
    return rows


def _each(
    duties: Iterable[tuple[Duty, int]],
    name: str,
    *,
    by: User | None,
    on: date,
    words: Words | None = None,
    reason: str = "",
) -> int:
    """One act on several duties of one plan; what is asked once is asked once."""
    pairs = list(duties)
    if not pairs:
        return 0
    plan = open_plan([one.clause_id for one, _ in pairs], by=by, on=on)
    changed = 0
    try:
        for duty, version in pairs:
            given: Words = {**words} if words else {}
            if name == "assign" and not _differs(duty, given):
                continue
            _decide(duty, plan, name, by=by, on=on, version=version, words=given, reason=reason)
            changed += 1
    except Stale as late:  # one among several cannot be sent again on purpose: its form names many versions
        raise Stale(None, late.changes) from None
    return changed


def _differs(duty: Duty, words: Words) -> bool:
    """Whether an assignment changes the duty; another slot also lets go of what was written for the one before."""
    if "slot" in words and words["slot"] != duty.slot:
        words["value"] = None
    return any(getattr(duty, key) != value for key, value in words.items())


def open_plan(clause_ids: Iterable[int], *, by: User | None, on: date) -> Plan:
    """The one plan of some clauses, held within the caller's act; only for its bureau's office (or the console).

    Two rules of one slot cannot arise at once while the plan is held.
    """
    wanted = set(clause_ids)
    first = min(wanted)
    plan = _plan_of(first)
    require_office(by, plan.bureau_id, on)
    if len(wanted) > 1 and Clause.objects.filter(version__clauses=first, pk__in=wanted).count() != len(wanted):
        raise NotAllowed("一次只能办理同一份方案里的任务，请分开办理。")
    return plan


def _plan_of(clause_id: int) -> Plan:
    """The plan of a clause, held for the rest of the act: two rules of one slot cannot arise at once."""
    plan = Plan.objects.select_for_update(of=("self",)).get(versions__clauses=clause_id)
    require_newest(PlanVersion.objects.defer("text").get(clauses=clause_id))
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
    reason = (reason.strip()[:200] or NOT_A_DUTY) if name == "drop" else ""
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
    if state != "DROPPED":
        rows += clear_marks(duty.clause_id)
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
    leader = changes.get("leader")
    if leader is not None and not leaders_of(plan.bureau_id, on).filter(pk=leader.pk).exists():
        raise NotAllowed(f"{leader}不是本局现任领导，请重新选择责任领导。")
    unit = changes.get("owner_unit")
    if unit is not None and not org.units_of(plan.bureau_id, on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}不是本局现有的单位，请重新选择责任单位。")
    return changes


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Unit | User) else value
