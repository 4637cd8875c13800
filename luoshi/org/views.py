"""People and units on screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from luoshi.org.access import STAFF, route
from luoshi.org.models import Unit, User


@route(may=STAFF)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "org/unit_detail.html", {"unit": get_object_or_404(Unit, pk=pk)})


@route(may=STAFF)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "org/person_detail.html", {"person": get_object_or_404(User, pk=pk)})
