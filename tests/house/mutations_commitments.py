"""Scenarios for the routes of commitments, concerns and livelihood work."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.commitments import services
from luoshi.commitments.models import Commitment, Concern, LivelihoodItem, Promise
from luoshi.commitments.services import Words, Work
from luoshi.matters.models import Matter
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

PAPER = {"decided_on": "2026-11-24", "source_note": "局党委会纪要第20期"}
ROW = {"words_0": "完成三个小区消防通道整治", "measure_0": "三个小区验收", "due_0": "2027-12-01"}
YEAR = 2027
"""A year of which the sample's story tells nothing."""


def draft(world: Any) -> Commitment:
    words = [Words("完成三个小区消防通道整治", "三个小区验收", date(2027, 12, 1))]
    return services.open_commitment(
        bureau=world.bureau, person=world.leader, year=YEAR, promises=words, phone="0900-1234567", by=world.leader,
        on=STORY_DAY,
    )  # fmt: skip


def sent(world: Any) -> Commitment:
    return services.submit(draft(world), version=None, by=world.leader, on=STORY_DAY)


def published(world: Any) -> Commitment:
    return services.publish(draft(world), version=None, by=world.director, on=STORY_DAY)


def promise(world: Any) -> Promise:
    return published(world).promises.get()


def stated(world: Any) -> Commitment:
    one = promise(world)
    services.fulfil(one, outcome="KEPT", words="三个都验收。", version=None, by=world.leader, on=STORY_DAY)
    return one.commitment


def concern(world: Any, answered: bool = False) -> Concern:
    found = services.receive(
        bureau=world.bureau, kind="URGENT", title="路灯坏了一个月", received_on=STORY_DAY, leader=world.leader,
        unit=world.planning, by=world.office, on=STORY_DAY,
    )  # fmt: skip
    if answered:
        services.answer(found, words="本周修。", version=None, by=world.chief, on=STORY_DAY)
    return found


def item(world: Any) -> LivelihoodItem:
    work = Work("装两处充电棚", "电动车住户", world.property, world.second_leader, date(2026, 12, 20))
    batch = services.open_batch(
        bureau=world.bureau, year=2026, title="试写的清单", works=[work], by=world.office, on=STORY_DAY
    )
    return batch.items.get()


def on(make: Any, by: str, /, **data: Any) -> Scenario:
    """A post on a row that is made for it, by its public key where it has one."""

    def post(world: Any) -> Post:
        row = make(world)
        filled = {key: value(world) if callable(value) else value for key, value in data.items()}
        return Post(getattr(world, by), [getattr(row, "public_id", row.pk)], {"version": row.version, **filled})

    return post


def chief(world: Any) -> int:
    return int(world.director.pk)


@scenario("commitments:new")
def _(world: Any) -> Post:
    kept = Commitment.objects.filter(bureau=world.bureau, person=world.second_leader, year=STORY_DAY.year)
    for one in kept:  # the story's own, not yet published: one set a leader and year
        services.void_commitment(one, reason="重写。", version=None, by=world.office, on=STORY_DAY)
    words = {"words_0": "办好一件事", "measure_0": "群众说好", "due_0": "2026-12-25"}
    return Post(world.second_leader, data={"phone": "0900-1234567", **words})


SCENARIOS |= {
    "commitments:edit": on(draft, "leader", phone="0900-7", **ROW),
    "commitments:submit": on(draft, "leader"),
    "commitments:give_back": on(sent, "director", reason="时限太晚。"),
    "commitments:publish": on(sent, "office", decided_by=chief, **PAPER),
    "commitments:settle": on(stated, "office", note="年度考核会评议。"),
    "commitments:void": on(draft, "office", reason="写错了人。"),
    "commitments:progress": on(promise, "chief", said="一个小区开工。", happened_on="2026-11-24"),
    "commitments:fulfil": on(promise, "leader", outcome="PARTLY", said="两个小区验收。"),
    "commitments:amend": on(
        promise, "office", said="整治四个小区", measure="四个小区验收", due_on="2027-12-01", reason="增加一个。",
        decided_by=chief, **PAPER,
    ),
    "commitments:link": on(promise, "leader", unit=lambda world: world.planning.pk),
    "commitments:answer": on(concern, "leader", said="本周修。", answered_on="2026-11-24", ending=""),
    "commitments:close": on(lambda world: concern(world, True), "chief", ending="SOLVED", measure="路灯已修好。"),
    "commitments:hand_over": on(concern, "leader", unit=lambda world: world.planning.pk),
    "commitments:list_problem": on(concern, "chief"),
    "commitments:reassign": on(concern, "office", leader=lambda world: world.second_leader.pk),
    "commitments:void_concern": on(concern, "office", reason="重复登记。"),
    "commitments:item_finish": on(
        item, "property_chief", result="两处建成。", feedback="走访十户，都说方便。", done_on="2026-11-24"
    ),
    "commitments:item_edit": on(
        item, "office", name="装三处充电棚", beneficiaries="电动车住户", unit=lambda world: world.property.pk,
        leader=lambda world: world.second_leader.pk, due_on="2026-12-20",
    ),
    "commitments:item_hand_over": on(item, "office"),
    "commitments:item_void": on(item, "office", reason="并入城建项目。"),
}  # fmt: skip


@scenario("commitments:void_progress")
def _(world: Any) -> Post:
    told = services.note_progress(promise(world), words="开工。", happened_on=STORY_DAY, by=world.chief, on=STORY_DAY)
    return Post(world.chief, [told.pk], {"reason": "小区写错。"})


@scenario("commitments:unlink")
def _(world: Any) -> Post:
    matter = Matter.objects.filter(bureau=world.bureau, leader=world.leader).first()
    return Post(world.leader, [services.link(promise(world), matter, by=world.leader, on=STORY_DAY).pk])


@scenario("commitments:receive")
def _(world: Any) -> Post:
    data = {"title": "路灯坏了一个月", "kind": "URGENT", "received_on": "2026-11-23", "leader": world.leader.pk}
    return Post(world.office, data={**data, "unit": world.planning.pk})


WORK = {"words_0": "装两处充电棚", "beneficiaries_0": "电动车住户", "people_0": "260", "due_0": "2026-12-20"}


@scenario("commitments:batch_new")
def _(world: Any) -> Post:
    return Post(world.office, data={"title": "试写的清单", **WORK, "unit_0": world.property.pk})


@scenario("commitments:batch_add")
def _(world: Any) -> Post:
    batch = item(world).batch
    return Post(world.office, [batch.public_id], {**WORK, "unit_0": world.property.pk})
