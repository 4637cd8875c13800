"""One problem: where it stands, what I may do now, and its whole story."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.org.access import STAFF, route
from luoshi.problems.models import Problem
from luoshi.problems.views.loaders import Request, load_problem


@route(may=STAFF)
@require_safe
@load_problem
def detail(request: Request, problem: Problem) -> HttpResponse:
    """A problem's page."""
    return render(request, "problems/detail.html", {"problem": problem})
