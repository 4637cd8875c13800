"""延期: asked before the date, granted, refused, withdrawn; the original date is kept and assessed (2.2.5.1c)."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries, services
from luoshi.matters.models import Deadline, ExtensionRequest, Matter
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, at, clean
from luoshi.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1c")]
AFTER = date(2026, 12, 21)
PAPER = {"source_note": "批示件"}


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.fixture
def asked(life):
    return life.step(life.to("ACCEPTED"), "ask_extension")


def due(matter: Matter) -> Deadline:
    return Deadline.objects.get(matter=matter, cycle=matter.cycle, kind="DUE")


def test_asking_moves_nothing_and_stands_on_the_leaders_desk(asked, cast):
    one = ExtensionRequest.objects.get(matter=asked)
    assert (one.state, one.due_was, one.wanted_on, one.asked_by) == ("ASKED", DUE, LATER, cast.handler)
    assert asked.due_on == due(asked).due_on == DUE
    assert [row.pk for group in queries.desk_facts(cast.leader, DAY).owe if group.key == "grant_extension"
            for row in group.rows] == [asked.pk]  # fmt: skip
    assert Notice.objects.filter(user=cast.leader, title__startswith="申请延期至2026-12-31").exists()
    assert clean() == []


def test_the_leader_grants_also_another_date(asked, cast, life):
    another = date(2026, 12, 25)
    services.grant_extension(asked, due_on=another, note="抓紧", by=cast.leader, on=DAY, now=at(DAY))
    one = ExtensionRequest.objects.get(matter=asked)
    assert (one.state, one.granted_until, one.decided_by, one.answer) == ("GRANTED", another, cast.leader, "抓紧")
    row = due(asked)
    assert (asked.due_on, row.due_on, row.original_on) == (another, another, DUE)
    assert (row.basis["moves"][0]["kind"], row.basis["moves"][0]["why"]) == ("extension", "等待上级验收")
    assert (
        "办结时限由2026-12-18 周五延至2026-12-25 周五（申请延至2026-12-31 周四）"
        in queries.timeline(asked)[-1]["details"]
    )
    assert clean() == []
    services.grant_extension(life.step(life.to("ACCEPTED"), "ask_extension"), by=cast.leader, on=DAY, now=at(DAY))
    assert ExtensionRequest.objects.latest("id").granted_until == LATER, "without another date the one asked for"


def test_asked_in_time_it_may_be_answered_after_the_date(asked, cast):
    services.grant_extension(asked, by=cast.leader, on=AFTER, now=at(AFTER))
    assert asked.due_on == LATER


def test_refused_the_original_date_stays_and_is_assessed(asked, cast, life):
    life.step(asked, "refuse_extension")
    one = ExtensionRequest.objects.get(matter=asked)
    assert (one.state, one.decided_by, one.answer, asked.due_on) == ("REFUSED", cast.leader, "可以按期完成", DUE)
    assert queries.timeline(asked)[-1]["details"] == ["仍按2026-12-18 周五办结并考核"]
    services.submit(asked, done="办完", by=cast.handler, on=AFTER, now=at(AFTER))
    row = queries.row(asked, on=AFTER, clock=queries.clock_of(asked.bureau_id, AFTER))
    assert (row.lamp, due(asked).due_on) == ("RED", DUE), "late against the original date"


def test_the_office_enters_what_the_leader_decided_on_paper(asked, cast):
    with pytest.raises(NotAllowed, match="由交办领导决定"):
        services.grant_extension(asked, by=cast.office, on=DAY, now=at(DAY))
    services.grant_extension(
        asked, by=cast.office, on=DAY, now=at(DAY), decided_by=cast.leader, decided_on=DAY, **PAPER
    )
    one, event = ExtensionRequest.objects.get(matter=asked), asked.events.latest("id")
    assert (one.decided_by, event.operator, event.decided_by) == (cast.leader, cast.office, cast.leader)


def test_the_unit_withdraws(asked, cast, life):
    life.step(asked, "withdraw_extension")
    assert (ExtensionRequest.objects.get(matter=asked).state, asked.due_on) == ("WITHDRAWN", DUE)
    life.step(asked, "ask_extension")  # and may ask again
    assert ExtensionRequest.objects.filter(matter=asked, state="ASKED").count() == 1


def test_after_the_date_it_is_refused_with_what_to_do(life, cast):
    matter = life.to("ACCEPTED")
    services.ask_extension(matter, wanted_on=LATER, reason="当天", by=cast.handler, on=DUE, now=at(DUE))
    late = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match=r"2026-12-18已过，延期要在到期之前申请。请尽快办理.*仍按原时限计算.*登记延期"):
        services.ask_extension(late, wanted_on=LATER, reason="过了", by=cast.handler, on=AFTER, now=at(AFTER))
    assert ExtensionRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [({"wanted_on": DUE}, "要晚于现在的办结时限2026-12-18"), ({"reason": "  "}, "要写明原因")],
)
def test_asking_refuses(life, cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        life.step(life.to("ACCEPTED"), "ask_extension", **words)


def test_one_open_request_a_matter_and_one_answer(asked, cast, life):
    with pytest.raises(NotAllowed, match="同时只能有一项"):
        life.step(asked, "ask_extension")
    opened = asked.version
    life.step(asked, "grant_extension")
    with pytest.raises(NotAllowed, match="可能已经答复或撤回"):
        life.step(asked, "refuse_extension")
    with pytest.raises(Stale):
        services.refuse_extension(asked, reason="不同意", by=cast.director, on=DAY, version=opened)
    with pytest.raises(NotAllowed, match="没有“批准延期”的职责"):
        life.step(asked, "grant_extension", by=cast.second_leader)


def test_a_date_not_later_is_no_grant(asked, life):
    with pytest.raises(NotAllowed, match="要晚于现在的2026-12-18"):
        life.step(asked, "grant_extension", due_on=DUE)
    with pytest.raises(NotAllowed, match="已经过去"):
        life.step(asked, "grant_extension", due_on=date(2026, 12, 22), on=date(2026, 12, 23))


def test_extending_without_being_asked_answers_the_open_request_too(asked, life):
    life.step(asked, "extend", due_on=LATER)
    one = ExtensionRequest.objects.get(matter=asked)
    assert (one.state, one.granted_until) == ("GRANTED", LATER) and clean() == []


@pytest.mark.parametrize("move", ["submit", "suspend", "reassign", "cancel"])
def test_a_request_that_nobody_needs_to_answer_falls_away(asked, life, move):
    life.step(asked, move)
    assert ExtensionRequest.objects.get(matter=asked).state == "LAPSED"
    assert clean() == []
