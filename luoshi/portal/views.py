"""工作台 and the two health doors."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from luoshi.org.access import PUBLIC, STAFF, route


@route(may=STAFF)
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/desk.html")


@route(may=PUBLIC)
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


@route(may=PUBLIC)
def readyz(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
