"""要求和差额, read for many: what counts, who owes, in how many queries; months, talks, places and contents covered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.activities.models import Absence, Attendance
from luoshi.activities.queries.quotas import (
    LEADERS,
    OWN,
    book,
    contents,
    desk_lines,
    gap_table,
    group_months,
    head_talks,
    may_see,
    mine,
    places,
    records,
    reminders,
    standings,
    themes,
)
from luoshi.activities.rules.quotas import State, explain, gap_words, line
from luoshi.activities.services.recording import Taking, What, edit_activity, record_activity, void_activity
from luoshi.org import queries as org
from luoshi.org import services as org_services
from luoshi.plan.services import decide_rule
from luoshi.workdays.services import load_official

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
ASKS = {
    "study_days_year": {"number": 20, "unit": "DAY", "period": "YEAR"},
    "study_weekly": {"number": 0.5, "unit": "DAY", "period": "WEEK"},
    "group_study_monthly": {"number": 1, "unit": "TIME", "period": "MONTH"},
    "research_days_year": {"number": 30, "unit": "DAY", "period": "YEAR"},
    "frontline_monthly": {"number": 1, "unit": "TIME", "period": "MONTH"},
}


@pytest.fixture
def asked(cast):
    """The bureau asks for everything since the year began; the year's holidays are known."""
    load_official(by=None, on=TODAY)
    for slot, value in ASKS.items():
        decide_rule(
            cast.bureau, slot, value=value, citation="局党委会2025年第30号纪要", by=cast.office, on=TODAY,
            from_on=date(2026, 1, 1),
        )  # fmt: skip
    return cast


def studied(cast, *people, days=(date(2026, 11, 3),), kind="GROUP_STUDY", half_days=1, **words):
    what = What(kind=kind, title=words.pop("title", "集体学习"), unit=cast.planning, half_days=half_days, **words)
    return record_activity(
        bureau=cast.bureau, what=what, days=list(days), people=[Taking(one) for one in people], by=cast.office,
        on=TODAY, sure=True,
    )  # fmt: skip


def stands(cast, person, slot, on=TODAY):
    found = standings(book(cast.bureau.pk, on.year), on=on, slots=(slot,), users=[person.pk])
    return found[person.pk].standings[0]


@pytest.mark.clause("2.2.1.1b")
def test_what_is_recorded_counts_and_what_is_withdrawn_does_not(asked):
    cast = asked
    kept, gone = studied(cast, cast.handler, cast.chief, days=(date(2026, 11, 3), date(2026, 11, 10)), half_days=2)
    assert line(stands(cast, cast.handler, "study_days_year")) == "已记2天，应有20天，还差18天"
    void_activity(gone, reason="重复登记。", version=None, by=cast.office, on=TODAY)
    assert stands(cast, cast.handler, "study_days_year").total == 2
    edit_activity(
        kept, what=What(kind="GROUP_STUDY", title="集体学习", unit=cast.planning, half_days=2), held_on=kept.held_on,
        people=[Taking(cast.chief), Taking(cast.handler, "LEAVE")], version=None, by=cast.office, on=TODAY, sure=True,
    )  # fmt: skip
    assert stands(cast, cast.handler, "study_days_year").total == 0
    one = stands(cast, cast.chief, "study_days_year")
    assert [row.activity for row in records(one, cast.chief.pk, cast.bureau.pk)] == [kept]


def test_only_what_is_marked_as_study_counts_and_only_in_its_year(asked):
    cast = asked
    studied(cast, cast.handler, days=(date(2025, 12, 30),))
    studied(cast, cast.handler, kind="RESEARCH")
    assert stands(cast, cast.handler, "study_days_year").total == 0
    week = stands(cast, cast.handler, "study_weekly")
    assert week.done[0] == 1, "30 December 2025 lies in the first week of 2026"


@pytest.mark.clause("2.2.1.1c")
def test_a_rule_says_where_it_comes_from(asked):
    told = explain(stands(asked, asked.handler, "study_weekly"))
    assert told[0] == "要求：每周不少于0.5天"
    assert told[1] == "依据：本局决定：局党委会2025年第30号纪要（第1版，2026-01-01起执行）"


def test_nothing_is_asked_where_no_rule_speaks(cast):
    assert standings(book(cast.bureau.pk, 2026), on=TODAY, slots=OWN) == {}
    assert mine(cast.handler.pk, cast.bureau.pk, 2026, TODAY) is None
    assert desk_lines(cast.handler, org.held(cast.handler, TODAY), cast.bureau.pk, TODAY) == []


