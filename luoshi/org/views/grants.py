"""授权确认 (level3): what the security administrator proposed and the audit administrator confirms."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.lib import clock
from luoshi.org import forms, services
from luoshi.org.access import route
from luoshi.org.models import PendingGrant
from luoshi.org.rules import Duty, GrantState
from luoshi.org.views.pages import act_page, load_grant
from luoshi.records.once import once


@route(may=(Duty.SECURITY_ADMIN, Duty.AUDIT_ADMIN))
def grants(request: Any) -> HttpResponse:
    rows = PendingGrant.objects.select_related("user", "unit", "proposed_by", "decided_by")
    context = {
        "waiting": rows.filter(state=GrantState.PROPOSED),
        "decided": rows.exclude(state=GrantState.PROPOSED)[:50],
        "confirms": Duty.AUDIT_ADMIN in request.duties,
        "confirm_form": forms.ConfirmGrantForm(),
    }
    return render(request, "org/grants.html", context)


@route(may=Duty.AUDIT_ADMIN, act="org.confirm_grant")
@once
@load_grant
def confirm(request: Any, row: PendingGrant) -> HttpResponse:
    form = forms.ConfirmGrantForm(request.POST or None)
    return act_page(
        request, form, title=f"确认授权：{row}", back=reverse("org:grants"), said="已确认，即刻生效。",
        do=lambda form: services.confirm_grant(row, by=request.user, on=clock.today()),
    )  # fmt: skip


@route(may=Duty.AUDIT_ADMIN, act="org.refuse_grant")
@once
@load_grant
def refuse(request: Any, row: PendingGrant) -> HttpResponse:
    form = forms.RefuseGrantForm(request.POST or None)
    return act_page(
        request, form, title=f"不同意授权：{row}", back=reverse("org:grants"), said="已记下，不予授权。",
        do=lambda form: services.refuse_grant(row, by=request.user, on=clock.today(), **form.words()),
    )  # fmt: skip
