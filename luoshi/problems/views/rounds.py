"""查摆轮次: opened by the office; who has a list, unit by unit, and nothing of what is in it."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.models import Unit
from luoshi.org.rules import Duty
from luoshi.problems.forms.rounds import ChangeRoundForm, RoundForm
from luoshi.problems.forms.selfcheck import JustForm, ReviewerForm
from luoshi.problems.models import SelfCheckRound
from luoshi.problems.queries import plans
from luoshi.problems.queries import selfcheck as queries
from luoshi.problems.rules import CheckState
from luoshi.problems.services import rounds as services
from luoshi.problems.views.loaders import Request, View
from luoshi.records.once import once
from luoshi.workdays.queries import calendar
from luoshi.workdays.rules import add_workdays

USUAL_DAYS = 10
"""Working days offered for filling in a list."""


def load_round(view: View) -> View:
    """Hand the view its round; those of other bureaus are not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.rounds_seen(request.held).select_related("bureau", "plan", "clause", "opened_by")
        return view(request, get_object_or_404(seen, public_id=public_id), *args, **kwargs)

    return loaded


@route(may=[Duty.OFFICE], act="problems.open_round")
@once
def round_open(request: Request) -> HttpResponse:
    """发起查摆: one act, a list for everybody."""
    on = clock.today()
    due_on = add_workdays(on, USUAL_DAYS, calendar(request.bureau.pk)).due
    units = Unit.objects.filter(org.standing(on), bureau=request.bureau).exclude(pk=request.bureau.pk)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(
        data, title=queries.free_title(request.bureau.pk, on), on=on, due_on=due_on,
        plans=plans.plans_of(request.bureau.pk), units=units,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.words()
        clause = plans.self_check_clause(told["plan"])
        made = services.open_round(bureau=request.bureau, clause=clause, by=request.user, on=on, **told)
        messages.success(request, "已发起，每人一份清单，各人都已收到提醒。")
        return redirect(made)
    context = {"form": form, "title": "发起个人查摆", "back_name": "problems:self_checks", "back_label": "个人问题清单"}
    return render(request, "problems/selfcheck/one_form.html", context)


@route(may=[Duty.OFFICE, Duty.CHIEF])
@require_safe
@load_round
def self_check_round(request: Request, round_: SelfCheckRound) -> HttpResponse:
    """Who has an accepted list, unit by unit; leaders first."""
    context = {
        "round": round_,
        "cover": queries.cover(round_, clock.today()),
        "office": Duty.OFFICE in request.duties,
        "form": JustForm(act_label="补发清单", version=round_.version),
    }
    return render(request, "problems/selfcheck/round.html", context)


@route(may=[Duty.OFFICE], act="problems.change_round")
@once
@load_round
def round_change(request: Request, round_: SelfCheckRound) -> HttpResponse:
    """修改轮次."""
    on = clock.today()
    form = ChangeRoundForm(request.POST if request.method == "POST" else None, round_=round_, on=on)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.change_round(round_, version=version, by=request.user, on=on, **form.words())
        messages.success(request, "已修改。")
        return redirect(round_)
    return _one_form(request, form, "修改轮次", round_)


@route(may=[Duty.OFFICE], act="problems.widen_round")
@once
@load_round
def round_widen(request: Request, round_: SelfCheckRound) -> HttpResponse:
    """补发清单 to whoever came later."""
    data = request.POST if request.method == "POST" else None
    form = JustForm(data, act_label="补发清单", version=round_.version)
    if request.method == "POST" and form.is_valid():
        services.widen_round(round_, version=form.cleaned_data["version"], by=request.user, on=clock.today())
        messages.success(request, "已补发，收到清单的同志都有提醒。")
        return redirect(round_)
    return _one_form(request, form, "给还没有清单的人补发", round_)


@route(may=[Duty.OFFICE], act="problems.name_reviewer")
@once
@load_round
def round_reviewer(request: Request, round_: SelfCheckRound) -> HttpResponse:
    """指定审核人: whose list, and who looks through it."""
    on = clock.today()
    lists = queries.lists_of(round_).exclude(state=CheckState.ACCEPTED).select_related("person", "reviewer")
    first = lists.filter(reviewer=None).values_list("pk", flat=True).first()
    people = queries.reviewers_to_choose(round_.bureau_id, on)
    data = request.POST if request.method == "POST" else None
    form = ReviewerForm(data, lists=lists.order_by("person__pinyin", "id"), people=people, first=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.name_reviewer(told["check_list"], reviewer=told["reviewer"], by=request.user, on=on)
        messages.success(request, f"{told['check_list'].person}的清单由{told['reviewer']}审核。")
        return redirect(round_)
    return _one_form(request, form, "指定审核人", round_)


def _one_form(request: Request, form: Any, title: str, round_: SelfCheckRound) -> HttpResponse:
    context = {"form": form, "title": title, "back": round_.get_absolute_url(), "back_label": str(round_)}
    return render(request, "problems/selfcheck/one_form.html", context)
