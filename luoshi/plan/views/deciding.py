"""The acts on read duties: each translates, calls one service, and goes back to the reading screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.access import route
from luoshi.org.rules import Duty as Held
from luoshi.plan import services
from luoshi.plan.forms import AssignForm, DropForm, PickForm
from luoshi.plan.models import Clause, Duty, PlanVersion
from luoshi.plan.views.answers import changed
from luoshi.plan.views.loaders import Request, load_clause, load_duty, load_version
from luoshi.plan.views.reading import duty_form, page, rows_of
from luoshi.records.once import once


def _with_words(request: Request, duty: Duty, verb: Callable[..., Duty], said: str) -> HttpResponse:
    """Confirm or correct in the words of the form; a form with errors comes back in its place."""
    if request.method != "POST":
        return redirect("plan:duty", duty.pk)
    form = duty_form(request, duty)
    if form.is_valid():
        verb(duty, by=request.user, on=clock.today(), version=form.cleaned_data["version"], **form.words())
        return _done(request, duty, said)
    if request.htmx:
        row = rows_of([duty], duty.clause.version, office=True)[0]
        return render(request, "plan/read.html#form", {"row": row, "form": form, "office": True})
    return page(request, duty.clause.version, opened=duty, form=form)


def _done(request: Request, duty: Duty, said: str) -> HttpResponse:
    if request.htmx:
        return changed(request, duty.clause.version, [duty.pk], said=said)
    return redirect(duty)


@route(may=Held.OFFICE, act="plan.confirm_duty")
@once
@load_duty
def confirm(request: Request, duty: Duty) -> HttpResponse:
    """确认."""
    return _with_words(request, duty, services.confirm_duty, "已确认")


@route(may=Held.OFFICE, act="plan.correct_duty")
@once
@load_duty
def correct(request: Request, duty: Duty) -> HttpResponse:
    """修改."""
    return _with_words(request, duty, services.correct_duty, "已修改")


@route(may=Held.OFFICE, act="plan.drop_duty")
@once
@load_duty
def drop(request: Request, duty: Duty) -> HttpResponse:
    """不是任务."""
    form = DropForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return redirect("plan:duty", duty.pk)
    given = form.cleaned_data
    services.drop_duty(duty, by=request.user, on=clock.today(), version=given["version"], reason=given["reason"])
    return _done(request, duty, "已标为不是任务")


@route(may=Held.OFFICE, act="plan.restore_duty")
@once
@load_duty
def restore(request: Request, duty: Duty) -> HttpResponse:
    """退回待确认."""
    form = DropForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return redirect("plan:duty", duty.pk)
    services.restore_duty(duty, by=request.user, on=clock.today(), version=form.cleaned_data["version"])
    return _done(request, duty, "已退回待确认")


def picked(form: PickForm, version: PlanVersion) -> list[tuple[Duty, int]]:
    """What the buttons of the list name: one row, or all that are ticked; each with the version it was shown in."""
    pairs = form.pairs()
    found = Duty.objects.filter(clause__version=version).select_related("clause").in_bulk([pk for pk, _ in pairs])
    return [(found[pk], seen) for pk, seen in pairs if pk in found]


def _many(request: Request, version: PlanVersion, verb: Callable[..., Any], said: str) -> HttpResponse:
    duties = picked(PickForm(request.POST), version)
    if duties:
        verb(duties, by=request.user, on=clock.today())
    if request.htmx:
        words = f"{said}{len(duties)}项" if len(duties) > 1 else said
        return changed(request, version, [one.pk for one, _ in duties], said=words)
    return redirect(duties[0][0] if duties else version)


@route(may=Held.OFFICE, act="plan.confirm_duty")
@require_POST
@once
@load_version
def confirm_many(request: Request, version: PlanVersion) -> HttpResponse:
    """确认 one row as it was read, or all that are ticked."""
    return _many(request, version, services.confirm_many, "已确认")


@route(may=Held.OFFICE, act="plan.drop_duty")
@require_POST
@once
@load_version
def drop_many(request: Request, version: PlanVersion) -> HttpResponse:
    """不是任务: one row, or all that are ticked."""
    return _many(request, version, services.drop_many, "已标为不是任务")


@route(may=Held.OFFICE, act="plan.restore_duty")
@require_POST
@once
@load_version
def restore_many(request: Request, version: PlanVersion) -> HttpResponse:
    """退回待确认: one row, or all that are ticked."""
    return _many(request, version, services.restore_many, "已退回待确认")


@route(may=Held.OFFICE, act="plan.assign_duty")
@require_POST
@once
@load_version
def assign(request: Request, version: PlanVersion) -> HttpResponse:
    """指定责任单位、责任领导、机制 of one row, or of all that are ticked."""
    form = AssignForm(request.POST, bureau_id=version.plan.bureau_id, on=clock.today())
    if not form.is_valid():
        why = "；".join(str(line) for lines in form.errors.values() for line in lines)
        raise NotAllowed(why)

    def give(duties: list[tuple[Duty, int]], **who: Any) -> int:
        return services.assign_many(duties, **who, **form.words())

    return _many(request, version, give, "已指定")


@route(may=Held.OFFICE, act="plan.mark_no_duty")
@require_POST
@once
@load_clause
def no_duty(request: Request, clause: Clause) -> HttpResponse:
    """本条没有任务."""
    services.mark_no_duty(clause, by=request.user, on=clock.today())
    return _accounted(request, clause, f"已标为无任务：{clause.marker} {clause.title[:20]}")


@route(may=Held.OFFICE, act="plan.unmark_no_duty")
@require_POST
@once
@load_clause
def has_duty(request: Request, clause: Clause) -> HttpResponse:
    """Take 本条没有任务 back."""
    services.unmark_no_duty(clause, by=request.user, on=clock.today())
    return _accounted(request, clause, f"已取消无任务：{clause.marker} {clause.title[:20]}")


def _accounted(request: Request, clause: Clause, said: str) -> HttpResponse:
    if not request.htmx:
        return redirect(clause)
    below = Duty.objects.filter(clause__version=clause.version_id, start__gte=clause.start, end__lte=clause.end)
    return changed(request, clause.version, below.values_list("pk", flat=True), said=said, clause=clause)
