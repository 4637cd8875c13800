"""过关: what must be so before a phase is done, what was found, and the leader's decision that lets it pass (2.0)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty as Held
from luoshi.plan.campaign.proposals import taken_duties
from luoshi.plan.campaign.schedule import DROPPED, MET, OPEN, UNMET, found_of
from luoshi.plan.models import Duty, GateCheck, GateDecision, Phase, Plan
from luoshi.plan.services.campaign.asking import DECIDERS, locked, one_paper, require_keeper, require_text
from luoshi.plan.services.campaign.phases import move, standing
from luoshi.records.models import Evidence
from luoshi.records.services import act, record


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one gate check: met, not met (the note says why not), no longer asked for, or open again."""

    standing: str
    note: str = ""


@act
def choose_checks(
    phase: Phase, *, duties: Iterable[Duty], words: Iterable[str], version: int | None, by: User | None, on: date
) -> list[GateCheck]:
    """定过关事项: confirmed duties of the phase, and what else the bureau wants to see done, in its own words."""
    plan = locked(phase.plan_id)
    require_keeper(by, plan, on)
    was = _unsigned(phase, version)
    taken = taken_duties(was)
    chosen = [one for one in duties if one.pk not in taken]
    if any(one.state != "CONFIRMED" or one.clause.version.plan_id != plan.pk for one in chosen):
        raise NotAllowed("所选任务有的已退回待确认，请刷新页面后重选。")
    own = [line for one in words if (line := one.strip()[:200])]
    if not chosen and not own:
        raise NotAllowed("请至少选一项任务，或写一条过关事项。")
    last = was.checks.aggregate(last=Max("order"))["last"] or 0
    made = [
        GateCheck.objects.create(phase=was, clause=one.clause, duty=one, order=place, words=one.act[:200])
        for place, one in enumerate(chosen, last + 1)
    ]
    made += [
        GateCheck.objects.create(phase=was, clause=was.clause, order=place, words=line)
        for place, line in enumerate(own, last + len(made) + 1)
    ]
    move(phase, was)
    record(by, "plan.choose_checks", phase, bureau=plan.bureau_id, rows=made, note=f"增加{len(made)}项")
    return made


@act
def check_gate(
    phase: Phase, *, findings: Mapping[int, Finding], met_on: date, version: int | None, by: User | None, on: date
) -> int:
    """核对过关事项: what was found of each, by its key; only what changed is written. Answers how many changed."""
    plan = locked(phase.plan_id)
    require_keeper(by, plan, on)
    was = _unsigned(phase, version)
    if met_on > on:
        raise NotAllowed("核对日期不能晚于今天。")
    changed = []
    for check in was.checks.filter(void=False, pk__in=findings):
        found = findings[check.pk]
        note = found.note.strip()[:300]
        if (found.standing, note) == (standing_of(check), check.note):
            continue
        if found.standing in (UNMET, DROPPED) and not note:
            word = "没有达到" if found.standing == UNMET else "不再要求"
            raise NotAllowed(f"“{check.words[:30]}”{word}，请写明理由。")
        if found.standing != OPEN and by is None:
            raise NotAllowed("核对要由具体的人来做。")
        GateCheck.objects.filter(pk=check.pk).update(
            met_on=met_on if found.standing == MET else None,
            met_by=by if found.standing != OPEN else None,
            note=note,
            void=found.standing == DROPPED,
        )
        changed.append(check)
    if not changed:
        raise NotAllowed("内容没有变化，不用保存。")
    move(phase, was)
    record(by, "plan.check_gate", phase, bureau=plan.bureau_id, rows=changed, note=f"核对{len(changed)}项")
    return len(changed)


def standing_of(check: GateCheck) -> str:
    """What was found of a gate check so far."""
    return found_of(looked_at=check.met_by_id is not None, met_on=check.met_on)


@act
def sign_gate(
    phase: Phase,
    *,
    version: int | None,
    by: User | None,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source: str = "",
    note: str = "",
    staged: Iterable[uuid.UUID | str] = (),
) -> GateDecision:
    """过关: a leader decides that a phase is done; he signs himself, or the office enters it with paper or meeting.

    Only when each gate check is met or has its reason, the phase has begun, and the phase before has passed.
    """
    plan = locked(phase.plan_id)
    was = standing(phase, version)
    if was.signed_on is not None:
        raise NotAllowed(f"{was.name}已于{was.signed_on}过关，不用再登记。")
    decided = _decision(plan, by=by, on=on, decided_by=decided_by, decided_on=decided_on, source=source, staged=staged)
    if was.from_on is None:
        raise NotAllowed(f"{was.name}还没有定起止日期，请先定日期。")
    if decided.on < was.from_on:
        raise NotAllowed(f"{was.name}从{was.from_on}起，决定日期{decided.on}时还没有开始，请核对。")
    if before := _earlier(was).filter(signed_on=None).order_by("order").first():
        raise NotAllowed(f"上一阶段“{before.name}”还没有过关，请先办上一阶段。")
    checks = list(was.checks.filter(void=False))
    if not checks:
        raise NotAllowed(f"{was.name}还没有定过关事项，请先选定。")
    if unseen := [one for one in checks if standing_of(one) == OPEN]:
        raise NotAllowed(f"还有{len(unseen)}项没有核对，如“{unseen[0].words[:30]}”。没有达到的写明理由，也可以过关。")
    move(phase, was, signed_on=decided.on)
    return _enter(phase, "SIGN", decided, plan, by=by, on=on, note=note)


