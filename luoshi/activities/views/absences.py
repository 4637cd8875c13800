"""长期离岗 (the office) and 未达原因 (the person or the head of his unit)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.activities.forms.quotas import AbsenceEndForm, AbsenceForm, AbsenceVoidForm, ShortfallForm
from luoshi.activities.models import Absence
from luoshi.activities.queries import quotas as queries
from luoshi.activities.services.absences import end_absence, enter_absence, void_absence
from luoshi.activities.services.shortfalls import say_why_short
from luoshi.activities.views.quotas import STAFF
from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.plan.slots import SLOTS
from luoshi.records.once import once

OFFICE = (Duty.OFFICE,)
PAGE = 50
BACK = {"back_name": "activities:absences", "back_label": "长期离岗"}


@route(may=OFFICE)
@require_safe
def absences(request: Request) -> HttpResponse:
    """Who was away for long, latest first."""
    rows = Absence.objects.filter(bureau=request.bureau).select_related("person", "entered_by").order_by("-pk")
    after = request.GET.get("after", "")
    if after.isdecimal():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "first": bool(after),
        "next": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
    }
    return render(request, "activities/quotas/absences.html", context)


@route(may=OFFICE, act="activities.enter_absence")
@once
def absence_new(request: Request) -> HttpResponse:
    """登记长期离岗."""
    on = clock.today()
    form = AbsenceForm(request.POST if request.method == "POST" else None, bureau_id=request.bureau.pk, on=on)
    if request.method == "POST" and form.is_valid():
        made = enter_absence(bureau=request.bureau, by=request.user, on=on, **form.words())
        messages.success(request, f"{made.person.name}的离岗已登记，全年要求按在岗天数重新计算。")
        return redirect("activities:absences")
    return render(request, "activities/quotas/one_form.html", {"form": form, "title": "登记长期离岗", **BACK})


def absence_of(request: Request, pk: int) -> Absence:
    """An absence of this bureau; those of others are not there."""
    return get_object_or_404(Absence.objects.select_related("person"), pk=pk, bureau=request.bureau)


@route(may=OFFICE, act="activities.end_absence")
@once
def absence_end(request: Request, pk: int) -> HttpResponse:
    """登记返岗."""
    on = clock.today()
    absence = absence_of(request, pk)
    form = AbsenceEndForm(request.POST if request.method == "POST" else None, absence=absence, on=on)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        end_absence(absence, until_on=told["until_on"], version=told["version"], by=request.user, on=on)
        messages.success(request, f"{absence.person.name}离岗到{absence.until_on}止。")
        return redirect("activities:absences")
    context = {"form": form, "title": f"登记返岗：{absence}", **BACK}
    return render(request, "activities/quotas/one_form.html", context)


@route(may=OFFICE, act="activities.void_absence")
@once
def absence_void(request: Request, pk: int) -> HttpResponse:
    """离岗登记作废, with its reason."""
    absence = absence_of(request, pk)
    form = AbsenceVoidForm(request.POST if request.method == "POST" else None, absence=absence)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        void_absence(absence, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())
        messages.success(request, "离岗登记已作废，记录保留。")
        return redirect("activities:absences")
    context = {"form": form, "title": f"离岗登记作废：{absence}", **BACK}
    return render(request, "activities/quotas/one_form.html", context)


@route(may=STAFF, act="activities.say_why_short")
@once
def shortfall(request: Request, user_id: int, slot: str, period: str) -> HttpResponse:
    """填写未达原因: by the person himself or the head of his unit, once."""
    on = clock.today()
    person = get_object_or_404(User, pk=user_id)
    if slot not in queries.PERSONAL or not queries.may_see(request.user, request.held, person, request.bureau.pk, on):
        raise Http404
    own = person.pk == request.user.pk
    back = reverse("activities:quotas") if own else reverse("activities:quotas_of", args=[person.pk])
    form = ShortfallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        say_why_short(
            bureau=request.bureau, person=person, slot=slot, period=period, by=request.user, on=on,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        messages.success(request, "原因已填写，不用再报别的材料。")
        return redirect(back)
    title = f"{'' if own else person.name + '：'}{SLOTS[slot].label}{period}"
    context = {"form": form, "title": f"填写未达原因 · {title}", "back": back, "back_label": "学习和调研"}
    return render(request, "activities/quotas/one_form.html", context)
