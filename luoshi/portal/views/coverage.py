"""覆盖图 of a plan, the records behind each of its figures, and the map as a table for Excel."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luoshi.documents.coverage import KIND, coverage_sheet
from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.org.rules import BUSINESS
from luoshi.plan.models import Clause, Plan
from luoshi.plan.views.loaders import load_plan
from luoshi.portal import queries
from luoshi.portal.page import Sheet, chips, level_chips, sheet_of
from luoshi.portal.rules import RECORDS

PAGE = 200


@route(may=BUSINESS)
@require_safe
def home(request: Request) -> HttpResponse:
    """The map of the newest plan this person may read; without one, what to do."""
    plans = queries.plans_for(request.user, clock.today())
    if plans:
        return redirect("portal:coverage", plans[0].pk)
    return render(request, "portal/coverage_none.html")


def drawn(request: Request, plan: Plan) -> Sheet:
    """The map as the address asks for it."""
    found = queries.coverage(plan, request.user, clock.today())
    return sheet_of(found, only=request.GET.get("only", ""), level=request.GET.get("level", ""))


@route(may=BUSINESS)
@require_safe
@load_plan
def coverage(request: Request, plan: Plan) -> HttpResponse:
    """覆盖图: every clause of the text in force, with what each room has under it."""
    sheet = drawn(request, plan)
    context = {
        "plan": plan,
        "plans": queries.plans_for(request.user, clock.today()),
        "sheet": sheet,
        "chips": chips(sheet),
        "levels": level_chips(sheet),
        "query": urlencode({name: value for name, value in (("only", sheet.only), ("level", sheet.level)) if value}),
    }
    return render(request, "portal/coverage.html", context)


@route(may=BUSINESS)
@require_safe
@load_plan
def coverage_xlsx(request: Request, plan: Plan) -> HttpResponse:
    """The map as it is shown, as a workbook."""
    content = coverage_sheet(drawn(request, plan).facts(at=clock.now(), by=str(request.user)))
    answer = HttpResponse(content, content_type=KIND)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'覆盖图 {plan}.xlsx')}"
    return answer


@route(may=BUSINESS)
@require_safe
@load_plan
def records(request: Request, plan: Plan, key: str) -> HttpResponse:
    """The records that one cell counts: of `?clause=` with all below it, or of the whole plan."""
    if key not in RECORDS:
        raise Http404
    asked, start = request.GET.get("clause", ""), request.GET.get("from", "")
    clause = None
    if asked:
        whole = Clause.objects.filter(version__plan=plan).select_related("version")
        clause = get_object_or_404(whole, pk=int(asked) if asked.isdecimal() and len(asked) < 18 else 0)
    at = int(start) if start.isdecimal() and len(start) < 8 else 0
    alone = clause is not None and "own" in request.GET
    lineages = [clause.lineage] if clause is not None and alone else queries.lineages_under(plan, clause)
    found = queries.records(key, lineages, request.user, clock.today())
    here = reverse("portal:records", args=[plan.pk, key])
    kept: dict[str, Any] = {name: value for name, value in (("clause", asked), ("own", "1" if alone else "")) if value}
    context = {
        "plan": plan,
        "clause": clause,
        "alone": alone,
        "title": RECORDS[key],
        "number": found.number,
        "lines": found.lines(at, at + PAGE),
        "next": f"{here}?{urlencode({**kept, 'from': at + PAGE})}" if at + PAGE < found.number else "",
        "first": f"{here}?{urlencode(kept)}" if at else "",
    }
    return render(request, "portal/records.html", context)
