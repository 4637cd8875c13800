"""From an address to what this person may see; one that is not there and one that may not be seen are the same 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from luoshi.lib import clock
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries
from luoshi.records.models import Evidence
from luoshi.records.services.files import place

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """What the middlewares add, for readers and the type checker."""

    user: User
    duties: frozenset[str]
    bureau: Unit | None
    htmx: Any


def _loader(seen: Callable[[User, date], QuerySet[Any]]) -> Callable[[View], View]:
    def load(view: View) -> View:
        @functools.wraps(view)
        def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, get_object_or_404(seen(request.user, clock.today()), pk=pk), *args, **kwargs)

        return loaded

    return load


load_plan = _loader(lambda user, on: queries.visible_to(user, on).select_related("bureau"))
load_version = _loader(queries.versions_for)
load_clause = _loader(queries.clauses_for)
load_duty = _loader(queries.duties_for)
load_rule = _loader(queries.rules_for)
load_set_aside = _loader(queries.set_asides_for)


def may_decide(request: Request, bureau_id: int) -> bool:
    """Whether this person is the office of that bureau now: then the page shows its buttons."""
    return Held.OFFICE in request.duties and request.bureau is not None and request.bureau.pk == bureau_id


def hand_out_url(clause_id: int, duty_id: int) -> str:
    """Where 交办 leads from a confirmed duty; empty until there are matters."""
    try:
        return f"{reverse('matters:open')}?clause={clause_id}&duty={duty_id}"
    except NoReverseMatch:
        return ""


def download(file: Evidence) -> HttpResponse:
    """A kept file, byte for byte, under its own name; never shown inside a page."""
    answer: Any = FileResponse(
        place(file.sha256).open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