@pytest.mark.clause("2.2.1.1b")
def test_leave_joining_and_moving(asked):
    cast = asked
    Absence.objects.create(
        bureau=cast.bureau, person=cast.handler, kind="MATERNITY", from_on=date(2026, 3, 1), until_on=date(2026, 8, 31),
        entered_by=cast.office, entered_on=TODAY,
    )  # fmt: skip
    one = stands(cast, cast.handler, "study_days_year")
    assert 0 < one.need < 40 and "不计：2026-03-01至2026-08-31产假、育儿假" in explain(one)
    fresh = org_services.add_person(username="1299", name="新来", personnel_type="CIVIL_SERVANT", by=None, on=TODAY)
    org_services.appoint(
        fresh, unit=cast.planning, duty="HANDLER", title="", by=None, on=date(2026, 10, 8)
    )  # fmt: skip
    assert 0 < stands(cast, fresh, "study_days_year").need <= 10


def test_administrators_owe_nothing_and_the_other_bureau_nothing_here(asked):
    found = standings(book(asked.bureau.pk, 2026), on=TODAY, slots=OWN)
    assert asked.handler.pk in found and asked.director.pk in found
    assert not {asked.sysadmin.pk, asked.auditor.pk, asked.stranger.pk} & set(found)


@pytest.mark.clause("2.2.2.3a")
@pytest.mark.clause("2.2.2.3b")
def test_research_and_stays_fall_to_the_leaders_whom_the_bureau_counts(asked):
    cast = asked
    studied(cast, cast.leader, kind="FRONTLINE", half_days=3, title="蹲点", place_kind="SITE", place="东城工地",
            until_on=date(2026, 11, 4))  # fmt: skip
    found = standings(book(cast.bureau.pk, 2026), on=TODAY, slots=LEADERS)
    assert set(found) == {cast.director.pk, cast.leader.pk, cast.second_leader.pk}
    days, stays = found[cast.leader.pk].standings
    assert days.total == 3 and stays.state(10) is State.MET and gap_words(stays).startswith("1月、2月、3月等10个月")
    decide_rule(
        cast.bureau, "section_leaders", value={"choices": ["CHIEF"], "labels": ["主要领导"]}, citation="纪要",
        by=cast.office, on=TODAY,
    )  # fmt: skip
    assert set(standings(book(cast.bureau.pk, 2026), on=TODAY, slots=LEADERS)) == {cast.director.pk}


def test_the_bureau_may_count_by_whole_days(asked):
    cast = asked
    studied(cast, cast.handler, days=(date(2026, 11, 3), date(2026, 11, 4)))
    assert stands(cast, cast.handler, "study_days_year").total == 2
    decide_rule(
        cast.bureau, "study_unit", value={"choice": "DAY", "label": "按整天记，不足一天的不计"}, citation="纪要",
        by=cast.office, on=TODAY,
    )  # fmt: skip
    assert stands(cast, cast.handler, "study_days_year").total == 0
    assert sum(stands(cast, cast.handler, "study_weekly").done) == 2, "the plan itself says half a day a week"


def test_the_number_of_queries_does_not_depend_on_the_number_of_people(asked):
    cast = asked
    counts = []
    book(cast.bureau.pk, 2026)  # the calendar is kept in memory from its first reading on
    for round_ in range(2):
        with CaptureQueriesContext(connection) as caught:
            standings(book(cast.bureau.pk, 2026), on=TODAY, slots=(*OWN, *LEADERS))
        counts.append(len(caught))
        for n in range(5):
            one = org_services.add_person(
                username=f"77{round_}{n}", name=f"新人{n}", personnel_type="CIVIL_SERVANT", by=None, on=TODAY
            )
            org_services.appoint(one, unit=cast.planning, duty="HANDLER", title="", by=None, on=date(2026, 2, 1))
            studied(cast, one, days=(date(2026, 11, 3) + timedelta(days=n),))
    assert counts[0] == counts[1] <= 12


def test_the_table_stands_in_the_bureaus_order_and_pages_by_key(asked):
    cast = asked
    studied(cast, cast.handler, half_days=2)
    table = book(cast.bureau.pk, 2026)
    whole = gap_table(table, on=TODAY, size=None)
    order = [one.seat.person_id for one in whole.rows]
    assert cast.sysadmin.pk not in order and cast.handler.pk in order
    paged, after = [], 0
    while True:
        page = gap_table(table, on=TODAY, after=after, size=4)
        paged += [one.seat.person_id for one in page.rows]
        if page.next is None:
            break
        after = page.next
    assert paged == order
    own = gap_table(table, on=TODAY, units=[cast.planning.pk])
    assert {one.seat.unit_id for one in own.rows} == {cast.planning.pk}
    short = gap_table(table, on=TODAY, only_short=True)
    assert [one.seat.person_id for one in short.rows] == order, "everybody is still short, in the same order"


