"""From an address to an activity that this person may see, and the doors that all pages share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from luoshi.activities import queries
from luoshi.lib import clock
from luoshi.matters.views.loaders import Request, file_answer

View = Callable[..., HttpResponse]

__all__ = ["Request", "View", "file_answer", "load_activity"]


def load_activity(view: View) -> View:
    """Hand the view its activity; one that is not there and one that may not be seen are the same 404."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.visible(request.user, request.held, clock.today())
        found = seen.select_related("bureau", "unit", "meeting", "clause__version__plan", "paper", "entered_by")
        return view(request, get_object_or_404(found, public_id=public_id), *args, **kwargs)

    return loaded
