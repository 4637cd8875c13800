"""Two plans at once: each rules its own work; ordinary work follows the bureau, else the plan that began first."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.urls import reverse

from luoshi.lib.lifecycle import NotAllowed
from luoshi.plan import queries, services
from luoshi.plan.models import Duty, Plan, Rule
from luoshi.plan.overlap import GOVERNING, conflicting, other_plans, ranked
from luoshi.plan.rules import RuleValue, choose, explain
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.records.models import Entry

NEXT = date(2026, 12, 1)
OTHER = "一、交办\n1.限时反馈。承办单位在{}个工作日内向分管领导反馈办理情况。\n2.各股室建立台账。\n"


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-12-01T09:30")


def bring(cast, text, title, *, on=TODAY, **words):
    version = services.import_plan(bureau=cast.bureau, content=text, title=title, by=cast.office, on=on, **words)
    duty = Duty.objects.filter(clause__version=version, slot="feedback_days").order_by("order").first()
    services.confirm_duty(duty, by=cast.office, on=on, version=1)
    return version.plan


@pytest.fixture
def two(cast):
    """The first plan says five working days since October, the second two since December."""
    first = bring(cast, PLAN, "件件有回音行动方案", from_on=date(2026, 10, 8))
    second = bring(cast, OTHER.format(2), "防汛工作方案", on=NEXT)
    return first, second


def speaks(cast, on=NEXT, plan=None):
    return queries.rule("feedback_days", bureau_id=cast.bureau.pk, on=on, plan_id=plan and plan.pk)


def test_one_plan_rules_ordinary_work_too(cast):
    plan = bring(cast, PLAN, "件件有回音行动方案")
    assert speaks(cast, TODAY).plan_id == plan.pk and other_plans(speaks(cast, TODAY)) == []


def test_each_plan_rules_its_own_work(cast, two):
    assert [speaks(cast, plan=one).value["number"] for one in two] == [5, 2]
    assert all(conflicting(speaks(cast, plan=one)) == [] for one in two)


def test_a_second_plan_changes_nothing_in_ordinary_work_until_the_bureau_says_so(cast, two):
    spoke = speaks(cast)
    assert (spoke.value["number"], spoke.plan_id) == (5, two[0].pk)
    told = explain(spoke, "DEADLINE")
    assert "不采用“防汛”（2个工作日内）：“件件有回音”自2026-10-08起执行在先，本局没有另定" in told
    assert "不采用系统默认（5个工作日内）：方案条款优先" in told
    assert [one.value["number"] for one in conflicting(spoke)] == [2]


def test_the_bureau_decides_with_its_paper_and_takes_it_back(cast, two):
    made = services.govern(
        cast.bureau, two[1], citation="局党委会2026年第14号纪要", by=cast.office, on=NEXT, decided_by=cast.director,
        decided_on=NEXT,
    )  # fmt: skip
    assert (made.source, made.slot, made.value) == ("BUREAU", GOVERNING, {"choice": str(two[1].pk), "label": "防汛"})
    spoke = speaks(cast)
    assert spoke.value["number"] == 2
    assert any(
        "本局已定日常工作以“防汛”为准（局党委会2026年第14号纪要）" in line for line in explain(spoke, "DEADLINE")
    )
    assert speaks(cast, date(2026, 11, 30)).value["number"] == 5  # dated: the day before it was otherwise
    assert [speaks(cast, plan=one).value["number"] for one in two] == [5, 2]  # each plan's own work stays
    assert Entry.objects.filter(act="plan.decide_rule").count() == 1
    services.end_rule(made, reason="汛期结束", by=cast.office, on=date(2027, 3, 1))
    assert speaks(cast, date(2027, 2, 28)).value["number"] == 2
    assert speaks(cast, date(2027, 3, 1)).value["number"] == 5


def test_a_plan_that_ended_speaks_no_more_and_the_other_goes_on(cast, two):
    services.govern(cast.bureau, two[1], citation="纪要", by=cast.office, on=NEXT)
    Plan.objects.filter(pk=two[1].pk).update(until_on=date(2026, 12, 31))
    assert speaks(cast, date(2026, 12, 31)).value["number"] == 2
    after = speaks(cast, date(2027, 1, 1))
    assert after.value["number"] == 5 and other_plans(after) == []


def test_a_rule_ends_with_its_plan_even_where_its_own_end_is_later(cast, two):
    Rule.objects.filter(plan=two[0]).update(until_on=date(2027, 6, 30))
    Plan.objects.filter(pk=two[0].pk).update(until_on=date(2026, 12, 15))
    assert speaks(cast, date(2026, 12, 16)).value["number"] == 2


def test_plans_that_say_the_same_are_no_conflict(cast):
    bring(cast, PLAN, "件件有回音行动方案")
    bring(cast, OTHER.format(5), "防汛工作方案")
    spoke = speaks(cast)
    assert conflicting(spoke) == [] and "“防汛”同时规定，内容相同" in explain(spoke, "DEADLINE")


def test_of_two_that_began_on_one_day_the_first_imported_speaks():
    day = date(2026, 10, 8)
    rows = [RuleValue("x", {"n": n}, "PLAN", "", n, 1, from_on=day, plan_id=n, plan=f"方案{n}") for n in (9, 4)]
    assert choose(ranked(rows, NEXT, None), NEXT).plan_id == 4


def test_a_plans_later_version_keeps_its_place():
    """The first plan's rule was superseded yesterday: it still began first."""
    rows = [
        RuleValue("x", {"n": 1}, "PLAN", "", 1, 1, from_on=date(2026, 1, 1), until_on=date(2026, 11, 29), plan_id=7),
        RuleValue("x", {"n": 2}, "PLAN", "", 3, 2, from_on=date(2026, 11, 30), plan_id=7),
        RuleValue("x", {"n": 3}, "PLAN", "", 2, 1, from_on=date(2026, 5, 1), plan_id=8),
    ]
    assert choose(ranked(rows, NEXT, None), NEXT).value == {"n": 2}


