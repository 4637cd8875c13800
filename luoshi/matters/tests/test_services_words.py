"""催办, 阅, 批示: words that append and disturb nobody."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import services
from luoshi.matters.models import Matter, MatterEvent
from luoshi.matters.tests.life import DAY, DUE, Life, at
from luoshi.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.mark.clause("2.2.5.1c")
def test_urging_once_a_matter_and_day(life, cast):
    matter, other = life.to("ACCEPTED"), life.to("ACCEPTED")
    version = matter.version
    services.urge(matter, by=cast.office, on=DAY, now=at(DAY), note="请抓紧")
    with pytest.raises(NotAllowed, match=f"今天{cast.office.name}已催办过"):
        services.urge(matter, by=cast.leader, on=DAY, now=at(DAY, 15))
    services.urge(other, by=cast.office, on=DAY, now=at(DAY))
    services.urge(matter, by=cast.leader, on=date(2026, 9, 30), now=at(date(2026, 9, 30)))
    matter.refresh_from_db()
    assert matter.version == version
    assert matter.events.filter(move="urge").count() == 2
    told = Notice.objects.filter(kind="matters.urge", user=cast.handler)
    assert told.count() == 3


@pytest.mark.parametrize("moment", [at(DAY, 20), at(date(2026, 10, 1)), at(DAY, 12, 30)])
def test_urging_outside_office_hours_only_urgently_and_it_is_said(life, cast, moment):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match="不是工作时间"):
        services.urge(matter, by=cast.office, on=moment.date(), now=moment)
    event = services.urge(matter, by=cast.office, on=moment.date(), now=moment, urgent=True)
    assert event.data == {"urgent": True}


def test_reading_once_for_what_there_is_to_read(life, cast):
    matter = life.step(life.to("ACCEPTED"), "feed_back")
    services.read(matter, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="已经阅过"):
        services.read(matter, by=cast.leader, on=DAY)
    services.read(matter, by=cast.director, on=DAY)
    life.step(matter, "feed_back", kind="STAGE")
    assert services.read(matter, by=cast.leader, on=DAY, note="继续抓紧").decided_by == cast.leader


def test_an_instruction_may_open_another_matter(life, cast):
    matter = life.to("ACCEPTED")
    event = services.instruct(
        matter, text="同步排查二次供水", by=cast.leader, on=DAY, now=at(DAY),
        follow_up={"title": "排查二次供水设施", "lead_unit": cast.quality, "due_on": DUE},
    )  # fmt: skip
    opened = Matter.objects.get(public_id=event.data["follow_up"])
    assert (opened.state, opened.source, opened.lead_unit, opened.opened_by) == (
        "DRAFT", "INSTRUCTION", cast.quality, cast.leader
    )  # fmt: skip
    assert opened.requirement == "同步排查二次供水" and matter.number_label in opened.source_title
    told = set(Notice.objects.filter(kind="matters.instruct").values_list("user__name", flat=True))
    assert told == {cast.handler.name, cast.chief.name, cast.office.name}


def test_a_refused_instruction_opens_nothing(life, cast):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match="要写明原因或要求"):
        services.instruct(matter, text=" ", by=cast.leader, on=DAY, follow_up={})
    with pytest.raises(NotAllowed, match="不在县住建局"):
        services.instruct(matter, text="办", by=cast.leader, on=DAY, follow_up={"lead_unit": cast.other_unit})
    assert Matter.objects.count() == 1 and not MatterEvent.objects.filter(move="instruct").exists()


def test_the_office_enters_a_paper_instruction_with_its_source(life, cast):
    matter = life.to("ACCEPTED")
    event = services.instruct(
        matter, text="请于月底前报结果", by=cast.office, on=DAY, decided_by=cast.director,
        decided_on=date(2026, 9, 28), source_note="9月28日在周报上的批示",
    )  # fmt: skip
    assert (event.operator, event.decided_by) == (cast.office, cast.director)
    assert event.data == {"source_note": "9月28日在周报上的批示"}
