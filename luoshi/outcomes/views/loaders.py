"""From an address to a row that this person may see; one that is not there and one that may not be seen are a 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.lib import clock
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.outcomes import queries
from luoshi.plan.models import Plan

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """What the middlewares add, for readers and the type checker."""

    user: User
    duties: frozenset[str]
    held: list[Held]
    bureau: Any


def load_summary(view: View) -> View:
    """Hand the view its summary."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.summaries_seen(request.held)
        rows = seen.select_related(
            "bureau", "plan", "corrects", "opened_by", "decided_by", "issued_by", "paper"
        )  # fmt: skip
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_section(view: View) -> View:
    """Hand the view one chapter of a summary."""

    @functools.wraps(view)
    @load_summary
    def loaded(request: Request, summary: Any, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = summary.sections.select_related("summary__bureau", "summary__plan")
        return view(request, get_object_or_404(rows, key=key), *args, **kwargs)

    return loaded


def load_figure(view: View) -> View:
    """Hand the view one figure from outside."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.figures_seen(request.held).select_related("bureau", "entered_by", "paper")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


def asked_plan(request: Request) -> Plan | None:
    """The plan that the address names (404 where it may not be seen), else the newest one that runs."""
    told = request.GET.get("plan", "")
    pk = int(told) if told.isascii() and told.isdigit() and len(told) < 18 else None
    found = queries.plan_of(request.user, request.bureau.pk, clock.today(), pk)
    if told and found is None:
        raise Http404
    return found
