"""Sessions end: after idle time and after an absolute time, whatever the browser does."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from luoshi.lib import clock


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.now().timestamp()
            began = request.session.setdefault("began", now)
            seen = request.session.get("seen", now)
            idle, absolute = (
                settings.LUOSHI_SESSION_IDLE_MINUTES * 60,
                settings.LUOSHI_SESSION_ABSOLUTE_HOURS * 3600,
            )
            if now - seen > idle or now - began > absolute:
                logout(request)
            elif now - seen > 30 or "seen" not in request.session:
                request.session["seen"] = now
        return self.get_response(request)
