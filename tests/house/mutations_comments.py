"""Scenarios for the routes of comments and improvements (room appraisal)."""

from __future__ import annotations

from typing import Any

from luoshi.appraisal.models import Comment
from luoshi.appraisal.services import comments as services
from tests.house.mutations import STORY_DAY, Post, scenario


def said(world: Any) -> Comment:
    return services.comment(
        bureau=world.bureau, unit=world.planning, words="台账要补齐。", by=world.leader, on=STORY_DAY
    )


@scenario("appraisal:comment_new")
def _(world: Any) -> Post:
    told = {"said": "进度比上季度快。", "said_by": world.office.pk, "said_on": "2026-11-24"}
    return Post(world.office, [world.planning.pk], told)


@scenario("appraisal:comment_answer")
def _(world: Any) -> Post:
    told = said(world)
    return Post(world.chief, [told.public_id], {"answer": "本周补齐。", "version": told.version})


@scenario("appraisal:improve")
def _(world: Any) -> Post:
    return Post(world.office, ["comment", said(world).pk], {"title": "台账材料补齐"})
