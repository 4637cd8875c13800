"""Scenarios for the routes of lists and meetings: who posts what in the sample bureau's story."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from luoshi.matters.models import Matter
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

LIST_HEAD = {"document": "局班子会纪要", "source": "TEAM_MEETING", "issued_on": "2026-11-24", "act": "hand_out"}
ROW = {"rows": "m0", "title-m0": "清查外墙脱落隐患", "lead-m0": "质安中心", "due-m0": "12月底"}


@scenario("matters:list_new")
def _(world: Any) -> Post:
    return Post(world.office, data={**LIST_HEAD, **ROW, "issuer": world.director.pk})


def a_list(world: Any, upto: str = "DRAFT") -> Any:
    """A list of one item of planning's."""
    from luoshi.lib.clock import SHANGHAI
    from luoshi.matters import services

    item = services.Item("清查外墙脱落隐患", world.planning, world.leader, date(2026, 12, 30))
    paper = {"decided_by": world.leader, "decided_on": STORY_DAY} if upto != "DRAFT" else {}
    return services.open_list(
        bureau=world.bureau, source="KEY_WORK", document="局班子会纪要", issuer=world.leader, issued_on=STORY_DAY,
        items=[item], upto=upto, by=world.office, on=STORY_DAY, now=datetime.combine(STORY_DAY, time(9), SHANGHAI),
        **paper,
    )  # fmt: skip


def on_list(upto: str = "DRAFT", **data: Any) -> Scenario:
    return lambda world: Post(world.office, [a_list(world, upto).public_id], data)


SCENARIOS |= {
    "matters:list_add": on_list("ASSIGNED", **ROW, act="hand_out"),
    "matters:list_carry_on": on_list(act="hand_out"),
    "matters:list_edit": on_list(title="改过的清单名称"),
}


@scenario("matters:list_archive")
def _(world: Any) -> Post:
    from luoshi.matters import services

    found = a_list(world, "ASSIGNED")
    services.cancel(found.matters.get(), reason="任务取消。", by=world.leader, on=STORY_DAY)
    return Post(world.office, [found.public_id])


@scenario("matters:meeting_new")
def _(world: Any) -> Post:
    return Post(world.office, data={"kind": "TEAM", "title": "局班子会2026年第9次会议", "held_on": "2026-11-26"})


def recurring(world: Any, **data: Any) -> dict[str, Any]:
    told = {"title": "报送重点项目月台账", "source": "KEY_WORK", "lead_unit": world.planning.pk, "rhythm": "MONTH",
            "counted": "start", "place": 5, "ahead": 5, "from_on": "2026-11-25", "decided_by": world.leader.pk,
            "decided_on": "2026-11-24", "source_note": "局党委会纪要第20期"}  # fmt: skip
    return {**told, **data}


@scenario("matters:recurrence_new")
def _(world: Any) -> Post:
    return Post(world.office, data=recurring(world))


def a_recurrence(world: Any) -> Any:
    from luoshi.matters.models import Recurrence

    return Recurrence.objects.filter(until_on=None).order_by("pk").first()


@scenario("matters:recurrence_change")
def _(world: Any) -> Post:
    found = a_recurrence(world)
    data = recurring(world, title=found.title, version=found.version, from_on="2026-12-01", place=8)
    return Post(world.office, [found.pk], data)


@scenario("matters:recurrence_end")
def _(world: Any) -> Post:
    found = a_recurrence(world)
    return Post(
        world.office, [found.pk], {"version": found.version, "until_on": "2026-12-31", "reason": "改为每季一报。"}
    )


def a_meeting(world: Any, **data: Any) -> Post:
    from luoshi.matters.models import Meeting

    return Post(world.office, [Meeting.objects.order_by("-held_on").first().public_id], data)


@scenario("matters:meeting_edit")
def _(world: Any) -> Post:
    return a_meeting(world, title="改过的会议名称")


@scenario("matters:meeting_void")
def _(world: Any) -> Post:
    return a_meeting(world, reason="登记重复。")


@scenario("matters:meeting_item")
def _(world: Any) -> Post:
    post = a_meeting(world, outcome="CONTINUE", said="抓紧推进")
    post.args.append(Matter.objects.filter(task_list__meeting__isnull=False).first().public_id)
    return post
