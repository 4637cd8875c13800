"""Default deny: each route declares who may enter it and what act its POST writes; an undeclared route opens to nobody.

    @route(may=duty(Duty.OFFICE), act="matters.assign")
    def assign(request): ...

This is the door of the route. Which rows a person sees is each room's `visible_to(user)`; which act on
which object in which state is the room's table of moves.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from luoshi.lib import clock
from luoshi.org import queries, rules

PUBLIC, STAFF = "PUBLIC", "STAFF"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Route:
    """Who may enter: PUBLIC, STAFF (anyone logged in), or holders of one of `duties` in the current bureau."""

    may: str
    duties: frozenset[str] = frozenset()
    acts: tuple[str, ...] = ()
    """The `act` names that a POST here may leave as Entry; empty where it only reads."""
    reads: bool = False
    """True where a POST changes no protected row (search, staging an upload, a preview)."""

    def words(self) -> str:
        if self.may == PUBLIC:
            return "公开"
        return "全体登录人员" if not self.duties else rules.names(self.duties)


def route(*, may: str | Iterable[str], act: str | Iterable[str] = (), reads: bool = False) -> Callable[[View], View]:
    """Declare a view's door. `may`: PUBLIC, STAFF or duties; `act`: what its POST records."""
    acts = (act,) if isinstance(act, str) else tuple(act)
    declared = (
        Route(may, acts=acts, reads=reads)
        if isinstance(may, str) and may in (PUBLIC, STAFF)
        else Route("DUTY", frozenset([may] if isinstance(may, str) else may), acts, reads)
    )

    def mark(view: View) -> View:
        @functools.wraps(view)
        def declared_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        declared_view.route = declared  # type: ignore[attr-defined]
        return declared_view

    return mark


def declared_route(view: Any, view_name: str) -> Route | None:
    """What a view declares; third-party views (log-in pages) are declared by name in `config.urls`."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    found: Route | None = getattr(view, "route", None)
    if found is None:
        found = import_string(settings.ROOT_URLCONF + ".THIRD_PARTY_ROUTES").get(view_name)
    return found


class AccessMiddleware:
    """Holds every request against its route's declaration, and gives views `request.bureau` and `request.duties`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.bureau = None  # type: ignore[attr-defined]
        request.duties = frozenset()  # type: ignore[attr-defined]
        request.held = []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            self._place(request)
        return self.get_response(request)

    @staticmethod
    def _place(request: Any) -> None:
        """Find the bureau this session works in (a person may hold posts in two) and the duties held there today."""
        request.held = queries.held(request.user, clock.today())
        bureaus = list(dict.fromkeys(one.bureau_id for one in request.held))
        chosen = request.session.get("bureau")
        bureau_id = chosen if chosen in bureaus else (bureaus[0] if bureaus else None)
        if bureau_id is not None:
            request.bureau = queries.Unit.objects.get(pk=bureau_id)
            request.duties = frozenset(one.duty for one in request.held if one.bureau_id == bureau_id)
        request.bureau_ids = bureaus

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        declared = declared_route(view, request.resolver_match.view_name)
        if declared is None:
            return refuse(request, "这个页面没有登记访问权限，按默认关闭处理。请联系系统管理员。")
        if declared.may == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return to_login(request)
        if declared.duties and not declared.duties & request.duties:
            return refuse(request, f"这个页面由{declared.words()}使用，您目前没有这项职责。")
        return None


def to_login(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page; a form whose session ended keeps what was typed (given back after log-in)."""
    target = reverse("account_login")
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    if request.method == "POST":
        from luoshi.records.services import keep_typed

        typed = {
            name: request.POST.getlist(name)
            for name in request.POST
            if name not in ("csrfmiddlewaretoken", "submission")
        }
        if typed and sum(len(value) for values in typed.values() for value in values) <= 200_000:
            draft = keep_typed(path=request.path, typed=typed)
            request.session["typed_draft"] = str(draft.pk)
    url = f"{target}?{urlencode({'next': _inside(request, back)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _inside(request: HttpRequest, url: str) -> str:
    """A path of this site only, whatever the header said."""
    from urllib.parse import urlsplit

    from django.utils.http import url_has_allowed_host_and_scheme

    if not url_has_allowed_host_and_scheme(url, {request.get_host()}):
        return "/"
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def refuse(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says, in plain Chinese, that this door is not yours and whose it is."""
    return render(request, "ui/refused.html", {"why": why}, status=403)
