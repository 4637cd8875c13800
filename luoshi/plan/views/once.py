"""本局要定一次的事: every once-only decision with its question, what holds now, who decided it, and what is open."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import BUSINESS
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries, services
from luoshi.plan.decision_forms import AcceptForm
from luoshi.plan.rules import explain
from luoshi.plan.slot import GROUPS
from luoshi.plan.views.loaders import Request, may_decide
from luoshi.records.once import once


def line_of(one: queries.OnceLine) -> dict[str, Any]:
    """One decision as a row: question, what holds and why, the default, who decided it when on which paper."""
    standing, spoke, slot = one.slot.standing(), one.spoke, one.slot
    table = spoke.value if spoke is not None and slot.shape == "TABLE" else None
    return {
        "key": slot.key,
        "label": slot.label,
        "question": one.once.question,
        "affects": one.once.affects,
        "used": one.once.used,
        "spoke": spoke,
        "words": slot.words(spoke.value) if spoke else "",
        "table": table,
        "why": explain(spoke, slot.shape) if spoke else [],
        "default": slot.words(standing.value) if standing else "",
        "default_by": standing.citation if standing else "",
        "as_default": bool(standing and spoke and spoke.value == standing.value),
        "decided": one.decided,
        "later": one.decided is not None and one.decided.from_on > clock.today(),
    }


@route(may=BUSINESS)
@require_safe
def decisions(request: Request) -> HttpResponse:
    """All once-only decisions by group, open ones marked; the office goes through them one after another."""
    if request.bureau is None:
        raise Http404
    lines = queries.once_lines(bureau_id=request.bureau.pk, on=clock.today())
    rows = [line_of(one) for one in lines]
    groups = [(name, [row for row, one in zip(rows, lines, strict=True) if one.slot.group == name]) for name in GROUPS]
    still = [row["key"] for row in rows if row["decided"] is None]
    context = {
        "groups": [(name, found) for name, found in groups if found],
        "total": len(rows),
        "open": len(still),
        "next": still[0] if still else "",
        "office": may_decide(request, request.bureau.pk),
    }
    return render(request, "plan/decisions.html", context)


@route(may=Held.OFFICE, act="plan.accept_defaults")
@once
def accept_defaults(request: Request) -> HttpResponse:
    """按默认定下: everything still open, on one paper."""
    bureau, on = request.bureau, clock.today()
    if bureau is None:
        raise Http404
    form = AcceptForm(request.POST if request.method == "POST" else None, bureau_id=bureau.pk, on=on)
    if request.method == "POST" and form.is_valid():
        services.accept_defaults(bureau, by=request.user, on=on, **form.words())
        return redirect("plan:decisions")
    lines = [line_of(one) for one in queries.once_lines(bureau_id=bureau.pk, on=on) if one.open]
    return render(request, "plan/accept.html", {"form": form, "lines": lines})
