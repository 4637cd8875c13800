"""体检 of an imported plan: people's assignments and corrections count; the office sets aside with a reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from luoshi.lib.lifecycle import NotAllowed
from luoshi.plan import queries, services
from luoshi.plan.models import Duty, SetAside
from luoshi.plan.tests.conftest import TODAY

PAPER = "局党委会2026年第12号纪要"


def open_kinds(version, kind):
    return [one for one in queries.checkup(version, TODAY).open if one.kind == kind]


@pytest.fixture
def bare(cast):
    """A plan whose first clause names nobody and promises a rhythm."""
    text = "一、工作要求\n1.设立意见箱。\n2.局办公室定期通报进度。\n3.干部职工每天打卡。\n"
    return services.import_plan(bureau=cast.bureau, content=text, title="试行方案", by=cast.office, on=TODAY)


def test_an_assigned_owner_ends_the_finding(cast, bare):
    (only,) = open_kinds(bare, "no_owner")
    duty = Duty.objects.get(clause__version=bare, clause__path=only.clause)
    services.confirm_duty(duty, by=cast.office, on=TODAY, version=duty.version, owner_unit=cast.planning)
    assert open_kinds(bare, "no_owner") == []


def test_a_dropped_duty_is_no_duty(cast, bare):
    duty = Duty.objects.get(clause__version=bare, clause__path="一/1")
    services.drop_duty(duty, by=cast.office, on=TODAY, version=duty.version)
    assert open_kinds(bare, "no_owner") == []


def test_a_corrected_number_counts(cast, version, duty):
    before = next(one for one in queries.checkup(version, TODAY).report.loads if one.people == "干部职工")
    found = duty("每人每年学习")
    value = {"number": 5, "unit": "DAY", "period": "YEAR"}
    services.correct_duty(
        found, by=cast.office, on=TODAY, version=found.version, slot="study_days_year", value=value
    )  # fmt: skip
    after = next(one for one in queries.checkup(version, TODAY).report.loads if one.people == "干部职工")
    assert before.days - after.days == 15


def test_the_bureaus_share_and_calendar_are_used(cast, version):
    assert not [one for one in open_kinds(version, "overload") if one.said.startswith("干部职工")]
    services.decide_rule(
        cast.bureau, "load_share", value={"number": 5, "unit": "PERCENT"}, citation=PAPER, by=cast.office, on=TODAY
    )
    (only,) = [one for one in open_kinds(version, "overload") if one.said.startswith("干部职工")]
    assert PAPER in only.basis


def test_set_aside_with_its_reason_and_listed_again(cast, bare):
    (only,) = open_kinds(bare, "burden")
    row = services.set_aside(bare, only.key, reason="县委文件有同样要求", by=cast.office, on=TODAY)
    assert open_kinds(bare, "burden") == [] and (row.said, row.clause.path) == (only.said, only.clause)
    with pytest.raises(NotAllowed, match="已经列为不改"):
        services.set_aside(bare, only.key, reason="再来一次", by=cast.office, on=TODAY)
    services.list_again(row, by=cast.office, on=TODAY)
    assert [one.key for one in open_kinds(bare, "burden")] == [only.key]
    with pytest.raises(NotAllowed, match="已经重新列出"):
        services.list_again(row, by=cast.office, on=TODAY)
    assert SetAside.objects.count() == 1


@pytest.mark.parametrize(("reason", "key", "why"), [(" ", None, "为什么不改"), ("有依据", "0" * 16, "不在体检结果")])
def test_a_bad_setting_aside_is_refused(cast, bare, reason, key, why):
    key = key or open_kinds(bare, "burden")[0].key
    with pytest.raises(NotAllowed, match=why):
        services.set_aside(bare, key, reason=reason, by=cast.office, on=TODAY)
    assert not SetAside.objects.exists()


@pytest.mark.parametrize("who", ["director", "handler", "stranger"])
def test_only_the_office_sets_aside(cast, bare, who):
    key = open_kinds(bare, "burden")[0].key
    with pytest.raises(NotAllowed, match="局办公室"):
        services.set_aside(bare, key, reason="有依据", by=getattr(cast, who), on=TODAY)


def test_the_page_shows_the_list_and_its_figures(cast, enter, bare):
    client, url = enter(cast.office), reverse("plan:lint", args=[bare.pk])
    page = client.get(url).content.decode()
    assert "增加基层负担" in page and "没有责任主体" in page and "不改，写明理由" in page
    assert page.index("增加基层负担") < page.index("没有责任主体")  # worst first
    only = open_kinds(bare, "burden")[0]
    aside = reverse("plan:set_aside", args=[bare.pk, only.key])
    form = client.get(aside).context["form"]
    answer = client.post(aside, {"submission": form["submission"].value(), "reason": "县委文件有同样要求"})
    assert answer.url == url
    assert client.get(aside).status_code == 404
    assert "增加基层负担" not in client.get(url).content.decode()
    told = client.get(f"{url}?show=aside").content.decode()
    assert "县委文件有同样要求" in told and "重新列出" in told
    row = SetAside.objects.get()
    key = client.get(f"{url}?show=aside").context["aside"][0]["form"]["submission"].value()
    assert client.post(reverse("plan:list_again", args=[row.pk]), {"submission": key}).url == url
    assert "增加基层负担" in client.get(f"{url}?show=HIGH").content.decode()


def test_readers_see_the_list_without_acts_and_strangers_nothing(cast, enter, bare):
    url = reverse("plan:lint", args=[bare.pk])
    assert "不改，写明理由" not in enter(cast.handler).get(url).content.decode()
    assert enter(cast.stranger).get(url).status_code == 404
    assert enter(cast.leader).get(reverse("plan:set_aside", args=[bare.pk, "0" * 16])).status_code == 403


def test_a_reason_is_asked_for_on_screen(cast, enter, bare):
    client, only = enter(cast.office), open_kinds(bare, "burden")[0]
    url = reverse("plan:set_aside", args=[bare.pk, only.key])
    key = client.get(url).context["form"]["submission"].value()
    answer = client.post(url, {"submission": key, "reason": ""})
    assert answer.status_code == 200 and "请填写" in answer.content.decode()


def test_the_plan_page_points_to_what_is_open(cast, enter, bare):
    page = enter(cast.office).get(reverse("plan:detail", args=[bare.plan_id])).content.decode()
    assert reverse("plan:lint", args=[bare.pk]) in page and "现按默认执行" in page
    services.accept_defaults(cast.bureau, citation=PAPER, by=cast.office, on=TODAY)
    page = enter(cast.office).get(reverse("plan:detail", args=[bare.plan_id])).content.decode()
    assert "现按默认执行" not in page


def test_the_check_costs_the_same_for_a_long_plan(cast, bare, version, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        queries.checkup(bare, TODAY)
    with django_assert_max_num_queries(8):
        queries.checkup(version, TODAY)
