"""核查, 退回, 办结, 归档, 反弹重办; 延期, 中止, 恢复."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import services
from luoshi.matters.models import Deadline
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, at, staged
from luoshi.notices.models import Notice
from luoshi.org import services as org

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


def due(matter) -> Deadline:
    return Deadline.objects.filter(matter=matter, kind="DUE", ended_on=None).latest("id")


@pytest.mark.clause("2.2.5.1f")
def test_another_person_verifies_and_says_how(life, cast):
    matter = life.to("SUBMITTED")
    org.appoint(cast.handler, unit=cast.office_unit, duty="VERIFIER", by=None, on=DAY)
    with pytest.raises(NotAllowed, match="没有“核查通过”的职责"):
        services.verify(matter, note="自己核查", by=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="要写明原因或要求"):
        services.verify(matter, note=" ", by=cast.verifier, on=DAY)
    services.verify(matter, note="现场核查属实", by=cast.verifier, on=DAY, staged=[staged(cast.verifier, "照片.txt")])
    event = matter.events.latest("id")
    assert (matter.state, event.note) == ("VERIFIED", "现场核查属实")
    assert [one.evidence.name for one in event.proofs.all()] == ["照片.txt"]


def test_the_head_who_applied_cannot_verify_though_he_holds_the_duty(life, cast):
    org.appoint(cast.chief, unit=cast.office_unit, duty="VERIFIER", by=None, on=DAY)
    matter = life.step(life.to("ACCEPTED"), "submit", by=cast.chief)
    with pytest.raises(NotAllowed, match="没有“核查通过”的职责"):
        services.verify(matter, note="x", by=cast.chief, on=DAY)


@pytest.mark.clause("2.2.5.1f")
def test_sending_back_counts_and_the_date_runs_on(life, cast):
    matter = life.to("SUBMITTED")
    assert due(matter).met_on == DAY
    services.send_back(matter, reason="缺记录", by=cast.verifier, on=DAY)
    assert (matter.state, matter.returns, matter.submitted_on) == ("ACCEPTED", 1, None)
    assert (due(matter).met_on, due(matter).due_on) == (None, DUE)
    again = life.step(matter, "submit", on=LATER)
    assert due(again).met_on == LATER, "late in the end: measured against the original date"
    again = life.step(life.step(again, "verify"), "send_back", by=cast.leader)
    assert again.returns == 2
    told = set(Notice.objects.filter(kind="matters.send_back").values_list("user__name", flat=True))
    assert told == {cast.handler.name, cast.chief.name}


@pytest.mark.clause("2.2.5.1f")
def test_the_leader_closes_and_the_office_files_it(life, cast):
    matter = life.to("VERIFIED")
    services.close(matter, by=cast.leader, on=DAY, note="同意")
    assert (matter.state, matter.closed_on) == ("CLOSED", DAY)
    services.archive(matter, by=cast.office, on=DAY)
    assert (matter.state, matter.archived_on) == ("ARCHIVED", DAY)


def test_reopening_keeps_the_number_and_begins_a_new_cycle(life, cast):
    matter = life.to("ARCHIVED")
    number, when = matter.number_label, date(2027, 1, 4)
    with pytest.raises(NotAllowed, match="已经过去"):
        services.reopen(matter, reason="反弹", due_on=DUE, by=cast.leader, on=when, now=at(when))
    services.reopen(matter, reason="反弹", due_on=date(2027, 2, 26), by=cast.leader, on=when, now=at(when))
    assert (matter.state, matter.cycle, matter.number_label) == ("ACCEPTED", 2, number)
    assert (matter.day0_on, matter.handler, matter.closed_on) == (when, cast.handler, None)
    assert {(one.cycle, one.kind) for one in Deadline.objects.filter(matter=matter)} == {
        (cycle, kind) for cycle in (1, 2) for kind in ("FIRST_FEEDBACK", "DUE")
    }
    life.step(matter, "feed_back", on=when)
    life.step(matter, "submit", on=when)
    life.step(matter, "verify", on=when)
    assert matter.state == "VERIFIED"


def test_a_verifier_of_the_last_cycle_may_have_spoken_in_an_earlier_one(life, cast):
    """The exclusion is of the present cycle: a person who changed office is not barred for ever."""
    matter = life.to("CLOSED")
    life.step(matter, "reopen")
    life.step(matter, "submit", by=cast.chief)
    org.appoint(cast.neighbour, unit=cast.office_unit, duty="VERIFIER", by=None, on=DAY)
    assert life.step(matter, "verify", by=cast.neighbour).state == "VERIFIED"


@pytest.mark.clause("2.2.5.1c")
def test_extending_keeps_the_original_and_every_approved_date(life, cast):
    matter = life.to("ACCEPTED")
    services.extend(matter, due_on=date(2026, 12, 25), reason="材料未齐", by=cast.leader, on=DAY)
    services.extend(matter, due_on=LATER, reason="验收推迟", by=cast.leader, on=date(2026, 12, 25))
    row = due(matter)
    assert (row.original_on, row.due_on, matter.due_on) == (DUE, LATER, LATER)
    assert [(one["was"], one["due"], one["by"]) for one in row.basis["moves"]] == [
        ("2026-12-18", "2026-12-25", cast.leader.name), ("2026-12-25", "2026-12-31", cast.leader.name)
    ]  # fmt: skip


def test_extending_refuses_after_expiry_and_backwards(life, cast):
    matter = life.to("ACCEPTED")
    late = date(2026, 12, 21)
    with pytest.raises(NotAllowed, match="不能再延期"):
        services.extend(matter, due_on=LATER, reason="x", by=cast.leader, on=late)
    with pytest.raises(NotAllowed, match="要晚于现在的2026-12-18"):
        services.extend(matter, due_on=DUE, reason="x", by=cast.leader, on=DAY)
    services.extend(
        matter, due_on=LATER, reason="x", by=cast.office, on=late, decided_by=cast.leader, decided_on=DUE,
        source_note="2026-12-18批示",
    )  # fmt: skip
    assert matter.due_on == LATER, "approved in time on paper, entered a day late"


def test_standing_still_moves_running_dates_by_the_working_days_it_lasted(life, cast):
    matter = life.step(life.to("ACCEPTED"), "feed_back", next_on=date(2026, 10, 20))
    services.suspend(matter, reason="等批复", by=cast.leader, on=date(2026, 10, 12))
    services.resume(matter, reason="批复到", by=cast.office, on=date(2026, 10, 16))
    assert (matter.state, matter.suspended_on) == ("ACCEPTED", None)
    assert (matter.next_feedback_on, matter.due_on) == (date(2026, 10, 26), date(2026, 12, 24))
    row = due(matter)
    pause = row.basis["moves"][0]
    assert (row.original_on, pause["number"], pause["days"][0]) == (DUE, 4, "2026-10-13")
    assert matter.events.latest("id").data["moved"] == [
        ["DUE", "2026-12-18", "2026-12-24"], ["STAGE", "2026-10-20", "2026-10-26"]
    ]  # fmt: skip
    first = Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK")
    assert first.due_on == first.original_on, "what was met does not move"


def test_a_standstill_of_an_hour_or_a_weekend_moves_nothing(life, cast):
    matter = life.to("ACCEPTED")
    services.suspend(matter, reason="等批复", by=cast.leader, on=date(2026, 10, 16))
    services.resume(matter, reason="批复到", by=cast.leader, on=date(2026, 10, 18))
    assert matter.due_on == DUE


def test_what_was_late_before_the_standstill_stays_late(life, cast):
    matter = life.to("ACCEPTED")
    services.suspend(matter, reason="等批复", by=cast.leader, on=date(2026, 12, 21))
    services.resume(matter, reason="批复到", by=cast.leader, on=date(2026, 12, 28))
    assert matter.due_on < date(2026, 12, 28)
