"""Accounts as administrators and offices manage them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.accounts import forms, queries, services
from luoshi.lib import clock
from luoshi.org import services as org
from luoshi.org.access import route
from luoshi.org.directory import visible_people
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.org.services.passwords import ISSUED_FOR, fresh_password
from luoshi.records.once import once

KEEPERS = (Duty.OFFICE, Duty.SYSTEM_ADMIN)


def load_person(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The account of somebody whom the person asking may see, or 404."""

    @functools.wraps(view)
    def loaded(request: Any, pk: int) -> HttpResponse:
        return view(request, get_object_or_404(visible_people(request.user, clock.today()), pk=pk))

    return loaded


@route(may=(Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN))
def account_list(request: Any) -> HttpResponse:
    words, after = request.GET.get("q", ""), request.GET.get("after", "")
    lines, following = queries.accounts(clock.today(), words=words, after=int(after) if after.isdigit() else 0)
    return render(request, "accounts/account_list.html", {"lines": lines, "next": following, "q": words})


@route(may=(*KEEPERS, Duty.SECURITY_ADMIN))
@load_person
def account(request: Any, person: User) -> HttpResponse:
    context = {
        "person": person,
        "state": queries.state_of(person),
        "second_factor": queries.has_second_factor(person),
        "sessions": queries.sessions_of(person),
        "issue_form": forms.IssuePasswordForm(),
        "end_form": forms.EndSessionsForm(),
    }
    return render(request, "accounts/account.html", context)


@route(may=KEEPERS, act="org.issue_password")
@once
@load_person
def issue_password(request: Any, person: User) -> HttpResponse:
    """The one-time password is on this one answer and nowhere else: not stored in clear, not in a redirect."""
    form = forms.IssuePasswordForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return redirect("accounts:account", person.pk)
    word, now = fresh_password(), clock.now()
    org.issue_password(person, encoded=make_password(word), now=now, by=request.user, on=clock.today())
    context = {"person": person, "word": word, "until": now + ISSUED_FOR}
    return render(request, "accounts/issued.html", context)


@route(may=KEEPERS, act="org.disable")
@once
@load_person
def disable(request: Any, person: User) -> HttpResponse:
    form = forms.DisableForm(request.POST or None, initial={"version": person.version})
    if request.method == "POST" and form.is_valid():
        org.disable(person, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words())
        messages.success(request, f"{person}的账号已停用，下一次操作即被拒绝。")
        return redirect("accounts:account", person.pk)
    return render(request, "accounts/act.html", {"person": person, "form": form, "title": f"停用{person}的账号"})


@route(may=KEEPERS, act="org.enable")
@once
@load_person
def enable(request: Any, person: User) -> HttpResponse:
    form = forms.EnableForm(request.POST or None, initial={"version": person.version})
    if request.method == "POST" and form.is_valid():
        org.enable(person, version=form.cleaned_data["version"], by=request.user, on=clock.today())
        messages.success(request, f"{person}的账号已启用。")
        return redirect("accounts:account", person.pk)
    return render(request, "accounts/act.html", {"person": person, "form": form, "title": f"启用{person}的账号"})


@route(may=Duty.SYSTEM_ADMIN, act="accounts.end_sessions")
@once
@load_person
def end_sessions(request: Any, person: User) -> HttpResponse:
    form = forms.EndSessionsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = queries.sessions_of(person)
        ended = services.end_sessions(person, found, by=request.user, on=clock.today())
        messages.success(request, f"已结束{person}的 {ended} 处登录。")
    return redirect("accounts:account", person.pk)


@route(may=Duty.SECURITY_ADMIN, act="accounts.second_factor_off")
@once
@load_person
def clear_second_factor(request: Any, person: User) -> HttpResponse:
    form = forms.ClearSecondFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.clear_second_factor(person, by=request.user, on=clock.today(), **form.words())
        messages.success(request, f"已解除{person}的二次验证，请提醒本人登录后重新开启。")
        return redirect("accounts:account", person.pk)
    return render(request, "accounts/act.html", {"person": person, "form": form, "title": f"解除{person}的二次验证"})
