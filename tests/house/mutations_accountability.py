"""Scenarios for the routes of accountability."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.accountability import services
from luoshi.accountability.models import Bar
from tests.house.mutations import STORY_DAY, Post, scenario

YEAR = {"from_on": "2026-01-01", "until_on": "2026-12-31"}


def barred(world: Any) -> Bar:
    return services.open_bar(
        bureau=world.bureau, person=world.second_handler, effect="COMMENDATION", from_on=date(2027, 1, 1),
        until_on=date(2027, 12, 31), basis="一年内三次被通报。", document="局党委会纪要第20期", body="局党委",
        decided_by=world.director, decided_on=STORY_DAY, by=world.office, on=STORY_DAY,
    )  # fmt: skip


@scenario("accountability:bar_new")
def _(world: Any) -> Post:
    told = {"person": world.second_handler.pk, "effect": "COMMENDATION", "basis": "三次被通报。", "body": "局党委",
            "document": "局党委会纪要第20期", "decided_by": world.director.pk, "decided_on": "2026-11-24"}  # fmt: skip
    return Post(world.office, data={**told, **YEAR})


@scenario("accountability:bar_lift")
def _(world: Any) -> Post:
    bar = barred(world)
    told = {"reason": "异议成立。", "decided_by": world.director.pk, "decided_on": "2026-11-24"}
    return Post(world.office, [bar.public_id], {**told, "note": "局党委会纪要第21期", "version": bar.version})
