"""A matter's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from luoshi.org.access import STAFF, route


@route(may=STAFF)
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return HttpResponse("")
