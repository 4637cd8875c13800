"""Every clause is served or said to hold none: the marks, what they take with them, what takes them back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.lib.lifecycle import NotAllowed
from luoshi.plan import queries, services
from luoshi.plan.models import Clause, Duty
from luoshi.plan.tests.conftest import TODAY
from luoshi.records.models import Entry


@pytest.fixture
def clause(version):
    return lambda path: Clause.objects.get(version=version, path=path)


@pytest.fixture
def standing(version, clause):
    return lambda path: queries.accounting(version.pk).standing[clause(path).pk]


def mark(cast, clause):
    return services.mark_no_duty(clause, by=cast.office, on=TODAY)


def unmark(cast, clause):
    return services.unmark_no_duty(clause, by=cast.office, on=TODAY)


def test_a_clause_is_served_by_a_confirmed_duty_in_it_or_below(cast, version, duty, standing):
    assert queries.accounting(version.pk).open == queries.accounting(version.pk).total > 10
    services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    assert [standing(path) for path in ("二", "二/3", "二/3/二是")] == ["SERVED"] * 3
    assert [standing(path) for path in ("一", "二/3/一是", "二/4")] == ["OPEN"] * 3
    told = queries.accounting(version.pk)
    assert (told.served, told.no_duty, told.open) == (3, 0, told.total - 3)


def test_the_preface_is_no_clause(version):
    preface = Clause.objects.get(version=version, path="0")
    assert preface.pk not in queries.accounting(version.pk).standing


def test_the_mark_holds_for_all_that_lies_below(cast, version, clause, standing):
    goals = mark(cast, clause("二/4"))
    assert goals.no_duty and standing("二/4/一是") == standing("二/4") == "NO_DUTY"
    assert set(Duty.objects.filter(clause__path__startswith="二/4").values_list("state", flat=True)) == {"DROPPED"}
    assert standing("二/5") == standing("二") == "OPEN"
    assert Entry.objects.filter(act="plan.mark_no_duty").count() == 1


def test_a_confirmed_duty_below_forbids_the_mark_and_is_named(cast, duty, clause):
    services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    with pytest.raises(NotAllowed, match="下级条款“二/3/二是”已有确认的任务"):
        mark(cast, clause("二/3"))
    assert not Clause.objects.filter(no_duty=True).exists()


def test_the_mark_is_taken_back_with_what_it_dropped_and_nothing_else(cast, clause, duty, standing):
    services.drop_duty(duty("收到礼品"), by=cast.office, on=TODAY, version=1, reason="重复")
    mark(cast, clause("二/4"))
    mark(cast, clause("一"))
    unmark(cast, clause("二/4"))
    assert standing("二/4") == standing("二/4/一是") == "OPEN" and standing("一") == "NO_DUTY"
    states = set(Duty.objects.filter(clause__path__startswith="二/4").values_list("state", "reason"))
    assert states <= {("PROPOSED", ""), ("DROPPED", "重复")} and ("DROPPED", "重复") in states
    with pytest.raises(NotAllowed, match="没有标为“无任务”"):
        unmark(cast, clause("二/4"))


def test_taking_back_below_takes_back_above(cast, clause, standing):
    mark(cast, clause("一"))
    unmark(cast, clause("一/1"))
    assert standing("一") == standing("一/1") == "OPEN"


@pytest.mark.parametrize("verb", ["confirm_duty", "restore_duty"])
def test_a_duty_that_stands_again_takes_the_marks_back_up_to_the_top(cast, version, clause, verb):
    mark(cast, clause("二/4"))
    one = Duty.objects.filter(clause__path="二/4/二是", state="DROPPED").first()
    getattr(services, verb)(one, by=cast.office, on=TODAY, version=one.version)
    left = set(Clause.objects.filter(version=version, no_duty=True).values_list("path", flat=True))
    assert left == {"二/4/一是"}


def test_accounting_costs_two_queries(version):
    with CaptureQueriesContext(connection) as found:
        queries.accounting(version.pk)
    assert len(found) == 2


def test_assigning_several_at_once(cast, version):
    rows = list(Duty.objects.filter(clause__version=version)[:4])
    pairs = [(one, 1) for one in rows]
    given = {"owner_unit": cast.quality, "leader": cast.leader}
    assert services.assign_many(pairs, by=cast.office, on=TODAY, **given) == 4
    for one in rows:
        one.refresh_from_db()
        assert (one.owner_unit, one.leader, one.state) == (cast.quality, cast.leader, "PROPOSED")
    pairs = [(one, one.version) for one in rows]
    assert services.assign_many(pairs, by=cast.office, on=TODAY, owner_unit=cast.quality) == 0
    assert services.assign_many(pairs, by=cast.office, on=TODAY, owner_unit=None) == 4


def test_another_slot_moves_the_rule_of_a_confirmed_duty(cast, version, duty):
    one = services.confirm_duty(
        duty("5个工作日内"), by=cast.office, on=TODAY, version=1, slot="feedback_days",
        value={"number": 4, "unit": "WORKDAY"},
    )  # fmt: skip
    services.assign_many([(one, one.version)], by=cast.office, on=TODAY, slot="staged_feedback")
    found = queries.find_rule("staged_feedback", bureau_id=cast.bureau.pk, on=TODAY, plan_id=version.plan_id)
    assert (found.source, found.value["number"]) == ("PLAN", 5)
    assert queries.find_rule("feedback_days", bureau_id=cast.bureau.pk, on=TODAY).source == "PRODUCT"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({}, "请选择责任单位"),
        ({"act": "改词"}, "请选择责任单位"),
        ({"slot": "no_such"}, "没有这项机制"),
        ({"leader": "handler"}, "不是本局现任领导"),
        ({"owner_unit": "other_unit"}, "不是本局现有的单位"),
    ],
)
def test_a_bad_assignment_changes_nothing(cast, duty, words, why):
    given = {key: getattr(cast, value) if key in ("leader", "owner_unit") else value for key, value in words.items()}
    one = duty("5个工作日内")
    with pytest.raises(NotAllowed, match=why):
        services.assign_many([(one, 1)], by=cast.office, on=TODAY, **given)
    one.refresh_from_db()
    assert one.version == 1


def test_what_is_no_duty_is_not_assigned(cast, duty):
    one = services.drop_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    with pytest.raises(NotAllowed, match="不能“指定责任”"):
        services.assign_many([(one, one.version)], by=cast.office, on=TODAY, leader=cast.leader)
