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

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from luoshi.lib import clock
from luoshi.org import queries, rules
from luoshi.records.services import BadFile, keep_typed, stage

PUBLIC, STAFF = "PUBLIC", "STAFF"
TYPED_MOST, FILES_MOST = 200_000, 20 * 1024 * 1024
"""What is kept of a form whose session ended: characters of text, bytes of files."""
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
        request.bureaus = []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            self._place(request)
        return self.get_response(request)

    @staticmethod
    def _place(request: Any) -> None:
        """Find the bureau this session works in (a person may hold posts in two) and the duties held there today."""
        request.held = queries.held(request.user, clock.today())
        request.bureau_ids = list(dict.fromkeys(one.bureau_id for one in request.held))
        request.bureaus = list(queries.Unit.objects.filter(pk__in=request.bureau_ids))
        chosen = request.session.get("bureau")
        bureau_id = chosen if chosen in request.bureau_ids else next(iter(request.bureau_ids), None)
        if bureau_id is not None:
            request.bureau = next(one for one in request.bureaus if one.pk == bureau_id)
            request.duties = frozenset(one.duty for one in request.held if one.bureau_id == bureau_id)
            request.duty_words = rules.names(request.duties)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        declared = declared_route(view, request.resolver_match.view_name)
        if declared is None:
            return refuse(request, "这个页面没有登记访问权限，按默认关闭处理。请联系系统管理员。")
        if declared.may == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return to_login(request)
        if request.method == "POST" and request.path == request.session.get("typed_path"):
            request.session.pop("typed_draft", None)  # sent again: nothing left to give back
        if declared.duties and not declared.duties & request.duties:
            return refuse(request, f"这个页面由{declared.words()}使用，您目前没有这项职责。")
        return None


def to_login(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page; a form whose session ended keeps what was typed (given back after log-in)."""
    target = reverse("account_login")
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES:
        _keep_typed(request)
    url = f"{target}?{urlencode({'next': _inside(request, back)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _keep_typed(request: Any) -> None:
    """Keep the form's words for this browser session, and its files for the person whose session has just ended.

    Only after the CSRF check (it ran before us), only a form's size, only so many from one address; nothing
    secret is kept. Files need a known owner: whoever takes them up later must be the same person.
    """
    from allauth.core.internal import ratelimit

    owner = getattr(request, "expired_user", None)
    typed = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "submission", "code") and "password" not in name
    }
    limit = {"typed_draft": "20/h/ip"}
    small = sum(len(value) for values in typed.values() for value in values) <= TYPED_MOST
    if (
        not (typed or request.FILES)
        or not small
        or not ratelimit.consume(request, app="luoshi", action="typed_draft", config=limit)
    ):
        return
    files = [one for name in request.FILES for one in request.FILES.getlist(name)]
    if files and owner is not None:
        if sum(one.size or 0 for one in files) > FILES_MOST:
            messages.warning(request, "附件合计超过 20 MB，未能代为保留，登录后请重新选择附件；填写的文字已保留。")
        else:
            typed["staged"] = typed.get("staged", []) + _stage(request, files, owner)
    elif files:
        messages.warning(request, "附件未能代为保留，登录后请重新选择附件；填写的文字已保留。")
    if not typed:
        return
    draft = keep_typed(path=request.path, typed=typed)
    request.session["typed_draft"], request.session["typed_path"] = str(draft.pk), request.path
    request.session["typed_by"] = owner.pk if owner is not None else None


def _stage(request: HttpRequest, files: list[Any], owner: Any) -> list[str]:
    tokens = []
    for one in files:
        try:
            tokens.append(str(stage(one, by=owner).pk))
        except BadFile as why:
            messages.warning(request, str(why))
    return tokens


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
