"""领导小组: one group and one office of a plan, its members with their dates, and the paper that set it up (3.1a)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan.models import Clause, GroupMember, LeadingGroup, Plan
from luoshi.plan.rules import MEMBER_ROLES
from luoshi.plan.services.campaign.asking import (
    ending,
    in_office,
    locked,
    one_paper,
    require_keeper,
    require_text,
    stale,
)
from luoshi.records.services import act, record

LEADING = ("HEAD", "DEPUTY", "MEMBER")
"""Of these a person is one at a time; being in the office comes beside it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody chosen for the group: in which role, for which unit."""

    person: User
    role: str
    unit: Unit | None = None


@act
def set_group(
    plan: Plan,
    *,
    name: str,
    office_unit: Unit,
    members: Sequence[Chosen],
    from_on: date,
    by: User | None,
    on: date,
    document: str = "",
    clause: Clause | None = None,
    staged: Iterable[uuid.UUID | str] = (),
) -> LeadingGroup:
    """成立领导小组 with its office and first members. One group at a time: the former must be 撤销 before."""
    plan = locked(plan.pk)
    require_keeper(by, plan, on)
    standing = plan.groups.filter(until_on=None).first()
    if standing is not None:
        raise NotAllowed(f"“{standing.name}”仍在，一个方案只有一个领导小组。要另行成立，请先撤销原小组。")
    if from_on > on:
        raise NotAllowed("成立日期不能晚于今天，请在印发成立文件之后登记。")
    _is_unit(office_unit, plan, on)
    if sum(one.role == "HEAD" for one in members) != 1:
        raise NotAllowed("请选定一名组长。")
    if sum(one.role == "OFFICE_HEAD" for one in members) > 1:
        raise NotAllowed("办公室主任只有一名，请核对。")
    leading = [one.person.pk for one in members if one.role in LEADING]
    if len(set(leading)) != len(leading):
        raise NotAllowed("同一个人只能是组长、副组长、成员中的一种，请核对名单。")
    paper = one_paper(staged, by=by, plan=plan)
    group = LeadingGroup.objects.create(
        plan=plan,
        clause=clause,
        name=require_text(name, "请填写领导小组名称。")[:120],
        office_unit=office_unit,
        document=document.strip()[:200],
        paper=paper,
        from_on=from_on,
    )
    rows = [_seat(group, one, from_on, plan, on) for one in members]
    record(
        by, "plan.set_group", group, bureau=plan.bureau_id, rows=[*rows, *([paper] if paper else [])],
        note=f"成员{len({one.person_id for one in rows})}人",
    )  # fmt: skip
    return group


@act
def edit_group(
    group: LeadingGroup,
    *,
    version: int | None,
    name: str,
    office_unit: Unit,
    document: str,
    by: User | None,
    on: date,
    staged: Iterable[uuid.UUID | str] = (),
) -> LeadingGroup:
    """修改领导小组: its name, where its office is, its paper. `Stale` where somebody changed it since."""
    plan = locked(group.plan_id)
    require_keeper(by, plan, on)
    was = _open(group)
    if version != was.version:
        raise stale(was, was.version, f"“{was.name}”已有改动")
    if office_unit.pk != was.office_unit_id:
        _is_unit(office_unit, plan, on)
    paper = one_paper(staged, by=by, plan=plan)
    changes: dict[str, object] = {
        "name": require_text(name, "请填写领导小组名称。")[:120],
        "office_unit": office_unit,
        "document": document.strip()[:200],
        "paper": paper or was.paper,
    }
    before = {key: str(getattr(was, key) or "") for key in changes if getattr(was, key) != changes[key]}
    if not before:
        raise NotAllowed("内容没有变化，不用保存。")
    if LeadingGroup.objects.filter(pk=was.pk, version=was.version).update(**changes, version=was.version + 1) != 1:
        raise stale(was, was.version, f"“{was.name}”已有改动")
    group.refresh_from_db()
    record(
        by, "plan.edit_group", group, bureau=plan.bureau_id, rows=[paper] if paper else [],
        values={"before": before, "after": {key: str(changes[key] or "") for key in before}},
    )  # fmt: skip
    return group


@act
def end_group(
    group: LeadingGroup, *, version: int | None, ends_on: date, reason: str, by: User | None, on: date
) -> LeadingGroup:
    """撤销领导小组: it and all who are still in it end with the day before `ends_on`."""
    plan = locked(group.plan_id)
    require_keeper(by, plan, on)
    was = _open(group)
    if version != was.version:
        raise stale(was, was.version, f"“{was.name}”已有改动")
    reason = require_text(reason, "请写明为什么撤销领导小组。")
    if ends_on > on:
        raise NotAllowed("撤销日期不能晚于今天。")
    until_on, _ = ending(was.from_on, ends_on)
    LeadingGroup.objects.filter(pk=was.pk).update(until_on=until_on, version=was.version + 1)
    left = list(was.members.filter(until_on=None))
    for one in left:
        last, void = ending(one.from_on, ends_on)
        GroupMember.objects.filter(pk=one.pk).update(until_on=last, void=void)
    group.refresh_from_db()
    record(by, "plan.end_group", group, bureau=plan.bureau_id, rows=left, note=reason[:200])
    return group


@act
def add_member(group: LeadingGroup, *, chosen: Chosen, from_on: date, by: User | None, on: date) -> GroupMember:
    """增加小组成员, or let somebody take up a role that is free."""
    plan = locked(group.plan_id)
    require_keeper(by, plan, on)
    was = _open(group)
    if not was.from_on <= from_on <= on:
        raise NotAllowed(f"任职日期应在小组成立（{was.from_on}）之后、今天之前。")
    sitting = was.members.filter(until_on=None).select_related("person")
    if chosen.role in ("HEAD", "OFFICE_HEAD") and (held := sitting.filter(role=chosen.role).first()):
        raise NotAllowed(f"{MEMBER_ROLES[chosen.role]}现在是{held.person}，请先办理其退出，再选新的。")
    if chosen.role in LEADING and (own := sitting.filter(person=chosen.person, role__in=LEADING).first()):
        raise NotAllowed(f"{chosen.person}已是{own.get_role_display()}。要改职务，请先办理退出。")
    if sitting.filter(person=chosen.person, role=chosen.role).exists():
        raise NotAllowed(f"{chosen.person}已是{MEMBER_ROLES[chosen.role]}，请刷新页面查看。")
    member = _seat(was, chosen, from_on, plan, on)
    record(by, "plan.add_member", member, bureau=plan.bureau_id, note=f"{chosen.person} {MEMBER_ROLES[chosen.role]}")
    return member


@act
def end_member(member: GroupMember, *, ends_on: date, reason: str, by: User | None, on: date) -> GroupMember:
    """成员退出: no more from `ends_on` on; whoever is entered by mistake ends on his first day and is void."""
    plan = locked(member.group.plan_id)
    require_keeper(by, plan, on)
    if ends_on > on:
        raise NotAllowed("退出日期不能晚于今天。")
    until_on, void = ending(member.from_on, ends_on)
    if GroupMember.objects.filter(pk=member.pk, until_on=None).update(until_on=until_on, void=void) != 1:
        raise NotAllowed(f"{member.person}已退出，请刷新页面查看。")
    member.refresh_from_db()
    record(by, "plan.end_member", member, bureau=plan.bureau_id, note=reason.strip()[:200])
    return member


def _open(group: LeadingGroup) -> LeadingGroup:
    was = LeadingGroup.objects.select_related("office_unit", "paper").get(pk=group.pk)
    if was.until_on is not None:
        raise NotAllowed(f"“{was.name}”已撤销，请刷新页面查看。")
    return was


def _is_unit(unit: Unit, plan: Plan, on: date) -> None:
    if not org.units_of(plan.bureau_id, on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}不是本局现有的单位，请重新选择办公室设在哪里。")


def _seat(group: LeadingGroup, chosen: Chosen, from_on: date, plan: Plan, on: date) -> GroupMember:
    if chosen.role not in MEMBER_ROLES:
        raise NotAllowed("请选择小组职务。")
    in_office(chosen.person, plan, on)
    return GroupMember.objects.create(
        group=group, person=chosen.person, unit=chosen.unit, role=chosen.role, from_on=from_on
    )
