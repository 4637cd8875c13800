"""成效对照: the three goals by quarter, the campaign's course, and the records behind every figure."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.outcomes import queries
from luoshi.outcomes.page import board_page, wall_page
from luoshi.outcomes.rules import OVERSEERS
from luoshi.outcomes.views.loaders import Request, asked_plan
from luoshi.plan.models import Plan

PAGE = 200


@route(may=OVERSEERS)
@require_safe
def goals(request: Request) -> HttpResponse:
    """The panel: each goal with its indicators by quarter, the phases with their gates, which units take part."""
    on, plan = clock.today(), asked_plan(request)
    if plan is None:
        return render(request, "outcomes/goals_none.html", {"office": Duty.OFFICE in request.duties})
    scope = queries.scope_of(request.user, request.bureau.pk, on)
    phases, shares = queries.participation(plan, scope)
    context = board_page(plan, scope, request.GET.get("to", "")) | {
        "plan": plan,
        "steps": queries.steps(plan, on),
        "phases": phases,
        "shares": shares,
        "whole": queries.sees_whole(request.held, request.bureau.pk),
        "office": Duty.OFFICE in request.duties,
    }
    return render(request, "outcomes/goals.html", context)


@route(may=OVERSEERS)
@require_safe
def wall(request: Request) -> HttpResponse:
    """The same for a wall: the course of the campaign and each goal's lines, drawn again by itself."""
    on, plan = clock.today(), asked_plan(request)
    if plan is None:
        return render(request, "outcomes/goals_none.html", {"office": Duty.OFFICE in request.duties})
    scope = queries.scope_of(request.user, request.bureau.pk, on)
    context = wall_page(plan, scope) | {"plan": plan, "steps": queries.steps(plan, on), "bureau": request.bureau}
    return render(request, "outcomes/wall.html", context)


def asked_from(request: Request) -> int:
    """The first line that a page shows."""
    start = request.GET.get("from", "")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 0


def lines_page(request: Request, found: Any, *, kept: dict[str, Any], **context: Any) -> HttpResponse:
    """One page of the records behind a figure."""
    at = asked_from(request)
    told = {
        "number": found.number,
        "lines": found.lines(at, at + PAGE),
        "next": f"?{urlencode({**kept, 'from': at + PAGE})}" if at + PAGE < found.number else "",
        "first": f"?{urlencode(kept)}" if at else "",
    }
    return render(request, "outcomes/records.html", told | context)


@route(may=OVERSEERS)
@require_safe
def goal_records(request: Request, key: str) -> HttpResponse:
    """The records that one figure of the panel counts."""
    on, plan = clock.today(), asked_plan(request)
    periods = queries.periods_of(plan, on) if plan is not None else []
    period = next((one for one in periods if one.key == request.GET.get("period")), None)
    if plan is None or key not in queries.SETS or period is None:
        raise Http404
    scope = queries.scope_of(request.user, request.bureau.pk, on)
    return lines_page(
        request,
        queries.behind(key, scope, period.since, period.until),
        kept={"plan": plan.pk, "period": period.key},
        title=queries.LABELS[key],
        lead=f"{plan}，{period.words}",
        back=f"{reverse('outcomes:goals')}?plan={plan.pk}",
        back_label="成效对照",
    )


@route(may=OVERSEERS)
@require_safe
def unit_records(request: Request, unit: int, phase: int) -> HttpResponse:
    """What a unit has to show in a phase: the records themselves, nothing counted."""
    on = clock.today()
    row = get_object_or_404(org.units_of(request.bureau.pk, on), pk=unit)
    plan = get_object_or_404(Plan, phases__pk=phase, bureau=request.bureau)
    one = next((one for one in queries.begun(plan, on) if one.pk == phase), None)
    if one is None:
        raise Http404
    scope = queries.scope_of(request.user, request.bureau.pk, on)
    context = {
        "title": f"{row}：{one.name}",
        "lead": "这一阶段的工作记录，不计数、不排名",
        "lines": queries.unit_lines(row, one, scope),
        "back": f"{reverse('outcomes:goals')}?plan={plan.pk}#units",
        "back_label": "成效对照",
    }
    return render(request, "outcomes/records.html", context)
