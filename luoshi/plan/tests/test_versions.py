"""A next version: its difference first, clauses known again, decisions carried, rules never ended in silence."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.plan import queries, services
from luoshi.plan.models import Clause, Duty, PlanVersion, Rule
from luoshi.plan.queries import versions
from luoshi.plan.services.importing import draft, read_staged
from luoshi.plan.services.importing.carrying import foreseen
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.records.models import Entry, Evidence, StagedUpload
from luoshi.records.services import stage

LATER = date(2026, 12, 7)
REVISED = (
    PLAN.replace("每年学习不少于20天", "每年学习不少于15天")
    .replace("一是清单交办", "一是领导包抓。分管领导每月调度1次交办事项。\n二是清单交办")
    .replace("二是限时反馈", "三是限时反馈")
    .replace("三是从快办理。民生实事在3个工作日内向分管领导反馈办理情况。\n", "")
)
"""Twenty days became fifteen, an item was put before 清单交办, 从快办理 is gone; 限时反馈 is 三是 now."""


def adopt(cast, plan, text=REVISED, *, seen=1, **words):
    found = draft(text, bureau=cast.bureau, on=LATER)
    given = {"by": cast.office, "on": LATER, "seen": seen, "found": found, "content": text} | words
    return services.adopt_version(plan, **given)


@pytest.fixture
def decided(cast, version):
    """Every duty of the first version decided: what is measured confirmed, one dropped, one corrected by hand."""
    rows = list(Duty.objects.filter(clause__version=version).order_by("order"))
    for one in rows:
        if "归档学习记录" in one.quote:
            services.drop_duty(one, by=cast.office, on=TODAY, version=1, reason="已有档案制度")
        elif "建立整改台账" in one.quote:
            services.confirm_duty(
                one, by=cast.office, on=TODAY, version=1, act="建立走访意见整改台账", owner_unit=cast.quality
            )
        else:
            services.confirm_duty(one, by=cast.office, on=TODAY, version=1)
    services.mark_no_duty(Clause.objects.get(version=version, path="二/4/一是"), by=cast.office, on=TODAY)
    return version


def speaks(cast, slot, on=LATER):
    return queries.find_rule(slot, bureau_id=cast.bureau.pk, on=on)


@pytest.mark.clause("0.1")
def test_the_difference_names_what_changed_and_saves_nothing(cast, version):
    found = versions.compare(versions.stored(version), draft(REVISED, bureau=cast.bureau, on=LATER))
    told = {one.path: one.state for one in found.clauses if one.state not in ("SAME", "GONE")}
    gone = [one.old.title for one in found.clauses if one.state == "GONE"]
    assert told == {"二/1/二是": "CHANGED", "二/3/一是": "NEW", "二/3/二是": "MOVED", "二/3/三是": "MOVED"}
    assert gone == ["从快办理"] and not found.another
    assert PlanVersion.objects.count() == 1


def test_adoption_keeps_lineage_and_the_text(cast, decided):
    second = adopt(cast, decided.plan, basis="云建发〔2026〕21号", decided_by=cast.director, decided_on=LATER)
    assert (second.number, second.text, second.basis) == (2, REVISED, "云建发〔2026〕21号")
    old = dict(decided.clauses.values_list("title", "lineage"))
    new = dict(second.clauses.values_list("title", "lineage"))
    assert {title for title in new if new[title] != old.get(title)} == {"领导包抓"}
    assert versions.newest_of(decided.plan) == versions.successor(decided) == second
    assert versions.successor(second) is None
    moved = decided.clauses.get(path="二/3/二是")
    assert versions.counterpart(moved).path == "二/3/三是"
    entry = Entry.objects.get(act="plan.adopt_version")
    body = json.loads(entry.body)
    assert body["decided"][0] == str(cast.director) and "云建发〔2026〕21号" in body["note"]
    tables = [row[0] for row in body["rows"]]
    assert tables.count("plan_clause") == second.clauses.count()
    assert tables.count("plan_duty") == Duty.objects.filter(clause__version=second).count()


def test_nothing_of_the_new_version_is_decided_and_what_ran_runs_on(cast, decided):
    before = {key: one and one.rule_id for key, one in queries.rules_of(bureau_id=cast.bureau.pk, on=LATER).items()}
    second = adopt(cast, decided.plan)
    assert set(Duty.objects.filter(clause__version=second).values_list("state", flat=True)) == {"PROPOSED"}
    assert not second.clauses.filter(no_duty=True).exists()
    after = {key: one and one.rule_id for key, one in queries.rules_of(bureau_id=cast.bureau.pk, on=LATER).items()}
    assert before == after and any(before.values())


def test_unchanged_duties_bring_their_decisions_and_changed_ones_what_they_said(cast, decided):
    second = adopt(cast, decided.plan)
    ledger = Duty.objects.get(clause__version=second, quote__contains="建立整改台账")
    assert (ledger.act, ledger.owner_unit, ledger.state) == ("建立走访意见整改台账", cast.quality, "PROPOSED")
    assert ledger.carried_from.clause.version == decided
    dropped = Duty.objects.get(clause__version=second, quote__contains="归档学习记录")
    assert (dropped.state, dropped.reason) == ("PROPOSED", "已有档案制度")
    changed = Duty.objects.get(clause__version=second, quote__contains="15天")
    assert "20天" in changed.carried_from.quote and changed not in versions.carriable(second)
    fresh = Duty.objects.get(clause__version=second, quote__contains="每月调度1次")
    assert fresh.carried_from is None


@pytest.mark.clause("0.1")
def test_one_act_carries_everything_unchanged(cast, decided, django_assert_max_num_queries):
    second = adopt(cast, decided.plan)
    kept = {one.pk for one in Rule.objects.filter(until_on=None)}
    with django_assert_max_num_queries(40):
        number = services.carry_over(second, by=cast.office, on=LATER)
    left = Duty.objects.filter(clause__version=second, state="PROPOSED")
    assert number == Duty.objects.filter(clause__version=second).exclude(state="PROPOSED").count() > 10
    assert {one.quote[:10] for one in left} == {"干部职工每人每年学习", "分管领导每月调度1次"}
    assert Duty.objects.get(clause__version=second, quote__contains="归档学习记录").state == "DROPPED"
    assert second.clauses.get(path="二/4/一是").no_duty
    assert {one.pk for one in Rule.objects.filter(until_on=None)} == kept  # the same rules, not one superseded
    entry = Entry.objects.get(act="plan.carry_over")
    assert [row[0] for row in json.loads(entry.body)["rows"]].count("plan_duty") == number
    with pytest.raises(NotAllowed, match="没有可沿用"):
        services.carry_over(second, by=cast.office, on=LATER)


def test_a_duty_somebody_touched_is_not_carried_over_his_head(cast, decided):
    second = adopt(cast, decided.plan)
    one = versions.carriable(second)[0]
    services.correct_duty(one, by=cast.office, on=LATER, version=1, act="另一种说法")
    services.carry_over(second, by=cast.office, on=LATER)
    one.refresh_from_db()
    assert one.state == "PROPOSED"


def test_confirming_the_changed_sentence_supersedes_the_rule_from_that_day(cast, decided):
    second = adopt(cast, decided.plan)
    services.carry_over(second, by=cast.office, on=LATER)
    assert speaks(cast, "study_days_year").value["number"] == 20
    waiting = next(one for one in versions.loose_rules(decided.plan) if one.rule.slot == "study_days_year")
    assert waiting.waits and waiting.value["number"] == 15
    with pytest.raises(NotAllowed, match="请先确认新版"):
        services.end_rule(waiting.rule, reason="不要了", by=cast.office, on=LATER)
    changed = Duty.objects.get(clause__version=second, quote__contains="15天")
    services.confirm_duty(changed, by=cast.office, on=LATER, version=1)
    now = speaks(cast, "study_days_year")
    assert (now.value["number"], now.from_on, now.clause_id) == (15, LATER, changed.clause_id)
    assert speaks(cast, "study_days_year", date(2026, 12, 6)).value["number"] == 20


def test_restoring_a_carried_duty_ends_the_rule_of_its_line_and_the_old_version_stays_silent(cast, decided):
    second = adopt(cast, decided.plan)
    services.carry_over(second, by=cast.office, on=LATER)
    one = Duty.objects.get(clause__version=second, slot="group_study_monthly")
    services.restore_duty(one, by=cast.office, on=LATER, version=one.version)
    assert speaks(cast, "group_study_monthly") is None
    assert not Rule.objects.filter(slot="group_study_monthly", until_on=None).exists()


def test_a_dropped_old_clause_never_speaks_again(cast, decided):
    """Two clauses of the first version said the slot; the second version keeps one; ending it wakes nothing old."""
    other = Duty.objects.get(clause__version=decided, quote__contains="3个工作日内")
    three = {"number": 3, "unit": "WORKDAY"}
    services.correct_duty(other, by=cast.office, on=TODAY, version=other.version, slot="feedback_days", value=three)
    five = Duty.objects.filter(clause__version=decided, quote__contains="5个工作日内").first()
    five.refresh_from_db()
    assert speaks(cast, "feedback_days").value["number"] == 3
    second = adopt(cast, decided.plan)
    services.carry_over(second, by=cast.office, on=LATER)
    assert speaks(cast, "feedback_days").value["number"] == 3  # carrying over touches no rule
    loose = next(one for one in versions.loose_rules(decided.plan) if one.rule.slot == "feedback_days")
    assert (loose.rule.value["number"], loose.state, loose.value["number"], loose.waits) == (3, "CHANGED", 5, False)
    with pytest.raises(NotAllowed, match="按新版办理"):
        services.keep_rule(loose.rule, reason="照旧", by=cast.office, on=LATER)
    services.end_rule(loose.rule, reason="该条已删去", by=cast.office, on=LATER)
    assert speaks(cast, "feedback_days").value["number"] == 5
    now = Duty.objects.get(clause__version=second, slot="feedback_days")
    services.restore_duty(now, by=cast.office, on=LATER, version=now.version)
    assert speaks(cast, "feedback_days").source == "PRODUCT"


@pytest.fixture
def without_study(cast, decided):
    """A second version that says nothing of study any more, everything else carried over."""
    text = PLAN.replace("二是保证学习时间。干部职工每人每年学习不少于20天，每周学习不少于半天。\n", "")
    second = adopt(cast, decided.plan, text)
    services.carry_over(second, by=cast.office, on=LATER)
    return second


def test_a_rule_whose_clause_is_gone_is_listed_and_goes_on_until_somebody_decides(cast, without_study):
    loose = versions.loose_rules(without_study.plan)
    assert {(one.rule.slot, one.state) for one in loose} == {("study_days_year", "GONE"), ("study_weekly", "GONE")}
    assert speaks(cast, "study_days_year").value["number"] == 20


def test_a_loose_rule_is_ended_or_kept_with_its_reason(cast, without_study):
    year, week = (one.rule for one in versions.loose_rules(without_study.plan))
    services.end_rule(year, reason="新版方案不再规定", by=cast.office, on=LATER)
    assert speaks(cast, "study_days_year") is None
    kept = services.keep_rule(week, reason="局党委会定继续执行", by=cast.office, on=LATER)
    assert (kept.kept_in, kept.kept_why) == (without_study, "局党委会定继续执行")
    assert versions.loose_rules(without_study.plan) == []
    assert speaks(cast, "study_weekly").rule_id == week.pk
    with pytest.raises(NotAllowed, match="已决定继续执行"):
        services.keep_rule(week, reason="再来", by=cast.office, on=LATER)
    with pytest.raises(NotAllowed, match="已经停止"):
        services.end_rule(year, reason="再来", by=cast.office, on=LATER)


@pytest.mark.parametrize("verb", [services.end_rule, services.keep_rule])
def test_a_rule_that_the_newest_version_says_is_not_ended_or_kept_by_hand(cast, decided, verb):
    second = adopt(cast, decided.plan)
    services.carry_over(second, by=cast.office, on=LATER)
    said = Rule.objects.get(slot="group_study_monthly")
    with pytest.raises(NotAllowed, match="仍有规定"):
        verb(said, reason="不要了", by=cast.office, on=LATER)
    with pytest.raises(NotAllowed, match="为什么"):
        verb(said, reason=" ", by=cast.office, on=LATER)
    with pytest.raises(NotAllowed, match="局办公室"):
        verb(said, reason="不要了", by=cast.leader, on=LATER)


def test_decisions_on_an_old_version_are_refused(cast, decided):
    adopt(cast, decided.plan)
    one = Duty.objects.filter(clause__version=decided, state="CONFIRMED").first()
    for verb in (services.restore_duty, services.correct_duty, services.confirm_duty, services.drop_duty):
        with pytest.raises(NotAllowed, match="旧版"):
            verb(one, by=cast.office, on=LATER, version=one.version)
    with pytest.raises(NotAllowed, match="旧版"):
        services.mark_no_duty(decided.clauses.get(path="三/（二）"), by=cast.office, on=LATER)
    with pytest.raises(NotAllowed, match="旧版"):
        services.carry_over(decided, by=cast.office, on=LATER)


@pytest.mark.parametrize("who", ["director", "leader", "chief", "handler", "stranger", "sysadmin"])
def test_only_the_office_adopts_and_carries(cast, decided, who):
    with pytest.raises(NotAllowed, match="局办公室"):
        adopt(cast, decided.plan, by=getattr(cast, who))
    second = adopt(cast, decided.plan)
    with pytest.raises(NotAllowed, match="局办公室"):
        services.carry_over(second, by=getattr(cast, who), on=LATER)


def test_whoever_comes_second_meets_what_the_first_adopted(cast, decided):
    adopt(cast, decided.plan)
    with pytest.raises(Stale) as caught:
        adopt(cast, decided.plan, REVISED.replace("15天", "12天"), seen=1)
    assert "采用了第2版" in caught.value.changes[0]
    assert decided.plan.versions.count() == 2


def test_the_same_text_is_said_and_another_plans_text_too(cast, decided):
    with pytest.raises(services.AlreadyImported, match="不用重复导入"):
        adopt(cast, decided.plan, PLAN)
    text = "一、交办\n1.限时反馈。承办单位在2个工作日内向分管领导反馈办理情况。\n"
    services.import_plan(bureau=cast.bureau, content=text, title="另一方案", by=cast.office, on=TODAY)
    with pytest.raises(services.AlreadyImported, match="另一 第1版"):
        adopt(cast, decided.plan, text)


def test_an_earlier_text_may_be_adopted_again_and_brings_its_lineage(cast, decided):
    adopt(cast, decided.plan)
    third = adopt(cast, decided.plan, PLAN, seen=2)
    assert third.number == 3 and third.sha256 == decided.sha256
    first, again = (dict(one.clauses.values_list("path", "lineage")) for one in (decided, third))
    assert first == again  # also 从快办理, which was gone for a version


def test_a_staged_file_is_read_shown_and_kept_byte_for_byte(cast, decided):
    data = REVISED.encode("gb18030")
    token = stage(SimpleUploadedFile("新版.txt", data), by=cast.office).pk
    found = read_staged(token, who=cast.office, bureau=cast.bureau, on=LATER)
    assert found.text == REVISED and read_staged(token, who=cast.chief, bureau=cast.bureau, on=LATER) is None
    assert StagedUpload.objects.filter(pk=token).exists()  # looking keeps it
    second = adopt(cast, decided.plan, found=found, content="", staged=[token])
    assert second.source.name == "新版.txt" and not StagedUpload.objects.exists()
    with pytest.raises(NotAllowed, match="失效"):
        adopt(cast, decided.plan, seen=2, found=draft(PLAN + "\n", bureau=cast.bureau, on=LATER), staged=[token])
    assert Evidence.objects.count() == 1


def test_a_unit_that_is_no_more_is_not_carried(cast, decided):
    one = Duty.objects.get(clause__version=decided, quote__contains="建立整改台账")
    Duty.objects.filter(pk=one.pk).update(owner_unit=cast.other_bureau)
    second = adopt(cast, decided.plan)
    assert Duty.objects.get(clause__version=second, quote__contains="建立整改台账").owner_unit is None


def find(version, words):
    return Duty.objects.filter(clause__version=version, quote__contains=words).order_by("order").first()


def test_what_a_person_added_merged_and_split_is_proposed_again(cast, version):
    at = PLAN.index("件件有人办")
    added = services.add_duty(version, start=at, end=at + 5, by=cast.office, on=TODAY, act="逐件落实承办人")
    ledger, clear = find(version, "建立整改台账"), find(version, "实行销号管理")
    merged = services.merge_duties([(ledger, 1), (clear, 1)], by=cast.office, on=TODAY)
    services.confirm_duty(merged, by=cast.office, on=TODAY, version=1, act="建台账并销号")
    found = versions_preview(cast, version)
    assert {one.state for one in found.duties} == {"SAME", "CHANGED", "NEW", "GONE"}
    assert not [one for one in found.duties if one.state == "NEW" and "台账" in found.new.duties[one.new].quote]
    second = adopt(cast, version.plan)
    again = Duty.objects.get(clause__version=second, carried_from=added)
    assert (again.by_person, again.state, again.act) == (True, "PROPOSED", "逐件落实承办人")
    assert REVISED[again.start : again.end] == again.quote == "件件有人办"
    once = Duty.objects.get(clause__version=second, carried_from=merged)
    assert (once.act, once.state) == ("建台账并销号", "PROPOSED")
    assert {one.origin.state for one in once.origins.all()} == {"REPLACED"} and once.origins.count() == 2
    assert services.carry_over(second, by=cast.office, on=LATER) == 2
    assert Entry.objects.filter(act="plan.adopt_version").exists()


def versions_preview(cast, version):
    return foreseen(version.plan, version, draft(REVISED, bureau=cast.bureau, on=LATER), on=LATER)
