"""方案概况: who decided, when issued, from when until when; and who takes part."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import services as matters
from luoshi.matters.tests.life import at, clean
from luoshi.org import services as org
from luoshi.plan import queries
from luoshi.plan.campaign import page, proposals
from luoshi.plan.models import Rule
from luoshi.plan.services import campaign
from luoshi.plan.tests.campaign.conftest import TODAY
from luoshi.records import queries as records
from luoshi.records.models import Entry
from luoshi.records.services import stage

DECIDED = {
    "decided_body": "局党委", "decision": "局党委会2026年第12号纪要", "decided_on": date(2026, 10, 29),
    "issued_on": date(2026, 10, 30), "from_on": date(2026, 11, 2), "until_on": date(2028, 9, 30),
}  # fmt: skip


def edit(cast, plan, **words):
    return campaign.edit_plan(plan, by=cast.office, on=TODAY, version=plan.version, **{**DECIDED, **words})


@pytest.mark.clause("0.1")
def test_the_office_enters_what_the_body_decided_with_its_paper(cast, plan):
    token = stage(SimpleUploadedFile("纪要.txt", "同意印发。".encode()), by=cast.office).pk
    edit(cast, plan, staged=[token], document_no="云住建发〔2026〕20号")
    assert (plan.decided_body, plan.issued_on, plan.version) == ("局党委", date(2026, 10, 30), 2)
    assert plan.decision_paper.name == "纪要.txt"
    told = records.trail(plan)[0]
    assert (told.act, told.actor, told.decided_by, told.decided_on) == (
        "plan.edit_plan", "顾清禾", "局党委", "2026-10-29"
    )  # fmt: skip
    assert page.state_words(plan, TODAY) == ("RUNNING", "执行中")
    assert clean() == []


@pytest.mark.clause("0.1")
def test_the_text_proposes_body_scope_and_superior_basis_with_the_place(plan):
    said, dated = proposals.header(plan)
    assert {name: one.value for name, one in said.items()} == {
        "decided_body": "局党委", "follows": "县委全会精神", "scope": "全局"
    }  # fmt: skip
    assert {one.clause.path for one in said.values()} == {"0"} and dated == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"decided_on": date(2026, 11, 25)}, "决定日期不能晚于今天"),
        ({"issued_on": date(2026, 11, 25)}, "印发日期不能晚于今天"),
        ({"issued_on": date(2026, 10, 28)}, "早于决定日期"),
        ({"decided_body": ""}, "写明决定机关"),
        ({"until_on": date(2026, 11, 1)}, "颠倒"),
        ({"from_on": None}, "补上实施起"),
        ({"title": "  "}, "标题"),
        ({"short_name": ""}, "简称"),
    ],
)
def test_what_may_not_be_is_refused_and_nothing_is_saved(cast, plan, words, why):
    before = Entry.objects.count()
    with pytest.raises(NotAllowed, match=why):
        edit(cast, plan, **words)
    plan.refresh_from_db()
    assert plan.version == 1 and plan.issued_on is None and Entry.objects.count() == before


def test_only_the_office_of_the_bureau_edits_and_only_what_it_saw(cast, plan, wrong):
    for who in wrong.keepers:
        with pytest.raises(NotAllowed, match="局办公室"):
            campaign.edit_plan(plan, by=getattr(cast, who), on=TODAY, version=1, **DECIDED)
    edit(cast, plan)
    with pytest.raises(Stale) as late:
        campaign.edit_plan(plan, by=cast.office, on=TODAY, version=1, title="改名")
    assert late.value.version == 2 and any("修改方案概况" in one for one in late.value.changes)
    with pytest.raises(NotAllowed, match="没有变化"):
        edit(cast, plan)


@pytest.mark.clause("3.0")
def test_changing_the_period_moves_no_running_date_and_ends_the_rules_with_the_plan(cast, plan):
    edit(cast, plan)
    matter = matters.open_matter(
        bureau=cast.bureau, title="办一件事", source="KEY_WORK", lead_unit=cast.planning, leader=cast.leader,
        due_on=date(2027, 1, 29), by=cast.office, on=TODAY, now=at(TODAY),
    )  # fmt: skip
    matters.approve(matter, by=cast.leader, on=TODAY, now=at(TODAY))
    matters.assign(matter, by=cast.office, on=TODAY, now=at(TODAY))
    before = list(matter.deadlines.values("kind", "due_on", "basis"))
    rules = list(Rule.objects.order_by("pk").values())
    edit(cast, plan, until_on=date(2026, 12, 31))
    assert list(matter.deadlines.values("kind", "due_on", "basis")) == before
    assert list(Rule.objects.order_by("pk").values()) == rules

    def spoke(on):
        return queries.rule("feedback_days", bureau_id=cast.bureau.pk, on=on, plan_id=plan.pk).source

    assert (spoke(date(2026, 12, 31)), spoke(date(2027, 1, 1))) == ("PLAN", "PRODUCT")
    ending = {one["label"]: one["after"] for one in page.ending_rules(plan, TODAY)}
    assert ending["首次反馈时限"] == "按系统默认（5个工作日内）" and "没有规定" in ending.values()


@pytest.mark.clause("2.0")
def test_the_plan_may_not_become_shorter_than_its_phases(cast, plan, phases):
    with pytest.raises(NotAllowed, match="第二阶段 组织实施到2028-06-30，晚于方案的实施止日2027-12-31"):
        edit(cast, plan, until_on=date(2027, 12, 31))
    edit(cast, plan)
    assert plan.until_on == date(2028, 9, 30)


@pytest.mark.clause("3.0")
def test_all_units_take_part_but_those_left_out_with_a_reason(cast, plan):
    assert {one["out"] for one in page.participation(plan, TODAY)} == {None}
    row = campaign.exclude_unit(plan, unit=cast.property, reason="职能已划转。", by=cast.office, on=TODAY)
    told = {one["unit"].short_name: one for one in page.participation(plan, TODAY)}
    assert told["物业股"]["out"] == row and told["规建股"]["out"] is None
    assert (told["规建股"]["head"], told["规建股"]["people"], told["规建股"]["duties"]) == (cast.chief, 3, 1)
    assert cast.property not in [one.unit for one in proposals.group(plan, TODAY).seats]
    assert all(one.unit != cast.property for one in proposals.responsibilities(plan, TODAY) if one.kind == "UNIT")
    with pytest.raises(NotAllowed, match="已标为不参加"):
        campaign.exclude_unit(plan, unit=cast.property, reason="再说一次。", by=cast.office, on=TODAY)
    campaign.include_unit(row, by=cast.office, on=TODAY)
    assert row.void and {one["out"] for one in page.participation(plan, TODAY)} == {None}
    with pytest.raises(NotAllowed, match="已恢复参加"):
        campaign.include_unit(row, by=cast.office, on=TODAY)
    assert clean() == []


@pytest.mark.parametrize(
    ("unit", "reason", "why"), [("property", " ", "为什么不参加"), ("other_unit", "理由", "不是本局")]
)
def test_a_unit_is_left_out_only_with_a_reason_and_of_this_bureau(cast, plan, unit, reason, why):
    with pytest.raises(NotAllowed, match=why):
        campaign.exclude_unit(plan, unit=getattr(cast, unit), reason=reason, by=cast.office, on=TODAY)


def test_only_the_office_says_who_takes_part(cast, plan, wrong):
    row = campaign.exclude_unit(plan, unit=cast.property, reason="划转。", by=cast.office, on=TODAY)
    for who in wrong.keepers:
        with pytest.raises(NotAllowed, match="局办公室"):
            campaign.exclude_unit(plan, unit=cast.housing, reason="划转。", by=getattr(cast, who), on=TODAY)
        with pytest.raises(NotAllowed, match="局办公室"):
            campaign.include_unit(row, by=getattr(cast, who), on=TODAY)


@pytest.mark.clause("0.1")
@pytest.mark.parametrize(
    ("issued", "begins", "ends", "word"),
    [
        (None, date(2026, 11, 2), None, "未印发"),
        (date(2026, 11, 24), date(2026, 12, 1), None, "已印发"),
        (date(2026, 11, 1), None, None, "已印发"),
        (date(2026, 11, 1), date(2026, 11, 24), date(2026, 11, 24), "执行中"),
        (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 23), "已结束"),
    ],
)
def test_the_state_follows_from_the_dates(plan, issued, begins, ends, word):
    plan.issued_on, plan.from_on, plan.until_on = issued, begins, ends
    assert page.state_words(plan, TODAY)[1] == word


def test_somebody_who_left_no_longer_heads_his_unit(cast, plan):
    org.leave(cast.chief, left_on=TODAY, reason="调出", by=cast.office, on=TODAY, version=cast.chief.version)
    told = {one["unit"].short_name: one for one in page.participation(plan, TODAY)}
    assert told["规建股"]["head"] is None and told["规建股"]["people"] == 2
