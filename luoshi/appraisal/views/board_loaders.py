"""From an address to a board, objection or case that this person may see; anything else is a 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.appraisal.queries.access import boards_seen, scores_seen
from luoshi.appraisal.queries.boards import cases_seen
from luoshi.appraisal.queries.objections import objections_seen
from luoshi.appraisal.views.asked import Request
from luoshi.lib import clock

View = Callable[..., HttpResponse]


def load_board(view: View) -> View:
    """Hand the view its board."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = boards_seen(request.held).select_related(
            "bureau", "scheme__plan", "previous", "decided_by", "published_by", "minutes"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_own_score(view: View) -> View:
    """Hand the view a score that this person reads."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = scores_seen(request.user, request.held, clock.today()).select_related("board__scheme", "unit")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


def load_objection(view: View) -> View:
    """Hand the view its objection."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = objections_seen(request.user, request.held, clock.today()).select_related(
            "score__board__scheme", "score__unit", "raised_by", "reviewer", "named_by", "answered_by"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_case(view: View) -> View:
    """Hand the view its case."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = cases_seen(request.user, request.held, clock.today()).select_related(
            "board__scheme", "unit", "chosen_by", "stated_by", "off_by", "problem"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded
