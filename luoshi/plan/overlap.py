"""并行的方案: which of several plans rules a bureau's ordinary work where they speak of one mechanism at once; pure.

A matter that came from a plan follows that plan; this is about work that came from none. The bureau decides by name
(slot `ordinary_plan`); until it does, the plan that began first goes on, so that a second plan changes nothing in
ordinary work unnoticed. The screen names the conflict either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from luoshi.plan.rules import RuleValue, holds

GOVERNING = "ordinary_plan"
"""The slot of the bureau's decision; its value names the plan: {"choice": "12", "label": "事事有着落"}."""


def ranked(rows: Iterable[RuleValue], on: date, decided: RuleValue | None) -> list[RuleValue]:
    """The rows of one slot with the plans' ones ranked, and the reason on each; the rest as they are.

    `decided` is the bureau's decision which plan governs, None where there is none or it has ended.

    >>> first = RuleValue("feedback_days", {}, "PLAN", "《甲》三", 1, 1, from_on=date(2026, 1, 1), plan_id=7, plan="甲")
    >>> later = RuleValue("feedback_days", {}, "PLAN", "《乙》二", 2, 1, from_on=date(2026, 9, 1), plan_id=8, plan="乙")
    >>> [(one.plan, one.rank, one.because) for one in ranked([later, first], date(2026, 11, 24), None)]
    [('乙', 1, ''), ('甲', 0, '“甲”自2026-01-01起执行在先，本局没有另定')]
    >>> word = RuleValue("ordinary_plan", {"choice": "8", "label": "乙"}, "BUREAU", "局纪要3号", 9, 1)
    >>> [(one.plan, one.rank, one.because) for one in ranked([later, first], date(2026, 11, 24), word)]
    [('乙', 0, '本局已定日常工作以“乙”为准（局纪要3号）'), ('甲', 1, '')]
    """
    told = list(rows)
    since: dict[int, date] = {}
    for one in told:
        if one.source == "PLAN" and one.plan_id is not None:
            since[one.plan_id] = min(one.from_on, since.get(one.plan_id, date.max))
    speaking = {one.plan_id for one in told if one.source == "PLAN" and holds(one, on)}
    if len(speaking) < 2:
        return told
    named = decided.value.get("choice") if decided is not None else None
    order = sorted(since, key=lambda pk: (str(pk) != named, since[pk], pk))
    first = next((pk for pk in order if pk in speaking), None)
    found = []
    for one in told:
        if one.source == "PLAN" and one.plan_id in since:
            because = ""
            if one.plan_id == first and decided is not None and str(first) == named:
                because = f"本局已定日常工作以“{one.plan}”为准（{decided.citation}）"
            elif one.plan_id == first:
                because = f"“{one.plan}”自{since[one.plan_id].isoformat()}起执行在先，本局没有另定"
            one = replace(one, rank=order.index(one.plan_id), because=because)
        found.append(one)
    return found


def other_plans(spoke: RuleValue | None) -> list[RuleValue]:
    """What other plans say of the slot at the same time and had to give way to the plan that speaks, one from each."""
    if spoke is None or spoke.source != "PLAN":
        return []
    found: dict[int | None, RuleValue] = {}
    for one in spoke.overruled:
        if one.source == "PLAN" and one.plan_id != spoke.plan_id:
            found.setdefault(one.plan_id, one)
    return list(found.values())


def conflicting(spoke: RuleValue | None) -> list[RuleValue]:
    """Those of `other_plans` that say another value."""
    return [one for one in other_plans(spoke) if spoke is not None and one.value != spoke.value]
