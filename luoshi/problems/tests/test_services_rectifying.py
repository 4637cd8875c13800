"""确认, 定整改措施, 交办整改, 修改, 调整时限, 不作问题处理."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.models import Matter
from luoshi.notices.models import Notice
from luoshi.problems import queries, services
from luoshi.problems.models import Problem, Rectification
from luoshi.problems.tests.life import DAY, DUE, LATER, Life
from luoshi.records.models import Entry
from luoshi.records.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.mark.clause("2.2.2.2b")
def test_confirmed_and_put_in_hand_with_cause_measure_owner_and_date(life, cast):
    one = services.confirm(life.open(), by=cast.chief, on=DAY)
    assert (one.state, one.version) == ("CONFIRMED", 2)
    life.start(one, owner=cast.handler, pace="BY_DATE")
    assert (one.state, one.owner, one.unit, one.leader) == ("RECTIFYING", cast.handler, cast.planning, cast.leader)
    assert (one.due_on, one.original_due_on, one.started_on, one.pace) == (DUE, DUE, DAY, "BY_DATE")
    assert [event.move for event in one.events.all()] == ["open", "confirm", "start"]
    assert Notice.objects.filter(kind="problems.start").get().user == cast.handler
    assert verify().ok


def test_the_head_confirms_by_putting_it_in_hand(life, cast):
    assert life.start(life.open()).state == "RECTIFYING"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"cause": " "}, "写明原因"),
        ({"measure": ""}, "整改措施"),
        ({"due_on": None}, "整改时限"),
        ({"due_on": DAY - timedelta(days=1)}, "已经过去"),
    ],
)
def test_a_plan_without_its_parts_is_refused(life, words, why):
    one = life.open()
    with pytest.raises(NotAllowed, match=why):
        life.start(one, **words)
    one.refresh_from_db()
    assert one.state == "FOUND"


def test_somebody_must_answer_for_it(life, cast):
    with pytest.raises(NotAllowed, match="责任单位或责任人"):
        life.start(life.open(unit=None), by=cast.office)
    with pytest.raises(NotAllowed, match="由局办公室或局领导调整"):
        life.start(life.open(), unit=cast.quality)
    assert life.start(life.open(), unit=cast.quality, by=cast.office).leader == cast.leader


def test_only_who_decides_confirms(life, cast):
    one = life.open()
    for who in (cast.handler, cast.neighbour, cast.verifier, cast.discipline):
        with pytest.raises(NotAllowed, match="职责"):
            services.confirm(one, by=who, on=DAY)
    with pytest.raises(NotAllowed, match="没有“确认问题”的职责"):
        services.confirm(one, by=cast.second_leader, on=DAY)
    assert services.confirm(one, by=cast.leader, on=DAY).state == "CONFIRMED"
    with pytest.raises(NotAllowed, match="现在是“已确认”状态"):
        services.confirm(one, by=cast.leader, on=DAY)


def test_of_two_people_one_wins(life, cast):
    one = life.open()
    other = Problem.objects.get(pk=one.pk)
    services.confirm(one, by=cast.chief, on=DAY, version=1)
    with pytest.raises(Stale) as stale:
        services.confirm(other, by=cast.office, on=DAY, version=1)
    assert stale.value.version == 2 and "确认问题" in stale.value.changes[0]


@pytest.mark.clause("2.2.2.2b")
def test_three_units_put_one_problem_right(life, cast):
    one = life.open(detail="南门、北门各一处")
    found = life.order(one, cast.planning, services.Order(cast.quality, "检测井盖质量", LATER), cast.property)
    assert one.state == "RECTIFYING" and [str(row.lead_unit) for row in found] == ["规建股", "质安中心", "物业股"]
    assert [row.due_on for row in found] == [DUE, LATER, DUE]
    assert {row.state for row in found} == {"ASSIGNED"}
    assert found[1].requirement.splitlines() == ["检测井盖质量", "更换井盖，每周巡查一次", "南门、北门各一处"]
    assert queries.matters_of(one) == found
    assert Entry.objects.filter(act="problems.order").count() == 1
    with pytest.raises(NotAllowed, match="还有3件整改事项没有办结"):
        services.apply_closing(one, note="改好了", by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="已经交给质安中心整改"):
        life.order(one, cast.quality)
    with pytest.raises(NotAllowed, match="没有办结"):
        services.dismiss(one, reason="不办了", by=cast.office, on=DAY)
    assert verify().ok


def test_an_order_is_a_leaders_decision_and_says_where_it_is_written(life, cast):
    one = life.open()
    for words, why in (
        ({"decided_by": None}, "由局领导决定"),
        ({"source_note": " "}, "出处"),
        ({"decided_by": cast.handler}, "目前不是.*局领导"),
        ({"decided_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"by": cast.chief}, "没有“交办整改”的职责"),
    ):
        with pytest.raises(NotAllowed, match=why):
            life.order(Problem.objects.get(pk=one.pk), cast.planning, **words)
    with pytest.raises(NotAllowed, match="至少一个"):
        life.order(one)
    with pytest.raises(NotAllowed, match="有重复"):
        life.order(one, cast.planning, cast.planning)
    assert not Matter.objects.exists() and not Rectification.objects.exists()


@pytest.mark.clause("2.2.2.2b")
def test_another_date_keeps_the_first_one(life, cast):
    one = life.to("RECTIFYING")
    with pytest.raises(NotAllowed, match="没有“调整整改时限”的职责"):
        services.reschedule(one, due_on=LATER, reason="来不及", by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="写明"):
        services.reschedule(one, due_on=LATER, reason=" ", by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="一样"):
        services.reschedule(one, due_on=DUE, reason="x", by=cast.leader, on=DAY)
    services.reschedule(one, due_on=LATER, reason="厂家供货推迟", by=cast.leader, on=DAY)
    assert (one.due_on, one.original_due_on) == (LATER, DUE)
    services.reschedule(one, due_on=date(2027, 1, 8), reason="再推迟", by=cast.leader, on=DAY)
    assert one.original_due_on == DUE
    with pytest.raises(NotAllowed, match="调整整改时限"):
        services.amend(one, changes={"due_on": LATER}, by=cast.office, on=DAY)


def test_what_is_changed_stays_readable_and_who_may_change_it_is_bounded(life, cast):
    one = life.open(by=cast.handler)
    services.amend(one, changes={"title": "南门窨井盖松动", "tags": ["慢"]}, by=cast.handler, on=DAY)
    assert one.events.latest("id").data["changed"] == [
        ["问题", "小区门口窨井盖松动多日无人处理", "南门窨井盖松动"], ["作风表现", "（空）", "慢"],
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="没有改动"):
        services.amend(one, changes={"title": " 南门窨井盖松动 "}, by=cast.handler, on=DAY)
    life.start(one, owner=cast.handler)
    services.amend(one, changes={"measure": "更换井盖，加装防沉降装置"}, by=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="只能补充"):
        services.amend(one, changes={"title": "没有问题"}, by=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="由局办公室或局领导调整"):
        services.amend(one, changes={"unit": cast.quality}, by=cast.chief, on=DAY)
    services.amend(one, changes={"unit": cast.quality}, by=cast.office, on=DAY)
    assert Notice.objects.filter(kind="problems.amend", user=cast.neighbour).exists()


def test_dismissed_with_its_reason_and_listed_again(life, cast):
    one = life.to("CONFIRMED")
    with pytest.raises(NotAllowed, match="没有“不作问题处理”的职责"):
        services.dismiss(one, reason="不归我管", by=cast.chief, on=DAY)
    services.dismiss(one, reason="属市政公司，已转交", by=cast.office, on=DAY)
    assert (one.state, one.standing) == ("DISMISSED", "不作问题处理")
    services.restore(one, reason="市政公司答复不归其管", by=cast.office, on=DAY)
    assert one.state == "FOUND"


def test_who_entered_a_slip_takes_it_back_until_it_is_confirmed(life, cast):
    one = life.open(by=cast.handler)
    assert services.dismiss(one, reason="登记错了", by=cast.handler, on=DAY).state == "DISMISSED"
    two = life.open(by=cast.handler)
    services.confirm(two, by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="不能自行撤下"):
        services.dismiss(two, reason="算了", by=cast.handler, on=DAY)
