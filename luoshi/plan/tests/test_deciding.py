"""Deciding: what a person says of a proposal, the rule that arises from it, and how a rule gives way."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.plan import queries, services
from luoshi.plan.models import Clause, Duty, Plan, Rule
from luoshi.plan.tests.conftest import TODAY
from luoshi.records.models import Entry

FIVE_DAYS, THREE_DAYS = {"number": 5, "unit": "WORKDAY"}, {"number": 3, "unit": "WORKDAY"}
LATER = date(2026, 12, 10)


def confirm(cast, duty, on=TODAY, **words):
    return services.confirm_duty(duty, by=cast.office, on=on, version=duty.version, **words)


def ruled(cast, slot, on=TODAY, plan_id=None):
    return queries.find_rule(slot, bureau_id=cast.bureau.pk, on=on, plan_id=plan_id)


@pytest.mark.clause("2.2.5.1d")
def test_confirming_the_clause_of_first_feedback_makes_the_rule_of_five_working_days(cast, version, duty):
    one = confirm(cast, duty("5个工作日内"))
    assert (one.state, one.decided_by, one.version) == ("CONFIRMED", cast.office, 2)
    row = Rule.objects.get()
    assert (row.slot, row.source, row.value, row.number) == ("feedback_days", "PLAN", FIVE_DAYS, 1)
    assert (row.clause.path, row.duty, row.from_on, row.until_on) == ("二/3/二是", one, TODAY, None)
    assert row.citation == "《云岭县住房和城乡建设局“件件有回音”行动实施方案》二/3/二是"
    spoke = queries.rule("feedback_days", bureau_id=cast.bureau.pk, on=TODAY, plan_id=version.plan_id)
    assert (spoke.source, spoke.rule_id, spoke.clause_id) == ("PLAN", row.pk, row.clause_id)


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        pytest.param("每年学习不少于20天", "study_days_year", {"number": 20, "unit": "DAY", "period": "YEAR"},
                     marks=pytest.mark.clause("2.2.1.1b")),
        pytest.param("每周学习不少于半天", "study_weekly", {"number": 0.5, "unit": "DAY", "period": "WEEK"},
                     marks=pytest.mark.clause("2.2.1.1c")),
        pytest.param("集体学习1次", "group_study_monthly", {"number": 1, "unit": "TIME", "period": "MONTH"},
                     marks=pytest.mark.clause("2.2.1.1a")),
        pytest.param("每年调研不少于30天", "research_days_year", {"number": 30, "unit": "DAY", "period": "YEAR"},
                     marks=pytest.mark.clause("2.2.2.3a")),
        pytest.param("蹲点不少于1次", "frontline_monthly", {"number": 1, "unit": "TIME", "period": "MONTH"},
                     marks=pytest.mark.clause("2.2.2.3b")),
        pytest.param("打分排名", "board_cycle", {"number": 1, "unit": "TIME", "period": "QUARTER"},
                     marks=pytest.mark.clause("2.2.5.4a")),
        pytest.param("在一个月内", "gift_register", {"number": 1, "unit": "MONTH"},
                     marks=pytest.mark.clause("2.2.6.2b")),
        pytest.param("年底组织工作评议", "appraisal_cycle", {"number": 1, "unit": "TIME", "period": "YEAR"},
                     marks=pytest.mark.clause("2.2.4.2")),
    ],
)  # fmt: skip
def test_a_measured_duty_becomes_the_typed_rule_of_its_slot(cast, version, duty, words, slot, value):
    found = duty(words)
    assert found.slot == slot
    confirm(cast, found)
    assert ruled(cast, slot, plan_id=version.plan_id).value == value


def test_nothing_rules_that_nobody_confirmed(cast, version):
    assert ruled(cast, "study_days_year", plan_id=version.plan_id) is None
    assert ruled(cast, "feedback_days", plan_id=version.plan_id).source == "PRODUCT"
    with pytest.raises(queries.NoRule, match="还没有规则"):
        queries.rule("study_days_year", bureau_id=cast.bureau.pk, on=TODAY)


def test_a_duty_without_a_parameter_is_confirmed_and_makes_no_rule(cast, duty):
    confirm(cast, duty("建立整改台账"))
    assert not Rule.objects.exists()


def test_a_person_may_put_every_word_right_while_confirming(cast, duty):
    words = {"act": "建立并更新整改台账", "actor": "规建股", "output": "台账", "slot": "rectification_ledger"}
    one = confirm(cast, duty("建立整改台账"), **words, owner_unit=cast.quality)
    assert {name: getattr(one, name) for name in words} == words and one.owner_unit == cast.quality


def test_a_value_written_by_hand_goes_before_what_was_read(cast, version, duty):
    confirm(cast, duty("5个工作日内"), slot="feedback_days", value=THREE_DAYS)
    assert ruled(cast, "feedback_days", plan_id=version.plan_id).value == THREE_DAYS


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"act": "  "}, "请写明做什么"),
        ({"slot": "no_such"}, "没有这项机制"),
        ({"slot": "feedback_days", "value": {"number": 0, "unit": "WORKDAY"}}, "时限应为"),
        ({"slot": "feedback_days", "value": {"number": 5}}, "不完整"),
        ({"slot": "publicity", "value": FIVE_DAYS}, "没有参数"),
    ],
)
def test_bad_words_are_refused_and_nothing_is_saved(cast, duty, words, why):
    found = duty("5个工作日内")
    with pytest.raises(NotAllowed, match=why):
        confirm(cast, found, **words)
    found.refresh_from_db()
    assert (found.state, found.version, Rule.objects.count()) == ("PROPOSED", 1, 0)


def test_a_unit_of_another_bureau_cannot_own_a_duty(cast, duty):
    with pytest.raises(NotAllowed, match="不是本局"):
        confirm(cast, duty("5个工作日内"), owner_unit=cast.other_unit)


def test_a_second_clause_of_the_slot_supersedes_as_the_next_version(cast, version, duty):
    confirm(cast, duty("5个工作日内"))
    confirm(cast, duty("3个工作日内"), on=LATER)
    first, second = Rule.objects.order_by("number")
    assert (first.number, first.value, first.until_on, first.void) == (1, FIVE_DAYS, date(2026, 12, 9), False)
    assert (second.number, second.value, second.from_on, second.supersedes) == (2, THREE_DAYS, LATER, first)
    assert ruled(cast, "feedback_days", on=date(2026, 12, 9)).value == FIVE_DAYS
    assert ruled(cast, "feedback_days", on=LATER).value == THREE_DAYS


def test_superseded_on_its_first_day_a_rule_is_void_and_never_held(cast, duty):
    confirm(cast, duty("5个工作日内"))
    confirm(cast, duty("3个工作日内"))
    first = Rule.objects.get(number=1)
    assert first.void and ruled(cast, "feedback_days").value == THREE_DAYS


def test_taken_back_on_its_first_day_a_rule_never_held(cast, duty):
    one = confirm(cast, duty("5个工作日内"))
    services.restore_duty(one, by=cast.office, on=TODAY, version=one.version)
    assert Rule.objects.get().void and ruled(cast, "feedback_days").source == "PRODUCT"


def test_a_later_version_never_reaches_back_to_the_plans_beginning(cast, version, duty):
    Plan.objects.filter(pk=version.plan_id).update(from_on=date(2026, 10, 8))
    confirm(cast, duty("5个工作日内"))
    confirm(cast, duty("3个工作日内"), on=LATER)
    told = [(row.from_on, row.until_on) for row in Rule.objects.order_by("number")]
    assert told == [(date(2026, 10, 8), date(2026, 12, 9)), (LATER, None)]


def test_two_clauses_that_say_the_same_are_one_rule(cast, duty):
    confirm(cast, duty("5个工作日内"))
    confirm(cast, duty("3个工作日内"), slot="feedback_days", value=FIVE_DAYS)
    assert Rule.objects.count() == 1


def test_taking_a_confirmation_back_ends_the_rule_and_keeps_it_in_history(cast, duty):
    one = confirm(cast, duty("5个工作日内"))
    services.restore_duty(one, by=cast.office, on=LATER, version=one.version)
    assert (one.state, one.decided_by) == ("PROPOSED", None)
    row = Rule.objects.get()
    assert row.until_on == date(2026, 12, 9) and not row.void
    assert ruled(cast, "feedback_days", on=LATER).source == "PRODUCT"
    assert ruled(cast, "feedback_days", on=TODAY).rule_id == row.pk
    confirm(cast, one, on=date(2026, 12, 20))
    again = Rule.objects.get(until_on=None)
    assert (again.number, again.from_on) == (2, date(2026, 12, 20))


def test_after_taking_back_the_other_confirmed_clause_speaks_again(cast, duty):
    confirm(cast, duty("5个工作日内"))
    second = confirm(cast, duty("3个工作日内"), on=LATER)
    services.restore_duty(second, by=cast.office, on=date(2026, 12, 20), version=second.version)
    spoke = ruled(cast, "feedback_days", on=date(2026, 12, 20))
    assert (spoke.value, spoke.number) == (FIVE_DAYS, 3)
    assert [row.number for row in Rule.objects.order_by("number")] == [1, 2, 3]


def test_correcting_a_confirmed_duty_makes_the_next_version(cast, duty):
    one = confirm(cast, duty("5个工作日内"))
    services.correct_duty(
        one, by=cast.office, on=LATER, version=one.version, slot="feedback_days", value={"number": 4, "unit": "WORKDAY"}
    )
    assert one.state == "CONFIRMED" and ruled(cast, "feedback_days", on=LATER).value["number"] == 4
    services.correct_duty(
        one, by=cast.office, on=date(2026, 12, 20), version=one.version, slot="staged_feedback", value=None
    )
    assert ruled(cast, "feedback_days", on=date(2026, 12, 20)).source == "PRODUCT"


def test_correcting_nothing_is_said(cast, duty):
    one = duty("5个工作日内")
    with pytest.raises(NotAllowed, match="没有变化"):
        services.correct_duty(one, by=cast.office, on=TODAY, version=1, act=one.act)


def test_the_plans_dates_bound_its_rules(cast, version, duty):
    Plan.objects.filter(pk=version.plan_id).update(from_on=date(2026, 10, 8), until_on=date(2027, 12, 31))
    confirm(cast, duty("每年学习不少于20天"))
    assert ruled(cast, "study_days_year", on=date(2026, 10, 7)) is None
    assert ruled(cast, "study_days_year", on=date(2026, 10, 8)).value["number"] == 20
    assert ruled(cast, "study_days_year", on=date(2027, 12, 31)).until_on == date(2027, 12, 31)
    assert ruled(cast, "study_days_year", on=date(2028, 1, 1)) is None


def test_dropping_keeps_the_proposal_with_its_reason(cast, duty):
    one = services.drop_duty(duty("推广好做法"), by=cast.office, on=TODAY, version=1, reason="只是目标")
    assert (one.state, one.reason) == ("DROPPED", "只是目标")
    services.restore_duty(one, by=cast.office, on=TODAY, version=2)
    assert (one.state, one.reason) == ("PROPOSED", "")


def test_a_confirmed_duty_is_not_dropped_before_it_is_taken_back(cast, duty):
    one = confirm(cast, duty("5个工作日内"))
    with pytest.raises(NotAllowed, match="不能“不是任务”"):
        services.drop_duty(one, by=cast.office, on=TODAY, version=one.version)


def test_several_at_once_are_all_or_none(cast, version):
    duties = list(Duty.objects.filter(clause__version=version)[:4])
    services.drop_duty(duties[3], by=cast.office, on=TODAY, version=1)
    with pytest.raises(Stale):
        services.confirm_many([(one, 1) for one in duties], by=cast.office, on=TODAY)
    assert queries.progress(version).confirmed == 0
    assert services.confirm_many([(one, 1) for one in duties[:3]], by=cast.office, on=TODAY) == 3
    told = queries.progress(version)
    assert (told.confirmed, told.dropped, told.decided, told.open) == (3, 1, 4, told.total - 4)
    assert Entry.objects.filter(act="plan.confirm_duty").count() == 3


def test_a_clause_without_duties_is_said_once(cast, version):
    goal = Clause.objects.get(version=version, path="三/（二）")
    services.mark_no_duty(goal, by=cast.office, on=TODAY)
    assert goal.no_duty and set(goal.read_duties.values_list("state", "reason")) == {("DROPPED", "本条没有任务")}
    with pytest.raises(NotAllowed, match="已标为"):
        services.mark_no_duty(goal, by=cast.office, on=TODAY)
    back = goal.read_duties.first()
    services.restore_duty(back, by=cast.office, on=TODAY, version=back.version)
    goal.refresh_from_db()
    assert not goal.no_duty


def test_a_clause_with_a_confirmed_duty_has_duties(cast, duty):
    one = confirm(cast, duty("5个工作日内"))
    with pytest.raises(NotAllowed, match="已有确认的任务"):
        services.mark_no_duty(one.clause, by=cast.office, on=TODAY)


def test_stale_says_what_happened_meanwhile(cast, duty):
    mine, theirs = duty("5个工作日内"), duty("5个工作日内")
    confirm(cast, theirs)
    with pytest.raises(Stale) as caught:
        services.drop_duty(mine, by=cast.office, on=TODAY, version=1)
    assert caught.value.version == 2 and "已确认" in caught.value.changes[0] and "顾清禾" in caught.value.changes[1]


@pytest.mark.parametrize("who", ["director", "leader", "chief", "handler", "stranger", "sysadmin"])
def test_only_the_office_decides(cast, duty, who):
    one, by = duty("5个工作日内"), getattr(cast, who)
    for verb in (services.confirm_duty, services.drop_duty, services.restore_duty, services.correct_duty):
        with pytest.raises(NotAllowed, match="局办公室"):
            verb(one, by=by, on=TODAY, version=1)
    with pytest.raises(NotAllowed, match="局办公室"):
        services.mark_no_duty(one.clause, by=by, on=TODAY)
