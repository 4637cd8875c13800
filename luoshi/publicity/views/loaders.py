"""From an address to a row that this person may see; one that is not there and one that may not be seen are a 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.matters.views.loaders import Request
from luoshi.publicity import queries
from luoshi.publicity.models import Adoption, Outlet

View = Callable[..., HttpResponse]


def load_article(view: View) -> View:
    """Hand the view its article."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.articles_seen(request.user, request.held).select_related(
            "bureau", "unit", "clause__version__plan", "opened_by", "published_by", "corrects"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_outlet(view: View) -> View:
    """Hand the view a line of 刊发."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.articles_seen(request.user, request.held)
        rows = Outlet.objects.filter(article__in=seen).select_related("article__bureau")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


def load_adoption(view: View) -> View:
    """Hand the view a line of 推广应用."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.articles_seen(request.user, request.held)
        rows = Adoption.objects.filter(article__in=seen).select_related("article__bureau", "unit")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


__all__ = ["Request", "load_adoption", "load_article", "load_outlet"]
