"""走出去、请进来 through the services: asked, decided, reported, each lesson answered; no quota."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.activities.models import Activity, Attendance, Lesson, Trip
from luoshi.activities.queries import trips as queries
from luoshi.activities.queries.trip_sheet import lesson_rows, trip_facts
from luoshi.activities.services import lessons
from luoshi.activities.services import trips as services
from luoshi.activities.services.trips import Verdict
from luoshi.activities.tests.travelling import BACK, DAY, GOES, approved, ask, reported
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.1.2"), pytest.mark.clause("2.2.1.3")]


def decide(trip, by, on=DAY, *, version=None, approved=True, **words):
    return services.decide_trip(trip, verdict=Verdict(approved=approved, **words), version=version, by=by, on=on)


def test_a_trip_is_asked_for_and_nobodys_days_count_before_it_is_reported(cast):
    trip = ask(cast)
    assert (trip.state, trip.activity.title) == ("ASKED", "赴青山县住房和城乡建设局考察物业管理")
    assert set(trip.activity.attendances.values_list("half_days", flat=True)) == {0}
    assert list(Notice.objects.filter(kind="activities.trip").values_list("user__name", flat=True)) == ["沈知行"]
    assert list(queries.to_decide(cast.leader, org.held(cast.leader, DAY), DAY)) == [trip]
    assert not queries.to_decide(cast.second_leader, org.held(cast.second_leader, DAY), DAY)
    with pytest.raises(NotAllowed, match="批准后"):
        services.report_trip(
            trip, held_on=DAY, until_on=None, people=[cast.chief], cost=None, words="x", lessons=["y"], version=1,
            by=cast.chief, on=DAY,
        )  # fmt: skip
    decide(trip, cast.leader, version=1)
    assert (trip.state, trip.decided_by, trip.decided_on) == ("APPROVED", cast.leader, DAY)
    services.report_trip(
        trip, held_on=GOES, until_on=BACK, people=[cast.chief], cost=Decimal("820.50"), words="看了三个小区。",
        lessons=["信用评分公开", " "], version=2, by=cast.chief, on=BACK,
    )  # fmt: skip
    rows = dict(Attendance.objects.filter(activity=trip.activity).values_list("person__name", "half_days"))
    assert rows["贺建民"] == 4 and Attendance.objects.get(person=cast.handler).void
    assert (trip.state, trip.reported_on, trip.cost) == ("REPORTED", BACK, Decimal("820.50"))
    assert Activity.objects.get().outcome == "看了三个小区。"
    assert list(Lesson.objects.values_list("words", "answer")) == [("信用评分公开", "")]
    assert Notice.objects.filter(user=cast.office, title__contains="待答复").exists()


@pytest.mark.parametrize("who", ["office", "verifier", "chief", "handler", "second_leader", "discipline", "sysadmin"])
def test_who_does_not_decide(cast, who):
    trip = ask(cast)
    with pytest.raises(NotAllowed):
        decide(trip, getattr(cast, who))


def test_a_leader_does_not_decide_on_his_own_trip_and_the_chief_does(cast):
    trip = ask(cast, people=[cast.chief, cast.leader])
    assert queries.deciders(trip.activity, DAY) == [cast.director]
    with pytest.raises(NotAllowed, match="您本人也在名单里"):
        decide(trip, cast.leader)
    decide(trip, cast.director)
    with pytest.raises(NotAllowed, match="不用再审批"):
        decide(trip, cast.director)


def test_the_office_enters_what_a_leader_decided_on_paper(cast):
    trip = ask(cast)
    with pytest.raises(NotAllowed, match="写明批示或会议出处"):
        decide(trip, cast.office, decided_by=cast.leader, decided_on=DAY)
    with pytest.raises(NotAllowed, match="由局办公室登记"):
        decide(trip, cast.chief, decided_by=cast.leader, decided_on=DAY, source="批示")
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        decide(trip, cast.office, decided_by=cast.leader, decided_on=BACK, source="批示")
    with pytest.raises(NotAllowed, match="由分管领导或主要领导"):
        decide(trip, cast.office, decided_by=cast.second_leader, decided_on=DAY, source="批示")
    decide(trip, cast.office, decided_by=cast.leader, decided_on=DAY - timedelta(days=1), source="局长办公会纪要第3期")
    assert (trip.decided_by, trip.decided_on) == (cast.leader, DAY - timedelta(days=1))
    assert trip.decision_words == "局长办公会纪要第3期"


def test_a_refusal_says_why_and_voids_the_activity(cast):
    trip = ask(cast)
    with pytest.raises(NotAllowed, match="不批准要写明理由"):
        decide(trip, cast.leader, approved=False)
    decide(trip, cast.leader, approved=False, words="本季度已去过")
    assert trip.state == "REFUSED" and trip.activity.void and "本季度已去过" in trip.activity.void_reason
    assert list(Trip.objects.exclude(queries.GONE)) == [trip], "a refusal stays in the list"


def test_withdrawing_stale_and_repeated(cast):
    trip = ask(cast)
    with pytest.raises(Stale):
        decide(trip, cast.leader, version=9)
    with pytest.raises(NotAllowed, match="只有登记人和局办公室"):
        services.withdraw_trip(trip, reason="有事", version=1, by=cast.handler, on=DAY)
    services.withdraw_trip(Trip.objects.get(), reason="对方改期", version=1, by=cast.chief, on=DAY)
    trip.refresh_from_db()
    assert trip.standing == "已撤回"
    with pytest.raises(NotAllowed, match="已撤回"):
        decide(trip, cast.leader)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"host": " "}, "去哪里"),
        ({"topics": []}, "专题"),
        ({"kind": "VISIT"}, "走出去或请进来"),
        ({"until_on": GOES - timedelta(days=1)}, "不能早于"),
        ({"cost": Decimal(-1)}, "负数"),
        ({"people": []}, "参加人员"),
    ],
)
def test_bad_requests_save_nothing(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        ask(cast, **words)
    assert not Activity.objects.exists() and not Trip.objects.exists()


def test_reporting_wants_an_outcome_and_a_lesson_and_a_day_that_was(cast):
    trip = approved(cast)
    told = {"held_on": GOES, "until_on": BACK, "people": [cast.chief], "cost": None, "words": "看了", "lessons": ["学"],
            "version": None, "by": cast.chief, "on": BACK}  # fmt: skip
    for change, why in (
        ({"on": GOES}, "回来后再报"), ({"words": " "}, "成果摘要"), ({"lessons": [" "]}, "至少写一条"),
        ({"lessons": ["长" * 301]}, "不超过300字"), ({"by": cast.handler}, "只有登记人和局办公室"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            services.report_trip(trip, **(told | change))
    assert not Lesson.objects.exists()


def test_each_lesson_is_adopted_somewhere_or_declined_with_a_reason(cast):
    trip = reported(cast)
    first, second = trip.lessons.order_by("id")
    told = {"version": None, "on": BACK}
    with pytest.raises(NotAllowed, match="由局领导决定"):
        lessons.answer_lesson(first, answer="ADOPTED", where="写进办法", by=cast.office, **told)
    with pytest.raises(NotAllowed, match="用在哪里"):
        lessons.answer_lesson(first, answer="ADOPTED", by=cast.leader, **told)
    with pytest.raises(NotAllowed, match="写明理由"):
        lessons.answer_lesson(second, answer="DECLINED", by=cast.leader, **told)
    lessons.answer_lesson(
        first, answer="ADOPTED", where="写进考核办法", unit=cast.property, by=cast.office, decided_by=cast.leader,
        decided_on=BACK, **told,
    )  # fmt: skip
    assert (first.decided_by, first.unit) == (cast.leader, cast.property)
    with pytest.raises(Stale):
        lessons.answer_lesson(first, answer="DECLINED", why="重复", version=1, by=cast.leader, on=BACK)
    held = org.held(cast.office, BACK)
    assert list(queries.unanswered(held)) == [second]
    waiting, done, _ = queries.lesson_page(queries.lessons_of(Trip.objects.all(), "OUTGOING"))
    assert (waiting, done) == ([second], [first])
    lessons.answer_lesson(second, answer="DECLINED", why="本县收费标准由发改定", by=cast.director, **told)
    assert not queries.unanswered(held)
    rows = lesson_rows(queries.whole_table(queries.lessons_of(Trip.objects.all(), "")))
    assert {one.answer for one in rows} == {"采纳", "不采纳"}
    assert not queries.lessons_of(Trip.objects.all(), "EXPERT")
    facts = trip_facts(Trip.objects.get())
    assert facts.lessons[0].told == "“信用评分公开”采纳：写进考核办法，由物业股落实。"


def test_a_lesson_is_added_and_voided_before_it_is_answered(cast):
    trip = reported(cast, lessons=["一"])
    with pytest.raises(NotAllowed, match="申请人或局办公室"):
        services.add_lesson(trip, words="二", by=cast.neighbour, on=BACK)
    made = services.add_lesson(trip, words="二", by=cast.office, on=BACK)
    with pytest.raises(NotAllowed, match="填写人或局办公室"):
        lessons.void_lesson(made, reason="重复", version=1, by=cast.chief, on=BACK)
    lessons.void_lesson(made, reason="重复", version=1, by=cast.office, on=BACK)
    with pytest.raises(NotAllowed, match="已撤销"):
        lessons.answer_lesson(made, answer="DECLINED", why="x", version=None, by=cast.leader, on=BACK)


def test_frequency_is_told_and_nothing_is_refused(cast):
    for back in (200, 120, 40, 400):
        day = GOES - timedelta(days=back)
        ask(cast, held_on=day, until_on=None)
    trip = ask(cast)
    assert queries.frequency(trip) == [
        "近12个月本局走出去3次。", "其中去过青山县住房和城乡建设局3次。",
        "林晓舟近12个月已外出考察3次。", "贺建民近12个月已外出考察3次。",
    ]  # fmt: skip
    assert queries.year_count(cast.bureau.pk, DAY) == 4
    decide(trip, cast.leader)
    expert = ask(cast, kind="EXPERT", host="省厅专家组", form="现场指导", held_on=date(2026, 10, 20), until_on=None)
    assert queries.frequency(expert) == [] and expert.activity.title == "邀请省厅专家组现场指导：物业管理"


@pytest.mark.parametrize(
    ("who", "sees"),
    [("office", 1), ("director", 1), ("leader", 1), ("chief", 1), ("handler", 1), ("inspector", 1),
     ("second_leader", 0), ("neighbour", 0), ("stranger", 0), ("sysadmin", 0), ("auditor", 0)],
)  # fmt: skip
def test_who_sees_a_trip(cast, who, sees):
    ask(cast)
    person = getattr(cast, who)
    assert queries.seen(person, org.held(person, DAY), DAY).count() == sees
