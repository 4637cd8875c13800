"""会议 by services: registered, amended, withdrawn; earlier items gone through, 批示 only where a leader said so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries, services
from luoshi.matters.models import Matter, Meeting, MeetingItem
from luoshi.matters.tests.life import DAY, Life, at, clean, staged
from luoshi.matters.tests.test_services_lists import items
from luoshi.org import queries as org

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1a")]


@pytest.fixture
def life(cast):
    return Life(cast)


def hold(cast, number=18, day=DAY, **words) -> Meeting:
    told = {"bureau": cast.bureau, "kind": "COMMITTEE", "title": f"局党委会2026年第{number}次会议", "held_on": day,
            "chair": cast.director, "by": cast.office, "on": DAY}  # fmt: skip
    return services.open_meeting(**(told | words))


def handed(cast, meeting, count=2):
    return services.open_list(
        bureau=cast.bureau, source="COMMITTEE", document=meeting.title, meeting=meeting, issuer=cast.director,
        issued_on=DAY, items=items(cast, count), upto="ASSIGNED", decided_by=cast.director, decided_on=DAY,
        by=cast.office, on=DAY, now=at(DAY),
    )  # fmt: skip


def agenda(cast, meeting, who=None):
    person = who or cast.office
    return queries.agenda(meeting, person, org.held(person, DAY), DAY)


def test_the_next_meeting_of_a_kind_begins_with_what_the_last_one_handed_out(life, cast):
    oldest = hold(cast, 16, DAY - timedelta(days=20))
    old = handed(cast, oldest, 2)
    last = hold(cast, 17, DAY - timedelta(days=7))
    handed(cast, last, 3)
    other = hold(cast, 1, DAY - timedelta(days=1), kind="TEAM", title="局班子会")
    handed(cast, other, 1)
    now = hold(cast, 18)
    done = life.to(
        "CLOSED", services.accept(old.matters.get(place=1), by=cast.chief, handler=cast.handler, on=DAY, now=at(DAY))
    )
    told = agenda(cast, now)
    assert told.last == last and [one.place for one in told.items] == [1, 2, 3]
    assert [one.row.title for one in told.earlier] == ["第2件事"] and done.title == "第1件事", (
        "closed ones are not carried on"
    )
    assert told.items[0].stuck_with == "等规建股签收"
    assert agenda(cast, oldest).last is None


def test_minutes_are_kept_and_replaced(life, cast):
    meeting = hold(cast, staged=[staged(cast.office, "纪要.txt")])
    assert meeting.minutes.name == "纪要.txt"
    words = {"kind": meeting.kind, "title": meeting.title, "held_on": meeting.held_on, "chair": None}
    services.edit_meeting(meeting, **words, staged=[staged(cast.office, "定稿.txt")], version=1, by=cast.office, on=DAY)
    assert (meeting.minutes.name, meeting.version) == ("定稿.txt", 2)
    with pytest.raises(Stale):
        services.edit_meeting(Meeting.objects.get(), **words, version=1, by=cast.office, on=DAY)
    assert clean() == []


def test_a_meeting_is_withdrawn_with_its_reason_unless_its_items_live(life, cast):
    meeting = hold(cast)
    with pytest.raises(NotAllowed, match="理由"):
        services.void_meeting(meeting, reason=" ", version=1, by=cast.office, on=DAY)
    found = handed(cast, meeting, 1)
    with pytest.raises(NotAllowed, match="先逐件撤销"):
        services.void_meeting(meeting, reason="重复登记", version=1, by=cast.office, on=DAY)
    services.cancel(found.matters.get(), reason="重复", by=cast.leader, on=DAY, now=at(DAY))
    services.void_meeting(meeting, reason="重复登记", version=1, by=cast.office, on=DAY)
    assert (meeting.void, meeting.void_reason) == (True, "重复登记")
    with pytest.raises(NotAllowed, match="作废"):
        services.void_meeting(meeting, reason="又一次", version=2, by=cast.office, on=DAY)
    assert agenda(cast, hold(cast, 19, DAY + timedelta(days=3))).last is None, "a void meeting is nobody's last one"
    assert clean() == []


@pytest.mark.parametrize("who", ["chief", "handler", "verifier", "inspector", "stranger", "auditor"])
def test_nobody_else_registers_or_sees_a_meeting(life, cast, who):
    person = getattr(cast, who)
    with pytest.raises(NotAllowed, match="会议由局办公室或局领导登记"):
        hold(cast, by=person)
    meeting = hold(cast)
    assert meeting not in queries.meetings_seen(person, org.held(person, DAY))


def test_a_bad_kind_title_or_chair_is_refused(life, cast):
    for words, why in (({"kind": "X"}, "什么会议"), ({"title": ""}, "会议名称"), ({"chair": cast.handler}, "不是")):
        with pytest.raises(NotAllowed, match=why):
            hold(cast, **words)


def through(cast, meeting, matter, **words):
    told = {"outcome": "CONTINUE", "by": cast.office, "on": DAY, "now": at(DAY)}
    return services.go_through(meeting, Matter.objects.get(pk=matter.pk), **(told | words))


def test_what_the_meeting_said_is_kept_and_said_again_replaces_it(life, cast):
    matter = handed(cast, hold(cast, 17, date(2026, 9, 20)), 1).matters.get()
    now = hold(cast)
    item = through(cast, now, matter, words="抓紧推进")
    assert (item.outcome, item.words, item.event) == ("CONTINUE", "抓紧推进", None)
    assert not matter.events.filter(move="instruct").exists(), "the meeting's words are no 批示 of themselves"
    with pytest.raises(Stale) as why:
        through(cast, now, matter, outcome="EXPLAINED")
    assert "抓紧推进" in why.value.changes[0]
    through(cast, now, matter, outcome="EXPLAINED", words="已说明", version=item.version)
    assert MeetingItem.objects.get().get_outcome_display() == "已说明" and clean() == []


def test_a_leaders_words_become_his_instruction_with_the_meeting_as_its_source(life, cast):
    matter = handed(cast, hold(cast, 17, date(2026, 9, 20)), 1).matters.get()
    now = hold(cast)
    with pytest.raises(NotAllowed, match="领导说了什么"):
        through(cast, now, matter, said_by=cast.director)
    item = through(cast, now, matter, words="十月底前完成", said_by=cast.director)
    assert (item.event.note, item.event.operator, item.event.decided_by) == ("十月底前完成", cast.office, cast.director)
    assert item.event.data["source_note"] == now.title
    with pytest.raises(NotAllowed):
        through(cast, now, matter, words="不是他的", said_by=cast.second_leader, version=1)
    assert MeetingItem.objects.get().words == "十月底前完成" and clean() == []


def test_wrong_people_states_and_bureaus_are_refused(life, cast):
    matter = handed(cast, hold(cast, 17, date(2026, 9, 20)), 1).matters.get()
    now = hold(cast)
    with pytest.raises(NotAllowed, match="局办公室或局领导"):
        through(cast, now, matter, by=cast.chief)
    with pytest.raises(NotAllowed, match="请选择"):
        through(cast, now, matter, outcome="")
    services.void_meeting(now, reason="重复登记", version=1, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已作废"):
        through(cast, now, matter)
