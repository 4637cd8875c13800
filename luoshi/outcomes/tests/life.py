"""A summary in tests, told by services only, on the sample bureau's story."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from luoshi.matters.tests.life import clean, staged
from luoshi.outcomes import services
from luoshi.outcomes.models import OutsideFigure, Summary
from luoshi.outcomes.rules.draft import HINTS

DAY = date(2026, 11, 24)
PAPER = {"decided_on": DAY, "source_note": "局党委会纪要第21期"}


def draft(world: SimpleNamespace, **words) -> Summary:
    """A closing summary as the records write it; the story has the mid-term one in hand."""
    plan = world.plan.plan
    told = {"plan": plan, "kind": "CLOSING", "title": "两年行动总结报告", "since": plan.from_on, "until": DAY,
            "by": world.office, "on": DAY}  # fmt: skip
    return services.open_summary(**(told | words))


def whole(world: SimpleNamespace) -> Summary:
    """The same with every hint of the drafter answered."""
    found = draft(world)
    for one in found.sections.all():
        words = one.text
        for hint in HINTS:
            words = words.replace(hint, "逐项落实到单位，年底前办完。")
        services.edit_section(one, text=words, version=None, by=world.office, on=DAY)
    return found


def sent(world: SimpleNamespace) -> Summary:
    return services.submit(whole(world), version=None, by=world.office, on=DAY)


def issued(world: SimpleNamespace) -> Summary:
    return services.issue(sent(world), version=None, by=world.director, on=DAY)


def outside(world: SimpleNamespace, **words) -> OutsideFigure:
    told = {"bureau": world.bureau, "kind": "SURVEY", "period": "2026Q4", "value": Decimal("91.5"),
            "document": "县三季度测评通报", "by": world.office, "on": DAY}  # fmt: skip
    return services.enter_figure(**(told | words))


__all__ = ["DAY", "PAPER", "clean", "draft", "issued", "outside", "sent", "staged", "whole"]
