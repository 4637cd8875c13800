"""From an address to a matter that this person may see, and back to where the act came from."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from luoshi.lib import clock
from luoshi.matters import queries
from luoshi.matters.models import Matter
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.records.models import Evidence
from luoshi.records.services.files import place
from luoshi.ui.forms import typed_lines

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """What the middlewares add, for readers and the type checker."""

    user: User
    duties: frozenset[str]
    held: list[Held]
    bureau: Any
    htmx: Any


def load_matter(view: View) -> View:
    """Hand the view its matter; one that is not there and one that may not be seen are the same 404."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.visible_to(request.user, clock.today()).select_related(
            "bureau", "lead_unit", "leader", "handler", "verifier", "clause__version__plan", "opened_by", "task_list"
        )
        return view(request, get_object_or_404(seen, public_id=public_id), *args, **kwargs)

    return loaded


def load_list(view: View) -> View:
    """Hand the view its list, seen as a whole or for an item of it; anything else is a 404."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.lists_seen(request.user, request.held, clock.today())
        found = seen.select_related("bureau", "issuer", "meeting", "paper", "opened_by")
        return view(request, get_object_or_404(found, public_id=public_id), *args, **kwargs)

    return loaded


def load_list_kept(view: View) -> View:
    """The same for whoever sees the whole list: its paper may tell of items that are not everybody's."""

    @functools.wraps(view)
    @load_list
    def loaded(request: Request, task_list: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        whole = queries.sees_whole(request.user, request.held, task_list)
        if task_list.paper is None or not whole:
            raise Http404
        return view(request, task_list, *args, **kwargs)

    return loaded


def load_meeting(view: View) -> View:
    """Hand the view its meeting; those of other bureaus are not there."""

    @functools.wraps(view)
    def loaded(request: Request, meeting_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.meetings_seen(request.user, request.held)
        found = seen.select_related("bureau", "chair", "minutes", "opened_by")
        return view(request, get_object_or_404(found, public_id=meeting_id), *args, **kwargs)

    return loaded


def file_answer(file: Evidence) -> HttpResponse:
    """A kept file, byte for byte, under its own name; the browser may not run anything in it."""
    answer: Any = FileResponse(
        place(file.sha256).open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def came_from(request: Request, matter: Matter) -> str:
    """Where an act returns to: the desk or the list it was done on (`?` and its filters), else the matter's page."""
    back = request.POST.get("back", "")
    if back == "desk":
        return reverse("portal:desk")
    if back.startswith("?"):
        kept = QueryDict(back[1:], mutable=True)
        kept["matter"] = str(matter.public_id)
        return f"{reverse('matters:list')}?{kept.urlencode()}"
    return matter.get_absolute_url()


def go(request: Request, matter: Matter) -> HttpResponse:
    """Back to where the act came from; to the desk where the act ended what the person may see (协办退办)."""
    if not queries.visible_to(request.user, clock.today()).filter(pk=matter.pk).exists():
        return redirect("portal:desk")
    return redirect(came_from(request, matter))


def not_yours(request: Request, matter: Matter, label: str) -> HttpResponse:
    """The act is not this person's (403). What was typed stands on the page, so that it can be copied out."""
    context = {
        "title": f"您在此事项上没有“{label}”的职责，没有保存。",
        "advice": "事项可能已调整承办，或代理已到期。请联系局办公室。",
        "lines": typed_lines(request.POST),
        "staged_names": getattr(request, "staged_names", []),
        "back": matter.get_absolute_url(),
    }
    return render(request, "ui/conflict.html", context, status=403)
