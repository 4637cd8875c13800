"""周期事项: what comes again with its next dates; registered, changed, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters import services
from luoshi.matters.forms.recurrence import EndRecurrenceForm, RecurrenceForm
from luoshi.matters.models import Recurrence
from luoshi.matters.queries.recurrence import READERS, recurrence_lines, recurrences_seen
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.records.once import once

BACK = {"back_name": "matters:recurrences", "back_label": "周期事项"}


def found(request: Request, pk: int) -> Recurrence:
    """One that this person may see, or 404."""
    return get_object_or_404(recurrences_seen(request.held).select_related("bureau", "decided_by"), pk=pk)


@route(may=READERS)
@require_safe
def recurrences(request: Request) -> HttpResponse:
    """What comes again, each with its next dates and why they are these."""
    lines = recurrence_lines(request.user, request.held, clock.today())
    return render(request, "matters/recurrences.html", {"lines": lines})


def form_of(request: Request, recurrence: Recurrence | None = None) -> RecurrenceForm:
    """The form, bound where it was sent."""
    data: Any = request.POST if request.method == "POST" else None
    bureau = recurrence.bureau if recurrence else request.bureau
    return RecurrenceForm(data, bureau=bureau, on=clock.today(), duties=request.duties, recurrence=recurrence)


@route(may=READERS, act="matters.open_recurrence")
@once
def recurrence_new(request: Request) -> HttpResponse:
    """登记周期事项."""
    form = form_of(request)
    if request.method == "POST" and form.is_valid():
        services.open_recurrence(bureau=request.bureau, by=request.user, on=clock.today(), **form.words())
        messages.success(request, "周期事项已登记，到时自动交办。")
        return redirect("matters:recurrences")
    return render(request, "matters/one_form.html", {"form": form, "title": "登记周期事项", **BACK})


@route(may=READERS, act="matters.change_recurrence")
@once
def recurrence_change(request: Request, pk: int) -> HttpResponse:
    """修改: a new version from a day on."""
    recurrence = found(request, pk)
    form = form_of(request, recurrence)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.change_recurrence(recurrence, version=version, by=request.user, on=clock.today(), **form.words())
        messages.success(request, "已按新规定登记，原规定到前一天为止。")
        return redirect("matters:recurrences")
    return render(request, "matters/one_form.html", {"form": form, "title": f"修改“{recurrence.title}”", **BACK})


@route(may=READERS, act="matters.end_recurrence")
@once
def recurrence_end(request: Request, pk: int) -> HttpResponse:
    """停办, with its reason."""
    recurrence, on = found(request, pk), clock.today()
    form = EndRecurrenceForm(request.POST if request.method == "POST" else None, recurrence=recurrence, on=on)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.end_recurrence(recurrence, version=version, by=request.user, on=on, **form.words())
        messages.success(request, "已登记停办，以前交办的照常办理。")
        return redirect("matters:recurrences")
    return render(request, "matters/one_form.html", {"form": form, "title": f"停办“{recurrence.title}”", **BACK})
