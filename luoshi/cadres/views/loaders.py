"""From an address to a row that this person may see; one that is not there and one that may not be seen are a 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.cadres import queries
from luoshi.cadres.models import FactAnswer
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


def by_public_id(rows: Callable[[Request], Any], *joined: str) -> Callable[[View], View]:
    """Hand the view the row of this address, out of what the person sees."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
            found = get_object_or_404(rows(request).select_related(*joined), public_id=public_id)
            return view(request, found, *args, **kwargs)

        return loaded

    return mark


def _postings(request: Request) -> Any:
    return queries.postings_seen(request.user, request.held, clock.today())


def _follow_ups(request: Request) -> Any:
    return queries.follow_ups_seen(request.user, request.held, clock.today())


load_posting = by_public_id(
    _postings, "bureau", "cadre", "unit", "mentor", "clause__version__plan", "problem", "decided_by", "proposed_by"
)
load_follow_up = by_public_id(
    _follow_ups, "posting__bureau", "posting__cadre", "posting__mentor", "posting__unit", "drawn_by", "reported_by"
)
load_recommendation = by_public_id(
    lambda request: queries.recommendations_seen(request.user, request.held),
    "posting__bureau", "posting__cadre", "posting__unit", "posting__mentor", "proposed_by", "decided_by",
)  # fmt: skip
load_merit = by_public_id(
    lambda request: queries.merits_seen(request.user, request.held, clock.today()),
    "bureau", "person", "entered_by", "reviewed_by",
)  # fmt: skip
load_commendation = by_public_id(
    lambda request: queries.commendations_seen(request.user, request.held),
    "bureau", "person", "unit", "clause__version__plan", "proposed_by", "decided_by", "published_by",
)  # fmt: skip


def load_answer(view: View) -> View:
    """Hand the view the person's word on a fact."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = FactAnswer.objects.filter(follow_up__in=_follow_ups(request)).select_related(
            "follow_up__posting__bureau", "follow_up__posting__cadre", "by"
        )
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded
