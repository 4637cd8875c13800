"""From an address to a row that this person may see; one that is not there and one that may not be seen are a 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.commitments import queries
from luoshi.commitments.models import LivelihoodItem, Progress, Promise, PromiseMatter
from luoshi.lib import clock
from luoshi.org.models import User
from luoshi.org.rules import Held

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """What the middlewares add, for readers and the type checker."""

    user: User
    duties: frozenset[str]
    held: list[Held]
    bureau: Any


def load_commitment(view: View) -> View:
    """Hand the view its commitment."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.commitments_seen(request.user, request.held)
        rows = seen.select_related("bureau", "person", "clause__version__plan", "opened_by", "decided_by", "settled_by")
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_promise(view: View) -> View:
    """Hand the view a promise of a commitment."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.commitments_seen(request.user, request.held)
        rows = Promise.objects.filter(commitment__in=seen).select_related(
            "commitment__bureau", "commitment__person", "commitment__clause"
        )
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


def load_link(view: View) -> View:
    """Hand the view a linked matter's line."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.commitments_seen(request.user, request.held)
        rows = PromiseMatter.objects.filter(promise__commitment__in=seen).select_related(
            "promise__commitment__bureau", "promise__commitment__person", "matter"
        )
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


def load_progress(view: View) -> View:
    """Hand the view a line of progress."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.commitments_seen(request.user, request.held)
        rows = Progress.objects.filter(promise__commitment__in=seen).select_related(
            "promise__commitment__bureau", "promise__commitment__person", "by"
        )
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


def load_concern(view: View) -> View:
    """Hand the view its concern."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.concerns_seen(request.user, request.held, clock.today())
        rows = seen.select_related(
            "bureau", "leader", "unit", "promise__commitment", "clause__version__plan", "matter", "problem",
            "opened_by", "answered_by", "closed_by",
        )  # fmt: skip
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_batch(view: View) -> View:
    """Hand the view its list of livelihood work."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.batches_seen(request.held).select_related("bureau", "clause__version__plan", "opened_by")
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_item(view: View) -> View:
    """Hand the view one livelihood work."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = LivelihoodItem.objects.filter(batch__in=queries.batches_seen(request.held)).select_related(
            "batch__bureau", "batch__clause__version", "unit", "leader"
        )
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded
