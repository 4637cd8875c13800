"""The story of what changed: two figures from outside with their papers, and a mid-term summary in draft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luoshi.outcomes import queries, services
from luoshi.outcomes.rules import START

NEXT = "一是未定治本办法的问题类别，由责任单位提出办法，班子会研究。\n二是逾期未销号的问题，由分管领导逐件督办。"


def tell(story: Any) -> None:
    """Everything of this room, the day before today; the records of all other rooms are there."""
    cast, on = story.cast, story.back(1).on
    plan = cast.plan.plan
    periods = queries.periods_of(plan, on)
    if not periods:
        return
    for kind, period, value, document in (
        ("APPROVAL_DAYS", START, "9.5", "县行政审批局上半年政务服务通报"),
        ("APPROVAL_DAYS", periods[0].key, "7.8", "县行政审批局季度政务服务通报"),
    ):
        services.enter_figure(
            bureau=cast.bureau, kind=kind, period=period, value=Decimal(value), document=document, by=cast.office, on=on
        )
    found = services.open_summary(
        plan=plan, kind="MID", title=f"{plan.short_name}第一阶段总结", since=periods[0].since, until=on,
        by=cast.office, on=on,
    )  # fmt: skip
    services.edit_section(found.sections.get(key="next"), text=NEXT, version=None, by=cast.office, on=on)
