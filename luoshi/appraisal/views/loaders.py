"""From an address to a scheme, run, board or score that this person may see; else a 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.appraisal import queries
from luoshi.appraisal.models import Rehearsal
from luoshi.appraisal.views.asked import Request
from luoshi.lib import clock

View = Callable[..., HttpResponse]


def load_scheme(view: View) -> View:
    """Hand the view its scheme."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.schemes_seen(request.held).select_related(
            "bureau", "plan", "follows", "drafted_by", "decided_by", "paper"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_rehearsal(view: View) -> View:
    """Hand the view a run; who drafts and decides sees it."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        schemes = queries.drafts_seen(request.held)
        rows = Rehearsal.objects.filter(scheme__in=schemes).select_related("scheme", "by")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


def load_board_open(view: View) -> View:
    """Hand the view a board, also one that is still being computed."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.boards_seen(request.held).select_related("bureau", "scheme", "computed_by")
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_score(view: View) -> View:
    """Hand the view one unit's score."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.scores_seen(request.user, request.held, clock.today())
        rows = seen.select_related("board__bureau", "board__scheme", "unit")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded
