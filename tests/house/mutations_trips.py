"""Scenarios for trips and lessons: planning's head asks, his leader decides, lessons are answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from luoshi.activities.models import Trip
from tests.house.mutations import STORY_DAY, Post, Scenario, scenario


def a_trip(world: Any, state: str) -> Trip:
    from luoshi.activities.services import trips

    day = STORY_DAY - timedelta(days=5)
    journey = trips.Journey(
        kind="OUTGOING", host="北川县住建局", held_on=day, topics=["物业管理"], people=[world.chief, world.handler],
        unit=world.planning,
    )  # fmt: skip
    trip = trips.ask_trip(bureau=world.bureau, journey=journey, by=world.chief, on=day)
    if state != "ASKED":
        trips.decide_trip(trip, verdict=trips.Verdict(approved=True), version=None, by=world.leader, on=day)
    if state == "REPORTED":
        trips.report_trip(
            trip, held_on=day, until_on=None, people=[world.chief], cost=None, words="看了两个小区。",
            lessons=["评分公开"], version=None, by=world.chief, on=STORY_DAY,
        )  # fmt: skip
    return trip


def on_trip(state: str, by: str, **data: Any) -> Scenario:
    def make(world: Any) -> Post:
        trip = a_trip(world, state)
        return Post(getattr(world, by), [trip.activity.public_id], {"version": trip.version, **data})

    return make


def on_lesson(by: str, **data: Any) -> Scenario:
    def make(world: Any) -> Post:
        lesson = a_trip(world, "REPORTED").lessons.get()
        return Post(getattr(world, by), [lesson.pk], {"version": lesson.version, **data})

    return make


@scenario("activities:trip_new")
def _(world: Any) -> Post:
    data = {"kind": "OUTGOING", "host": "青山县住建局", "topics": ["物业管理"], "held_on": "2026-12-03",
            "people": [world.handler.pk], "unit": world.planning.pk}  # fmt: skip
    return Post(world.chief, data=data)


TRIPS = {
    "activities:trip_decide": on_trip("ASKED", "leader", approved="yes"),
    "activities:trip_withdraw": on_trip("ASKED", "chief", reason="对方改期"),
    "activities:trip_report": on_trip("APPROVED", "chief", summary="看了两个小区。", lessons="评分公开"),
    "activities:lesson_new": on_trip("REPORTED", "chief", said="物业费随评分浮动"),
    "activities:lesson_answer": on_lesson("leader", answer="ADOPTED", where="写进考核办法"),
    "activities:lesson_void": on_lesson("chief", reason="登记重复"),
}
for _name, _make in TRIPS.items():
    scenario(_name)(_make)
