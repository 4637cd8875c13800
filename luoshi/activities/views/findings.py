"""补记, 成果转化, 撤回: what is added to an activity after it was entered, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.activities.forms.findings import ConvertForm, Findings, HearForm, TakeBackForm
from luoshi.activities.models import Activity, Conversion, Opinion
from luoshi.activities.rules import ENTRANTS
from luoshi.activities.services import visits
from luoshi.activities.views.loaders import Request, load_activity
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.org.access import route
from luoshi.problems.models import Problem
from luoshi.problems.queries.similar import similar
from luoshi.records.once import once

LOOKED_AT, ALIKE = 12, 0.5
"""Lines of a visit that are held against the ledger, and how much of a title they must share."""


def resembling(request: Request, form: Findings) -> list[tuple[str, list[Problem]]]:
    """The problems of the ledger that each typed line resembles; of many lines the first ones are looked at."""
    on, near = clock.today(), []
    for words in form.cleaned_data["problems"][:LOOKED_AT]:
        found = similar(words, request.bureau, request.user, on, request.held)
        near.append((words, [one.problem for one in found if one.share >= ALIKE][:3]))
    return near


@route(may=ENTRANTS, act="activities.hear")
@once
@load_activity
def hear(request: Request, activity: Activity) -> HttpResponse:
    """补记意见和问题 of a visit that is entered already."""
    form = HearForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not form.likes(resembling(request, form)):
        try:
            visits.hear(activity, form.findings(), by=request.user, on=clock.today())
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "已补记。")
            return redirect(activity)
    return render(request, "activities/hear.html", {"form": form, "activity": activity})


@route(may=ENTRANTS, act="activities.convert")
@once
@load_activity
def convert(request: Request, activity: Activity) -> HttpResponse:
    """成果转化: what it was turned into."""
    on = clock.today()
    data = request.POST if request.method == "POST" else None
    form = ConvertForm(data, matters=matters.visible(request.user, request.held, on))
    if request.method == "POST" and form.is_valid():
        try:
            visits.convert(activity, by=request.user, on=on, **form.words())
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "已登记成果转化。")
            return redirect(activity)
    context = {"form": form, "title": "成果转化", "back": activity.get_absolute_url(), "back_label": "返回"}
    return render(request, "matters/one_form.html", context)


@route(may=ENTRANTS, act="activities.take_back")
@once
@load_activity
def opinion_back(request: Request, activity: Activity, pk: int) -> HttpResponse:
    """撤回 one opinion, with its reason."""
    return taken_back(request, activity, get_object_or_404(Opinion, activity=activity, void=False, pk=pk))


@route(may=ENTRANTS, act="activities.take_back")
@once
@load_activity
def conversion_back(request: Request, activity: Activity, pk: int) -> HttpResponse:
    """撤回 one conversion, with its reason."""
    return taken_back(request, activity, get_object_or_404(Conversion, activity=activity, void=False, pk=pk))


def taken_back(request: Request, activity: Activity, row: Opinion | Conversion) -> HttpResponse:
    """The form of both, and the act."""
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        visits.take_back(row, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())
        messages.success(request, "已撤回，记录保留。")
        return redirect(activity)
    title, back = f"撤回“{str(row)[:30]}”", activity.get_absolute_url()
    context = {"form": form, "title": title, "back": back, "back_label": "返回"}
    return render(request, "matters/one_form.html", context)
