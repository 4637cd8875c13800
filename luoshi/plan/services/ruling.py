"""规则: they arise from a confirmed duty or a decision of the bureau, and are superseded, never edited."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import Unit, User
from luoshi.plan.models import Duty, Plan, Rule
from luoshi.plan.rules import BadValue, dump, parse
from luoshi.plan.services.checks import require_office
from luoshi.plan.slots import RULED, value_from_obligation
from luoshi.records.models import Evidence
from luoshi.records.services import BadFile, act, keep, record


def stated_value(duty: Duty) -> dict[str, Any] | None:
    """The parameter a duty states for its slot: what a person wrote, else its first measured part that fits."""
    if duty.slot not in RULED:
        return None
    if duty.value is not None:
        return dict(duty.value)
    for one in duty.obligations:
        found = value_from_obligation(duty.slot, one)
        if found is not None:
            return dump(found)
    return None


def checked(slot: str, value: dict[str, Any]) -> dict[str, Any]:
    """A value in the one spelling of its slot's parameter; `NotAllowed` where it is none."""
    if slot not in RULED:
        raise NotAllowed("这项机制没有参数，不用设规则。")
    try:
        return dump(parse(RULED[slot].shape, value))
    except BadValue as why:
        raise NotAllowed(f"{RULED[slot].label}：{why}") from None


def rule_of_duty(duty: Duty, plan: Plan, *, by: User | None, on: date) -> list[Rule]:
    """Let a confirmed duty rule its slot in its plan, within the caller's act. Answers the rows that changed.

    Where the plan has the same value already, nothing changes: two clauses that say the same are one rule.
    The first rule of a slot holds since the plan began, a later version from the day of its confirmation; all
    end with the plan (`queries.find_rule` reads the plan's dates).
    """
    value = stated_value(duty)
    moved = Rule.objects.filter(duty=duty, until_on=None, void=False).exclude(slot=duty.slot)
    changed = [row for one in moved for row in _give_way(one, plan, by=by, on=on)]
    current = _current(Rule.objects.filter(plan=plan, slot=duty.slot, source="PLAN"))
    if value is None:
        own = current is not None and current.duty_id == duty.pk
        return [*changed, *(_give_way(current, plan, by=by, on=on) if own and current else [])]
    if current is not None and current.value == value:
        return changed
    first = plan.from_on or on
    fresh = Rule(
        bureau=plan.bureau,
        plan=plan,
        clause=duty.clause,
        duty=duty,
        slot=duty.slot,
        source="PLAN",
        value=value,
        citation=f"《{plan.title}》{duty.clause.path}"[:300],
        from_on=max(first, on) if _ruled_before(plan, duty.slot) else first,
        confirmed_by=by,
    )
    return [*changed, *_supersede(current, fresh)]


def unrule_duty(duty: Duty, plan: Plan, *, by: User | None, on: date) -> list[Rule]:
    """End the rules that a duty made, within the caller's act; another confirmed duty of the slot speaks again."""
    rows = Rule.objects.filter(duty=duty, source="PLAN", until_on=None, void=False)
    return [row for one in rows for row in _give_way(one, plan, by=by, on=on)]


def _give_way(rule: Rule, plan: Plan, *, by: User | None, on: date) -> list[Rule]:
    changed = [_end(rule, on)]
    others = Duty.objects.filter(clause__version__plan=plan, slot=rule.slot, state="CONFIRMED")
    for other in others.select_related("clause").order_by("-decided_at", "-pk"):
        if other.pk != rule.duty_id and stated_value(other) is not None:
            return [*changed, *rule_of_duty(other, plan, by=by, on=on)]
    return changed


def _ruled_before(plan: Plan, slot: str) -> bool:
    return Rule.objects.filter(plan=plan, slot=slot, source="PLAN", void=False).exists()


@act
def decide_rule(
    bureau: Unit,
    slot: str,
    *,
    value: dict[str, Any],
    citation: str,
    by: User | None,
    on: date,
    from_on: date | None = None,
    decided_by: User | None = None,
    decided_on: date | None = None,
    staged: Iterable[uuid.UUID | str] = (),
) -> Rule:
    """本局决定: the bureau sets a slot's parameter; the paper (纪要, 批示) may come as one staged file.

    A decision supersedes the bureau's earlier one of the slot from its day on; running dates keep theirs.
    """
    require_office(by, bureau.pk, on)
    if not citation.strip():
        raise NotAllowed("请写明依据，如“局党委会2026年第12号纪要”。")
    try:
        paper = keep(staged, by=by, bureau=bureau.pk)
    except BadFile as why:
        raise NotAllowed(str(why)) from None
    if len(paper) > 1:
        raise NotAllowed("依据文件只附一份即可。")
    begins = from_on or on
    current = _current(Rule.objects.filter(bureau=bureau, plan=None, slot=slot, source="BUREAU"))
    if current is not None and begins < current.from_on:
        raise NotAllowed(f"现行决定从{current.from_on.isoformat()}起执行，新决定不能早于这一天。")
    fresh = Rule(
        bureau=bureau,
        slot=slot,
        source="BUREAU",
        value=checked(slot, value),
        citation=citation.strip()[:300],
        from_on=begins,
        paper=paper[0] if paper else None,
        confirmed_by=by,
    )
    rows: list[Rule | Evidence] = [*_supersede(current, fresh), *paper]
    record(
        by, "plan.decide_rule", fresh, bureau=bureau.pk, rows=rows, note=RULED[slot].label,
        decided_by=decided_by, decided_on=decided_on, values={"after": fresh.value},
    )  # fmt: skip
    return fresh


@act
def end_rule(rule: Rule, *, reason: str, by: User | None, on: date) -> Rule:
    """End a decision of the bureau: from that day on regulation or default speaks again."""
    require_office(by, rule.bureau_id or 0, on)
    if rule.source != "BUREAU":
        raise NotAllowed("方案条款形成的规则，请在方案里把该任务退回待确认。")
    if not reason.strip():
        raise NotAllowed("请写明为什么不再执行。")
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    if rule.void or rule.until_on is not None:
        raise NotAllowed("这项决定已经停止执行，请刷新页面查看。")
    _end(rule, on)
    record(by, "plan.end_rule", rule, bureau=rule.bureau_id or 0, note=reason.strip())
    return rule


def _current(rows: QuerySet[Rule]) -> Rule | None:
    """The open version that a next one would supersede, held for the rest of the act."""
    return rows.filter(void=False, until_on=None).select_for_update().order_by("-number").first()


def _supersede(current: Rule | None, fresh: Rule) -> list[Rule]:
    """Save a rule as the next version after `current`, which ends on the day before."""
    same = Rule.objects.filter(bureau=fresh.bureau, plan=fresh.plan, slot=fresh.slot, source=fresh.source)
    last = same.order_by("-number").values_list("number", flat=True).first() or 0
    fresh.number, fresh.supersedes = last + 1, current
    changed = [_end(current, fresh.from_on)] if current is not None else []
    fresh.save()
    return [fresh, *changed]


def _end(rule: Rule, on: date) -> Rule:
    """Let a rule hold no more from a day on; one that would not have held a single day is withdrawn (void)."""
    rule.until_on = max(on - timedelta(days=1), rule.from_on)
    rule.void = rule.from_on >= on
    rule.save(update_fields=["until_on", "void"])
    return rule
