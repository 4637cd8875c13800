"""What is done with people: registered, edited, appointed, relieved, transferred, let go; portfolios."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from luoshi.lib import clock
from luoshi.org import directory, forms, services
from luoshi.org.access import route
from luoshi.org.models import Portfolio, Post, User
from luoshi.org.rules import Duty
from luoshi.org.views.pages import act_page, load_person, load_portfolio, load_post
from luoshi.records.once import once

KEEPERS = (Duty.OFFICE, Duty.SYSTEM_ADMIN)
GRANTERS = (*KEEPERS, Duty.SECURITY_ADMIN)


def _duties(request: Any) -> list[tuple[str, str]]:
    """The duties that somebody may give: administrators' only by the security administrator."""
    return forms.ALL if Duty.SECURITY_ADMIN in request.duties else forms.BUSINESS


def _units(request: Any) -> Any:
    return directory.managed_units(request.user, clock.today())


@route(may=KEEPERS, act=("org.add_person", "org.appoint"))
@once
def add(request: Any) -> HttpResponse:
    initial = {"unit": request.GET.get("unit")}
    form = forms.PersonForm(request.POST or None, initial=initial, units=_units(request))
    return act_page(
        request, form, title="登记人员", back=reverse("org:people"), said="已登记。发一次性密码后本人即可登录。",
        do=lambda form: services.add_to_staff(by=request.user, on=clock.today(), **form.words()),
    )  # fmt: skip


@route(may=KEEPERS, act="org.edit_person")
@once
@load_person
def edit(request: Any, person: User) -> HttpResponse:
    names = ("name", "personnel_type", "mobile", "email", "version")
    form = forms.EditPersonForm(request.POST or None, initial={name: getattr(person, name) for name in names})
    return act_page(
        request, form, title=f"更正{person}的信息", back=person, said="已更正。",
        do=lambda form: services.edit_person(
            person, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        ),
    )  # fmt: skip


@route(may=GRANTERS, act=("org.appoint", "org.propose_grant"))
@once
@load_person
def appoint(request: Any, person: User) -> HttpResponse:
    double = settings.SECURITY_PROFILE == "level3"
    kind = forms.ProposeForm if double else forms.AppointForm
    form = kind(request.POST or None, units=_units(request), duties=_duties(request))
    verb = services.propose_grant if double else services.appoint
    return act_page(
        request, form, title=f"{'给' + str(person) + '提出授权' if double else str(person) + '任职'}", back=person,
        said="已提出，待另一管理员确认。" if double else "已任职，即刻生效。",
        do=lambda form: verb(person, by=request.user, on=clock.today(), **form.words()) and person,
    )  # fmt: skip


@route(may=GRANTERS, act="org.relieve")
@once
@load_post
def relieve(request: Any, post: Post) -> HttpResponse:
    form = forms.RelieveForm(request.POST or None)
    return act_page(
        request, form, title=f"免去{post.user}的{post.unit}{post.get_duty_display()}", back=post.user, said="已免职。",
        do=lambda form: services.relieve(post, by=request.user, on=clock.today(), **form.words()).user,
    )  # fmt: skip


@route(may=GRANTERS, act=("org.relieve", "org.appoint"))
@once
@load_post
def transfer(request: Any, post: Post) -> HttpResponse:
    initial = {"duty": post.duty, "title": post.title}
    form = forms.TransferForm(request.POST or None, initial=initial, units=_units(request), duties=_duties(request))
    return act_page(
        request, form, title=f"调动{post.user}", lead=f"现任：{post.unit} {post.get_duty_display()}", back=post.user,
        said="已调动，原任职同日结束。",
        do=lambda form: services.transfer(post, by=request.user, on=clock.today(), **form.words()).user,
    )  # fmt: skip


@route(may=KEEPERS, act="org.leave")
@once
@load_person
def leave(request: Any, person: User) -> HttpResponse:
    form = forms.LeaveForm(request.POST or None, initial={"version": person.version})
    return act_page(
        request, form, title=f"{person}离岗", back=person, said="已办理离岗，账号不能再登录。",
        do=lambda form: services.leave(
            person, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        ),
    )  # fmt: skip


@route(may=KEEPERS, act="org.give_portfolio")
@once
@load_person
def give_portfolio(request: Any, person: User) -> HttpResponse:
    form = forms.PortfolioForm(request.POST or None, units=_units(request))
    return act_page(
        request, form, title=f"{person}分管", back=person, said="已定分管。",
        do=lambda form: services.give_portfolio(person, by=request.user, on=clock.today(), **form.words()).leader,
    )  # fmt: skip


@route(may=KEEPERS, act="org.end_portfolio")
@once
@load_portfolio
def end_portfolio(request: Any, row: Portfolio) -> HttpResponse:
    form = forms.EndPortfolioForm(request.POST or None)
    return act_page(
        request, form, title=f"{row.leader}不再分管{row.unit}", back=row.leader, said="已结束分管。",
        lead="没有分管领导的单位，由主要领导分管。",
        do=lambda form: services.end_portfolio(row, by=request.user, on=clock.today(), **form.words()).leader,
    )  # fmt: skip
