"""签收, 退办, 分办, 反馈, 申请办结, and the assisting units' part."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import services
from luoshi.matters.models import Deadline, Feedback, Matter
from luoshi.matters.tests.life import DAY, Life, at
from luoshi.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY5 = date(2026, 10, 12)


@pytest.fixture
def life(cast):
    return Life(cast)


def running(matter):
    return {one.kind: one.due_on for one in Deadline.objects.filter(matter=matter, met_on=None, ended_on=None)}


@pytest.mark.clause("2.2.5.1a")
def test_signing_names_who_signed_and_when(life, cast):
    matter = life.to("ASSIGNED")
    services.accept(matter, by=cast.chief, on=DAY, now=at(DAY, 15), handler=cast.handler)
    lead = matter.parties.get(role="LEAD")
    assert (matter.state, matter.handler, matter.accepted_on) == ("ACCEPTED", cast.handler, DAY)
    assert (lead.accepted_by, lead.accepted_at, lead.handler) == (cast.chief, at(DAY, 15), cast.handler)


def test_a_handler_who_signs_takes_it_and_a_head_may_leave_it_open(life, cast):
    mine = life.to("ASSIGNED")
    services.accept(mine, by=cast.second_handler, on=DAY)
    assert mine.handler == cast.second_handler
    unnamed = life.to("ASSIGNED")
    services.accept(unnamed, by=cast.chief, on=DAY)
    assert unnamed.handler is None
    other = life.to("ASSIGNED")
    with pytest.raises(NotAllowed, match="由单位负责人分办"):
        services.accept(other, by=cast.second_handler, on=DAY, handler=cast.handler)


def test_not_signing_stops_no_clock(life, cast):
    matter = life.to("ASSIGNED")
    services.accept(matter, by=cast.chief, on=DAY5, now=at(DAY5))
    assert matter.feedback_due_on == DAY5


def test_declining_returns_it_to_the_office_with_its_reason(life, cast):
    matter = life.to("ASSIGNED")
    with pytest.raises(NotAllowed, match="要写明原因"):
        services.decline(matter, reason="", by=cast.chief, on=DAY)
    services.decline(matter, reason="不属本股室职责", by=cast.chief, on=DAY)
    assert (matter.state, matter.day0_on, matter.feedback_due_on) == ("APPROVED", None, None)
    assert running(matter) == {}
    told = set(Notice.objects.filter(kind="matters.decline").values_list("user__name", flat=True))
    assert told == {cast.leader.name, cast.office.name}
    services.assign(matter, by=cast.office, on=DAY, now=at(DAY))
    assert running(matter)["FIRST_FEEDBACK"] == DAY5, "handed out again to the same unit on the same day"


@pytest.mark.parametrize(
    ("who", "why"), [("neighbour", "不是规建股的人员"), ("sysadmin", "不是规建股的人员"), ("handler", "已是承办人")]
)
def test_allotting_stays_within_the_unit(life, cast, who, why):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match=why):
        services.allot(matter, handler=getattr(cast, who), by=cast.chief, on=DAY)


def test_a_head_allots_to_others_and_to_himself_but_not_to_the_verifier(life, cast):
    matter = life.to("APPROVED")
    services.assign(matter, by=cast.office, on=DAY, now=at(DAY), verifier=cast.second_handler)
    with pytest.raises(NotAllowed, match="是本事项的核查人"):
        services.allot(matter, handler=cast.second_handler, by=cast.chief, on=DAY)
    services.allot(matter, handler=cast.chief, by=cast.chief, on=DAY)
    assert matter.handler == cast.chief and matter.parties.get(role="LEAD").handler == cast.chief
    services.accept(matter, by=cast.chief, on=DAY)
    services.allot(matter, handler=cast.handler, by=cast.chief, on=DAY, note="改由小林负责")
    assert matter.events.latest("id").data == {"handler": cast.handler.name, "before": cast.chief.name}


@pytest.mark.clause("2.2.5.1d")
@pytest.mark.clause("2.2.5.1e")
def test_the_first_feedback_is_preliminary_with_the_next_date_or_final(life, cast):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match="首次反馈请选"):
        services.feed_back(matter, kind="STAGE", done="x", by=cast.handler, on=DAY5)
    services.feed_back(
        matter, kind="PRELIMINARY", done="已摸排", progress=30, next_step="汇总", next_on=date(2026, 10, 30),
        by=cast.handler, on=DAY5, now=at(DAY5),
    )  # fmt: skip
    first = Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK")
    assert first.met_on == DAY5 == first.due_on, "day 5 itself is in time"
    assert (matter.first_feedback_on, matter.next_feedback_on) == (DAY5, date(2026, 10, 30))
    assert running(matter) == {"STAGE": date(2026, 10, 30), "DUE": matter.due_on}
    told = Feedback.objects.get(matter=matter)
    assert (told.kind, told.progress, told.next_on, told.event.move) == (
        "PRELIMINARY", 30, date(2026, 10, 30), "feed_back"
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="初步情况已经反馈过"):
        services.feed_back(matter, kind="PRELIMINARY", done="x", by=cast.handler, on=DAY5)


@pytest.mark.clause("2.2.5.1e")
def test_each_stage_meets_its_date_and_names_the_next(life, cast):
    matter = life.step(life.to("ACCEPTED"), "feed_back")
    assert matter.next_feedback_on == date(2026, 10, 29), "by default a month on"
    second = date(2026, 10, 29)
    services.feed_back(matter, kind="STAGE", done="过半", progress=60, by=cast.chief, on=second)
    stages = list(Deadline.objects.filter(matter=matter, kind="STAGE").order_by("id"))
    assert [(one.due_on, one.met_on) for one in stages] == [(second, second), (date(2026, 11, 27), None)]
    services.feed_back(matter, kind="STAGE", done="同日补充", by=cast.handler, on=second, next_on=date(2026, 11, 6))
    assert running(matter)["STAGE"] == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"kind": "OTHER"}, "请选择反馈阶段"),
        ({"done": " "}, "请填写办理情况"),
        ({"progress": 101}, "0到100"),
        ({"progress": -1}, "0到100"),
        ({"next_on": DAY}, "要在今天之后"),
        ({"next_on": date(2027, 1, 4)}, "不能晚于办结时限2026-12-18"),
    ],
)
def test_feedback_refuses(life, cast, words, why):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match=why):
        services.feed_back(matter, **({"kind": "PRELIMINARY", "done": "x", "by": cast.handler, "on": DAY} | words))
    assert not Feedback.objects.exists()


def test_after_the_due_date_any_next_date_ahead_is_taken(life, cast):
    matter = life.to("ACCEPTED")
    late = date(2026, 12, 21)
    services.feed_back(matter, kind="PRELIMINARY", done="x", by=cast.handler, on=late, next_on=date(2027, 1, 8))
    assert matter.next_feedback_on == date(2027, 1, 8)
    assert Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK").met_on == late


@pytest.mark.clause("2.2.5.1f")
def test_a_final_feedback_is_the_application_in_one_act(life, cast):
    matter = life.to("ACCEPTED")
    services.feed_back(matter, kind="FINAL", done="办完", by=cast.handler, on=DAY5)
    assert (matter.state, matter.submitted_on, matter.next_feedback_on) == ("SUBMITTED", DAY5, None)
    assert running(matter) == {}
    event = matter.events.latest("id")
    assert (event.move, event.feedback.kind, event.feedback.progress) == ("submit", "FINAL", 100)
    told = set(Notice.objects.filter(kind="matters.submit").values_list("user__name", flat=True))
    assert told == {cast.leader.name, cast.verifier.name}


def test_an_assisting_unit_signs_and_contributes_without_disturbing_the_lead(life, cast):
    matter = life.to("ACCEPTED")
    version = matter.version
    services.receive(matter, by=cast.neighbour, on=DAY, now=at(DAY, 11))
    party = matter.parties.get(role="ASSIST")
    assert (party.accepted_by, party.accepted_at) == (cast.neighbour, at(DAY, 11))
    with pytest.raises(NotAllowed, match="已经签收过"):
        services.receive(matter, by=cast.quality_handler, on=DAY)
    services.contribute(matter, done="提供检查记录", by=cast.quality_handler, on=DAY)
    with pytest.raises(NotAllowed, match="请填写配合办理情况"):
        services.contribute(matter, done="", by=cast.quality_handler, on=DAY)
    matter.refresh_from_db()
    assert (matter.version, matter.state) == (version, "ACCEPTED")
    assert set(Notice.objects.filter(kind="matters.contribute").values_list("user__name", flat=True)) == {
        cast.handler.name, cast.chief.name
    }  # fmt: skip


def test_a_stale_form_is_told_what_happened_and_a_word_never_makes_one_stale(life, cast):
    matter = life.to("ACCEPTED")
    opened_on = matter.version
    services.urge(Matter.objects.get(pk=matter.pk), by=cast.office, on=DAY, now=at(DAY))
    services.read(Matter.objects.get(pk=matter.pk), by=cast.leader, on=DAY)
    services.feed_back(
        matter, kind="PRELIMINARY", done="x", by=cast.handler, on=DAY, version=opened_on
    )  # nobody's form grew stale
    with pytest.raises(Stale) as stale:
        services.submit(matter, done="y", by=cast.chief, on=DAY, version=opened_on)
    assert stale.value.version == opened_on + 1
    assert len(stale.value.changes) == 1 and f"{cast.handler} 反馈：x" in stale.value.changes[0]


def test_without_a_version_the_state_is_still_checked(life, cast):
    matter = life.to("ACCEPTED")
    mine, theirs = Matter.objects.get(pk=matter.pk), Matter.objects.get(pk=matter.pk)
    services.feed_back(theirs, kind="PRELIMINARY", done="x", by=cast.handler, on=DAY)
    services.feed_back(mine, kind="STAGE", done="y", by=cast.chief, on=DAY)  # version skipped, and the facts are fresh
    again = Matter.objects.get(pk=matter.pk)
    services.submit(theirs, done="z", by=cast.handler, on=DAY)
    with pytest.raises(Stale):
        services.submit(again, done="z", by=cast.handler, on=DAY)


def test_what_a_stale_person_may_not_see_is_not_told(life, cast):
    matter = life.to("ASSIGNED")
    opened_on = matter.version
    services.accept(Matter.objects.get(pk=matter.pk), by=cast.chief, on=DAY)
    with pytest.raises(Stale) as stale:
        services.accept(matter, by=cast.stranger, on=DAY, version=opened_on)
    assert stale.value.changes == []
