"""Today's working day for the top bar, worked out only where a page asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from luoshi.lib import clock
from luoshi.workdays import queries


class TodayMiddleware:
    """Gives every request of somebody logged in a lazy `workday_of_month` (None on rest days)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            bureau = getattr(request, "bureau", None)
            bureau_id = bureau.pk if bureau else None
            request.workday_of_month = SimpleLazyObject(lambda: queries.workday_of_month(clock.today(), bureau_id))
        return self.get_response(request)
