"""Which rule holds, which spoke before it, and what a text's duties made of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from luoshi.plan.models import Duty, Rule
from luoshi.plan.rules import RuleValue, choose, dump, holds
from luoshi.plan.slots import RULED, SLOTS, value_from_obligation


class NoRule(LookupError):
    """Nothing rules this slot on that day; the message is a Chinese sentence that says what to do."""


def rules_by_duty(version_id: int) -> dict[int, Rule]:
    """The rule each duty of a text made last, whether it still holds or was superseded.

    A duty that was carried over and decided again stands for the rule that its line made in an earlier version.
    """
    line: dict[int | None, int] = dict(
        Duty.objects.filter(clause__version=version_id, state="CONFIRMED", carried_from__isnull=False).values_list(
            "carried_from", "pk"
        )
    )
    found: dict[int, Rule] = {}
    while line:
        told = Rule.objects.filter(duty__in=line, until_on=None, void=False).select_related("confirmed_by", "paper")
        found |= {line[one.duty_id]: one for one in told if one.duty_id is not None}
        above = Duty.objects.filter(pk__in=[one for one in line if one], carried_from__isnull=False).values_list(
            "pk", "carried_from"
        )
        line = {earlier: line[pk] for pk, earlier in above if earlier is not None and line[pk] not in found}
    rows = Rule.objects.filter(duty__clause__version=version_id, void=False).select_related("confirmed_by", "paper")
    return found | {one.duty_id: one for one in rows.order_by("number") if one.duty_id is not None}


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


def as_value(row: Rule) -> RuleValue:
    """A stored rule as the value that is applied; a plan's rule ends with its plan at the latest."""
    until = row.until_on or (row.plan.until_on if row.plan else None)
    return RuleValue(
        row.slot,
        row.value,
        row.source,
        row.citation,
        row.pk,
        row.number,
        row.clause_id,
        row.from_on,
        until,
        row.plan_id,
    )


def _speaking(rows: Iterable[Rule], *, plan_id: int | None, on: date) -> list[RuleValue]:
    """The rows that may speak: another plan's never; without a plan, a plan's only where a single one speaks."""
    values = [as_value(row) for row in rows]
    plans = {one.plan_id for one in values if one.source == "PLAN" and holds(one, on)}
    if plan_id is None and len(plans) == 1:
        plan_id = plans.pop()
    return [one for one in values if one.source != "PLAN" or one.plan_id == plan_id]


def _rows(bureau_id: int) -> QuerySet[Rule]:
    whose = Q(bureau_id=bureau_id) | Q(bureau=None)
    return Rule.objects.filter(whose, void=False).select_related("plan")


def find_rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue | None:
    """As `rule`, but None where nothing rules the slot on that day."""
    standing = SLOTS[slot].standing()
    spoken = _speaking(_rows(bureau_id).filter(slot=slot), plan_id=plan_id, on=on)
    return choose([*spoken, *([standing] if standing else [])], on)


def rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue:
    """The rule of a slot that holds for a bureau (and plan) on a day, by the precedence of `plan.rules`.

    Without a plan, a plan's rule still speaks where exactly one plan of the bureau has one that day: the
    bureau's plan rules its ordinary work too. `KeyError` for a slot that is not in `slots.SLOTS`; `NoRule`
    where neither plan, bureau, regulation nor default says anything.
    """
    found = find_rule(slot, bureau_id=bureau_id, on=on, plan_id=plan_id)
    if found is None:
        raise NoRule(f"“{SLOTS[slot].label}”还没有规则，请在方案中确认相应条款，或由本局作出决定。")
    return found


def rules_of(*, bureau_id: int, on: date, plan_id: int | None = None) -> dict[str, RuleValue | None]:
    """Which rule holds for every slot that has a parameter, in one query."""
    by_slot: dict[str, list[Rule]] = {}
    for row in _rows(bureau_id):
        by_slot.setdefault(row.slot, []).append(row)
    found: dict[str, RuleValue | None] = {}
    for key, slot in RULED.items():
        standing = slot.standing()
        spoken = _speaking(by_slot.get(key, []), plan_id=plan_id, on=on)
        found[key] = choose([*spoken, *([standing] if standing else [])], on)
    return found


def history(*, bureau_id: int, slot: str = "") -> QuerySet[Rule]:
    """Every version of a bureau's rules, newest first; also those withdrawn."""
    rows = Rule.objects.filter(bureau_id=bureau_id).select_related("plan", "clause", "confirmed_by", "paper")
    return (rows.filter(slot=slot) if slot else rows).order_by("slot", "-pk")
