"""What the calendar does by itself: the ladder of reminders, and 暂定 dates that settle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.matters import services
from luoshi.matters.models import Deadline, Matter, MatterEvent
from luoshi.matters.tests.life import DAY, Life, at, clean
from luoshi.notices.models import Notice
from luoshi.org import services as org
from luoshi.workdays import services as workdays

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


def reminded(on):
    key = f"remind:{on:%Y-%m-%d}"
    return set(Notice.objects.filter(key__endswith=key).values_list("user__name", flat=True))


@pytest.mark.clause("2.2.5.1c")
def test_unsigned_climbs_from_handler_to_head_to_leader(life, cast):
    life.to("ASSIGNED", assist_units=[])
    told = {}
    for on in (DAY, date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 8), date(2026, 10, 9)):
        services.remind(on=on, now=at(on, 8, 40))
        told[on] = reminded(on)
    assert told == {
        DAY: set(),
        date(2026, 9, 30): {cast.handler.name, cast.second_handler.name},
        date(2026, 10, 1): set(),  # a rest day disturbs nobody
        date(2026, 10, 8): {cast.chief.name},
        date(2026, 10, 9): {cast.leader.name},
    }


@pytest.mark.clause("2.2.5.1c")
def test_before_on_and_after_a_date(life, cast):
    life.to("ACCEPTED", assist_units=[])
    climbs = {date(2026, 10, 9): set(), date(2026, 10, 10): {cast.handler.name}, date(2026, 10, 12): {cast.chief.name},
              date(2026, 10, 13): {cast.leader.name}}  # fmt: skip
    for on, people in climbs.items():
        services.remind(on=on, now=at(on, 8, 40))
        assert reminded(on) == people, on


def test_reminding_again_the_same_day_does_nothing(life, cast):
    matter = life.to("ACCEPTED", assist_units=[])
    on = date(2026, 10, 12)
    assert services.remind(on=on, now=at(on, 8)) == 1
    for _ in range(3):
        assert services.remind(on=on, now=at(on, 9)) == 0
    event = MatterEvent.objects.get(matter=matter, move="urge")
    assert event.operator is None and event.data["rungs"] == [["FIRST_FEEDBACK", "head"]]
    assert "首次反馈今天到期" in event.note
    assert clean() == []


def test_two_reasons_make_one_notice_a_person_and_one_event(life, cast):
    life.to("ASSIGNED", assist_units=[], due_on=date(2026, 10, 12))
    on = date(2026, 10, 13)
    assert services.remind(on=on, now=at(on)) == 1  # unsigned, first feedback and 办结 are all late: the leader, once
    assert MatterEvent.objects.filter(move="urge").count() == 1


def test_somebody_urged_today_so_the_system_does_not(life, cast):
    matter = life.to("ACCEPTED", assist_units=[])
    on = date(2026, 10, 12)
    services.urge(matter, by=cast.office, on=on, now=at(on))
    assert services.remind(on=on, now=at(on)) == 1, "the head is told all the same"
    assert matter.events.filter(move="urge").count() == 1


def test_the_leaders_deputy_is_told_too(life, cast):
    org.delegate(
        cast.leader, deputy=cast.second_leader, bureau=cast.bureau, duty="LEADER", from_on=DAY,
        until_on=date(2026, 12, 31), reason="学习", by=None,
    )  # fmt: skip
    life.to("ACCEPTED", assist_units=[])
    on = date(2026, 10, 13)
    services.remind(on=on, now=at(on))
    assert reminded(on) == {cast.leader.name, cast.second_leader.name}


def test_what_stands_still_waits_or_is_done_is_not_reminded(life, cast):
    for state in ("DRAFT", "APPROVED", "SUSPENDED", "SUBMITTED", "VERIFIED", "CLOSED", "ARCHIVED", "CANCELLED"):
        life.to(state)
    on = date(2026, 12, 31)
    assert services.remind(on=on, now=at(on)) == 0


def test_reminding_many_costs_no_more_queries_for_people(life, cast, django_assert_max_num_queries):
    on = date(2026, 10, 9)
    for _ in range(3):
        life.to("ACCEPTED", assist_units=[])
    with django_assert_max_num_queries(14):  # nobody is due: people and dates are read in one sweep
        services.remind(on=on, now=at(on))


NEW_YEAR = {
    date(2027, 1, 1): (False, "元旦"),
    date(2027, 1, 2): (False, "元旦"),
    date(2027, 1, 3): (False, "元旦"),
    date(2027, 1, 4): (False, "元旦"),
    date(2027, 1, 5): (False, "元旦"),
}


def load_2027(cast, days):
    workdays.load_notice(
        2027, notice_no="国办发明电〔2026〕9号", notice_on=date(2026, 12, 30), days=days, by=cast.sysadmin,
        on=date(2026, 12, 30),
    )  # fmt: skip


@pytest.mark.clause("2.2.5.1d")
def test_a_date_across_an_unpublished_year_is_provisional_and_settles(cast):
    life = Life(cast, date(2026, 12, 28))
    matter = life.to("ACCEPTED", due_on=date(2027, 3, 1))
    first = Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK")
    assert (first.due_on, first.provisional) == (date(2027, 1, 4), True)
    assert services.recompute_provisional(on=date(2026, 12, 29), by=None) == []
    load_2027(cast, NEW_YEAR)
    version = matter.version
    moved = services.recompute_provisional(on=date(2026, 12, 30), by=None)
    assert [(one.kind, one.old, one.new) for one in moved] == [
        ("FIRST_FEEDBACK", date(2027, 1, 4), date(2027, 1, 7))
    ]  # fmt: skip
    matter, first = Matter.objects.get(pk=matter.pk), Deadline.objects.get(pk=first.pk)
    assert (matter.feedback_due_on, matter.version) == (date(2027, 1, 7), version + 1)
    assert (first.due_on, first.original_on, first.provisional) == (date(2027, 1, 7), date(2027, 1, 4), False)
    assert not Notice.objects.filter(kind="matters.recount").exists(), "longer: said on the timeline, silently"
    assert services.recompute_provisional(on=date(2026, 12, 30), by=None) == []
    assert clean() == []


def test_a_shorter_date_is_told_to_unit_and_office(cast):
    life = Life(cast, date(2026, 12, 28))
    life.to("ACCEPTED", due_on=date(2027, 3, 1))
    load_2027(cast, {date(2027, 1, 2): (True, "元旦")})
    moved = services.recompute_provisional(on=date(2026, 12, 30), by=None)
    assert [one.new for one in moved] == [date(2027, 1, 2)]
    told = set(Notice.objects.filter(kind="matters.recount").values_list("user__name", flat=True))
    assert told == {cast.handler.name, cast.chief.name, cast.office.name}


def test_a_notice_that_moves_nothing_settles_without_an_event(cast):
    life = Life(cast, date(2026, 12, 28))
    matter = life.to("ACCEPTED", due_on=date(2027, 3, 1))
    load_2027(cast, {date(2027, 2, 5): (False, "春节")})
    assert services.recompute_provisional(on=date(2026, 12, 30), by=None) == []
    assert not Deadline.objects.filter(matter=matter, provisional=True).exists()
    assert not matter.events.filter(move="recount").exists()
    assert clean() == []


def test_what_was_fed_back_meanwhile_is_left_as_it_was(cast):
    life = Life(cast, date(2026, 12, 28))
    matter = life.step(life.to("ACCEPTED", due_on=date(2027, 3, 1)), "feed_back")
    load_2027(cast, NEW_YEAR)
    assert services.recompute_provisional(on=date(2026, 12, 30), by=None) == []
    assert Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK").due_on == date(2027, 1, 4)


def test_the_run_of_a_whole_month_leaves_one_event_a_day_at_most(life, cast):
    matter = life.to("ASSIGNED")
    for n in range(30):
        on = DAY + timedelta(days=n)
        services.remind(on=on, now=at(on))
        services.remind(on=on, now=at(on, 16))
    events = list(matter.events.filter(move="urge").values_list("on", flat=True))
    assert len(events) == len(set(events)) > 10
    assert clean() == []
