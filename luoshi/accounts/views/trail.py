"""留痕查询: the auditor reads the trail; opening what an entry keeps is itself recorded first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.accounts import forms, queries, services
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.models import Entry
from luoshi.records.once import once


@route(may=Duty.AUDIT_ADMIN)
def trail(request: Any) -> HttpResponse:
    form = forms.TrailForm(request.GET or None)
    sought = form.cleaned_data if form.is_bound and form.is_valid() else {}
    lines, following = queries.trail(**sought)
    context = {"form": form, "lines": lines, "next": following}
    return render(request, "accounts/trail.html", context)


@route(may=Duty.AUDIT_ADMIN, act="accounts.read_values")
@once
def read_values(request: Any, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry, pk=pk)
    form = forms.ReadValuesForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return redirect("accounts:trail")
    values = services.read_values(entry, by=request.user, on=clock.today())
    before, after = values.get("before") or {}, values.get("after") or {}
    names = list(dict.fromkeys([*before, *after]))
    rows = [(name, before.get(name, ""), after.get(name, "")) for name in names]
    return render(request, "accounts/values.html", {"entry": entry, "rows": rows})
