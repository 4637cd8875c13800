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
from luoshi.plan.queries.ruling import stated_value
from luoshi.plan.queries.versions import RuleEffect, loose_rules, newest_of
from luoshi.plan.rules import BadValue
from luoshi.plan.services.checks import require_office
from luoshi.plan.slots import RULED
from luoshi.records.models import Evidence
from luoshi.records.services import BadFile, act, keep, record


def checked(slot: str, value: dict[str, Any]) -> dict[str, Any]:
    """A value in the one spelling of its slot's parameter; `NotAllowed` where it is none."""
    if slot not in RULED:
        raise NotAllowed("这项机制没有参数，不用设规则。")
    try:
        return RULED[slot].checked(value)
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
    """End the rules that a duty made, within the caller's act; another confirmed duty of the slot speaks again.

    A duty that was carried over stands for the rule that it made in an earlier version of the plan.
    """
    rows = Rule.objects.filter(duty__in=_line(duty), plan=plan, source="PLAN", until_on=None, void=False)
    return [row for one in rows for row in _give_way(one, plan, by=by, on=on)]


def _line(duty: Duty) -> list[int]:
    """The duty and those it was carried over from, one from each earlier version of the plan."""
    found = [duty.pk]
    above = duty.carried_from_id
    while above is not None and above not in found:
        found.append(above)
        above = Duty.objects.values_list("carried_from", flat=True).get(pk=above)
    return found


def _give_way(rule: Rule, plan: Plan, *, by: User | None, on: date) -> list[Rule]:
    """End a rule; where another confirmed duty of the newest version states the slot, that one speaks from now on."""
    changed = [_end(rule, on)]
    newest = newest_of(plan)
    others = Duty.objects.filter(clause__version=newest, slot=rule.slot, state="CONFIRMED")
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
        decided_by=decided_by,
        decided_on=decided_on,
    )
    rows: list[Rule | Evidence] = [*_supersede(current, fresh), *paper]
    record(
        by, "plan.decide_rule", fresh, bureau=bureau.pk, rows=rows, note=RULED[slot].label,
        decided_by=decided_by, decided_on=decided_on, values={"after": fresh.value},
    )  # fmt: skip
    return fresh


@act
def end_rule(rule: Rule, *, reason: str, by: User | None, on: date) -> Rule:
    """停止执行 a decision of the bureau, or a rule that the newest version of its plan says no more.

    From that day on the next source speaks: the bureau, regulation, or the product's default.
    """
    rule, plan = _held(rule, by=by, on=on)
    if not reason.strip():
        raise NotAllowed("请写明为什么不再执行。")
    if plan is not None and _loose(rule, plan).waits:
        raise NotAllowed("新版对它另有规定，请先确认新版的这项任务，规则随之更新。")
    rows = _give_way(rule, plan, by=by, on=on) if plan is not None else [_end(rule, on)]
    record(by, "plan.end_rule", rule, bureau=rule.bureau_id or 0, rows=rows, note=reason.strip())
    rule.refresh_from_db()
    return rule


@act
def keep_rule(rule: Rule, *, reason: str, by: User | None, on: date) -> Rule:
    """继续执行: the newest version of the plan says this rule no more; the bureau lets it go on."""
    rule, plan = _held(rule, by=by, on=on)
    if not reason.strip():
        raise NotAllowed("请写明为什么继续执行。")
    if plan is None:
        raise NotAllowed("本局决定本来就在执行，不用另行保留。")
    if _loose(rule, plan).state == "CHANGED":
        raise NotAllowed("新版对它另有规定，不能按旧版继续执行，请按新版办理。")
    rule.kept_in, rule.kept_why = newest_of(plan), reason.strip()[:200]
    rule.save(update_fields=["kept_in", "kept_why"])
    record(by, "plan.keep_rule", rule, bureau=rule.bureau_id or 0, note=rule.kept_why)
    return rule


def _held(rule: Rule, *, by: User | None, on: date) -> tuple[Rule, Plan | None]:
    """The rule and its plan, held for the rest of the act; refuses whoever may not, and a rule that ended."""
    require_office(by, rule.bureau_id or 0, on)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=rule.plan_id) if rule.plan_id else None
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if rule.void or rule.until_on is not None:
        raise NotAllowed("这项规则已经停止执行，请刷新页面查看。")
    return rule, plan


def _loose(rule: Rule, plan: Plan) -> RuleEffect:
    """What the newest version means for a rule; refuses where it says the same, or somebody decided already."""
    if rule.kept_in_id == newest_of(plan).pk:
        raise NotAllowed(f"这项规则已决定继续执行（{rule.kept_why}），请刷新页面查看。")
    effect = next((one for one in loose_rules(plan) if one.rule.pk == rule.pk), None)
    if effect is None:
        raise NotAllowed("方案现行文本仍有规定。不再执行的，请在“原文与任务”里把该任务退回待确认。")
    return effect


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