@pytest.mark.parametrize("who", ["director", "leader", "chief", "handler", "stranger"])
def test_only_the_office_enters_which_plan_governs(cast, enter, two, who):
    with pytest.raises(NotAllowed, match="局办公室"):
        services.govern(cast.bureau, two[1], citation="纪要", by=getattr(cast, who), on=NEXT)
    assert enter(getattr(cast, who)).get(reverse("plan:govern")).status_code == 403


def test_another_bureaus_plan_and_a_missing_paper_are_refused(cast, two):
    with pytest.raises(NotAllowed, match="写明依据"):
        services.govern(cast.bureau, two[1], citation=" ", by=cast.office, on=NEXT)
    with pytest.raises(NotAllowed, match="本局的方案"):
        services.govern(cast.other_bureau, two[1], citation="纪要", by=None, on=NEXT)
    assert not Rule.objects.filter(slot=GOVERNING).exists()


def test_the_rules_page_names_the_conflict_and_leads_to_the_decision(cast, enter, two):
    client = enter(cast.office)
    page = client.get(reverse("plan:rules")).content.decode()
    assert "1项机制有几个方案同时规定而且不一致：首次反馈时限" in page and "另有“防汛”：2个工作日内，不一致" in page
    where = reverse("plan:govern")
    assert f'href="{where}"' in page
    assert client.get(reverse("plan:decide", args=[GOVERNING]))["Location"] == where
    shown = client.get(where).content.decode()
    assert "现按“件件有回音”：5个工作日内" in shown and "“防汛”：2个工作日内" in shown
    bad = client.post(where, {"submission": str(uuid.uuid4()), "plan": two[1].pk, "from_on": "2026-12-01"})
    assert "请填写" in bad.content.decode() and not Rule.objects.filter(slot=GOVERNING).exists()
    sent = {"submission": str(uuid.uuid4()), "plan": two[1].pk, "from_on": "2026-12-01", "citation": "第14号纪要"}
    assert client.post(where, sent).status_code == 302 and client.post(where, sent).status_code == 302
    assert Rule.objects.filter(slot=GOVERNING).count() == 1
    page = client.get(reverse("plan:rules")).content.decode()
    assert "本局已定日常工作以“防汛”为准（第14号纪要）" in page
    leader = enter(cast.leader).get(reverse("plan:rules")).content.decode()
    assert "不一致" in leader and where not in leader


def test_with_one_plan_the_page_asks_nothing(cast, enter):
    bring(cast, PLAN, "件件有回音行动方案")
    page = enter(cast.office).get(reverse("plan:rules")).content.decode()
    assert "不一致" not in page and "日常工作以哪个方案为准" not in page
