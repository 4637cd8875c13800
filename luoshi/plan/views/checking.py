"""体检: what an imported plan leaves open, contradicts or overdoes; the office sets aside with a reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries, services
from luoshi.plan.decision_forms import SetAsideForm
from luoshi.plan.lint.findings import KINDS, SEVERITIES, Finding
from luoshi.plan.lint.load import ASSUMED, Load
from luoshi.plan.models import PlanVersion, SetAside
from luoshi.plan.views.loaders import Request, load_set_aside, load_version, may_decide
from luoshi.records.once import once
from luoshi.ui.forms import ActForm


def _row(one: Finding, keys: dict[str, int]) -> dict[str, Any]:
    """One finding with the addresses of its clauses."""
    linked = [(path, keys.get(path)) for path in dict.fromkeys((one.clause, *one.also))]
    return {"one": one, "clauses": linked, "clause_pk": keys.get(one.clause)}


def _load(one: Load, keys: dict[str, int]) -> dict[str, Any]:
    return {"one": one, "parts": [(part, keys.get(part.clause)) for part in one.parts]}


@route(may=STAFF)
@require_safe
@load_version
def lint(request: Request, version: PlanVersion) -> HttpResponse:
    """The list with its figures; `?show=` one severity, or what was set aside."""
    found, keys = queries.checkup(version, clock.today()), queries.clause_keys(version)
    chosen = request.GET.get("show", "")
    shown = [one for one in found.open if chosen not in SEVERITIES or one.severity == chosen]
    office = may_decide(request, version.plan.bureau_id)
    context = {
        "version": version,
        "plan": version.plan,
        "report": found.report,
        "chips": _chips(version, found, chosen),
        "rows": [] if chosen == "aside" else [_row(one, keys) for one in shown],
        "aside": _aside(found, office=office) if chosen == "aside" else [],
        "chosen": chosen,
        "counts": [(label, found.counts()[key]) for key, label in SEVERITIES.items()],
        "aside_count": len(found.aside),
        "loads": [_load(one, keys) for one in found.report.loads],
        "assumed": ASSUMED,
        "office": office,
    }
    return render(request, "plan/lint.html", context)


def _aside(found: queries.Checkup, *, office: bool) -> list[dict[str, Any]]:
    """What was set aside, each with the form that lists it again."""
    label = {key: one.label for key, one in KINDS.items()}
    forms = (ActForm(auto_id=f"again-{one.pk}-%s") if office else None for one in found.aside)
    return [
        {"one": one, "label": label.get(one.kind, one.kind), "form": form}
        for one, form in zip(found.aside, forms, strict=True)
    ]


def _chips(version: PlanVersion, found: queries.Checkup, chosen: str) -> list[dict[str, Any]]:
    here, counts = reverse("plan:lint", args=[version.pk]), found.counts()
    told = [("", "全部", len(found.open)), *((key, label, counts[key]) for key, label in SEVERITIES.items())]
    told.append(("aside", "已说明不改", len(found.aside)))
    return [
        {"label": label, "url": f"{here}?show={key}" if key else here, "on": chosen == key, "count": number}
        for key, label, number in told
    ]


@route(may=Held.OFFICE, act="plan.set_aside")
@once
@load_version
def set_aside(request: Request, version: PlanVersion, key: str) -> HttpResponse:
    """列为不改: one finding and the reason why the plan stays as it is."""
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        services.set_aside(version, key, reason=reason, by=request.user, on=clock.today())
        return redirect("plan:lint", version.pk)
    found = next((one for one in queries.checkup(version, clock.today()).open if one.key == key), None)
    if found is None:
        raise Http404
    context = {"form": form, "version": version, "row": _row(found, queries.clause_keys(version))}
    return render(request, "plan/set_aside.html", context)


@route(may=Held.OFFICE, act="plan.list_again")
@once
@load_set_aside
def list_again(request: Request, row: SetAside) -> HttpResponse:
    """重新列出."""
    if request.method == "POST" and ActForm(request.POST).is_valid():
        services.list_again(row, by=request.user, on=clock.today())
    newest = row.plan.versions.latest("number")
    return redirect("plan:lint", newest.pk)
