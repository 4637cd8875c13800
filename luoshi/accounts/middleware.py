"""Sessions end by idle time, by absolute time, and when the clock runs back; some things come before any other page."""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from luoshi.accounts import queries, rules, services
from luoshi.lib import clock

log = logging.getLogger("luoshi.accounts")


@dataclass(slots=True)
class Tide:
    """The highest moment this process has seen. A clock set back lets no expired session live again.

    Every session carries the tide's mark; when the clock runs back by more than a minute the mark changes,
    for all processes through the cache, and every session of before is over.
    """

    high: float = 0.0
    mark: str = ""
    read_at: float = -1e9
    KEY = "luoshi.tide"

    def now(self, moment: float) -> str:
        """The mark that sessions must carry at this moment (seconds since the epoch)."""
        if time.monotonic() - self.read_at > 30:
            self.mark, self.read_at = cache.get(self.KEY, self.mark), time.monotonic()
        if moment < self.high - rules.CLOCK_SLACK and not os.environ.get("LUOSHI_NOW"):
            log.warning("时钟回拨 %d 秒，全部登录已结束", int(self.high - moment))
            self.mark, self.high = secrets.token_hex(8), moment
            cache.set(self.KEY, self.mark, None)
        self.high = max(self.high, moment)
        return self.mark


tide = Tide()


class SessionLimits:
    """Ends a session whose time is over; `request.expired_user` is then whoever it belonged to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.expired_user = None
        if request.user.is_authenticated:
            now = clock.now()
            why = self._why_ended(request, now.timestamp())
            if why is not None:
                user = request.user
                services.session_ended(user, why=why)
                logout(request)
                request.expired_user = user
            elif now.timestamp() - request.session.get("seen", 0) > 60:
                request.session["seen"] = now.timestamp()
                services.seen(request.session.session_key, now=now)
        return self.get_response(request)

    @staticmethod
    def _why_ended(request: Any, now: float) -> str | None:
        session = request.session
        mark = tide.now(now)
        if session.setdefault("tide", mark) != mark:
            return rules.CLOCK
        left_on = request.user.left_on
        if left_on is not None and left_on <= clock.today():
            return rules.LEFT
        return rules.why_ended(
            now=now,
            began=session.setdefault("began", now),
            seen=session.get("seen", now),
            idle=settings.LUOSHI_SESSION_IDLE_MINUTES * 60,
            absolute=settings.LUOSHI_SESSION_ABSOLUTE_HOURS * 3600,
        )


class FirstThings:
    """A one-time password is changed, and a required second factor set up, before anything else is opened."""

    OPEN = frozenset(
        {"account_change_password", "account_logout", "account_reauthenticate", "mfa_reauthenticate",
         "mfa_activate_totp", "mfa_view_recovery_codes", "portal:healthz", "portal:readyz"}
    )  # fmt: skip

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or request.resolver_match.view_name in self.OPEN:
            return None
        if request.user.must_change_password:
            return _go(request, reverse("account_change_password"))
        duties = {one.duty for one in request.held}
        wanted = rules.must_use_second_factor(duties, level3=settings.SECURITY_PROFILE == "level3")
        if wanted and not queries.has_second_factor(request.user):
            return _go(request, reverse("mfa_activate_totp"))
        return None


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
