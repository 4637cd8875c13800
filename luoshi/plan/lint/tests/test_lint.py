"""Every kind of finding: a text that has it, the same text mended, and what must not be mistaken for it."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.plan.lint.checking import check, official_calendar
from luoshi.plan.lint.findings import KINDS, SEVERITIES, Limits
from luoshi.plan.lint.load import working_year
from luoshi.plan.lint.reading import of_text
from luoshi.workdays.rules import Calendar

LIMITS = Limits(official_calendar(), 2026)


def found(text: str, limits: Limits = LIMITS):
    return check(of_text(text), limits).findings


def kinds(text: str) -> set[str]:
    return {one.kind for one in found(text)}


def of(kind: str, text: str):
    return [one for one in found(text) if one.kind == kind]


def plan(*items: str, head: str = "", foot: str = "") -> str:
    numbered = "".join(f"{place}.{item}\n" for place, item in enumerate(items, 1))
    return f"{head}一、工作要求\n{numbered}{foot}"


GOOD = plan("局办公室每周召开例会不少于1次。", "规划股于2026年10月16日前报送总结。")

CASES = [
    # kind, a text that has it, the same text mended
    ("no_owner", plan("设立意见箱和举报邮箱。"), plan("局办公室设立意见箱和举报邮箱。")),
    ("no_measure", plan("局办公室定期通报进度。"), plan("局办公室每月通报进度1次。")),
    ("no_measure", plan("局办公室办成一批民生实事。"), plan("局办公室办成10件民生实事。")),
    (
        "conflict",
        plan("承办单位在5个工作日内向分管领导反馈办理情况。", "承办单位在3个工作日内向分管领导反馈办理情况。"),
        plan("承办单位在5个工作日内向分管领导反馈办理情况。", "承办单位应当在5个工作日内反馈办理情况。"),
    ),
    (
        "conflict",
        plan("科级领导干部每年调研不少于30天。", "科级领导干部每年调研不少于20天。"),
        plan("科级领导干部每年调研不少于30天。"),
    ),
    (
        "conflict",
        plan("局办公室每季度对重点项目进行打分排名1次。", "局办公室每月对重点项目进行打分排名1次。"),
        plan("局办公室每季度对重点项目进行打分排名1次。"),
    ),
    (
        "two_owners",
        plan("局办公室建立重点项目推进台账。", "规划股建立重点项目推进台账。"),
        plan("局办公室建立重点项目推进台账。", "规划股每月报送重点项目进展1次。"),
    ),
    (
        "two_offices",
        plan("成立领导小组，领导小组办公室设在局办公室。", "领导小组办公室设在人事教育股，承担日常工作。"),
        plan("成立领导小组，领导小组办公室设在局办公室。", "领导小组办公室设在局办公室，承担日常工作。"),
    ),
    (
        "before_start",
        plan("规划股于2025年6月30日前报送总结。", foot="云岭县住房和城乡建设局\n2026年9月21日\n"),
        plan("规划股于2026年12月30日前报送总结。", foot="云岭县住房和城乡建设局\n2026年9月21日\n"),
    ),
    (
        "after_end",
        plan("规划股于2029年1月10日前报送总结。", "本方案有效期至2028年9月底。"),
        plan("规划股于2028年8月10日前报送总结。", "本方案有效期至2028年9月底。"),
    ),
    ("rest_day", plan("规划股于2026年10月3日前报送总结。"), plan("规划股于2026年10月10日前报送总结。")),
    (
        "stricter",
        plan("收到礼品礼金的，干部职工在10日内登记上交。"),
        plan("收到礼品礼金的，干部职工在一个月内登记上交。"),
    ),
    ("looser", plan("局办公室对信访事项在90日内办结并答复。"), plan("局办公室对信访事项在60日内办结并答复。")),
    ("burden", plan("干部职工每天打卡。"), plan("干部职工不得以打卡代替工作。")),
    (
        "overload",
        plan("干部职工每人每年学习不少于60天。"),
        plan("干部职工每人每年学习不少于10天。"),
    ),
    (
        "two_tests",
        plan("干部职工每人每年学习不少于20天，每周学习不少于半天。"),
        plan("干部职工每人每年学习不少于20天。"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "bad", "mended"), CASES, ids=[one[0] for one in CASES])
def test_a_kind_is_found_and_gone_when_mended(kind, bad, mended):
    hits = of(kind, bad)
    assert hits, kinds(bad)
    assert kind not in kinds(mended), [one.said for one in of(kind, mended)]
    for one in hits:
        assert one.clause and one.said.endswith("。") and one.do.endswith("。"), one
        assert bad[one.start : one.end].strip() == one.quote


def test_every_kind_has_a_case():
    assert {one[0] for one in CASES} == set(KINDS)


def test_a_good_plan_has_no_finding():
    assert found(GOOD) == ()


@pytest.mark.clause("3.1a")
def test_the_two_offices_are_both_named():
    only = of("two_offices", CASES[7][1])
    assert [one.said for one in only] == ["领导小组办公室写在两处：局办公室、人事教育股。"]
    assert (only[0].clause, only[0].also) == ("一/2", ("一/1",))


@pytest.mark.clause("2.2.1.1c")
def test_weekly_and_yearly_study_are_two_tests_and_no_conflict():
    text = CASES[-1][1]
    assert "conflict" not in kinds(text)
    (only,) = of("two_tests", text)
    assert only.severity == "LOW" and "每年不少于20天" in only.said and "每周不少于0.5天" in only.said


@pytest.mark.parametrize(
    "text",
    [
        plan("科级领导干部每年调研不少于30天。", "一般干部每年调研不少于10天。"),  # other people
        plan("局办公室开展检查不少于2次。", "局办公室开展检查不超过5次。"),  # a range
        plan("第一次出现作风问题的，由局党委通报；第二次出现的，通报并检讨。"),  # steps of a ladder
    ],
)
def test_no_conflict_where_both_may_hold(text):
    assert "conflict" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        plan("设立意见箱。（责任单位：局办公室）"),
        "一、工作要求（牵头单位：局办公室）\n1.设立意见箱。\n2.更新台账。\n",
        plan("设立意见箱。", head="关于设立意见箱的通知\n各股室要认真贯彻执行。\n"),
        "一、工作要求\n局办公室负责下列工作。\n1.设立意见箱。\n",
        plan("局办公室建立台账，并及时更新。"),
    ],
)
def test_an_owner_may_stand_in_the_clause_the_heading_or_the_whole_plan(text):
    assert "no_owner" not in kinds(text)


def test_duties_of_one_clause_without_an_owner_are_one_finding():
    (only,) = of("no_owner", plan("设立意见箱，开通举报邮箱，公布投诉电话。"))
    assert len(only.places) >= 2 and "项任务" in only.said


def test_only_promises_of_a_number_want_one():
    report = check(of_text(plan("局办公室建立台账。", "局办公室定期通报。")), LIMITS)
    assert [one.clause for one in report.findings if one.kind == "no_measure"] == ["一/2"]
    assert report.unmeasured == 1 and "另有1项" in report.rest()


@pytest.mark.parametrize(
    ("day", "words"), [("2026年10月3日", "国庆节放假"), ("2026年11月22日", "周日休息"), ("2028年10月1日", "暂定")]
)
def test_a_rest_day_says_why_and_where_it_would_move(day, words):
    (only,) = of("rest_day", plan(f"规划股于{day}前报送总结。"))
    assert words in only.said and "顺延" in only.do


@pytest.mark.parametrize("words", ["2026年10月10日前", "2026年10月底前", "2026年年底前", "10月上旬"])
def test_make_up_days_and_ends_of_months_are_no_rest_days(words):
    assert "rest_day" not in kinds(plan(f"规划股于{words}报送总结。"))


@pytest.mark.clause("2.2.1.1a")
def test_stricter_than_the_rule_gives_both_figures_and_the_source():
    (only,) = of("stricter", plan("局党委理论学习中心组每月至少集体学习1次。"))
    assert "每月不少于1次" in only.said and "每季度不少于1次" in only.said and "学习规则》" in only.basis
    assert "stricter" not in kinds(plan("局党委理论学习中心组每季度至少集体学习1次。"))


@pytest.mark.parametrize(
    "words",
    [
        "干部职工每日上报工作进展", "各股室附现场照片报送", "对学习时长进行排名通报", "实行一票否决", "层层签订责任状",
        "考核实行千分制", "要求群内接龙", "撰写心得体会不少于3篇", "层层召开动员会",
    ],
)  # fmt: skip
def test_burdens_are_named_with_the_rule_against_them(words):
    hits = of("burden", plan(f"局办公室负责，{words}。"))
    assert hits and all(one.basis.startswith("《") for one in hits)
    for forbidding in ("严禁", "不得", "坚决纠治"):
        assert not of("burden", plan(f"{forbidding}{words}。")), forbidding


@pytest.mark.clause("2.2.2.3a")
def test_the_load_counts_every_quota_against_the_years_working_days():
    text = plan(
        "干部职工每人每年学习不少于20天，每周学习不少于半天。",
        "科级领导干部每年调研不少于30天，每月到一线蹲点不少于1次。",
    )
    loads = {one.people: one for one in check(of_text(text), LIMITS).loads}
    heads, staff = loads["科级领导干部"], loads["干部职工"]
    assert (heads.workdays, heads.year, heads.provisional) == (248, 2026, False)
    assert (staff.days, heads.days) == (20 + 52 * 0.5, 20 + 52 * 0.5 + 30 + 12 * 0.5)
    assert heads.share == round(82 * 100 / 248) and heads.least == 26 + 30
    assert sum(part.days for part in heads.parts) == heads.days and all(part.clause for part in heads.parts)
    (only,) = of("overload", text)
    assert "82天" in only.said and "248个工作日" in only.said and "最少56天" in only.said
    assert "20%" in only.basis


def test_the_limit_of_the_load_is_a_parameter():
    text = plan("干部职工每人每年学习不少于20天。")
    assert "overload" not in {one.kind for one in found(text)}
    strict = Limits(official_calendar(), 2026, 5, "局党委会纪要")
    (only,) = [one for one in found(text, strict) if one.kind == "overload"]
    assert "局党委会纪要" in only.basis


def test_a_year_without_its_notice_is_provisional():
    days, weeks, provisional = working_year(2031, Calendar())
    assert provisional and 245 <= days <= 250 and weeks == 53
    assert working_year(2026, official_calendar()) == (248, 52, False)
    (only,) = [one for one in found(plan("干部职工每年学习不少于60天。"), Limits(official_calendar(), 2031))
               if one.kind == "overload"]  # fmt: skip
    assert "（暂定）" in only.said


def test_worst_first_and_keys_survive_a_paragraph_before():
    text = CASES[7][1] + "二、其他\n1.设立意见箱。\n2.局办公室定期通报。\n"
    first = found(text)
    order = [list(SEVERITIES).index(one.severity) for one in first]
    assert order == sorted(order) and len({one.key for one in first}) == len(first)
    later = found("关于工作的实施方案\n为做好工作，制定本方案。\n" + text)
    assert {one.key for one in later} == {one.key for one in first}


def test_a_phase_before_the_one_it_follows():
    text = (
        "一、实施步骤\n第一阶段：部署发动（2026年9月至10月）\n局办公室印发分解表。\n"
        "第二阶段：推进（2026年8月至12月）\n局办公室汇总进展。\n"
    )
    (only,) = of("conflict", text)
    assert "第二阶段从2026-08-01开始，早于第一阶段" in only.said


def test_the_signature_is_the_beginning_only_where_it_stands_alone():
    assert of_text(plan("局办公室在2026年9月21日印发。")).from_on is None
    assert of_text(plan("局办公室印发。", foot="2026年9月21日\n")).from_on == date(2026, 9, 21)


@pytest.mark.parametrize("text", ["", "\n\n", "一、", "没有条款的一句话", "（" * 500, "2026年13月45日前"])
def test_nothing_makes_it_stumble(text):
    check(of_text(text), LIMITS)
