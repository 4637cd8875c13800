"""From an address to a talk record that this person may come to."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.activities.queries import talks
from luoshi.matters.views.loaders import Request

View = Callable[..., HttpResponse]


def load_talk(view: View) -> View:
    """Hand the view the record: to the two, and to the discipline group (closed until it says why); else 404."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = talks.reachable(request.user, request.held)
        rows = seen.select_related("activity__bureau", "activity__clause__version", "talker", "partner", "paper")
        return view(request, get_object_or_404(rows, activity__public_id=public_id), *args, **kwargs)

    return loaded


def load_own_talk(view: View) -> View:
    """The same for the talker alone: nobody else changes a record."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = talks.mine(request.user).filter(talker=request.user)
        rows = rows.select_related("activity__bureau", "talker", "partner", "paper")
        return view(request, get_object_or_404(rows, activity__public_id=public_id), *args, **kwargs)

    return loaded
