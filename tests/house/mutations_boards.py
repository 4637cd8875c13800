"""Scenarios for the routes of superiors' remarks, boards, objections and cases."""

from __future__ import annotations

from typing import Any

from luoshi.appraisal.models import SuperiorRemark
from luoshi.appraisal.services import remarks
from tests.house.mutations import STORY_DAY, Post, scenario

REMARK = {"kind": "PRAISE", "issuer": "市住建局", "document": "关于表扬先进单位的通报", "issued_on": "2026-11-20"}


def remark(world: Any) -> SuperiorRemark:
    return remarks.enter_remark(
        bureau=world.bureau, unit=world.planning, words="点名表扬。", by=world.office, on=STORY_DAY,
        **{**REMARK, "issued_on": STORY_DAY},
    )  # fmt: skip


@scenario("appraisal:remark_new")
def _(world: Any) -> Post:
    return Post(world.office, data={**REMARK, "unit": world.planning.pk, "said": "点名表扬。"})


@scenario("appraisal:remark_void")
def _(world: Any) -> Post:
    found = remark(world)
    return Post(world.office, [found.public_id], {"version": found.version, "reason": "写错单位。"})
