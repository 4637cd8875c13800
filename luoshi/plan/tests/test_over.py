"""规则在一段时间里: which version speaks on which days, from which the quotas of a year are laid out."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.plan import services
from luoshi.plan.models import Rule
from luoshi.plan.queries import rule, rules_over

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.1.1b")]


def decide(cast, number, on, slot="study_days_year"):
    value = {"number": number, "unit": "DAY", "period": "YEAR"}
    return services.decide_rule(
        cast.bureau, slot, value=value, citation=f"{on}纪要", by=cast.office, on=date(2026, 11, 24), from_on=on
    )


def told(cast, slot="study_days_year", first=FIRST, last=LAST):
    found = rules_over([slot], bureau_id=cast.bureau.pk, first=first, last=last)[slot]
    return [(str(one.first), str(one.last), one.rule.value["number"]) for one in found]


def test_where_nothing_speaks_there_is_nothing(cast):
    assert told(cast) == []


def test_versions_follow_each_other_and_days_before_the_first_are_left_out(cast):
    decide(cast, 20, date(2026, 3, 1))
    decide(cast, 30, date(2026, 7, 1))
    assert told(cast) == [("2026-03-01", "2026-06-30", 20), ("2026-07-01", "2026-12-31", 30)]
    assert told(cast, first=date(2026, 7, 1)) == [("2026-07-01", "2026-12-31", 30)]
    assert told(cast, last=date(2026, 2, 28)) == []


def test_it_says_of_every_day_what_rule_says(cast):
    decide(cast, 20, date(2026, 3, 1))
    decide(cast, 30, date(2026, 7, 1))
    for one in rules_over(["study_days_year"], bureau_id=cast.bureau.pk, first=FIRST, last=LAST)["study_days_year"]:
        for on in (one.first, one.last):
            assert rule("study_days_year", bureau_id=cast.bureau.pk, on=on).rule_id == one.rule.rule_id


@pytest.mark.clause("2.2.1.1c")
def test_a_plans_clause_speaks_while_the_plan_runs(cast, duty):
    asks = duty("每年学习不少于20天")
    services.confirm_duty(asks, by=cast.office, on=date(2026, 11, 24), version=asks.version)
    plan = Rule.objects.get(slot="study_days_year").plan
    assert [one[2] for one in told(cast)] == [20]
    type(plan).objects.filter(pk=plan.pk).update(until_on=date(2026, 11, 30))
    assert told(cast)[-1][1] == "2026-11-30"


def test_what_the_bureau_may_choose_always_speaks_and_the_other_bureau_does_not(cast, django_assert_num_queries):
    found = rules_over(["study_unit"], bureau_id=cast.bureau.pk, first=FIRST, last=LAST)["study_unit"]
    assert [(one.first, one.last, one.rule.source) for one in found] == [(FIRST, LAST, "PRODUCT")]
    decide(cast, 20, date(2026, 3, 1))
    assert rules_over(["study_days_year"], bureau_id=cast.other_bureau.pk, first=FIRST, last=LAST) == {
        "study_days_year": ()
    }
    with django_assert_num_queries(1):
        rules_over(["study_days_year", "study_unit"], bureau_id=cast.bureau.pk, first=FIRST, last=LAST)
