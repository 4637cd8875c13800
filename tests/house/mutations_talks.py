"""Scenarios for talks: who posts what; each begins with a talk of the leader with the head of planning."""

from __future__ import annotations

from typing import Any

from luoshi.activities.models import TalkFollowUp, TalkNote
from tests.house.mutations import STORY_DAY, Post, Scenario, scenario


def a_talk(world: Any) -> TalkNote:
    from luoshi.activities.services import talks

    return talks.record_talk(
        bureau=world.bureau, kind="HEART_TALK", talker=world.leader, partners=[world.second_handler],
        held_on=STORY_DAY, content="谈了近期工作。", by=world.leader, on=STORY_DAY,
        follow_up=talks.FollowUpWords("补齐台账", STORY_DAY.replace(month=12)),
    )[0]  # fmt: skip


def on_talk(by: str, **data: Any) -> Scenario:
    def make(world: Any) -> Post:
        note = a_talk(world)
        return Post(getattr(world, by), [note.activity.public_id], {"version": note.version, **data})

    return make


def on_follow_up(**data: Any) -> Scenario:
    def make(world: Any) -> Post:
        note = a_talk(world)
        row = TalkFollowUp.objects.get(note=note)
        return Post(world.leader, [note.activity.public_id, row.pk], {"version": row.version, **data})

    return make


@scenario("activities:talk_new")
def _(world: Any) -> Post:
    data = {"kind": "HEART_TALK", "partner": world.handler.pk, "held_on": "2026-11-24", "content": "谈了近期工作。"}
    return Post(world.leader, data=data)


TALKS = {
    "activities:talk_amend": on_talk("leader", content="改过的内容"),
    "activities:talk_sign": on_talk("second_handler"),
    "activities:talk_paper": on_talk("leader", signed_on="2026-11-24"),
    "activities:talk_open": on_talk("discipline", reason="核查群众来信"),
    "activities:follow_up_new": on_talk("leader", kind="REMIND", what="按时报送", due_on="2026-12-10"),
    "activities:talk_opinion": on_talk("leader", what="食堂排队时间长"),
    "activities:follow_up_done": on_follow_up(done_words="已补齐"),
    "activities:follow_up_void": on_follow_up(reason="登记重复"),
}
for _name, _make in TALKS.items():
    scenario(_name)(_make)
