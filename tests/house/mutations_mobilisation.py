"""Scenarios for 动员部署 and 征求意见表."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from luoshi.activities.models import OpinionForm
from tests.house.mutations import STORY_DAY, Post, Scenario, scenario


def county(world: Any) -> None:
    from luoshi.activities.services import mobilisation

    mobilisation.receive_county_meeting(
        bureau=world.bureau, title="全县作风建设动员部署会", held_on=STORY_DAY - timedelta(days=1),
        people=[world.director], spirit="", by=world.office, on=STORY_DAY,
    )  # fmt: skip


@scenario("activities:county_new")
def _(world: Any) -> Post:
    data = {"title": "全县动员部署会", "body": "县委", "held_on": "2026-11-24", "people": [world.director.pk]}
    return Post(world.office, data=data)


@scenario("activities:bureau_new")
def _(world: Any) -> Post:
    county(world)
    data = {"title": "局动员部署会", "held_on": "2026-11-24", "people": [world.director.pk, world.chief.pk]}
    return Post(world.office, data=data)


@scenario("activities:unit_relay")
def _(world: Any) -> Post:
    county(world)
    return Post(world.chief, [world.planning.pk], {"quick": "1", "held_on": "2026-11-24", "relay": "RELAYED"})


def a_form(world: Any, *, tallied: bool = False) -> OpinionForm:
    from luoshi.activities.services import opinion_forms

    form = opinion_forms.issue_form(
        bureau=world.bureau, title="物业服务征求意见表", unit=world.property, issued_on=STORY_DAY, issued=50,
        by=world.property_chief, on=STORY_DAY,
    )  # fmt: skip
    if tallied:
        opinion_forms.tally_form(
            form, returned=40, lines=[("电动车没处停", 12)], none=False, version=1, by=world.property_chief,
            on=STORY_DAY,
        )  # fmt: skip
    return form


def on_form(*more: Any, tallied: bool = False, **data: Any) -> Scenario:
    def make(world: Any) -> Post:
        form = a_form(world, tallied=tallied)
        return Post(world.property_chief, [form.public_id, *more], {"version": form.version, **data})

    return make


@scenario("activities:opinion_form_new")
def _(world: Any) -> Post:
    data = {"title": "老旧小区改造征求意见表", "issued_on": "2026-11-24", "issued": 30, "unit": world.property.pk}
    return Post(world.property_chief, data=data)


FORMS = {
    "activities:opinion_form_tally": on_form(returned=20, opinions="路灯不亮 3\n楼道堆物"),
    "activities:opinion_form_problem": on_form(0, tallied=True),
    "activities:opinion_form_void": on_form(reason="登记重复"),
}
for _name, _make in FORMS.items():
    scenario(_name)(_make)
