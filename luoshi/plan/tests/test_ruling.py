"""Which rule holds: the table of precedence, the bureau's decisions, and the closed list of slots."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed
from luoshi.plan import queries, services
from luoshi.plan.models import Rule
from luoshi.plan.rules import (
    BadValue,
    Deadline,
    Ladder,
    Quota,
    RuleValue,
    choose,
    dump,
    explain,
    from_obligation,
    parse,
)
from luoshi.plan.slots import GROUPS, MECHANISMS, RULED, SLOTS
from luoshi.plan.tests.conftest import TODAY

PAPER = "局党委会2026年第12号纪要"


def row(source, number=5, *, from_on=date(2026, 1, 1), until_on=None, version=1):
    value = {"number": number, "unit": "WORKDAY"}
    return RuleValue("feedback_days", value, source, "依据", None, version, from_on=from_on, until_on=until_on)


@pytest.mark.clause("2.2.5.1d")
@pytest.mark.parametrize(
    ("sources", "speaks"),
    [
        (["MATTER", "PLAN", "BUREAU", "REGULATION", "PRODUCT"], "MATTER"),
        (["PRODUCT", "REGULATION", "BUREAU", "PLAN"], "PLAN"),
        (["PRODUCT", "REGULATION", "BUREAU"], "BUREAU"),
        (["PRODUCT", "REGULATION"], "REGULATION"),
        (["PRODUCT"], "PRODUCT"),
    ],
)
def test_the_higher_source_speaks(sources, speaks):
    spoke = choose([row(one) for one in sources], TODAY)
    assert spoke.source == speaks
    assert len(spoke.overruled) == len(sources) - 1


@pytest.mark.parametrize(
    ("from_on", "until_on", "speaks"),
    [
        (date(2026, 11, 25), None, "PRODUCT"),  # begins tomorrow
        (TODAY, None, "PLAN"),
        (date(2026, 1, 1), TODAY, "PLAN"),  # the last day counts
        (date(2026, 1, 1), date(2026, 11, 23), "PRODUCT"),  # ended yesterday
    ],
)
def test_a_rule_holds_within_its_dates(from_on, until_on, speaks):
    assert choose([row("PRODUCT"), row("PLAN", from_on=from_on, until_on=until_on)], TODAY).source == speaks


def test_within_one_source_the_later_beginning_then_the_later_version_speaks():
    early, late = row("BUREAU", 3), row("BUREAU", 4, from_on=date(2026, 6, 1))
    assert choose([early, late], TODAY).value["number"] == 4
    assert choose([row("BUREAU", 3, version=1), row("BUREAU", 4, version=2)], TODAY).value["number"] == 4


def test_nothing_speaks_where_nothing_is_in_force():
    assert choose([row("PLAN", until_on=date(2026, 2, 1))], TODAY) is None


def test_the_explanation_names_the_source_the_dates_and_what_gave_way():
    spoke = choose([row("PLAN", 3), row("PRODUCT", 5)], TODAY)
    assert explain(spoke, "DEADLINE") == [
        "3个工作日内",
        "依据方案条款：依据",
        "不采用系统默认（5个工作日内）：方案条款优先",
    ]


@pytest.mark.parametrize("slot", SLOTS.values(), ids=lambda one: one.key)
def test_every_slot_is_documented_and_its_default_is_typed_and_cited(slot):
    assert slot.label and slot.ids and slot.group in GROUPS and len(slot.key) <= 40
    assert slot.label == MECHANISMS[slot.key].title if slot.key in MECHANISMS else slot.key in RULED
    standing = slot.standing()
    if standing is not None:
        assert standing.citation and standing.source in ("REGULATION", "PRODUCT")
        assert dump(parse(slot.shape, standing.value)) == standing.value


@pytest.mark.clause("2.2.4.1b")
def test_letters_have_the_clocks_of_the_regulation(cast):
    clocks = {
        slot: queries.rule(slot, bureau_id=cast.bureau.pk, on=TODAY)
        for slot in ("petition_notice_days", "petition_return_days", "petition_reply_days", "petition_extend_days")
    }
    told = {slot: (one.value["number"], one.value["unit"]) for slot, one in clocks.items()}
    assert told == {
        "petition_notice_days": (15, "DAY"), "petition_return_days": (5, "WORKDAY"),
        "petition_reply_days": (60, "DAY"), "petition_extend_days": (30, "DAY"),
    }  # fmt: skip
    assert {one.source for one in clocks.values()} == {"REGULATION"}
    assert queries.find_rule("petition_notice_days", bureau_id=cast.bureau.pk, on=date(2022, 4, 30)) is None


@pytest.mark.parametrize(
    ("shape", "obligation", "value"),
    [
        (
            "DEADLINE",
            {"deadline": "5 working days after 交办", "quantity": 5, "unit": "个工作日"},
            Deadline(5, "WORKDAY"),
        ),
        ("DEADLINE", {"deadline": "within 3 years", "quantity": 3, "unit": "年"}, Deadline(3, "YEAR")),
        ("DEADLINE", {"deadline": "1 months after 收到", "quantity": 1, "unit": "个月"}, Deadline(1, "MONTH")),
        ("DEADLINE", {"comparator": "<=", "deadline": None, "quantity": 7, "unit": "日"}, Deadline(7, "DAY")),
        ("DEADLINE", {"comparator": ">=", "deadline": None, "quantity": 7, "unit": "日"}, None),
        ("DEADLINE", {"deadline": "2028-09-30", "quantity": None, "unit": None}, None),
        ("QUOTA", {"quantity": 1, "unit": "次", "period": "每季度"}, Quota(1, "TIME", "QUARTER")),
        ("QUOTA", {"quantity": 2, "unit": "个", "period": "每年"}, Quota(2, "ITEM", "YEAR")),
        ("QUOTA", {"quantity": 1, "unit": "名", "period": "每个项目"}, None),
        ("QUOTA", {"quantity": 1.3, "unit": "次", "period": "每年"}, None),
        ("LADDER", {"quantity": 3, "unit": "次", "period": None}, None),
    ],
)
def test_measured_parts_become_parameters(shape, obligation, value):
    assert from_obligation(shape, obligation) == value


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("DEADLINE", {}), ("DEADLINE", {"number": True, "unit": "DAY"}), ("DEADLINE", {"number": 5, "unit": "HOUR"}),
        ("DEADLINE", {"number": "5", "unit": "DAY"}), ("QUOTA", {"number": 1, "unit": "TIME"}),
        ("QUOTA", {"number": 0.3, "unit": "TIME", "period": "YEAR"}), ("LADDER", {"steps": []}),
        ("LADDER", {"steps": [""]}), ("LADDER", {"steps": None}),
    ],
)  # fmt: skip
def test_what_is_no_parameter_is_refused(shape, value):
    with pytest.raises(BadValue):
        parse(shape, value)


def test_parameters_survive_storage():
    for one in (Deadline(5, "WORKDAY"), Quota(0.5, "DAY", "WEEK"), Ladder(("通报", "检讨"))):
        assert parse(one.shape, dump(one)) == one


def decide(cast, number=3, *, slot="feedback_days", **words):
    given = {"value": {"number": number, "unit": "WORKDAY"}, "citation": PAPER, "by": cast.office, "on": TODAY} | words
    return services.decide_rule(cast.bureau, slot, **given)


def test_the_bureau_decides_and_decides_again(cast):
    first = decide(cast, 3, decided_by=cast.director, decided_on=date(2026, 11, 20))
    assert (first.source, first.number, first.plan_id) == ("BUREAU", 1, None)
    second = decide(cast, 4, from_on=date(2027, 1, 1))
    first.refresh_from_db()
    assert (second.number, second.supersedes, first.until_on) == (2, first, date(2026, 12, 31))
    told = [
        queries.rule("feedback_days", bureau_id=cast.bureau.pk, on=on).value["number"]
        for on in (TODAY, date(2027, 1, 1))
    ]
    assert told == [3, 4]


def test_the_plan_goes_before_the_bureau_and_another_bureau_hears_nothing(cast, version, duty):
    decide(cast, 3)
    found = duty("5个工作日内")
    services.confirm_duty(found, by=cast.office, on=TODAY, version=found.version)
    spoke = queries.rule("feedback_days", bureau_id=cast.bureau.pk, on=TODAY, plan_id=version.plan_id)
    assert (spoke.source, [one.source for one in spoke.overruled]) == ("PLAN", ["BUREAU", "PRODUCT"])
    assert queries.rule("feedback_days", bureau_id=cast.other_bureau.pk, on=TODAY).source == "PRODUCT"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"citation": "  "}, "请写明依据"),
        ({"value": {"number": -1, "unit": "WORKDAY"}}, "时限应为"),
        ({"slot": "publicity"}, "没有参数"),
        ({"staged": ["00000000-0000-0000-0000-000000000000"]}, "附件已失效"),
    ],
)
def test_a_bad_decision_is_refused(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        decide(cast, **words)
    assert not Rule.objects.exists()


def test_a_decision_does_not_reach_before_the_one_in_force(cast):
    decide(cast, 3)
    with pytest.raises(NotAllowed, match="不能早于"):
        decide(cast, 4, from_on=date(2026, 11, 1))


def test_ending_a_decision_lets_the_default_speak(cast):
    made = decide(cast, 3)
    services.end_rule(made, reason="改按上级规定", by=cast.office, on=date(2026, 12, 10))
    assert queries.rule("feedback_days", bureau_id=cast.bureau.pk, on=date(2026, 12, 9)).source == "BUREAU"
    assert queries.rule("feedback_days", bureau_id=cast.bureau.pk, on=date(2026, 12, 10)).source == "PRODUCT"
    with pytest.raises(NotAllowed, match="已经停止"):
        services.end_rule(made, reason="再停一次", by=cast.office, on=date(2026, 12, 11))


def test_a_rule_of_the_plan_is_not_ended_by_hand(cast, version, duty):
    found = duty("5个工作日内")
    services.confirm_duty(found, by=cast.office, on=TODAY, version=found.version)
    with pytest.raises(NotAllowed, match="退回待确认"):
        services.end_rule(Rule.objects.get(), reason="不要了", by=cast.office, on=TODAY)


@pytest.mark.parametrize("who", ["director", "leader", "handler", "stranger"])
def test_only_the_office_enters_decisions(cast, who):
    with pytest.raises(NotAllowed, match="局办公室"):
        decide(cast, by=getattr(cast, who))


def test_rules_of_asks_once_for_all_slots(cast, version, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.rules_of(bureau_id=cast.bureau.pk, on=TODAY)
    assert set(found) == set(RULED) and found["feedback_days"].value["number"] == 5
