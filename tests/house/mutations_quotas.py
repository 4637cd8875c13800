"""Scenarios for quotas: long leave entered, ended, withdrawn; why a figure was not reached."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.activities.models import Absence
from tests.house.mutations import STORY_DAY, Post, scenario


def away(world: Any) -> Absence:
    from luoshi.activities.services.absences import enter_absence

    return enter_absence(
        bureau=world.bureau, person=world.second_handler, kind="SICK", from_on=date(2026, 9, 1), until_on=None,
        reason="住院", by=world.office, on=STORY_DAY,
    )  # fmt: skip


@scenario("activities:absence_new")
def _(world: Any) -> Post:
    data = {"person": world.handler.pk, "kind": "TRAINING", "from_on": "2026-09-01", "until_on": "2026-10-31"}
    return Post(world.office, data=data)


@scenario("activities:absence_end")
def _(world: Any) -> Post:
    row = away(world)
    return Post(world.office, [row.pk], {"version": row.version, "until_on": "2026-11-20"})


@scenario("activities:absence_void")
def _(world: Any) -> Post:
    row = away(world)
    return Post(world.office, [row.pk], {"version": row.version, "reason": "登记错人"})


@scenario("activities:shortfall")
def _(world: Any) -> Post:
    from luoshi.plan.services import decide_rule

    decide_rule(
        world.bureau, "study_days_year", value={"number": 20, "unit": "DAY", "period": "YEAR"}, citation="局纪要",
        by=world.office, on=STORY_DAY, from_on=date(2026, 1, 1),
    )  # fmt: skip
    return Post(world.chief, [world.handler.pk, "study_days_year", "2026"], {"reason": "抽调防汛值守三个月"})
