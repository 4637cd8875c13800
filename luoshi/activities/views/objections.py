"""异议: raised by the person, answered by the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.activities import queries, services
from luoshi.activities.forms.objections import AnswerForm, ObjectForm
from luoshi.activities.models import Attendance
from luoshi.activities.rules import ENTRANTS, KEEPERS, length
from luoshi.activities.views.loaders import Request
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.access import route
from luoshi.records.once import once

MOST = 100


@route(may=ENTRANTS, act="activities.object")
@once
def object_to(request: Request, pk: int) -> HttpResponse:
    """提出异议 against an entry under one's own name."""
    rows = Attendance.objects.filter(person=request.user).select_related("activity", "person")
    attendance = get_object_or_404(rows, pk=pk)
    form = ObjectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.object_to(attendance, words=form.cleaned_data["text"], by=request.user, on=clock.today())
        messages.success(request, "异议已提交，局办公室会答复您。")
        return redirect("activities:mine")
    context = {
        "form": form,
        "title": f"对“{attendance.activity.title[:40]}”提出异议",
        "back_name": "activities:mine",
        "back_label": "记在我名下的",
    }
    return render(request, "matters/one_form.html", context)


@route(may=KEEPERS)
@require_safe
def objections(request: Request) -> HttpResponse:
    """The objections that wait for an answer, the oldest first."""
    rows = queries.objections_to_answer(request.held).order_by("pk")
    found = rows.select_related("by", "attendance__activity__entered_by", "attendance__unit")[:MOST]
    lines = [{"one": one, "long": length(one.attendance.half_days)} for one in found]
    return render(request, "activities/objections.html", {"lines": lines})


@route(may=KEEPERS, act="activities.answer")
@once
def answer(request: Request, pk: int) -> HttpResponse:
    """答复异议."""
    found = queries.objections_seen(request.held).select_related("by", "attendance__activity", "attendance__person")
    objection = get_object_or_404(found, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, objection=objection)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_objection(objection, by=request.user, on=clock.today(), **form.told())
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已答复{objection.by.name}的异议。")
            return redirect("activities:objections")
    context = {"form": form, "objection": objection, "long": length(objection.attendance.half_days)}
    return render(request, "activities/answer.html", context)
