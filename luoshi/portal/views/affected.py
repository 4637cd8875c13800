"""受影响的在办事项: what is open and rests on clauses that a new text of the plan changes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org.access import STAFF, route
from luoshi.portal.queries.affected import affected as find


@route(may=STAFF)
@require_safe
def affected(request: Request) -> HttpResponse:
    """By `?clauses=1,2,3`; the list alone for HTMX, a page of its own without script."""
    keys = [int(one) for one in request.GET.get("clauses", "").split(",") if one.isascii() and one.isdigit()]
    found = find(request.user, [one for one in keys if one < 2**63], clock.today())
    context = {"found": found, "number": sum(len(rows) for _, rows in found)}
    name = "portal/affected.html#list" if request.htmx else "portal/affected.html"
    return render(request, name, context)
