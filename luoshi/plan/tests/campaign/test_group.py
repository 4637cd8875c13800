"""领导小组: read from the plan, set up in one act, one office, members coming and going, the gone ones flagged."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import clean
from luoshi.org import services as org
from luoshi.plan.campaign import page, proposals
from luoshi.plan.models import GroupMember, LeadingGroup
from luoshi.plan.services import campaign
from luoshi.plan.services.campaign.group import Chosen
from luoshi.plan.tests.campaign.conftest import TODAY
from luoshi.records import queries as records
from luoshi.records.services import stage

pytestmark = pytest.mark.clause("3.1a")
TOMORROW = date(2026, 11, 25)


def test_name_office_and_members_are_read_from_the_text(cast, plan):
    found = proposals.group(plan, TODAY)
    assert found.name == "“步步有回应”活动领导小组" and found.said.clause.path == "三/（一）"
    assert found.said_office == ("局机关办公室", "局办公室") and found.office_unit_id == cast.office_unit.pk
    assert found.said_members.value == "局直各单位、机关各股室"
    assert [one.person for one in found.seats] == [
        cast.office, cast.chief, cast.approval_chief, cast.property_chief, cast.neighbour, cast.housing_chief
    ]  # fmt: skip


def test_the_group_is_set_up_once_with_its_paper(cast, plan, group):
    assert group.members.count() == 9 and group.clause.path == "三/（一）"
    assert records.trail(group)[0].note == "成员8人"  # the office's head is a member too
    told = page.group(plan, page.seated(cast.bureau.pk, TODAY))
    assert [one["member"].get_role_display() for one in told["members"]][:3] == ["组长", "副组长", "成员"]
    assert told["lost"] == [] and told["members"][0]["title"] == "党委书记、局长"
    with pytest.raises(NotAllowed, match="一个方案只有一个领导小组"):
        campaign.set_group(
            plan, name="又一个", office_unit=cast.office_unit, members=[Chosen(cast.director, "HEAD")],
            from_on=TODAY, by=cast.office, on=TODAY,
        )  # fmt: skip
    assert clean() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"members": []}, "选定一名组长"),
        ({"members": [("director", "HEAD"), ("director", "DEPUTY")]}, "只能是组长、副组长、成员中的一种"),
        ({"members": [("director", "HEAD"), ("leader", "HEAD")]}, "选定一名组长"),
        (
            {"members": [("director", "HEAD"), ("chief", "OFFICE_HEAD"), ("office", "OFFICE_HEAD")]},
            "主任只有一名",
        ),
        ({"members": [("stranger", "HEAD")]}, "不在本局任职"),
        ({"members": [("sysadmin", "HEAD")]}, "不在本局任职"),
        ({"members": [("director", "HEAD"), ("chief", "KING")]}, "选择小组职务"),
        ({"name": "  "}, "名称"),
        ({"from_on": TOMORROW}, "晚于今天"),
        ({"office_unit": "other_unit"}, "不是本局现有的单位"),
        ({"by": "director"}, "局办公室"),
        ({"by": "stranger"}, "局办公室"),
    ],
)
def test_what_makes_no_group(cast, plan, words, why):
    given = {"name": "领导小组", "office_unit": "office_unit", "members": [("director", "HEAD")], "by": "office",
             "from_on": TODAY, **words}  # fmt: skip
    given["members"] = [Chosen(getattr(cast, who), role) for who, role in given["members"]]
    given["office_unit"], given["by"] = getattr(cast, given["office_unit"]), getattr(cast, given["by"])
    with pytest.raises(NotAllowed, match=why):
        campaign.set_group(plan, on=TODAY, **given)
    assert not LeadingGroup.objects.exists() and not GroupMember.objects.exists()


def test_the_office_moves_and_the_paper_comes_later(cast, plan, group):
    token = stage(SimpleUploadedFile("成立文件.txt", "成立领导小组。".encode()), by=cast.office).pk
    words = {"name": group.name, "document": "云住建发〔2026〕21号", "by": cast.office, "on": TODAY}
    campaign.edit_group(group, version=1, office_unit=cast.planning, staged=[token], **words)
    assert (group.office_unit, group.paper.name, group.version) == (cast.planning, "成立文件.txt", 2)
    with pytest.raises(NotAllowed, match="没有变化"):
        campaign.edit_group(group, version=2, office_unit=cast.planning, **words)
    with pytest.raises(Stale):
        campaign.edit_group(group, version=1, office_unit=cast.office_unit, **words)
    with pytest.raises(NotAllowed, match="局办公室"):
        campaign.edit_group(group, version=2, office_unit=cast.office_unit, **{**words, "by": cast.leader})
    assert clean() == []


def test_members_come_and_go_with_their_dates(cast, plan, group):
    chief = group.members.get(person=cast.chief)
    campaign.end_member(chief, ends_on=TODAY, reason="登记有误", by=cast.office, on=TODAY)
    assert chief.void and chief.until_on == TODAY  # he began today: he never was
    later = date(2026, 12, 10)
    fresh = campaign.add_member(
        group, chosen=Chosen(cast.second_handler, "MEMBER", cast.planning), from_on=later, by=cast.office, on=later
    )
    last = date(2026, 12, 20)
    campaign.end_member(fresh, ends_on=last, reason="调出", by=cast.office, on=last)
    assert (fresh.until_on, fresh.void) == (date(2026, 12, 19), False)
    with pytest.raises(NotAllowed, match="已退出"):
        campaign.end_member(fresh, ends_on=last, reason="再退", by=cast.office, on=last)
    told = page.group(plan, page.seated(cast.bureau.pk, last))
    assert [one["member"] for one in told["left"]] == [fresh]
    assert clean() == []


@pytest.mark.parametrize(
    ("who", "role", "why"),
    [
        ("leader", "HEAD", "组长现在是陆远山"),
        ("chief", "OFFICE_HEAD", "办公室主任现在是顾清禾"),
        ("chief", "DEPUTY", "已是成员"),
        ("office", "MEMBER", "已是成员"),
        ("stranger", "MEMBER", "不在本局任职"),
        ("handler", "KING", "选择小组职务"),
    ],
)
def test_a_seat_is_taken_once(cast, group, who, role, why):
    with pytest.raises(NotAllowed, match=why):
        campaign.add_member(group, chosen=Chosen(getattr(cast, who), role), from_on=TODAY, by=cast.office, on=TODAY)


def test_members_are_the_offices_and_within_the_groups_days(cast, group):
    chosen = Chosen(cast.handler, "OFFICE")
    for day in (date(2026, 11, 23), TOMORROW):
        with pytest.raises(NotAllowed, match="任职日期"):
            campaign.add_member(group, chosen=chosen, from_on=day, by=cast.office, on=TODAY)
    one = group.members.first()
    for who in ("director", "chief", "stranger"):
        with pytest.raises(NotAllowed, match="局办公室"):
            campaign.add_member(group, chosen=chosen, from_on=TODAY, by=getattr(cast, who), on=TODAY)
        with pytest.raises(NotAllowed, match="局办公室"):
            campaign.end_member(one, ends_on=TODAY, reason="", by=getattr(cast, who), on=TODAY)
    with pytest.raises(NotAllowed, match="晚于今天"):
        campaign.end_member(one, ends_on=TOMORROW, reason="", by=cast.office, on=TODAY)


def test_whoever_leaves_his_post_is_flagged_not_silently_kept(cast, plan, group):
    org.relieve(cast.chief.posts.get(), ends_on=TODAY, by=cast.office, on=TODAY)
    org.relieve(cast.leader.posts.get(), ends_on=TODAY, by=cast.office, on=TODAY)
    org.appoint(cast.leader, unit=cast.housing, duty="HANDLER", by=cast.office, on=TODAY)
    told = page.group(plan, page.seated(cast.bureau.pk, TODAY))
    assert {one["member"].person.name: one["lost"] for one in told["lost"]} == {
        "贺建民": "已不在本局任职", "沈知行": "已不是局领导"
    }  # fmt: skip
    org.appoint(cast.chief, unit=cast.planning, duty="HANDLER", by=cast.office, on=TODAY)
    told = page.group(plan, page.seated(cast.bureau.pk, TODAY))
    assert "已不是规建股负责人" in [one["lost"] for one in told["lost"]]
    assert GroupMember.objects.filter(group=group, until_on=None).count() == 9


def test_the_group_ends_with_all_its_members_and_another_may_follow(cast, plan, group):
    later = date(2026, 12, 31)
    with pytest.raises(NotAllowed, match="为什么撤销"):
        campaign.end_group(group, version=1, ends_on=later, reason=" ", by=cast.office, on=later)
    with pytest.raises(Stale):
        campaign.end_group(group, version=9, ends_on=later, reason="完成", by=cast.office, on=later)
    with pytest.raises(NotAllowed, match="局办公室"):
        campaign.end_group(group, version=1, ends_on=later, reason="完成", by=cast.director, on=later)
    with pytest.raises(NotAllowed, match="晚于今天"):
        campaign.end_group(group, version=1, ends_on=later, reason="完成", by=cast.office, on=TODAY)
    campaign.end_group(group, version=1, ends_on=later, reason="活动结束。", by=cast.office, on=later)
    assert group.until_on == date(2026, 12, 30) and not group.members.filter(until_on=None).exists()
    with pytest.raises(NotAllowed, match="已撤销"):
        campaign.add_member(group, chosen=Chosen(cast.handler, "OFFICE"), from_on=later, by=cast.office, on=later)
    assert page.group(plan, page.seated(cast.bureau.pk, later)) is None and page.former_groups(plan) == [group]
    again = campaign.set_group(
        plan, name="新领导小组", office_unit=cast.office_unit, members=[Chosen(cast.leader, "HEAD")],
        from_on=later, by=cast.office, on=later,
    )  # fmt: skip
    assert again.pk != group.pk and clean() == []


def test_the_database_itself_keeps_one_group_one_head_one_office_head(cast, plan, group):
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadingGroup.objects.create(plan=plan, name="二", office_unit=cast.planning, from_on=TODAY)
    for role in ("HEAD", "OFFICE_HEAD"):
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMember.objects.create(group=group, person=cast.handler, role=role, from_on=TODAY)
