"""The pages of a next version: nothing is saved before it was looked at, nothing typed or uploaded is lost."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.lib.clock import SHANGHAI
from luoshi.matters import services as matters
from luoshi.plan import services
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion, Rule
from luoshi.plan.queries import versions
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.plan.tests.test_versions import REVISED, adopt, decided  # noqa: F401 - the fixture
from luoshi.records.models import StagedUpload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-12-07T09:30")


def key():
    return str(uuid.uuid4())


def words(page: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def bring(client, plan, **fields):
    return client.post(
        reverse("plan:new_version", args=[plan.pk]), {"submission": key(), "text": "", "file": ""} | fields
    )


@pytest.mark.clause("0.1")
def test_upload_then_look_then_adopt_then_carry_over(cast, enter, decided):  # noqa: F811
    client, plan = enter(cast.office), decided.plan
    assert "导入新版" in client.get(plan.get_absolute_url()).content.decode()
    sent = bring(client, plan, file=SimpleUploadedFile("新版.txt", REVISED.encode("gb18030")))
    assert sent.status_code == 302 and plan.versions.count() == 1
    page = client.get(sent["Location"]).content.decode()
    assert "<del>" in page and "<ins>" in page and "（删去：" in page and "（增加：" in page
    assert "每年学习不少于（删去：20）（增加：15）天" in words(page)
    assert "领导包抓" in page and "从快办理" in page and "看起来是另一份方案" not in page
    assert "年度学习天数" in page and "每年不少于15天" in page
    assert plan.versions.count() == 1 and StagedUpload.objects.count() == 1
    again = client.get(sent["Location"])
    assert again.status_code == 200  # looking twice takes nothing away
    adopted = client.post(sent["Location"], {"submission": key(), "version": 1, "basis": "云建发〔2026〕21号"})
    second = plan.versions.get(number=2)
    assert adopted["Location"] == reverse("plan:difference", args=[second.pk])
    assert (second.source.name, second.basis) == ("新版.txt", "云建发〔2026〕21号")
    page = client.get(adopted["Location"]).content.decode()
    number = len(versions.carriable(second))
    assert f"沿用未改动的{number}项任务" in page
    carried = client.post(reverse("plan:carry_over", args=[second.pk]), {"submission": key()}, follow=True)
    assert f"已沿用{number}项" in carried.content.decode() and not versions.carriable(second)


def test_pasted_words_are_kept_too_and_an_empty_form_says_so(cast, enter, decided):  # noqa: F811
    client = enter(cast.office)
    assert "请选择方案文件" in bring(client, decided.plan).content.decode()
    assert "没有读到条款" in bring(client, decided.plan, text="你好。").content.decode()
    sent = bring(client, decided.plan, text=REVISED.replace("\n", "\r\n"))
    assert "领导包抓" in client.get(sent["Location"]).content.decode()


def test_the_same_text_is_said_with_its_place(cast, enter, decided):  # noqa: F811
    page = bring(enter(cast.office), decided.plan, text=PLAN).content.decode()
    assert "不用重复导入" in page and decided.get_absolute_url() in page


def test_another_plan_is_told_apart_and_may_be_imported_as_its_own(cast, enter, decided):  # noqa: F811
    client = enter(cast.office)
    text = "一、防汛准备\n1.备足物资。各站点储备沙袋、编织袋。\n2.落实值守。值班人员每天报告1次汛情。\n"
    sent = bring(client, decided.plan, text=text)
    page = client.get(sent["Location"]).content.decode()
    assert "看起来是另一份方案" in page
    token = sent["Location"].rstrip("/").rpartition("/")[2]
    made = client.post(reverse("plan:import"), {"submission": key(), "staged": token})
    assert made.status_code == 302 and Plan.objects.count() == 2 and decided.plan.versions.count() == 1


def test_whoever_is_second_sees_the_new_difference_and_keeps_what_he_typed(cast, enter, decided):  # noqa: F811
    client = enter(cast.office)
    sent = bring(client, decided.plan, text=REVISED.replace("15天", "12天"))
    adopt(cast, decided.plan)
    late = client.post(sent["Location"], {"submission": key(), "version": 1, "basis": "纪要第9号"})
    page = late.content.decode()
    assert late.status_code == 409 and "采用了第2版" in page and 'value="纪要第9号"' in page
    assert "每年学习不少于（删去：15）（增加：12）天" in words(page) and decided.plan.versions.count() == 2
    fresh = re.search(r'name="submission" value="([^"]+)"', page)[1]
    done = client.post(sent["Location"], {"submission": fresh, "version": 2, "basis": "纪要第9号"})
    assert done.status_code == 302 and decided.plan.versions.count() == 3


def test_adopting_twice_makes_one_version(cast, enter, decided):  # noqa: F811
    client = enter(cast.office)
    where = bring(client, decided.plan, text=REVISED)["Location"]
    form = {"submission": key(), "version": 1, "basis": "纪要"}
    first, again = client.post(where, form), client.post(where, form)
    assert first["Location"] == again["Location"] or again.status_code == 302
    assert decided.plan.versions.count() == 2


def test_adopting_without_its_basis_saves_nothing(cast, enter, decided):  # noqa: F811
    client = enter(cast.office)
    where = bring(client, decided.plan, text=REVISED)["Location"]
    page = client.post(where, {"submission": key(), "version": 1, "basis": " "}).content.decode()
    assert "请填写" in page and "领导包抓" in page and PlanVersion.objects.count() == 1


def test_a_token_that_is_gone_or_somebody_elses_leads_back(cast, enter, decided):  # noqa: F811
    client = enter(cast.office)
    answer = client.get(reverse("plan:adopt", args=[decided.plan_id, uuid.uuid4()]), follow=True)
    assert "已超过保存期" in answer.content.decode()


@pytest.mark.parametrize("who", ["director", "leader", "chief", "handler", "stranger", "sysadmin"])
def test_only_the_office_brings_adopts_carries_and_keeps(cast, enter, decided, who):  # noqa: F811
    second = adopt(cast, decided.plan)
    client, rule = enter(getattr(cast, who)), Rule.objects.first()
    for name, args in {
        "plan:new_version": [decided.plan_id], "plan:adopt": [decided.plan_id, uuid.uuid4()],
        "plan:carry_over": [second.pk], "plan:keep_rule": [rule.pk],
    }.items():  # fmt: skip
        assert client.post(reverse(name, args=args), {"submission": key()}).status_code == 403, name
    seen = client.get(reverse("plan:difference", args=[second.pk])).status_code
    assert seen == (404 if who in ("stranger", "sysadmin") else 200)


def test_an_old_version_says_so_everywhere_and_offers_nothing(cast, enter, decided):  # noqa: F811
    second = adopt(cast, decided.plan)
    third = adopt(cast, decided.plan, REVISED.replace("15天", "12天"), seen=2)
    client = enter(cast.office)
    read = client.get(decided.get_absolute_url()).content.decode()
    assert "旧版" in read and third.get_absolute_url() in read
    assert 'name="pick"' not in read and "确认所选" not in read
    moved, gone = (Clause.objects.get(version=decided, path=path) for path in ("二/3/二是", "二/3/三是"))
    shown = client.get(moved.get_absolute_url()).content.decode()
    assert "第1版（旧版）的条款" in shown and versions.counterpart(moved).get_absolute_url() in shown
    assert "其中没有这一条" in client.get(gone.get_absolute_url()).content.decode()
    page = client.get(reverse("plan:difference", args=[second.pk])).content.decode()
    assert "这是第2版（旧版）" in page and "沿用未改动的" not in page
    one = Duty.objects.filter(clause__version=decided, state="CONFIRMED").first()
    refused = client.post(reverse("plan:restore", args=[one.pk]), {"submission": key(), "version": one.version})
    assert refused.status_code == 409 and "旧版" in refused.content.decode()


def test_beside_a_changed_duty_stands_what_it_said_before(cast, enter, decided):  # noqa: F811
    second = adopt(cast, decided.plan)
    page = enter(cast.office).get(second.get_absolute_url()).content.decode()
    changed = Duty.objects.get(clause__version=second, quote__contains="15天")
    row = page[page.index(f'id="duty-{changed.pk}"') :]
    assert "上一版：干部职工每人每年学习不少于（删去：20）（增加：15）天，原已确认" in words(row[: row.index("</li>")])
    same = Duty.objects.get(clause__version=second, quote__contains="归档学习记录")
    row = page[page.index(f'id="duty-{same.pk}"') :]
    assert "上一版原句未改动，原为不是任务：已有档案制度" in words(row[: row.index("</li>")])


def test_the_first_version_has_no_difference(cast, enter, version):
    answer = enter(cast.office).get(reverse("plan:difference", args=[version.pk]))
    assert answer.status_code == 302 and answer["Location"] == version.get_absolute_url()


def test_a_rule_that_lost_its_clause_is_decided_from_the_page(cast, enter, decided):  # noqa: F811
    text = PLAN.replace("二是保证学习时间。干部职工每人每年学习不少于20天，每周学习不少于半天。\n", "")
    second = adopt(cast, decided.plan, text)
    client = enter(cast.office)
    page = client.get(reverse("plan:difference", args=[second.pk])).content.decode()
    year, week = (one.rule for one in versions.loose_rules(second.plan))
    assert reverse("plan:keep_rule", args=[week.pk]) in page and reverse("plan:end_rule", args=[year.pk]) in page
    assert "2项现行规则在第2版里有变" in words(client.get(second.plan.get_absolute_url()).content.decode())
    keep = reverse("plan:keep_rule", args=[week.pk])
    assert client.get(keep).status_code == 200
    assert "请填写" in client.post(keep, {"submission": key(), "reason": ""}).content.decode()
    assert client.post(keep, {"submission": key(), "reason": "纪要第3号"}).status_code == 302
    end = reverse("plan:end_rule", args=[year.pk])
    assert client.post(end, {"submission": key(), "reason": "新版不再规定"}).status_code == 302
    assert versions.loose_rules(second.plan) == []


def test_open_matters_of_changed_clauses_are_listed_and_their_dates_stay(cast, enter, decided):  # noqa: F811
    clause = Clause.objects.get(version=decided, path="二/1/二是")
    matter = matters.open_matter(
        bureau=cast.bureau, title="安排全年学习", source="PLAN", clause=clause, lead_unit=cast.planning,
        leader=cast.leader, due_on=TODAY.replace(month=12, day=25), by=cast.office, on=TODAY,
    )  # fmt: skip
    matters.approve(matter, by=cast.leader, on=TODAY)
    matters.assign(matter, by=cast.office, on=TODAY, now=datetime.combine(TODAY, time(9), SHANGHAI))
    kept = list(matter.deadlines.values_list("due_on", "rule_id", "basis"))
    client = enter(cast.office)
    where = bring(client, decided.plan, text=REVISED)["Location"]
    page = client.get(where).content.decode()
    link = re.search(r'href="(/affected/[^"]+)"', page)[1]
    assert "安排全年学习" in client.get(link).content.decode()
    assert "<html" not in client.get(link, HTTP_HX_REQUEST="true").content.decode()
    assert "安排全年学习" not in enter(cast.stranger).get(link).content.decode()
    second = adopt(cast, decided.plan)
    services.carry_over(second, by=cast.office, on=TODAY)
    assert list(matter.deadlines.values_list("due_on", "rule_id", "basis")) == kept
    # a matter of the first version is found from the second's clause too
    now = versions.counterpart(clause)
    assert "安排全年学习" in enter(cast.office).get(f"/affected/?clauses={now.pk},x,").content.decode()
