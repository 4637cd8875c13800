"""From an address to a problem that this person may see, and back."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.lib import clock
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.problems import queries
from luoshi.records.models import Evidence
from luoshi.records.services.files import place

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """What the middlewares add, for readers and the type checker."""

    user: User
    duties: frozenset[str]
    held: list[Held]
    bureau: Any
    htmx: Any


def load_problem(view: View) -> View:
    """Hand the view its problem; one that is not there and one that may not be seen are the same 404."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.visible(request.user, request.held, clock.today()).select_related(
            "bureau", "unit", "owner", "leader", "clause__version__plan", "entered_by", "applied_by", "closed_by",
            "self_check", "problem_class__institution",
        )  # fmt: skip
        return view(request, get_object_or_404(seen, public_id=public_id), *args, **kwargs)

    return loaded


def file_answer(file: Evidence) -> HttpResponse:
    """A kept file, byte for byte, under its own name; the browser may not run anything in it."""
    answer: Any = FileResponse(
        place(file.sha256).open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
