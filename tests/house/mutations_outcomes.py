"""Scenarios for the routes of figures from outside and of summaries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luoshi.outcomes import services
from luoshi.outcomes.models import OutsideFigure, Summary
from luoshi.outcomes.rules.draft import HINTS
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

PAPER = {"decided_on": "2026-11-24", "source_note": "局党委会纪要第21期"}


def draft(world: Any) -> Summary:
    """A closing summary: the story itself has the mid-term one."""
    plan = world.plan.plan
    found = services.open_summary(
        plan=plan, kind="CLOSING", title="总结报告", since=plan.from_on, until=STORY_DAY, by=world.office, on=STORY_DAY
    )
    for one in found.sections.all():
        words = one.text
        for hint in HINTS:
            words = words.replace(hint, "逐项落实到单位。")
        services.edit_section(one, text=words, version=None, by=world.office, on=STORY_DAY)
    return found


def sent(world: Any) -> Summary:
    return services.submit(draft(world), version=None, by=world.office, on=STORY_DAY)


def issued(world: Any) -> Summary:
    return services.issue(sent(world), version=None, by=world.director, on=STORY_DAY)


def outside(world: Any) -> OutsideFigure:
    return services.enter_figure(
        bureau=world.bureau, kind="SURVEY", period="2026Q4", value=Decimal("91.5"), document="县三季度测评通报",
        by=world.office, on=STORY_DAY,
    )  # fmt: skip


def on(make: Any, by: str, /, **data: Any) -> Scenario:
    """A post on a row that is made for it."""

    def post(world: Any) -> Post:
        row = make(world)
        filled = {key: value(world) if callable(value) else value for key, value in data.items()}
        return Post(getattr(world, by), [getattr(row, "public_id", row.pk)], {"version": row.version, **filled})

    return post


SCENARIOS |= {
    "outcomes:redraw": on(draft, "office"),
    "outcomes:submit": on(draft, "office"),
    "outcomes:void": on(draft, "office", reason="改写中期总结。"),
    "outcomes:give_back": on(sent, "director", reason="问题写得不够。"),
    "outcomes:issue": on(sent, "office", decided_by=lambda world: world.director.pk, **PAPER),
    "outcomes:revise": on(issued, "office", reason="一处单位名称有误。"),
    "outcomes:void_figure": on(outside, "office", reason="季度填错。"),
}


@scenario("outcomes:new")
def _(world: Any) -> Post:
    told = {"kind": "CLOSING", "title": "总结报告", "since": f"{world.plan.plan.from_on}", "until": f"{STORY_DAY}"}
    return Post(world.office, data=told)


@scenario("outcomes:edit")
def _(world: Any) -> Post:
    section = draft(world).sections.get(key="next")
    told = {"version": section.version, "text": "12月底前逐项办完。"}
    return Post(world.office, [section.summary.public_id, "next"], told)


@scenario("outcomes:enter_figure")
def _(world: Any) -> Post:
    told = {"kind": "SURVEY", "period": "2026Q4", "value": "91.5", "document": "县三季度测评通报"}
    return Post(world.office, data=told)
