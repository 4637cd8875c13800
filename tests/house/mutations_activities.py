"""Scenarios for the routes of activities: who posts what in the sample bureau's story."""

from __future__ import annotations

from typing import Any

from tests.house.mutations import STORY_DAY, Post, scenario

STUDY = {
    "kind": "GROUP_STUDY",
    "title": "学习房屋安全条例",
    "held_on": "2026-11-20",
    "half_days": 1,
    "content": "BUSINESS",
}
VISIT = {"kind": "VISIT", "place": "河东片区工地", "place_kind": "SITE", "held_on": "2026-11-19", "half_days": 1}


def a_study(world: Any) -> Any:
    """A group study of planning's, entered by the office."""
    from luoshi.activities import services

    what = services.What(kind="GROUP_STUDY", title="学习会议精神", unit=world.planning)
    people = [services.Taking(one) for one in (world.chief, world.handler)]
    return services.record_activity(
        bureau=world.bureau, what=what, days=[STORY_DAY], people=people, by=world.office, on=STORY_DAY
    )[0]  # fmt: skip


@scenario("activities:new")
def _(world: Any) -> Post:
    return Post(world.office, data={**STUDY, "unit": world.planning.pk, "people": [world.chief.pk, world.handler.pk]})


@scenario("activities:visit")
def _(world: Any) -> Post:
    found = {"problems": "围挡破损\n夜间施工扰民", "opinions": "希望早日完工", "counts_research": "on"}
    return Post(world.leader, data={**VISIT, **found, "unit": world.bureau.pk, "people": [world.leader.pk]})


@scenario("activities:edit")
def _(world: Any) -> Post:
    made = a_study(world)
    data = {**STUDY, "unit": world.planning.pk, "people": [world.chief.pk], "version": made.version}
    return Post(world.office, [made.public_id], data)


@scenario("activities:void")
def _(world: Any) -> Post:
    made = a_study(world)
    return Post(world.office, [made.public_id], {"reason": "重复登记", "version": made.version})


@scenario("activities:convert")
def _(world: Any) -> Post:
    return Post(world.office, [a_study(world).public_id], {"kind": "SUGGESTION", "text": "建议修订考核办法"})


@scenario("activities:object")
def _(world: Any) -> Post:
    sat = a_study(world).attendances.get(person=world.handler)
    return Post(world.handler, [sat.pk], {"text": "当天出差，没有参加"})


@scenario("activities:answer")
def _(world: Any) -> Post:
    from luoshi.activities import services

    sat = a_study(world).attendances.get(person=world.handler)
    told = services.object_to(sat, words="当天出差", by=world.handler, on=STORY_DAY)
    return Post(world.office, [told.pk], {"verdict": "void", "answer": "情况属实", "version": told.version})


def a_visit(world: Any) -> Any:
    """A visit of the leader's with one opinion."""
    from luoshi.activities import services
    from luoshi.activities.services import visits

    what = services.What(kind="VISIT", title="走访老旧小区", unit=world.bureau, place="老旧小区")
    return visits.record_visit(
        bureau=world.bureau, what=what, day=STORY_DAY, people=[services.Taking(world.leader)], by=world.leader,
        on=STORY_DAY, findings=[visits.Finding("希望加装电梯")],
    )  # fmt: skip


@scenario("activities:hear")
def _(world: Any) -> Post:
    return Post(world.leader, [a_visit(world).public_id], {"problems": "楼道堆放杂物", "opinions": "增设充电桩"})


@scenario("activities:opinion_back")
def _(world: Any) -> Post:
    made = a_visit(world)
    return Post(world.leader, [made.public_id, made.opinions.get().pk], {"reason": "记错了地方"})


@scenario("activities:conversion_back")
def _(world: Any) -> Post:
    from luoshi.activities.services import visits

    made = a_visit(world)
    row = visits.convert(made, kind="SUGGESTION", words="建议修订办法", by=world.leader, on=STORY_DAY)
    return Post(world.leader, [made.public_id, row.pk], {"reason": "没有采用"})
