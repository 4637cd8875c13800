"""Lists, lamps, desk, story and facts: right, and bounded in queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.matters import queries, services
from luoshi.matters.models import Deadline, Feedback, Matter
from luoshi.matters.queries import ListFilter
from luoshi.matters.queries.lists import clock_of, lamp_facts, lamp_query
from luoshi.matters.rules import Lamp, lamp
from luoshi.matters.tests.life import DAY, Life, at, staged

pytestmark = pytest.mark.django_db
STATES = ("DRAFT", "APPROVED", "ASSIGNED", "ACCEPTED", "SUBMITTED", "VERIFIED", "CLOSED", "ARCHIVED", "SUSPENDED")


@pytest.fixture
def life(cast):
    return Life(cast)


def groups(desk):
    return {one.key: [row.pk for row in one.rows] for one in [*desk.owe, *desk.waiting]}


def counted(call):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        call()
    return len(seen)


@pytest.mark.clause("2.2.5.1f")
def test_every_open_matter_stands_on_somebodys_desk(life, cast):
    """每项有回音、有着落: in each state exactly the person whose turn it is owes the next act."""
    owed = {
        "DRAFT": [("leader", "approve")],
        "APPROVED": [("office", "assign")],
        "ASSIGNED": [("chief", "accept"), ("handler", "accept"), ("neighbour", "receive")],
        "ACCEPTED": [("handler", "feed_back")],
        "SUBMITTED": [("verifier", "verify"), ("leader", "read")],
        "VERIFIED": [("leader", "close")],
        "CLOSED": [("office", "archive")],
    }
    for state, people in owed.items():
        matter = life.to(state)
        for who, act in people:
            found = groups(queries.desk_facts(getattr(cast, who), DAY))
            assert matter.pk in found.get(act, []), (state, who, act, found)
        idle = groups(queries.desk_facts(cast.property_chief, DAY)) | groups(queries.desk_facts(cast.window, DAY))
        assert idle == {}, state


def test_each_line_of_the_desk_says_the_next_act_its_date_and_lamp(life, cast):
    matter = life.to("ACCEPTED")
    desk = queries.desk_facts(cast.handler, date(2026, 10, 12))
    (line,) = desk.owe[0].rows
    assert (line.act, line.act_label, line.next_on, line.next_label) == (
        "feed_back", "反馈", date(2026, 10, 12), "首次反馈"
    )  # fmt: skip
    assert (line.lamp, line.lamp_label, line.left) == ("AMBER", "临期", "今天到期")
    waiting = queries.desk_facts(cast.office, DAY).waiting[0].rows[0]
    assert (waiting.pk, waiting.act, waiting.waits_for) == (matter.pk, "", "等规建股林晓舟反馈")
    assert queries.desk_facts(cast.auditor, DAY).empty


def test_reading_clears_the_readers_desk_until_there_is_more(life, cast):
    matter = life.step(life.to("ACCEPTED"), "feed_back")
    assert groups(queries.desk_facts(cast.leader, DAY))["read"] == [matter.pk]
    services.read(matter, by=cast.leader, on=DAY)
    assert "read" not in groups(queries.desk_facts(cast.leader, DAY))
    life.step(matter, "feed_back", kind="STAGE")
    assert groups(queries.desk_facts(cast.leader, DAY))["read"] == [matter.pk]


def test_the_named_verifier_owes_and_the_others_do_not(life, cast):
    matter = life.step(life.to("APPROVED"), "assign", verifier=cast.inspector)
    life.to("SUBMITTED", matter)
    assert groups(queries.desk_facts(cast.inspector, DAY))["verify"] == [matter.pk]
    assert "verify" not in groups(queries.desk_facts(cast.verifier, DAY))
    assert queries.relation(cast.verifier, matter, DAY) == {"verifier"}, "the duty may still step in"


@pytest.mark.parametrize("who", ["office", "leader", "chief", "handler", "verifier", "director", "neighbour"])
def test_the_desk_and_the_list_do_not_grow_in_queries(life, cast, who):
    person = getattr(cast, who)

    def desk():
        queries.desk_facts(person, DAY)

    def page():
        queries.matter_list(person, ListFilter(lamp="GREEN", words="改造"), on=DAY)

    for state in STATES:
        life.to(state)
    few = counted(desk), counted(page)
    for state in STATES * 3:
        life.to(state)
    many = counted(desk), counted(page)
    assert many == few
    assert many[0] <= 24 and many[1] <= 14


def test_a_page_is_prepared_and_continues_by_key(life, cast):
    made = [life.to("APPROVED").pk for _ in range(7)]
    seen, key = [], None
    while True:
        page = queries.matter_list(cast.office, ListFilter(), on=DAY, after_key=key, size=3)
        seen += [one.pk for one in page.rows]
        key = page.next_key
        if key is None:
            break
    assert seen == made[::-1] and page.total_label == "7"
    assert queries.matter_list(cast.office, ListFilter(), on=DAY, after_key="x'; --").rows
    assert queries.matter_list(cast.stranger, ListFilter(), on=DAY).rows == []


def test_pages_by_due_date_meet_every_matter_once(life, cast):
    for day in (20, 10, 20, 15, 10):
        life.to("ASSIGNED", due_on=date(2026, 12, day))
    seen, key = [], None
    while True:
        page = queries.matter_list(cast.office, ListFilter(order="due"), on=DAY, after_key=key, size=2)
        seen += [(one.due_on.day, one.pk) for one in page.rows]
        key = page.next_key
        if key is None:
            break
    assert seen == sorted(seen) and len(seen) == 5


def test_filters(life, cast):
    mine = life.to("ACCEPTED", title="排查供水")
    life.to("DRAFT")

    def found(**words):
        return [one.pk for one in queries.matter_list(cast.office, ListFilter(**words), on=DAY).rows]

    assert (
        found(words="供水") == found(states=("ACCEPTED",)) == found(words="2026-0001") == found(words="1") == [mine.pk]
    )
    assert found(unit_id=cast.planning.pk, leader_id=cast.leader.pk, source="COMMITTEE", block="KEY_WORK", year=2026)
    assert found(words="2026-0002") == found(unit_id=cast.housing.pk) == []


@pytest.mark.clause("2.2.5.1c")
def test_the_lamp_asked_of_the_database_is_the_lamp_of_the_rules(life, cast):
    for state in STATES:
        life.to(state)
    life.step(life.to("ACCEPTED"), "feed_back", next_on=date(2026, 10, 20))
    life.step(life.to("ACCEPTED"), "submit", on=date(2026, 12, 21))
    late = life.step(life.to("ACCEPTED"), "submit", on=date(2026, 12, 21))
    life.step(life.step(late, "verify"), "close")
    life.to("CANCELLED")
    clock = clock_of(cast.bureau.pk, DAY)
    shown = set()
    for on in (DAY, date(2026, 10, 9), date(2026, 10, 12), date(2026, 10, 16), date(2026, 10, 21), date(2027, 3, 1)):
        by_rule = {one.pk: lamp(lamp_facts(one), on, clock.calendar, ahead=2) for one in Matter.objects.all()}
        for colour in Lamp:
            asked = set(Matter.objects.filter(lamp_query(colour, on, clock)).values_list("pk", flat=True))
            assert asked == {pk for pk, one in by_rule.items() if one == colour}, (on, colour)
        shown |= set(by_rule.values())
    assert shown == set(Lamp)


def test_the_timeline_tells_who_clicked_who_decided_and_with_what(life, cast):
    matter = life.to("VERIFIED")
    services.close(
        matter, by=cast.office, on=DAY, decided_by=cast.leader, decided_on=date(2026, 9, 28),
        source_note="纸质办结单", staged=[staged(cast.office, "办结单.txt")],
    )  # fmt: skip
    lines = queries.timeline(matter)
    assert [one["label"] for one in lines] == [
        "拟办", "立项", "交办", "签收", "办结反馈", "核查通过", "办结"
    ]  # fmt: skip
    last = lines[-1]
    assert (last["who"], last["decided"], last["details"]) == (
        cast.office.name, "沈知行 2026-09-28决定", ["出处：纸质办结单"]
    )  # fmt: skip
    assert [one["name"] for one in last["evidence"]] == ["办结单.txt"]
    assert counted(lambda: queries.timeline(matter)) == 3


@pytest.mark.clause("2.2.5.1d")
def test_a_deadline_prints_its_whole_arithmetic(life, cast):
    matter = life.to("ACCEPTED")
    first = Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK")
    lines = queries.why(first)
    assert lines[0].startswith("依据：系统默认")
    assert "起算日（第0日）：2026-09-29 周二" in lines
    assert "2026-10-01 周四 不计（国庆节放假）" in lines
    assert "2026-10-10 周六 第4个工作日（国庆节调休上班）" in lines
    assert lines[-1] == "首次反馈时限：2026-10-12 周一"
    life.step(matter, "extend", due_on=date(2026, 12, 25))
    services.suspend(matter, reason="等批复", by=cast.leader, on=date(2026, 10, 12))
    services.resume(matter, reason="批复到", by=cast.leader, on=date(2026, 10, 16))
    told = "\n".join(queries.why(Deadline.objects.get(matter=matter, kind="DUE")))
    assert "2026-09-29 周二沈知行批准延期：由2026-12-18 周五延至2026-12-25 周五，上级验收推迟" in told
    assert "中止2026-10-12 周一至2026-10-16 周五，共4个工作日，时限顺延至2026-12-31 周四" in told
    assert "原定2026-12-18 周五" in told and "\n办结时限：2026-12-31 周四" in told
    assert told.endswith("提前的会通知承办人"), "the end of December waits for the next year's notice"


def test_a_provisional_deadline_says_so(cast):
    life = Life(cast, date(2026, 12, 28))
    matter = life.to("ACCEPTED", due_on=date(2027, 3, 1))
    assert any("暂定" in one for one in queries.why(Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK")))


def test_the_facts_of_both_sheets(life, cast):
    matter = life.step(life.to("ACCEPTED"), "feed_back", staged=[staged(cast.handler, "清单.txt")])
    told = queries.feedback_facts(Feedback.objects.get(matter=matter))
    assert (told.kind, told.person, told.progress, told.late, told.feedback_due_on) == (
        "初步反馈", "林晓舟", 30, False, date(2026, 10, 12)
    )  # fmt: skip
    assert told.attachments == ("清单.txt",)
    life.to("CLOSED", matter)
    sheet = queries.dispatch_facts(matter, DAY)
    assert (sheet.number, sheet.lead_unit, sheet.lead_person, sheet.assists) == (
        "2026-0001", "规建股", "林晓舟", ("质安中心",)
    )  # fmt: skip
    assert (sheet.feedback_due_on, sheet.due_on, len(sheet.handled)) == (date(2026, 10, 12), date(2026, 12, 18), 2)
    assert "白守正" in sheet.verified and sheet.closed_on == DAY


def test_open_moves_are_those_of_the_roles_in_the_tables_order(life, cast):
    matter = life.to("ACCEPTED")
    unit = ["feed_back", "submit", "urge_part", "propose_roadmap", "finish_step", "undo_step", "ask_extension",
            "withdraw_extension"]  # fmt: skip
    assert queries.open_moves(cast.handler, matter, DAY) == unit
    assert queries.open_moves(cast.chief, matter, DAY) == ["allot", *unit]
    assert queries.open_moves(cast.leader, matter, DAY) == [
        "urge_part", "urge", "read", "instruct", "grant_extension", "refuse_extension", "extend", "suspend", "cancel"
    ]  # fmt: skip
    assert queries.open_moves(cast.quality_handler, matter, DAY) == ["receive", "return_part", "contribute"]
    assert queries.open_moves(cast.discipline, matter, DAY) == queries.open_moves(cast.window, matter, DAY) == []


def test_the_next_feedback_date_follows_the_bureaus_rule(life, cast):
    from luoshi.plan import services as plan

    matter = life.to("ACCEPTED")
    assert queries.next_feedback_on(matter, DAY) == date(2026, 10, 29)
    plan.decide_rule(
        cast.bureau, "staged_feedback", value={"number": 10, "unit": "WORKDAY"}, citation="局党委会纪要",
        by=cast.office, on=DAY,
    )  # fmt: skip
    assert queries.next_feedback_on(matter, DAY) == date(2026, 10, 19)
    services.feed_back(matter, kind="PRELIMINARY", done="x", by=cast.handler, on=DAY, now=at(DAY))
    assert matter.next_feedback_on == date(2026, 10, 19)
