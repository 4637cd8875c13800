"""The bell's number, counted only where a page asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from luoshi.notices import queries


class UnreadMiddleware:
    """Gives every request of somebody logged in a lazy `unread_notices`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            request.unread_notices = SimpleLazyObject(lambda: queries.unread(request.user))
        return self.get_response(request)
