"""拟办, 立项, 交办, 调整承办, 撤销."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import transaction

from luoshi.lib.clock import SHANGHAI
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import services
from luoshi.matters.models import Deadline, Matter
from luoshi.matters.tests.life import DAY, DUE, Life, at, staged
from luoshi.notices.models import Notice
from luoshi.org import services as org
from luoshi.plan import services as plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.mark.clause("2.2.5.1a")
def test_opening_keeps_source_item_leader_units_and_no_number(life, cast):
    matter = life.open()
    assert (matter.state, matter.number, matter.number_label) == ("DRAFT", None, "未立项")
    assert (matter.source, matter.block, matter.leader) == ("COMMITTEE", "KEY_WORK", cast.leader)
    roles = {(one.unit, one.role) for one in matter.parties.all()}
    assert roles == {(cast.planning, "LEAD"), (cast.quality, "ASSIST")}
    assert [one.move for one in matter.events.all()] == ["open"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": "  "}, "请填写事项名称"),
        ({"title": "长" * 201}, "不超过200字"),
        ({"source": "RUMOUR"}, "请选择事项来源"),
        ({"block": "OTHER"}, "请选择考评板块"),
        ({"leader": "office"}, "不是县住建局的局领导"),
        ({"leader": "stranger"}, "不是县住建局的局领导"),
        ({"lead_unit": "other_unit"}, "不在县住建局及其下级范围内"),
        ({"assist_units": ["planning"]}, "已是牵头单位"),
        ({"assist_units": ["quality", "quality"]}, "协办单位有重复"),
        ({"due_on": date(2026, 9, 28)}, "已经过去"),
        ({"by": "handler"}, "由局办公室或局领导登记"),
        ({"by": "stranger"}, "由局办公室或局领导登记"),
        ({"by": "sysadmin"}, "由局办公室或局领导登记"),
    ],
)
def test_opening_refuses(life, cast, words, why):
    told = {
        name: [getattr(cast, one) for one in value]
        if isinstance(value, list)
        else getattr(cast, value, value)
        if isinstance(value, str)
        else value
        for name, value in words.items()
    }
    with pytest.raises(NotAllowed, match=why):
        life.open(**told)
    assert not Matter.objects.exists()


def test_a_draft_is_changed_and_its_parties_follow(life, cast):
    matter = life.open()
    services.update_draft(
        matter,
        changes={"title": "新名称", "lead_unit": cast.housing, "assist_units": [], "due_on": date(2026, 11, 30)},
        by=cast.office,
        on=DAY,
        version=1,
    )
    assert (matter.title, matter.lead_unit, matter.version) == ("新名称", cast.housing, 2)
    assert {(one.unit, one.role) for one in matter.parties.filter(ended_on=None)} == {(cast.housing, "LEAD")}
    with pytest.raises(Stale) as stale:
        services.update_draft(matter, changes={"title": "旧表单"}, by=cast.office, on=DAY, version=1)
    assert stale.value.version == 2 and "修改拟办" in stale.value.changes[0]
    with pytest.raises(TypeError):
        services.update_draft(matter, changes={"state": "CLOSED"}, by=cast.office, on=DAY)


@pytest.mark.clause("2.2.5.1a")
def test_numbers_are_unique_and_gap_free_by_year(life, cast):
    first, second, third = life.open(), life.open(), life.open()
    assert life.to("APPROVED", first).number == 1
    with pytest.raises(NotAllowed), transaction.atomic():
        services.approve(second, by=cast.handler, on=DAY)
    with pytest.raises(Stale), transaction.atomic():
        services.approve(second, by=cast.leader, on=DAY, version=9)
    assert life.to("APPROVED", third).number == 2
    assert life.to("APPROVED", second).number == 3
    next_year = life.open(due_on=date(2027, 3, 1))
    services.approve(next_year, by=cast.leader, on=date(2027, 1, 4))
    assert next_year.number_label == "2027-0001"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({}, "由交办领导决定"),
        ({"decided_by": "leader", "decided_on": date(2026, 9, 30)}, "不能晚于今天"),
        ({"decided_by": "chief", "decided_on": DAY}, "不是本事项的交办领导"),
        ({"decided_by": "second_leader", "decided_on": DAY}, "不是本事项的交办领导"),
        ({"decided_by": "leader", "decided_on": DAY}, "须附批示件等佐证，或写明出处"),
        ({"decided_by": "leader", "decided_on": DAY, "source_note": "  "}, "须附批示件等佐证，或写明出处"),
    ],
)
def test_the_office_enters_a_leaders_decision_only_with_its_paper(life, cast, form, why):
    matter = life.open(source_title="")
    told = {name: getattr(cast, value) if name == "decided_by" else value for name, value in form.items()}
    with pytest.raises(NotAllowed, match=why):
        services.approve(matter, by=cast.office, on=DAY, **told)


def test_who_clicked_is_not_who_decided(life, cast):
    """House rules §5: operator, decided_by, decided_on and the evidence are kept apart."""
    matter = life.open(source_title="")
    paper = staged(cast.office)
    services.approve(
        matter, by=cast.office, on=DAY, decided_by=cast.director, decided_on=date(2026, 9, 25), staged=[paper]
    )
    event = matter.events.get(move="approve")
    assert (event.operator, event.decided_by, event.decided_on) == (cast.office, cast.director, date(2026, 9, 25))
    assert [one.evidence.name for one in event.proofs.all()] == ["批示件.txt"]
    with pytest.raises(NotAllowed, match="只有局办公室可以代录"):
        services.cancel(
            matter, reason="x", by=cast.director, on=DAY, decided_by=cast.leader, decided_on=DAY, source_note="口头"
        )


@pytest.mark.clause("2.2.5.1d")
def test_the_first_feedback_is_five_working_days_after_day_zero(life, cast):
    """Vector: handed out on 2026-09-29 → 2026-10-12 (National Day off, make-up Saturday 10-10 counted)."""
    matter = life.to("ASSIGNED")
    assert (matter.day0_on, matter.feedback_due_on, matter.due_on) == (DAY, date(2026, 10, 12), DUE)
    first = Deadline.objects.get(matter=matter, kind="FIRST_FEEDBACK")
    assert (first.number, first.original_on, first.due_on, first.provisional) == (
        5, date(2026, 10, 12), date(2026, 10, 12), False
    )  # fmt: skip
    counted = [day for day, nth, _ in first.basis["days"] if nth]
    assert counted == ["2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"]
    assert "系统默认" in first.citation
    receipts = {one.unit: one.received_at for one in matter.parties.all()}
    assert receipts == {cast.planning: at(DAY), cast.quality: at(DAY)}
    told = set(Notice.objects.filter(kind="matters.assign").values_list("user__name", flat=True))
    assert told == {cast.chief.name, cast.neighbour.name}


@pytest.mark.clause("2.2.5.1d")
@pytest.mark.parametrize(
    ("moment", "day0", "due"),
    [
        (datetime(2026, 9, 29, 17, 29, tzinfo=SHANGHAI), date(2026, 9, 29), date(2026, 10, 12)),
        (datetime(2026, 9, 29, 17, 30, tzinfo=SHANGHAI), date(2026, 9, 30), date(2026, 10, 13)),
        (datetime(2026, 9, 30, 20, 0, tzinfo=SHANGHAI), date(2026, 10, 8), date(2026, 10, 14)),
        (datetime(2026, 10, 3, 10, 0, tzinfo=SHANGHAI), date(2026, 10, 8), date(2026, 10, 14)),
        (datetime(2026, 10, 10, 10, 0, tzinfo=SHANGHAI), date(2026, 10, 10), date(2026, 10, 16)),
    ],
)
def test_day_zero_is_the_working_day_on_which_it_reached_the_unit(life, cast, moment, day0, due):
    matter = life.to("APPROVED")
    services.assign(matter, by=cast.office, on=moment.date(), now=moment)
    assert (matter.day0_on, matter.feedback_due_on) == (day0, due)
    assert matter.assigned_at == moment


def test_the_bureaus_own_decision_rules_new_matters_and_no_running_one(life, cast):
    before = life.to("ASSIGNED")
    rule = plan.decide_rule(
        cast.bureau, "feedback_days", value={"number": 3, "unit": "WORKDAY"}, citation="局党委会纪要",
        by=cast.office, on=DAY,
    )  # fmt: skip
    after = life.to("ASSIGNED")
    assert after.feedback_due_on == date(2026, 10, 9)
    kept = Deadline.objects.get(matter=after, kind="FIRST_FEEDBACK")
    assert (kept.rule, kept.citation, kept.number) == (rule, "局党委会纪要", 3)
    before.refresh_from_db()
    assert before.feedback_due_on == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"due_on": date(2026, 9, 28)}, "已经过去"),
        ({"now": at(DAY, 20), "due_on": DAY}, "早于起算日2026-09-30"),
        ({"verifier": "stranger"}, "不是县住建局的工作人员"),
        ({"verifier": "sysadmin"}, "不是县住建局的工作人员"),
    ],
)
def test_handing_out_refuses(life, cast, words, why):
    matter = life.to("APPROVED")
    told = {name: getattr(cast, value) if isinstance(value, str) else value for name, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        services.assign(matter, **({"by": cast.office, "on": DAY, "now": at(DAY)} | told))
    assert not Deadline.objects.exists()


def test_a_list_without_a_date_or_a_bureau_without_verifier_cannot_be_handed_out(life, cast):
    matter = life.to("APPROVED", due_on=None)
    with pytest.raises(NotAllowed, match="要写明办结时限"):
        services.assign(matter, by=cast.office, on=DAY, now=at(DAY))
    type(cast.verifier.posts.get()).objects.filter(user=cast.verifier).update(until_on=date(2026, 9, 1))
    with pytest.raises(NotAllowed, match="还没有核查人"):
        services.assign(matter, by=cast.office, on=DAY, now=at(DAY), due_on=DUE)
    services.assign(matter, by=cast.office, on=DAY, now=at(DAY), due_on=DUE, verifier=cast.inspector)
    assert matter.verifier == cast.inspector


def test_a_due_date_on_a_rest_day_is_allowed_and_said(life, cast):
    matter = life.to("APPROVED")
    services.assign(matter, by=cast.office, on=DAY, now=at(DAY), due_on=date(2026, 10, 1))
    due = Deadline.objects.get(matter=matter, kind="DUE")
    assert due.due_on == date(2026, 10, 1) and due.basis["rest_day"] == "国庆节放假"
    assert matter.events.get(move="assign").data["rest_day"] == "国庆节放假"


def test_reassigning_stops_the_dates_and_starts_them_anew_for_the_new_unit(life, cast):
    matter = life.to("ACCEPTED")
    services.reassign(matter, lead_unit=cast.quality, reason="按职责应由质安中心牵头", by=cast.office, on=DAY)
    assert (matter.state, matter.lead_unit, matter.handler, matter.day0_on) == ("APPROVED", cast.quality, None, None)
    assert not Deadline.objects.filter(matter=matter, ended_on=None).exists()
    assert {(one.unit, one.role) for one in matter.parties.filter(ended_on=None)} == {(cast.quality, "LEAD")}
    later = date(2026, 10, 9)
    services.assign(matter, by=cast.office, on=later, now=at(later))
    assert matter.feedback_due_on == date(2026, 10, 15)
    assert matter.number == 1, "the number stays"
    with pytest.raises(NotAllowed, match="已是牵头单位"):
        services.reassign(matter, lead_unit=cast.quality, reason="x", by=cast.office, on=later)
    with pytest.raises(NotAllowed, match="要写明原因"):
        services.reassign(matter, lead_unit=cast.planning, reason=" ", by=cast.office, on=later)


def test_cancelling_stops_the_dates_and_keeps_number_and_story(life, cast):
    matter = life.to("ACCEPTED")
    services.cancel(matter, reason="上级取消", by=cast.leader, on=DAY)
    assert (matter.state, matter.number) == ("CANCELLED", 1)
    assert not Deadline.objects.filter(matter=matter, ended_on=None).exists()
    assert matter.events.count() == 5


def test_a_county_may_hand_to_a_bureau_below_it_and_not_sideways(life, cast):
    with pytest.raises(NotAllowed, match="不能向其交办"):
        life.open(lead_unit=cast.other_unit)
    above = org.add_unit(kind="BUREAU", name="县督查室", short_name="督查室", parent=None, by=None, on=DAY)
    type(above).objects.filter(pk=cast.bureau.pk).update(parent=above)
    boss = org.add_person(username="31", name="县领导", personnel_type="LEADERSHIP", by=None, on=DAY)
    org.appoint(boss, unit=above, duty="CHIEF", by=None, on=DAY)
    cast.planning.refresh_from_db()
    assert life.open(bureau=above, leader=boss, by=boss, assist_units=[]).bureau == above
