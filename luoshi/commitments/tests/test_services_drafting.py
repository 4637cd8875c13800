"""承诺 from its first words to the day they are frozen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.commitments import queries, services
from luoshi.commitments.models import Commitment, Promise
from luoshi.commitments.tests.life import DAY, PAPER, PHONE, TWO, YEAR, Words, clean, draft, published
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org
from luoshi.org import services as staff
from luoshi.records.queries import trail

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.1.4a")]


def test_a_leader_drafts_sends_and_the_office_publishes_what_the_chief_decided(cast):
    found = draft(cast)
    assert (found.state, found.phone, [one.order for one in found.promises.all()]) == ("DRAFT", PHONE, [1, 2])
    services.submit(found, version=found.version, by=cast.leader, on=DAY)
    assert set(Notice.objects.values_list("user", flat=True)) == {cast.director.pk, cast.office.pk}
    services.publish(found, version=found.version, by=cast.office, on=DAY, decided_by=cast.director, **PAPER)
    assert (found.state, found.duty_title, found.field) == ("PUBLISHED", "党委委员、副局长", "规划建设、工程质量安全")
    assert (found.published_on, found.decided_by, found.source_note) == (DAY, cast.director, "局党委会纪要第18期")
    told = trail(found)
    assert [one.act for one in told] == ["commitments.publish", "commitments.submit", "commitments.open"]
    assert told[0].decided_by == str(cast.director) and clean() == []


def test_what_is_frozen_does_not_follow_a_later_post_or_portfolio(cast):
    found = published(cast)
    staff.give_portfolio(cast.leader, unit=cast.office_unit, field="综合", by=cast.office, on=DAY)
    found.refresh_from_db()
    assert queries.field_of(cast.leader, cast.bureau.pk, DAY) != found.field == "规划建设、工程质量安全"


def test_the_chief_decides_by_his_own_click_and_leads_the_whole(cast):
    found = published(cast, cast.director)
    assert (found.decided_by, found.decided_on, found.field) == (cast.director, DAY, "主持全面工作")


def test_the_office_writes_for_a_leader_and_the_phone_is_asked_once(cast):
    draft(cast, cast.second_leader, by=cast.office)
    assert queries.phone_of(cast.bureau.pk) == PHONE


@pytest.mark.parametrize("who", ["chief", "handler", "second_leader", "verifier", "sysadmin", "stranger"])
def test_nobody_else_promises_in_a_leaders_name(cast, who):
    with pytest.raises(NotAllowed, match="本人或局办公室"):
        draft(cast, by=getattr(cast, who))
    assert not Commitment.objects.exists()


def test_only_the_team_promises(cast):
    with pytest.raises(NotAllowed, match="不是本局班子成员"):
        draft(cast, cast.chief, by=cast.office)


def test_one_set_a_leader_and_year(cast):
    first = draft(cast)
    with pytest.raises(NotAllowed, match="已经登记"):
        draft(cast, by=cast.office)
    services.void_commitment(first, reason="写错了人。", version=None, by=cast.office, on=DAY)
    assert draft(cast).pk != first.pk, "what was voided makes room"


@pytest.mark.parametrize(
    ("promises", "why"),
    [
        ((), "至少写一条"),
        ((Words(" ", "办完", date(2026, 12, 1)),), "承诺事项和完成标志"),
        ((Words("修路", "", date(2026, 12, 1)),), "承诺事项和完成标志"),
        ((Words("修路", "通车", None),), "完成时限"),
        ((Words("修路", "通车", DAY - timedelta(days=1)),), "已经过去"),
        ((Words("修路", "通车", date(2027, 1, 1)),), "超出2026年"),
        ((Words("修" * 301, "通车", date(2026, 12, 1)),), "不超过300字"),
    ],
)
def test_a_promise_says_what_how_and_by_when(cast, promises, why):
    with pytest.raises(NotAllowed, match=why):
        draft(cast, promises=promises)


@pytest.mark.parametrize(("words", "why"), [({"phone": " "}, "监督电话"), ({"year": YEAR + 2}, "核对年度")])
def test_a_draft_of_bad_head_is_refused(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        draft(cast, **words)


def test_a_draft_is_edited_and_a_dropped_promise_is_gone(cast):
    found = draft(cast)
    one = Words("加装电梯", "三部验收", date(2026, 12, 1))
    services.edit_commitment(found, promises=[one], phone="0900-7", version=1, by=cast.leader, on=DAY)
    assert [(row.words, row.due_now_on) for row in found.promises.all()] == [("加装电梯", one.due_on)]
    assert found.phone == "0900-7" and clean() == []


def test_of_two_who_edit_the_slower_reads_what_happened(cast):
    found = draft(cast)
    mine = Commitment.objects.get(pk=found.pk)
    services.edit_commitment(found, promises=TWO, phone="0900-7", version=1, by=cast.office, on=DAY)
    with pytest.raises(Stale) as stale:
        services.edit_commitment(mine, promises=TWO[:1], phone="0900-8", version=1, by=cast.leader, on=DAY)
    assert "修改承诺" in stale.value.changes[0] and Promise.objects.count() == 2


def test_what_is_published_is_edited_no_more(cast):
    found = published(cast)
    with pytest.raises(NotAllowed, match="已公示"):
        services.edit_commitment(found, promises=TWO, phone=PHONE, version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已公示"):
        services.void_commitment(found, reason="不想要了。", version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已公示"):
        services.publish(found, version=None, by=cast.director, on=DAY)


def test_a_sent_draft_may_come_back_with_its_reason(cast):
    found = draft(cast)
    services.submit(found, version=1, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.give_back(found, reason=" ", version=None, by=cast.director, on=DAY)
    services.give_back(found, reason="第一条时限太晚。", version=None, by=cast.director, on=DAY)
    assert (found.state, found.returned) == ("DRAFT", "第一条时限太晚。")
    assert Notice.objects.filter(user=cast.leader, title__startswith="退回修改").count() == 1


@pytest.mark.parametrize(
    ("by", "words", "why"),
    [
        ("leader", {}, "没有“公示”的职责"),
        ("office", {}, "主要领导审定"),
        ("office", {"decided_by": "leader", **PAPER}, "不是本局主要领导"),
        ("office", {"decided_by": "director", "decided_on": DAY}, "写明出处"),
        ("office", {"decided_by": "director", **PAPER, "decided_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ("inspector", {}, "没有“公示”的职责"),
    ],
)
def test_publication_rests_on_the_chiefs_decision(cast, by, words, why):
    found = draft(cast)
    told = {key: getattr(cast, value) if key == "decided_by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        services.publish(found, version=1, by=getattr(cast, by), on=DAY, **told)
    found.refresh_from_db()
    assert found.state == "DRAFT"


def test_a_leader_in_charge_of_nothing_promises_nothing(cast):
    found = draft(cast)
    for one in cast.leader.portfolios.all():
        staff.end_portfolio(one, ends_on=DAY, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="还没有登记分管"):
        services.publish(found, version=1, by=cast.director, on=DAY)


def test_a_promise_whose_day_has_passed_is_not_published(cast):
    found = draft(cast)
    with pytest.raises(NotAllowed, match="第1条的时限2026-11-30已经过去"):
        services.publish(found, version=1, by=cast.director, on=date(2026, 12, 1))


def test_who_reads_what(cast):
    kept = draft(cast)
    seen = {
        name: queries.commitments_seen(getattr(cast, name), org.held(getattr(cast, name), DAY)).exists()
        for name in ("leader", "office", "director", "second_leader", "handler", "window", "sysadmin", "stranger")
    }
    assert [name for name, told in seen.items() if told] == ["leader", "office", "director"]
    services.publish(kept, version=1, by=cast.director, on=DAY)
    open_to = [
        name for name in seen
        if queries.commitments_seen(getattr(cast, name), org.held(getattr(cast, name), DAY)).exists()
    ]  # fmt: skip
    assert open_to == ["leader", "office", "director", "second_leader", "handler", "window"]
