"""申请销号, 验收销号, 退回整改, 回头看, 反弹重办."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed
from luoshi.notices.models import Notice
from luoshi.org import services as org
from luoshi.problems import queries, services
from luoshi.problems.rules.dates import why_look_back
from luoshi.problems.tests.life import DAY, LATER, Life
from luoshi.records.models import Entry
from luoshi.records.verify import verify

pytestmark = pytest.mark.django_db
AGAIN = date(2026, 12, 29)


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.mark.clause("2.2.2.2b")
def test_accepted_by_another_person_and_solved_only_after_the_second_look(life, cast):
    one = life.to("APPLIED")
    assert (one.standing, one.applied_on, one.applied_by) == ("待验收", DAY, cast.handler)
    assert Notice.objects.get(kind="problems.apply").user == cast.verifier
    life.accept(one)
    assert (one.state, one.standing, one.closed_by) == ("CLOSED", "已销号，待回头看", cast.verifier)
    assert one.look_back_on == AGAIN
    assert why_look_back(one.look_back_basis)[-1] == "销号后3个月：2026-12-29 周二"
    with pytest.raises(NotAllowed, match="还没有到"):
        services.hold_look_back(one, by=cast.inspector, on=DAY)
    services.hold_look_back(one, note="井盖完好", by=cast.inspector, on=AGAIN)
    assert (one.standing, one.looked_back_on) == ("已解决", AGAIN)
    with pytest.raises(NotAllowed, match="已经回头看过"):
        services.hold_look_back(one, by=cast.inspector, on=AGAIN)
    assert verify().ok


@pytest.mark.clause("2.2.2.2b")
def test_who_is_answerable_applied_or_worked_on_it_never_accepts(life, cast):
    org.appoint(cast.handler, unit=cast.office_unit, duty="VERIFIER", by=None, on=DAY)
    org.appoint(cast.second_handler, unit=cast.office_unit, duty="OFFICE", by=None, on=DAY)
    one = life.open()
    life.start(one, owner=cast.second_handler)
    services.report_progress(one, note="已下料", by=cast.chief, on=DAY)
    services.apply_closing(one, note="已更换", by=cast.handler, on=DAY)
    for who in (cast.handler, cast.second_handler):
        with pytest.raises(NotAllowed, match="以外的人"):
            life.accept(one, by=who)
    org.appoint(cast.chief, unit=cast.office_unit, duty="VERIFIER", by=None, on=DAY)
    with pytest.raises(NotAllowed, match="报过进展"):
        life.accept(one, by=cast.chief)
    for who in (cast.leader, cast.neighbour, cast.discipline):
        with pytest.raises(NotAllowed, match="职责"):
            life.accept(one, by=who)
    with pytest.raises(NotAllowed, match="要写明"):
        life.accept(one, note=" ")
    assert life.accept(one, by=cast.office).state == "CLOSED"
    with pytest.raises(NotAllowed, match="以外的人"):
        services.hold_look_back(one, by=cast.second_handler, on=AGAIN)


def test_whoever_stands_in_for_the_owner_does_not_accept_either(life, cast):
    org.appoint(cast.chief, unit=cast.office_unit, duty="VERIFIER", by=None, on=DAY)
    one = life.start(life.open(), owner=cast.chief)
    org.delegate(
        cast.chief,
        deputy=cast.verifier,
        bureau=cast.bureau,
        duty="HEAD",
        from_on=DAY,
        until_on=LATER,
        reason="休假",
        by=None,
        on=DAY,
    )
    services.apply_closing(one, note="已更换", by=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="以外的人"):
        life.accept(one)


def test_nothing_is_accepted_that_nobody_applied_for(life, cast):
    one = life.to("RECTIFYING")
    with pytest.raises(NotAllowed, match="还没有申请销号"):
        life.accept(one)
    with pytest.raises(NotAllowed, match="写明整改情况"):
        services.apply_closing(one, by=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="没有“申请销号”的职责"):
        services.apply_closing(one, note="x", by=cast.neighbour, on=DAY)
    services.apply_closing(one, note="改好了", by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="不用再申请"):
        services.apply_closing(one, note="改好了", by=cast.handler, on=DAY)


def test_sent_back_with_the_reason_and_counted(life, cast):
    one = life.to("APPLIED")
    services.return_closing(one, reason="北门一处没换", by=cast.verifier, on=DAY)
    assert (one.state, one.standing, one.returns, one.applied_on) == ("RECTIFYING", "整改中", 1, None)
    services.apply_closing(one, note="北门也换了", by=cast.handler, on=DAY)
    services.return_closing(one, reason="螺栓没拧", by=cast.verifier, on=DAY)
    assert one.returns == 2
    told = Notice.objects.filter(kind="problems.return_closing").values_list("user__name", flat=True)
    assert set(told) == {cast.chief.name}


@pytest.mark.clause("2.2.2.2b")
def test_when_all_units_are_done_the_office_closes_without_an_application(life, cast):
    one = life.open()
    first, second = life.order(one, cast.planning, cast.quality)
    life.finish(first)
    with pytest.raises(NotAllowed, match="还没有申请销号"):
        life.accept(one)
    life.finish(second)
    assert queries.all_matters_closed(one)
    assert life.accept(one, by=cast.office).state == "CLOSED"


@pytest.mark.clause("2.2.2.2b")
def test_whoever_raised_it_is_asked(life, cast):
    one = life.to("APPLIED", raiser="向阳小区业主李某")
    with pytest.raises(NotAllowed, match="回访反映人（向阳小区业主李某）"):
        life.accept(one)
    with pytest.raises(NotAllowed, match="选择反映人的意见"):
        life.accept(one, raiser_answer="HAPPY")
    with pytest.raises(NotAllowed, match="反映人不满意"):
        life.accept(one, raiser_answer="BAD")
    life.accept(one, raiser_answer="UNREACHED")
    assert (one.raiser_answer, one.raiser_answered_on) == ("UNREACHED", DAY)


def test_who_raised_it_a_second_time_is_asked_too(life, cast):
    one = life.to("APPLIED")
    services.see_again(one, source="OPINION", seen_on=DAY, raiser="王某", by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="王某"):
        life.accept(one)


@pytest.mark.clause("2.2.2.2b")
def test_what_comes_back_keeps_its_number_in_a_new_round(life, cast):
    one = life.to("CLOSED")
    number = one.number_label
    services.rebound(one, reason="又松动了", due_on=LATER, by=cast.inspector, on=AGAIN)
    assert (one.state, one.cycle, one.number_label, one.due_on) == ("RECTIFYING", 2, number, LATER)
    assert (one.closed_on, one.look_back_on, one.applied_on, one.look_back_basis) == (None, None, None, {})
    assert one.events.latest("id").data["closed_by"] == cast.verifier.name
    services.apply_closing(one, note="换了新井盖", by=cast.handler, on=AGAIN)
    life.accept(one, on=AGAIN)
    assert one.standing == "已销号，待回头看"
    with pytest.raises(NotAllowed, match="已经过去"):
        services.rebound(one, reason="又松动了", due_on=DAY, by=cast.inspector, on=LATER)


def test_seen_again_after_closing_opens_nothing_but_tells_the_office(life, cast):
    one = life.to("CLOSED")
    services.see_again(one, source="VISIT", seen_on=DAY, words="又松了", by=cast.handler, on=DAY)
    one.refresh_from_db()
    assert one.state == "CLOSED"
    assert Notice.objects.filter(kind="problems.see_again", user=cast.office).exists()


@pytest.mark.clause("2.2.3.7")
def test_a_personal_item_is_closed_by_the_reviewer_and_leaves_no_word_in_the_trail(life, cast):
    one = life.item()
    life.start(one, by=cast.chief, cause="能力不足", measure="每周学习业务规范")
    with pytest.raises(NotAllowed, match="职责"):
        services.order_rectification(one, [services.Order(cast.planning)], by=cast.office, on=DAY)
    services.apply_closing(one, note="已主动牵头两件难事", by=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="职责"):
        life.accept(one, by=cast.verifier)
    with pytest.raises(NotAllowed, match="以外的人"):
        life.accept(one, by=cast.handler)
    life.accept(one, by=cast.chief, note="确有改进")
    assert one.closed_by == cast.chief
    told = "".join(Entry.objects.filter(act__startswith="problems.").values_list("body", flat=True))
    assert "怕担责" not in told and "能力" not in told and "改进" not in told
    assert not Notice.objects.filter(kind__startswith="problems.", title__contains="担责").exists()
    assert set(Notice.objects.filter(kind__startswith="problems.").values_list("user__name", flat=True)) <= {
        cast.handler.name, cast.chief.name,
    }  # fmt: skip
