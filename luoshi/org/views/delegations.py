"""代理: a leader hands on his own duty in two clicks; the office enters what a leader decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.lib import clock
from luoshi.org import directory, forms, services
from luoshi.org.access import STAFF, route
from luoshi.org.models import Delegation
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.org.views.pages import act_page, load_delegation
from luoshi.records.once import once


def _own(request: Any) -> list[tuple[str, str]]:
    """The duties that somebody holds by an own post here and so may hand on."""
    mine = {
        one.duty
        for one in request.held
        if one.bureau_id == request.bureau.pk and not one.standing_in_for and one.duty not in ADMINISTRATORS
    }
    return [(one.value, one.label) for one in Duty if one in mine]


@route(may=STAFF)
def delegations(request: Any) -> HttpResponse:
    if request.bureau is None:
        return redirect("portal:desk")
    today = clock.today()
    others = directory.people_in_office(request.bureau.pk, today).exclude(pk=request.user.pk)
    own = _own(request)
    rows = directory.delegations_of(request.bureau.pk, today)
    context = {
        "rows": rows,
        "may_end": {
            one.pk for one in rows
            if Duty.OFFICE in request.duties or request.user.pk in (one.principal_id, one.deputy_id)
        },
        "own_form": forms.DelegateForm(people=others, duties=own) if own else None,
        "enters": Duty.OFFICE in request.duties,
        "end_form": forms.EndDelegationForm(),
        "today": today,
    }  # fmt: skip
    return render(request, "org/delegations.html", context)


@route(may=STAFF, act="org.delegate")
@once
def delegate(request: Any) -> HttpResponse:
    if request.bureau is None:
        return redirect("portal:desk")
    others = directory.people_in_office(request.bureau.pk, clock.today()).exclude(pk=request.user.pk)
    form = forms.DelegateForm(request.POST or None, people=others, duties=_own(request))
    return act_page(
        request, form, title="委托代理", back=reverse("org:delegations"), said="已委托，到期自动结束。",
        do=lambda form: services.delegate(
            request.user, bureau=request.bureau, by=request.user, on=clock.today(), **form.words()
        ) and "org:delegations",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="org.delegate")
@once
def enter(request: Any) -> HttpResponse:
    people = directory.people_in_office(request.bureau.pk, clock.today()).exclude(pk=request.user.pk)
    form = forms.EnterDelegationForm(request.POST or None, people=people, duties=forms.BUSINESS)
    return act_page(
        request, form, title="登记代理", back=reverse("org:delegations"), said="已登记，到期自动结束。",
        lead="登记委托人已经作出的决定；留痕同时写明决定人和登记人。",
        do=lambda form: services.delegate(
            form.words()["principal"], bureau=request.bureau, by=request.user, on=clock.today(),
            **{name: value for name, value in form.words().items() if name != "principal"},
        ) and "org:delegations",
    )  # fmt: skip


@route(may=STAFF, act="org.end_delegation")
@once
@load_delegation
def end(request: Any, row: Delegation) -> HttpResponse:
    form = forms.EndDelegationForm(request.POST or None)
    return act_page(
        request, form, title=f"结束{row.deputy}代{row.principal}的代理", back=reverse("org:delegations"),
        said="代理已结束。",
        do=lambda form: services.end_delegation(row, by=request.user, on=clock.today()) and "org:delegations",
    )  # fmt: skip
