"""Which rule holds, which spoke before it, and what a text's duties made of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from luoshi.plan.models import Duty, Rule
from luoshi.plan.overlap import GOVERNING, ranked
from luoshi.plan.rules import RuleValue, choose, dump
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
    ends = [one for one in (row.until_on, row.plan.until_on if row.plan else None) if one is not None]
    return RuleValue(
        row.slot,
        row.value,
        row.source,
        row.citation,
        row.pk,
        row.number,
        row.clause_id,
        row.from_on,
        min(ends, default=None),
        row.plan_id,
        str(row.plan) if row.plan else "",
    )


def _speaking(rows: Iterable[Rule], *, plan_id: int | None, on: date, decided: RuleValue | None) -> list[RuleValue]:
    """The rows that may speak: with a plan, no other plan's; without one, every plan's in the order of `overlap`."""
    values = [as_value(row) for row in rows]
    if plan_id is not None:
        return [one for one in values if one.source != "PLAN" or one.plan_id == plan_id]
    return ranked(values, on, decided)


def _rows(bureau_id: int) -> QuerySet[Rule]:
    whose = Q(bureau_id=bureau_id) | Q(bureau=None)
    return Rule.objects.filter(whose, void=False).select_related("plan")


def spoken(slot: str, rows: Iterable[Rule], *, plan_id: int | None, on: date) -> RuleValue | None:
    """The rule of a slot among its own rows and those of the decision which plan governs ordinary work."""
    told = list(rows)
    decided = choose([as_value(one) for one in told if one.slot == GOVERNING], on)
    own = _speaking((one for one in told if one.slot == slot), plan_id=plan_id, on=on, decided=decided)
    standing = SLOTS[slot].standing()
    return choose([*own, *([standing] if standing else [])], on)


def find_rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue | None:
    """As `rule`, but None where nothing rules the slot on that day."""
    return spoken(slot, _rows(bureau_id).filter(slot__in=(slot, GOVERNING)), plan_id=plan_id, on=on)


def rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue:
    """The rule of a slot that holds for a bureau (and plan) on a day, by the precedence of `plan.rules`.

    Without a plan, the bureau's plan rules its ordinary work too; of several that speak at once the one that the
    bureau decided for, else the one that began first (`plan.overlap`). `KeyError` for a slot that is not in
    `slots.SLOTS`; `NoRule` where neither plan, bureau, regulation nor default says anything.
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
    word = by_slot.get(GOVERNING, [])
    return {
        key: spoken(key, [*by_slot.get(key, []), *(word if key != GOVERNING else [])], plan_id=plan_id, on=on)
        for key in RULED
    }


def history(*, bureau_id: int, slot: str = "") -> QuerySet[Rule]:
    """Every version of a bureau's rules, newest first; also those withdrawn."""
    rows = Rule.objects.filter(bureau_id=bureau_id).select_related("plan", "clause", "confirmed_by", "paper")
    return (rows.filter(slot=slot) if slot else rows).order_by("slot", "-pk")
