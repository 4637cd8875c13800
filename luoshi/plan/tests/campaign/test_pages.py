"""The pages: who enters, what is filled in, what a click does, what bad input is told; nothing typed is lost."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.plan.campaign import access, proposals
from luoshi.plan.models import GateDecision, LeadingGroup, Phase, Responsibility
from luoshi.plan.services import campaign
from luoshi.plan.services.campaign.gates import Finding
from luoshi.plan.services.campaign.group import Chosen
from luoshi.plan.tests.campaign.conftest import TODAY
from luoshi.records.models import Entry
from tests.counting import asked
from tests.house.filled import filled

PEOPLE = ("office", "director", "leader", "chief", "handler", "discipline", "stranger", "sysadmin")


def key():
    return str(uuid.uuid4())


@pytest.fixture
def send():
    """Open a page, fill in what is told, send it: what a person with a browser does."""

    def post(client, url, **told):
        page = client.get(url)
        assert page.status_code == 200, (url, page.status_code)
        return client.post(url, {**filled(page.content.decode(), url), **told})

    return post


def acts(plan, first, group, row):
    """Every act's address, with its arguments."""
    return {
        "edit_plan": plan.pk, "exclude_unit": plan.pk, "add_phase": plan.pk, "edit_phase": first.pk,
        "void_phase": first.pk, "choose_checks": first.pk, "check_gate": first.pk, "edit_group": group.pk,
        "end_group": group.pk, "add_member": group.pk, "end_member": group.members.first().pk,
        "propose_responsibilities": plan.pk, "add_responsibility": plan.pk, "edit_responsibility": row.pk,
        "end_responsibility": row.pk,
    }  # fmt: skip


@pytest.fixture
def listed(cast, plan):
    lines = [
        campaign.responsibilities.Line(one.kind, one.person, one.words, one.unit, one.clause)
        for one in proposals.responsibilities(plan, TODAY)
    ]
    return campaign.list_responsibilities(plan, lines=lines, by=cast.office, on=TODAY)


@pytest.mark.clause("2.0")
@pytest.mark.clause("3.1a")
@pytest.mark.clause("3.1b")
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_of_the_bureau_reads_and_only_the_office_acts(cast, enter, plan, first, group, listed, who):
    client = enter(getattr(cast, who))
    unseen = who in ("stranger", "sysadmin")
    for name in ("campaign", "responsibilities", "responsibilities_xlsx"):
        assert client.get(reverse(f"plan:{name}", args=[plan.pk])).status_code == (404 if unseen else 200), name
    for name, pk in acts(plan, first, group, listed[0]).items():
        status = client.get(reverse(f"plan:{name}", args=[pk])).status_code
        assert status == (200 if who == "office" else 403), name
        refused = client.post(reverse(f"plan:{name}", args=[pk]), {"submission": key()})
        assert refused.status_code == (200 if who == "office" else 403) or name == "end_member", name
    for name in ("sign_gate", "withdraw_gate"):
        status = client.get(reverse(f"plan:{name}", args=[first.pk])).status_code
        assert status == (200 if who in ("office", "director", "leader") else 403), name


def test_acts_are_shown_only_to_whoever_may(cast, enter, plan, first, group, listed):
    url = reverse("plan:campaign", args=[plan.pk])
    mine, theirs = (enter(one).get(url).content.decode() for one in (cast.office, cast.handler))
    for words in ("按方案", "增设阶段", "核对过关事项", "增加成员", "退出：", "标为不参加", "按分管和职责生成"):
        assert words not in theirs, words
    for words in ("增设阶段", "核对过关事项", "增加成员", "退出：", "标为不参加", "按分管和职责生成"):
        assert words in mine, words
    for words in ("活动组织", "步步有回应", "陆远山", "第一责任人", "到期未过关", "今天"):
        assert words in theirs, words


@pytest.mark.clause("2.0")
def test_the_page_of_a_bare_plan_says_what_to_do_next(cast, enter, plan):
    page = enter(cast.office).get(reverse("plan:campaign", args=[plan.pk])).content.decode()
    for words in ("按方案设阶段", "成立领导小组", "还没有登记印发日期", "班子成员还有3人没有列入", "未印发"):
        assert words in page, words


def test_plan_and_campaign_pages_lead_to_each_other(cast, enter, plan):
    client = enter(cast.handler)
    here, there = reverse("plan:detail", args=[plan.pk]), reverse("plan:campaign", args=[plan.pk])
    assert f'href="{there}"' in client.get(here).content.decode()
    assert f'href="{here}"' in client.get(there).content.decode()