@act
def withdraw_gate(
    phase: Phase,
    *,
    version: int | None,
    note: str,
    by: User | None,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source: str = "",
    staged: Iterable[uuid.UUID | str] = (),
) -> GateDecision:
    """撤回过关, decided the same way, with the reason; both decisions stay."""
    plan = locked(phase.plan_id)
    was = standing(phase, version)
    if was.signed_on is None:
        raise NotAllowed(f"{was.name}还没有过关，不用撤回。")
    decided = _decision(plan, by=by, on=on, decided_by=decided_by, decided_on=decided_on, source=source, staged=staged)
    note = require_text(note, "请写明为什么撤回过关。")
    if decided.on < was.signed_on:
        raise NotAllowed(f"撤回日期{decided.on}早于过关日期{was.signed_on}，请核对。")
    later = Phase.objects.filter(plan=plan, void=False, order__gt=was.order, signed_on__isnull=False).first()
    if later is not None:
        raise NotAllowed(f"后一阶段“{later.name}”已过关，请先撤回后一阶段。")
    move(phase, was, signed_on=None)
    return _enter(phase, "WITHDRAW", decided, plan, by=by, on=on, note=note)


@dataclass(frozen=True, slots=True)
class _Decided:
    by: User
    on: date
    source: str
    paper: Evidence | None


def _decision(
    plan: Plan,
    *,
    by: User | None,
    on: date,
    decided_by: User | None,
    decided_on: date | None,
    source: str,
    staged: Iterable[uuid.UUID | str],
) -> _Decided:
    """Who decides: a leader of the bureau himself, or through the office with the paper or its source named."""
    mine = org.duties(by, plan.bureau_id, on) if by is not None else frozenset({Held.OFFICE})
    day, source = decided_on or on, source.strip()[:200]
    if day > on:
        raise NotAllowed("决定日期不能晚于今天。")
    if decided_by is None or decided_by == by:
        if by is None or not mine & DECIDERS:
            raise NotAllowed("过关由局领导决定，请选择作出决定的领导。")
        return _Decided(by, day, source, one_paper(staged, by=by, plan=plan))
    if Held.OFFICE not in mine:
        raise NotAllowed("过关由局领导决定，或由局办公室按领导的决定登记。")
    if not org.duties(decided_by, plan.bureau_id, day) & DECIDERS:
        raise NotAllowed(f"{decided_by}在{day}不是本局领导，请重新选择。")
    paper = one_paper(staged, by=by, plan=plan)
    if paper is None and not source:
        raise NotAllowed("请写明会议或批示的出处，或附上纪要、批示。")
    return _Decided(decided_by, day, source, paper)


def _enter(
    phase: Phase, kind: str, decided: _Decided, plan: Plan, *, by: User | None, on: date, note: str
) -> GateDecision:
    row = GateDecision.objects.create(
        phase=phase,
        kind=kind,
        decided_by=decided.by,
        decided_on=decided.on,
        source=decided.source,
        paper=decided.paper,
        note=note.strip()[:500],
        operator=by,
        entered_on=on,
    )
    rows = [row, *([decided.paper] if decided.paper else [])]
    name = "plan.sign_gate" if kind == "SIGN" else "plan.withdraw_gate"
    record(
        by, name, phase, bureau=plan.bureau_id, rows=rows, note=row.note,
        decided_by=decided.by, decided_on=decided.on,
    )  # fmt: skip
    return row


def _unsigned(phase: Phase, version: int | None) -> Phase:
    was = standing(phase, version)
    if was.signed_on is not None:
        raise NotAllowed(f"{was.name}已过关，过关事项不再改动。确需改动的，请先撤回过关。")
    return was


def _earlier(phase: Phase) -> QuerySet[Phase]:
    return Phase.objects.filter(plan_id=phase.plan_id, void=False, order__lt=phase.order)
