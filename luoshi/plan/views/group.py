"""领导小组: set up with its office, changed, its members coming and going."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty as Held
from luoshi.plan.campaign import access, proposals
from luoshi.plan.campaign.forms import EndForm
from luoshi.plan.campaign.people_forms import GroupForm, MemberForm, NewGroupForm
from luoshi.plan.models import GroupMember, LeadingGroup, Plan
from luoshi.plan.services import campaign as services
from luoshi.plan.services.campaign.group import Chosen
from luoshi.plan.views.campaign import act_page
from luoshi.plan.views.loaders import Request, _loader, load_plan
from luoshi.records.once import once

load_group = _loader(access.groups_for)
load_member = _loader(access.members_for)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@route(may=Held.OFFICE, act="plan.set_group")
@once
@load_plan
def set_group(request: Request, plan: Plan) -> HttpResponse:
    """成立领导小组: read from the plan, confirmed in one act."""
    on = clock.today()
    if request.method == "GET" and (standing := plan.groups.filter(until_on=None).first()):
        return redirect(standing)
    proposed = proposals.group(plan, on)
    form = NewGroupForm(_posted(request), plan=plan, on=on, proposed=proposed)

    def do() -> None:
        members = [Chosen(*one) for one in form.chosen()]
        clause = proposed.said.clause if proposed.said else proposed.office_clause
        services.set_group(
            plan, members=members, from_on=form.cleaned_data["from_on"], clause=clause, by=request.user, on=on,
            **form.words(),
        )  # fmt: skip

    empty = [one.unit.short_name for one in proposed.seats if one.person is None]
    lead = "名称、办公室和成员先按方案和现在的任职填好，请核对；组长请选定。"
    lead += f"{'、'.join(empty)}现在没有负责人，以后可增加。" if empty else ""
    return act_page(request, form, do, plan=plan, title="成立领导小组", said="已成立领导小组。", to="#group", lead=lead)


@route(may=Held.OFFICE, act="plan.edit_group")
@once
@load_group
def edit_group(request: Request, group: LeadingGroup) -> HttpResponse:
    """修改领导小组."""
    on = clock.today()
    form = GroupForm(_posted(request), plan=group.plan, on=on, group=group)

    def do() -> None:
        version = form.cleaned_data["version"]
        services.edit_group(group, version=version, by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, plan=group.plan, title="修改领导小组", said="已保存领导小组。", to="#group",
        lead="一个方案一个领导小组、一个办公室；办公室改设的，改这里即可，原来的留在留痕里。",
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.end_group")
@once
@load_group
def end_group(request: Request, group: LeadingGroup) -> HttpResponse:
    """撤销领导小组."""
    form = EndForm(_posted(request), label="撤销领导小组", initial={"version": group.version, "ends_on": clock.today()})
    form.fields["ends_on"].label, form.fields["ends_on"].help_text = "从哪天起撤销", "小组成员同日结束。"

    def do() -> None:
        given = form.cleaned_data
        services.end_group(
            group, version=given["version"], ends_on=given["ends_on"], reason=given["reason"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, plan=group.plan, title=f"撤销“{group.name}”", said="已撤销领导小组。", to="#group"
    )


@route(may=Held.OFFICE, act="plan.add_member")
@once
@load_group
def add_member(request: Request, group: LeadingGroup) -> HttpResponse:
    """增加小组成员."""
    on = clock.today()
    form = MemberForm(_posted(request), group=group, on=on)

    def do() -> None:
        given = form.cleaned_data
        chosen = Chosen(given["person"], given["role"], given["unit"])
        services.add_member(group, chosen=chosen, from_on=given["from_on"], by=request.user, on=on)

    return act_page(request, form, do, plan=group.plan, title="增加小组成员", said="已增加小组成员。", to="#group")


@route(may=Held.OFFICE, act="plan.end_member")
@once
@load_member
def end_member(request: Request, member: GroupMember) -> HttpResponse:
    """成员退出小组."""
    form = EndForm(_posted(request), label="退出小组", initial={"ends_on": clock.today()})

    def do() -> None:
        given = form.cleaned_data
        services.end_member(member, ends_on=given["ends_on"], reason=given["reason"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, plan=member.group.plan, title=f"{member.person}退出小组", to="#group",
        said=f"{member.person}已退出小组。", lead=f"{member.get_role_display()}，{member.from_on}起。",
    )  # fmt: skip
