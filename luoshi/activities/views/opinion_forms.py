"""征求意见表: the list, one with its tally, a blank to print."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.activities.forms.opinion_forms import IssueForm, ListOpinionForm, TallyForm, VoidOpinionForm
from luoshi.activities.forms.trips import first_unit
from luoshi.activities.models import OpinionForm
from luoshi.activities.queries import opinion_forms as queries
from luoshi.activities.rules import ENTRANTS
from luoshi.activities.services import opinion_forms as services
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.records.once import once


def load_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view its form of opinions; one that may not be seen is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.seen(request.user, request.held, clock.today()).select_related(
            "bureau", "unit", "entered_by", "activity"
        )
        return view(request, get_object_or_404(seen, public_id=public_id), *args, **kwargs)

    return loaded


@route(may=ENTRANTS)
@require_safe
def opinion_forms(request: Request) -> HttpResponse:
    """The forms, the latest first, with their sums."""
    after = request.GET.get("after", "")
    found = queries.seen(request.user, request.held, clock.today()).filter(bureau=request.bureau)
    lines, next_key = queries.form_page(found, after=after)
    context = {
        "lines": lines,
        "sums": queries.sums(found),
        "next": f"?after={next_key}" if next_key else "",
        "first": bool(after),
    }
    return render(request, "activities/opinion_forms.html", context)


@route(may=ENTRANTS, act="activities.issue_form")
@once
def opinion_form_new(request: Request) -> HttpResponse:
    """登记发放."""
    on = clock.today()
    own = first_unit(request.held, request.bureau.pk, on)
    data = request.POST if request.method == "POST" else None
    form = IssueForm(data, bureau=request.bureau, own_unit=own, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.issue_form(bureau=request.bureau, by=request.user, on=on, **form.words())
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "已登记。收回后在这里汇总。")
            return redirect(made)
    return one_form(request, form, "发放征求意见表", "")


@route(may=ENTRANTS)
@require_safe
@load_form
def opinion_form(request: Request, form: OpinionForm) -> HttpResponse:
    """One: what was handed out, what came back, what became of each opinion."""
    may = queries.may_keep(request.user, request.held, form)
    context = {"form": form, "may_keep": may, "tally_form": TallyForm(form=form) if may else None}
    return render(request, "activities/opinion_form.html", context)


@route(may=ENTRANTS)
@require_safe
@load_form
def opinion_form_blank(request: Request, form: OpinionForm) -> HttpResponse:
    """A blank 征求意见表 to print and hand out; no name is asked."""
    return render(request, "activities/opinion_form_blank.html", {"form": form, "rows": range(5)})


@route(may=ENTRANTS, act="activities.tally_form")
@once
@load_form
def opinion_form_tally(request: Request, form: OpinionForm) -> HttpResponse:
    """登记汇总."""
    told = TallyForm(request.POST if request.method == "POST" else None, form=form)
    if request.method == "POST" and told.is_valid():
        clean = told.cleaned_data
        try:
            services.tally_form(
                form, returned=clean["returned"], lines=told.lines(), none=clean["none"], version=clean["version"],
                by=request.user, on=clock.today(),
            )  # fmt: skip
        except NotAllowed as why:
            told.add_error(None, str(why))
        else:
            messages.success(request, "已汇总。需要办的，一条一条列入问题台账。")
            return redirect(form)
    return one_form(request, told, "登记汇总", form.get_absolute_url())


@route(may=ENTRANTS, act="activities.list_opinion")
@once
@load_form
def opinion_form_problem(request: Request, form: OpinionForm, place: int) -> HttpResponse:
    """One opinion of the tally goes to the ledger."""
    on = clock.today()
    told = ListOpinionForm(request.POST if request.method == "POST" else None, form=form, on=on)
    if request.method == "POST" and told.is_valid():
        clean = told.cleaned_data
        problem = services.list_form_opinion(
            form, place=place, unit=clean["unit"], version=clean["version"], by=request.user, on=on
        )
        messages.success(request, f"已列入问题台账，编号{problem.number_label}。")
        return redirect(form)
    words = form.tallies[place]["words"] if place < len(form.tallies) else "这条意见已不在汇总里"
    return one_form(request, told, f"列入问题台账：{words[:60]}", form.get_absolute_url())


@route(may=ENTRANTS, act="activities.void_form")
@once
@load_form
def opinion_form_void(request: Request, form: OpinionForm) -> HttpResponse:
    """作废."""
    told = VoidOpinionForm(request.POST if request.method == "POST" else None, form=form)
    if request.method == "POST" and told.is_valid():
        clean = told.cleaned_data
        services.void_form(form, reason=clean["reason"], version=clean["version"], by=request.user, on=clock.today())
        messages.success(request, "已作废。")
        return redirect("activities:opinion_forms")
    return one_form(request, told, "作废", form.get_absolute_url())


def one_form(request: Request, form: Any, title: str, back: str) -> HttpResponse:
    """An act on a page of its own."""
    return render(request, "activities/opinion_form_act.html", {"form": form, "title": title, "back": back})