@pytest.mark.clause("2.2.1.1a")
def test_months_of_group_study(asked):
    cast = asked
    studied(cast, cast.director, cast.leader, days=(date(2026, 10, 12),), core_group=True, title="中心组学习")
    studied(cast, cast.handler, days=(date(2026, 9, 12),))
    one = group_months(book(cast.bureau.pk, 2026), TODAY)[0]
    assert one.standing.state(9) is State.MET and one.standing.state(8) is State.SHORT
    assert one.standing.state(10) is State.OPEN and [row.title for row in one.sessions[9]] == ["中心组学习"]
    told = desk_lines(cast.office, org.held(cast.office, TODAY), cast.bureau.pk, TODAY)
    assert [one.label for one in told][-1] == "中心组集体学习"


@pytest.mark.clause("2.2.1.1d")
def test_contents_and_themes(asked):
    cast = asked
    studied(cast, cast.handler, content="THEORY", theme="党史", leader_lesson=True, days=(date(2026, 2, 3),))
    studied(cast, cast.handler, content="SKILL", days=(date(2026, 11, 3),))
    theory, skill, business = contents(cast.bureau.pk, 2026, TODAY)
    assert (theory.quarters, theory.lessons) == ((1, 0, 0, 0), 1)
    assert skill.quarters == (0, 0, 0, 1) and business.total == 0
    assert themes(cast.bureau.pk, 2026, TODAY) == [("集体学习", 1), ("党史", 1)]


@pytest.mark.clause("2.2.2.2a")
def test_kinds_of_places_visited(asked):
    cast = asked
    studied(cast, cast.leader, kind="VISIT", title="走访", place_kind="COMMUNITY", place="金桂苑")
    found = {one.key: one.total for one in places(cast.bureau.pk, 2026, TODAY)}
    assert found["COMMUNITY"] == 1 and found["SITE"] == 0 and len(found) == 7


@pytest.mark.clause("2.2.2.1a")
def test_every_unit_head_stands_in_the_round_of_talks(asked):
    found = head_talks(asked.bureau.pk, TODAY)
    assert [one.head for one in found.lines] == ["贺建民", "秦若谷", "邵长青", "方立诚", "程思远"]
    assert found.held == 0 and found.lines[0].leader == "沈知行" and found.lines[0].words == "还没有谈"


def test_quotas_are_shown_to_the_person_the_office_and_the_head_of_the_unit(asked):
    cast = asked

    def sees(user, person):
        return may_see(user, org.held(user, TODAY), person, cast.bureau.pk, TODAY)

    assert sees(cast.handler, cast.handler) and sees(cast.office, cast.handler) and sees(cast.chief, cast.handler)
    for other in (cast.neighbour, cast.second_handler, cast.director, cast.leader, cast.verifier, cast.stranger):
        assert not sees(other, cast.handler)


def test_who_is_reminded_and_when(asked):
    cast = asked
    table = book(cast.bureau.pk, 2026)
    told = {(one.person_id, one.key) for one in reminders(table, date(2026, 3, 4))}
    assert told == set(), "a Wednesday in March: no period ends"
    friday = {(one.person_id, one.key) for one in reminders(table, date(2026, 3, 6))}
    assert (cast.handler.pk, "study_weekly:2026-W10") in friday
    keys = {one.key for one in reminders(table, date(2026, 11, 30)) if one.person_id == cast.leader.pk}
    assert keys == {"study_days_year:2026", "research_days_year:2026", "frontline_monthly:2026-11"}


def test_a_trip_that_was_refused_counts_for_nobody(asked):
    from luoshi.activities.models import Trip

    cast = asked
    made = studied(cast, cast.handler, kind="EXPERT", title="专家授课", speaker="专家")[0]
    trip, _ = Trip.objects.get_or_create(activity=made, defaults={"asked_by": cast.office, "asked_on": TODAY})
    Trip.objects.filter(pk=trip.pk).update(state="REFUSED", decided_by=cast.director, decided_on=TODAY)
    assert Attendance.objects.filter(activity=made).exists()
    assert stands(cast, cast.handler, "study_days_year").total == 0
    Trip.objects.filter(pk=trip.pk).update(state="APPROVED")
    assert stands(cast, cast.handler, "study_days_year").total == 1