@pytest.mark.clause("0.1")
def test_the_head_comes_filled_from_the_text_and_is_saved_in_one_act(cast, enter, plan, send):
    url = reverse("plan:edit_plan", args=[plan.pk])
    client = enter(cast.office)
    page = client.get(url).content.decode()
    assert 'value="县委全会精神"' in page and "读自前言" in page and "文末落款是2026-10-30" in page
    told = {"decision": "局党委会2026年第12号纪要", "decided_on": "2026-10-29", "issued_on": "2026-10-30"}
    paper = SimpleUploadedFile("纪要.txt", "同意印发。".encode())
    answer = send(client, url, **told, paper=paper)
    assert answer.status_code == 302 and answer["Location"] == reverse("plan:campaign", args=[plan.pk])
    plan.refresh_from_db()
    assert (plan.follows, plan.decided_body, plan.issued_on) == ("县委全会精神", "局党委", date(2026, 10, 30))
    page = client.get(answer["Location"]).content.decode()
    assert "已经起算的时限没有变动" in page and "局党委 2026-10-29 周四" in page
    got = client.get(reverse("plan:campaign_paper", args=[plan.decision_paper_id]))
    assert b"".join(got.streaming_content) == "同意印发。".encode()
    assert enter(cast.stranger).get(reverse("plan:campaign_paper", args=[plan.decision_paper_id])).status_code == 404


def test_a_paper_of_elsewhere_is_not_served_here(cast, enter, plan):
    from luoshi.plan.models import PlanVersion
    from luoshi.records.models import Evidence

    assert enter(cast.office).get(reverse("plan:campaign_paper", args=[uuid.uuid4()])).status_code == 404
    assert not Evidence.objects.filter(pk__in=PlanVersion.objects.values("source_id")).exists()


@pytest.mark.clause("3.0")
def test_the_head_page_says_which_rules_end_with_the_plan(cast, enter, plan):
    page = enter(cast.office).get(reverse("plan:edit_plan", args=[plan.pk])).content.decode()
    assert "已经起算的时限一个也不动" in page and "首次反馈时限" in page


def test_bad_dates_are_told_beside_their_field_and_nothing_typed_is_lost(cast, enter, plan, send):
    url = reverse("plan:edit_plan", args=[plan.pk])
    answer = send(enter(cast.office), url, title="改过的标题", from_on="2026-12-01", until_on="2026-11-01")
    page = answer.content.decode()
    assert answer.status_code == 200 and "实施止早于实施起" in page and 'value="改过的标题"' in page


