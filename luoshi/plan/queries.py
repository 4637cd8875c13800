"""Reading rules, clauses and duties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from luoshi.plan.models import Plan, Rule
from luoshi.plan.rules import RuleValue, choose, holds
from luoshi.plan.slots import SLOTS


class NoRule(LookupError):
    """Nothing rules this slot on that day; the message is a Chinese sentence that says what to do."""


def as_value(row: Rule) -> RuleValue:
    """A stored rule as the value that is applied."""
    return RuleValue(
        row.slot, row.value, row.source, row.citation, row.pk, row.number, row.clause_id, row.from_on, row.until_on,
        row.plan_id,
    )  # fmt: skip


def _speaking(rows: Iterable[Rule], *, plan_id: int | None, on: date) -> list[RuleValue]:
    """The rows that may speak: another plan's never; without a plan, a plan's only where a single one speaks."""
    values = [as_value(row) for row in rows]
    plans = {one.plan_id for one in values if one.source == "PLAN" and holds(one, on)}
    if plan_id is None and len(plans) == 1:
        plan_id = plans.pop()
    return [one for one in values if one.source != "PLAN" or one.plan_id == plan_id]


def find_rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue | None:
    """As `rule`, but None where nothing rules the slot on that day."""
    standing = SLOTS[slot].standing()
    rows = Rule.objects.filter(Q(bureau_id=bureau_id) | Q(bureau=None), slot=slot, from_on__lte=on)
    rows = rows.filter(Q(plan=None) | Q(plan__in=Plan.objects.filter(bureau_id=bureau_id)))
    spoken = _speaking(rows, plan_id=plan_id, on=on)
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
