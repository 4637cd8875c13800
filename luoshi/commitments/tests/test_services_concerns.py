"""急难愁盼 by services: the counted day, the answer, the end; what is reminded and counted again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.commitments import queries, services
from luoshi.commitments.models import Concern
from luoshi.commitments.tests.life import DAY, at, clean, concern, published
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import services as matters
from luoshi.notices.models import Notice
from luoshi.org import queries as org
from luoshi.workdays import services as workdays

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.1.4b"), pytest.mark.clause("2.2.1.4d")]


@pytest.fixture(autouse=True)
def calendar(cast):
    workdays.load_official(by=None, on=DAY)


def test_the_answer_is_due_on_the_fifth_working_day_and_says_why(cast):
    found = concern(cast)
    assert (found.day0_on, found.answer_due_on) == (date(2026, 9, 29), date(2026, 10, 12))
    told = "\n".join(queries.why_answer(found))
    assert "系统默认" in told and "第5个工作日" in told and "国庆" in told
    assert set(Notice.objects.values_list("user", flat=True)) == {cast.leader.pk, cast.chief.pk} and clean() == []


def test_what_came_on_a_rest_day_is_counted_from_the_next_working_day(cast):
    found = concern(cast, received_on=date(2026, 9, 27))
    assert found.day0_on == date(2026, 9, 28) and "按下一工作日2026-09-28起算" in found.basis["reached"]


def test_to_answer_is_not_to_close(cast):
    found = concern(cast)
    services.answer(found, words="已派人查看，本月修。", version=1, by=cast.chief, on=DAY)
    assert (found.state, found.closed_on, found.answered_by) == ("ANSWERED", None, cast.chief)
    services.close(found, ending="SOLVED", measure="三户已修好，雨后回访不漏。", version=2, by=cast.leader, on=DAY)
    assert (found.state, found.ending, found.closed_by) == ("CLOSED", "SOLVED", cast.leader)
    with pytest.raises(NotAllowed, match="已办结"):
        services.answer(found, words="再答。", version=None, by=cast.chief, on=DAY)
    assert clean() == []


def test_one_form_answers_and_explains_at_once(cast):
    found = concern(cast)
    services.answer(
        found, words="按政策不在补助范围，已当面解释。", ending="EXPLAINED", version=1, by=cast.leader, on=DAY
    )
    assert (found.state, found.ending, found.measure) == ("CLOSED", "EXPLAINED", found.answer)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"words": " "}, "怎样答复"),
        ({"by": "property_chief"}, "没有“答复”的职责"),
        ({"by": "second_leader"}, "没有“答复”的职责"),
        ({"by": "inspector"}, "没有“答复”的职责"),
        ({"answered_on": DAY + timedelta(1)}, "不能晚于今天"),
        ({"answered_on": DAY - timedelta(1)}, "不能早于收到日期"),
        ({"ending": "IGNORED"}, "已解决，或已解释说明"),
    ],
)
def test_a_bad_answer_is_refused(cast, words, why):
    found = concern(cast)
    told = {"words": "已答。", "version": 1, "by": cast.leader, "on": DAY}
    told |= {key: getattr(cast, value) if key == "by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        services.answer(found, **told)
    assert Concern.objects.get().state == "WAITING"


def test_closing_waits_for_the_answer_and_wants_words(cast):
    found = concern(cast)
    with pytest.raises(NotAllowed, match="待答复"):
        services.close(found, ending="SOLVED", measure="修好。", version=1, by=cast.leader, on=DAY)
    services.answer(found, words="已答。", version=1, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="怎样解释的"):
        services.close(found, ending="EXPLAINED", measure=" ", version=2, by=cast.leader, on=DAY)


def test_of_two_answers_one_wins(cast):
    found = concern(cast)
    other = Concern.objects.get(pk=found.pk)
    services.answer(found, words="已答。", version=1, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="已答复"):
        services.answer(other, words="我也答。", version=1, by=cast.chief, on=DAY)
    with pytest.raises(Stale):
        services.close(found, ending="SOLVED", measure="修好。", version=1, by=cast.leader, on=DAY)


def test_what_takes_longer_becomes_a_matter_and_is_solved_only_with_it(cast):
    found = concern(cast, unit=None)
    matter = services.hand_over(
        found, unit=cast.planning, due_on=date(2026, 11, 30), version=1, by=cast.leader, on=DAY, now=at(DAY)
    )
    assert (found.matter, found.unit, matter.leader, matter.title) == (matter, cast.planning, cast.leader, found.title)
    services.answer(found, words="已立项督办。", version=2, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="还没有办结"):
        services.close(found, ending="SOLVED", measure="修好。", version=3, by=cast.leader, on=DAY)
    matters.cancel(matter, reason="并入另一件。", by=cast.leader, on=DAY)
    services.close(found, ending="SOLVED", measure="修好。", version=3, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="已办结"):
        services.hand_over(found, unit=cast.planning, due_on=None, version=None, by=cast.office, on=DAY, now=at(DAY))


def test_a_concern_of_a_promise_is_its_leaders(cast):
    promise = published(cast).promises.get(order=1)
    found = concern(cast, kind="SCOPE", promise=promise)
    assert (found.commitment, found.promise) == (promise.commitment, promise)
    with pytest.raises(NotAllowed, match="不是责任领导已公示的承诺"):
        concern(cast, kind="SCOPE", promise=promise, leader=cast.second_leader)
    services.reassign(found, leader=cast.second_leader, unit=cast.housing, version=1, by=cast.office, on=DAY)
    assert (found.leader, found.promise, found.answer_due_on) == (cast.second_leader, None, date(2026, 10, 12))
    with pytest.raises(NotAllowed, match="没有改动"):
        services.reassign(found, leader=cast.second_leader, unit=cast.housing, version=None, by=cast.office, on=DAY)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "写明事由"),
        ({"kind": "OTHER"}, "诉求类别"),
        ({"received_on": DAY + timedelta(1)}, "不能晚于今天"),
        ({"leader": "chief"}, "不是本局班子成员"),
        ({"unit": "other_unit"}, "不是本局现有单位"),
        ({"by": "property_chief"}, "核对责任领导和办理单位"),
        ({"by": "stranger"}, "核对责任领导和办理单位"),
    ],
)
def test_a_concern_of_bad_words_is_refused(cast, words, why):
    told = {key: getattr(cast, value) if key in ("by", "leader", "unit") else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        concern(cast, **told)


def test_a_void_one_keeps_its_reason(cast):
    found = concern(cast)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.void_concern(found, reason="", version=1, by=cast.office, on=DAY)
    services.void_concern(found, reason="重复登记。", version=1, by=cast.office, on=DAY)
    assert (found.state, found.void_reason) == ("VOID", "重复登记。")


def test_who_sees_whose_concerns(cast):
    concern(cast)
    seen = [
        name
        for name in ("office", "director", "inspector", "verifier", "discipline", "leader", "chief", "handler",
                     "second_leader", "property_chief", "window", "sysadmin", "stranger")
        if queries.concerns_seen(getattr(cast, name), org.held(getattr(cast, name), DAY), DAY).exists()
    ]  # fmt: skip
    assert seen == ["office", "director", "inspector", "verifier", "discipline", "leader", "chief", "handler"]


def test_reminders_come_the_day_before_on_the_day_and_then_seldom(cast):
    found = concern(cast)
    due = found.answer_due_on
    Notice.objects.all().delete()
    told = {}
    for back in range(-4, 12):
        day = due + timedelta(days=back)
        if services.remind(on=day):
            told[back] = set(Notice.objects.filter(key__endswith=f"{day:%Y-%m-%d}").values_list("user", flat=True))
        assert services.remind(on=day) == 0, "a repeated run tells nobody anything"
    assert list(told) == [-2, 0, 1, 8], "Saturday 10-10 is worked; the 11th is no day to remind"
    assert told[-2] == {cast.chief.pk} and told[0] == {cast.leader.pk, cast.chief.pk}
    assert told[1] == {cast.leader.pk, cast.chief.pk, cast.office.pk}


def test_a_promise_is_reminded_two_weeks_before_and_on_the_day(cast):
    promise = published(cast).promises.get(order=1)
    Notice.objects.all().delete()
    days = [promise.due_on - timedelta(days=14), promise.due_on - timedelta(days=5), promise.due_on]
    assert [services.remind(on=day) for day in days] == [1, 0, 1]


def test_a_date_over_an_unpublished_year_is_counted_again(cast):
    found = concern(cast, received_on=date(2026, 12, 29), on=date(2026, 12, 29))
    assert found.provisional and services.recount_answers(on=date(2026, 12, 30), by=None) == 0
    workdays.load_notice(
        2027, notice_no="国办发明电〔2026〕9号", notice_on=date(2026, 12, 30), by=cast.sysadmin, on=date(2026, 12, 30),
        days={date(2027, 1, 1): (False, "元旦"), date(2027, 1, 4): (False, "元旦调休")},
    )  # fmt: skip
    assert services.recount_answers(on=date(2026, 12, 30), by=None) == 1
    again = Concern.objects.get()
    assert not again.provisional and again.answer_due_on > found.answer_due_on and clean() == []