def test_a_stale_head_meets_the_conflict_page_with_all_that_was_typed(cast, enter, plan, send):
    url = reverse("plan:edit_plan", args=[plan.pk])
    client = enter(cast.office)
    opened = filled(client.get(url).content.decode(), url)
    campaign.edit_plan(plan, by=cast.office, on=TODAY, version=1, scope="全局")
    answer = client.post(url, {**opened, "title": "我的标题"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "我的标题" in page and "修改方案概况" in page
    plan.refresh_from_db()
    assert plan.title != "我的标题"


@pytest.mark.clause("2.0")
def test_the_phases_are_set_from_the_text_and_the_same_form_counts_once(cast, enter, plan):
    url = reverse("plan:set_phases", args=[plan.pk])
    client = enter(cast.office)
    page = client.get(url).content.decode()
    assert 'value="2026-11-02"' in page and "第二阶段 组织实施" in page
    told = filled(page, url)
    answer = client.post(url, told)
    assert answer.status_code == 409 and "交叉" in answer.content.decode()  # the text itself overlaps by days
    told["overlap_reason"] = ["边动员边实施"]
    told["submission"] = [key()]
    assert client.post(url, told).status_code == 302
    assert client.post(url, told).status_code == 302
    assert [one.from_on for one in Phase.objects.all()] == [date(2026, 11, 2), date(2026, 12, 1), None]
    assert Entry.objects.filter(act="plan.set_phases").count() == 1
    assert client.get(url).status_code == 302  # set once: from now on each is moved by itself


@pytest.mark.parametrize("bad", ["keep", "name", "until"])
def test_phases_with_bad_input_come_back_with_all_that_was_typed(cast, enter, plan, bad):
    url = reverse("plan:set_phases", args=[plan.pk])
    client = enter(cast.office)
    told = filled(client.get(url).content.decode(), url)
    first = min(int(name.split("-")[1]) for name in told if name.startswith("name-"))
    if bad == "keep":
        told = {name: one for name, one in told.items() if not name.startswith("keep-")}
    else:
        told[f"{bad}-{first}"] = ["" if bad == "name" else "2026-10-01"]
    told["overlap_reason"] = ["边动员边实施"]
    answer = client.post(url, told)
    page = answer.content.decode()
    assert answer.status_code == 200 and "没有保存" in page and 'value="边动员边实施"' in page
    assert not Phase.objects.exists()


@pytest.mark.clause("2.0")
def test_a_gate_from_choosing_to_signing_to_taking_back(cast, enter, plan, phases, send):
    first = phases[0]
    client = enter(cast.office)
    url = reverse("plan:choose_checks", args=[first.pk])
    assert send(client, url, own="小结已报领导小组").status_code == 302
    checks = list(first.checks.all())
    assert len(checks) >= 3 and checks[-1].words == "小结已报领导小组"
    sign = reverse("plan:sign_gate", args=[first.pk])
    page = client.get(sign).content.decode()
    assert f"还有{len(checks)}项没有核对" in page and "登记过关</button>" not in page
    url = reverse("plan:check_gate", args=[first.pk])
    found = {f"found-{one.pk}": "MET" for one in checks} | {f"found-{checks[0].pk}": "UNMET"}
    answer = send(client, url, **found)
    assert answer.status_code == 200 and "请写明理由" in answer.content.decode()
    assert send(client, url, **found, **{f"note-{checks[0].pk}": "一个单位因防汛未开"}).status_code == 302
    page = client.get(reverse("plan:campaign", args=[plan.pk])).content.decode()
    assert "理由：一个单位因防汛未开" in page and "登记过关" in page
    answer = send(client, sign, decided_by=cast.director.pk)
    assert answer.status_code == 200 and "请写明会议或批示的出处" in answer.content.decode()
    assert send(client, sign, decided_by=cast.director.pk, source="领导小组会议纪要第1期").status_code == 302
    page = client.get(reverse("plan:campaign", args=[plan.pk])).content.decode()
    assert "陆远山决定过关" in page and "领导小组会议纪要第1期" in page and "撤回过关" in page
    url = reverse("plan:withdraw_gate", args=[first.pk])
    leader = enter(cast.leader)
    assert "请填写" in send(leader, url).content.decode()
    assert send(leader, url, note="传达情况不实").status_code == 302
    assert [one.kind for one in GateDecision.objects.all()] == ["SIGN", "WITHDRAW"]
    page = leader.get(reverse("plan:campaign", args=[plan.pk])).content.decode()
    assert "撤回过关：传达情况不实" in page and "上一阶段未过关" in page


def test_a_leader_signs_with_one_button(cast, enter, plan, first, find, send):
    find(first, {"各单位已传达": Finding("UNMET", "防汛。")})
    url = reverse("plan:sign_gate", args=[first.pk])
    page = enter(cast.director).get(url).content.decode()
    assert "作出决定的领导" not in page and "登记过关" not in page
    assert send(enter(cast.director), url).status_code == 302
    assert GateDecision.objects.get().decided_by == cast.director


@pytest.mark.clause("3.1a")
def test_the_group_comes_filled_and_only_its_head_is_chosen(cast, enter, plan, send):
    url = reverse("plan:set_group", args=[plan.pk])
    client = enter(cast.office)
    page = client.get(url).content.decode()
    assert "“步步有回应”活动领导小组" in page and "方案写了2处（局机关办公室、局办公室），按一个办公室登记" in page
    answer = send(client, url)
    assert answer.status_code == 200 and "请选择" in answer.content.decode()
    answer = send(client, url, head=cast.director.pk, deputies=[cast.director.pk])
    assert "不能同时是副组长" in answer.content.decode()
    answer = send(client, url, head=cast.director.pk, deputies=[cast.leader.pk, cast.second_leader.pk])
    assert answer.status_code == 302 and answer["Location"].endswith("#group")
    group = LeadingGroup.objects.get()
    assert group.members.count() == 10 and group.office_unit == cast.office_unit and group.clause.path == "三/（一）"
    assert client.get(url).status_code == 302
    page = client.get(reverse("plan:campaign", args=[plan.pk])).content.decode()
    assert "局办公室，承担日常工作" in page and "组长" in page


@pytest.mark.clause("3.1b")
def test_the_list_is_proposed_ticked_and_taken_over_in_one_act(cast, enter, plan):
    url = reverse("plan:propose_responsibilities", args=[plan.pk])
    client = enter(cast.office)
    told = filled(client.get(url).content.decode(), url)
    assert len(told["picks"]) == len(proposals.responsibilities(plan, TODAY))
    assert client.post(url, {**told, "picks": []}).content.decode().count("请至少选一项") >= 1
    odd = client.post(url, {**told, "submission": key(), "picks": ["UNIT:999:1:"]})
    assert odd.status_code == 200 and "请重新核对后再列入" in odd.content.decode()
    assert client.post(url, {**told, "submission": key()}).status_code == 302
    assert Responsibility.objects.count() == len(told["picks"])
    page = client.get(reverse("plan:responsibilities", args=[plan.pk])).content.decode()
    table = page[page.index("<tbody") :]
    order = [table.index(one) for one in ("第一责任人", "一岗双责", "单位负责人", "任务责任人")]
    assert order == sorted(order) and "班子成员 3 / 3" in page and "责任状" not in page
    assert "没有可列入的" in client.get(url).content.decode()


@pytest.mark.clause("3.1b")
def test_a_line_by_hand_and_another_person_for_it(cast, enter, plan, send):
    client = enter(cast.office)
    url = reverse("plan:add_responsibility", args=[plan.pk])
    answer = send(client, url, person=cast.handler.pk, words_text="汇总反馈", unit=cast.planning.pk, kind="DUTY")
    assert answer.status_code == 302
    row = Responsibility.objects.get()
    url = reverse("plan:edit_responsibility", args=[row.pk])
    assert send(client, url, person=cast.second_handler.pk).status_code == 302
    page = client.get(reverse("plan:responsibilities", args=[plan.pk])).content.decode()
    assert "温以宁" in page and "林晓舟" not in page
    fresh = Responsibility.objects.get(until_on=None)
    url = reverse("plan:end_responsibility", args=[fresh.pk])
    assert "请填写" in send(client, url, reason="").content.decode()
    assert send(client, url, reason="任务完成").status_code == 302
    assert not Responsibility.objects.filter(until_on=None).exists()


def test_the_pages_cost_the_same_however_many_rows(cast, enter, plan, first, group, listed):
    client = enter(cast.office)
    for name in ("campaign", "responsibilities"):
        url = reverse(f"plan:{name}", args=[plan.pk])
        client.get(url)
        with asked(client) as few:
            client.get(url)
        for person in (cast.handler, cast.second_handler, cast.housing_handler, cast.quality_handler):
            line = campaign.responsibilities.Line("DUTY", person, f"{name}归档", cast.planning)
            campaign.list_responsibilities(plan, lines=[line], by=cast.office, on=TODAY)
            if not group.members.filter(person=person).exists():
                chosen = Chosen(person, "OFFICE", cast.office_unit)
                campaign.add_member(group, chosen=chosen, from_on=TODAY, by=cast.office, on=TODAY)
            campaign.choose_checks(
                first, duties=[], words=[f"{name}{person}"], version=first.version, by=cast.office, on=TODAY
            )
        with asked(client) as many:
            client.get(url)
        assert len(many) == len(few) <= 45, name


def test_nothing_typed_is_markup(cast, enter, plan, group):
    poison = "<script>alert(1)</script>"
    campaign.edit_plan(plan, by=cast.office, on=TODAY, version=1, scope=poison, decision=poison)
    campaign.exclude_unit(plan, unit=cast.property, reason=poison, by=cast.office, on=TODAY)
    line = campaign.responsibilities.Line("DUTY", cast.handler, poison, cast.planning)
    campaign.list_responsibilities(plan, lines=[line], by=cast.office, on=TODAY)
    client = enter(cast.office)
    for name in ("campaign", "edit_plan", "responsibilities"):
        page = client.get(reverse(f"plan:{name}", args=[plan.pk])).content.decode()
        assert poison not in page and "&lt;script&gt;alert(1)" in page, name
        assert not re.search(r"\sstyle=|\son\w+=", page), name


def test_a_clause_knows_what_the_campaign_holds_by_it(cast, plan, phases, group, listed):
    version = proposals.newest(plan)
    paths = {one.pk: one.path for one in version.clauses.all()}
    told = {paths[pk]: rows for pk, rows in access.by_clause(version).items()}
    assert phases[0] in told["二/第一阶段"] and group in told["三/（一）"] and listed[0] in told["三/（一）"]
    campaign.end_group(group, version=1, ends_on=TODAY, reason="另行成立。", by=cast.office, on=TODAY)
    campaign.void_phase(phases[2], reason="并入第二阶段。", version=1, by=cast.office, on=TODAY)
    told = {paths[pk]: rows for pk, rows in access.by_clause(version).items()}
    assert group not in told["三/（一）"] and phases[2] not in told.get("二/第三阶段", [])
