"""个人问题清单: the page of one's own lists and those one reviews, and one list from filling in to accepting."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty
from luoshi.problems.forms.selfcheck import AddItemForm, FillForm, JustForm, PublishItemForm, ReasonForm, SuggestForm
from luoshi.problems.models import Problem, SelfCheck, Suggestion
from luoshi.problems.queries import desk_selfcheck as desk
from luoshi.problems.queries import selfcheck as queries
from luoshi.problems.rules import OPEN, CheckState
from luoshi.problems.rules.selfcheck import SPEAKS_FOR_ORGANISATION
from luoshi.problems.services import selfcheck as services
from luoshi.problems.views.loaders import Request, View, load_problem
from luoshi.records.once import once

Verb = Callable[..., SelfCheck]


def load_check(view: View) -> View:
    """Hand the view its list: the owner's or his reviewer's; to everybody else it is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.checks_seen(request.user, request.held).select_related("bureau", "person", "reviewer")
        return view(request, get_object_or_404(seen, public_id=public_id), *args, **kwargs)

    return loaded


def load_mine(view: View) -> View:
    """The same for the owner alone."""

    @functools.wraps(view)
    @load_check
    def loaded(request: Request, check: SelfCheck, *args: Any, **kwargs: Any) -> HttpResponse:
        if check.person_id != request.user.pk:
            raise Http404
        return view(request, check, *args, **kwargs)

    return loaded


def load_reviewed(view: View) -> View:
    """The same for the reviewer alone."""

    @functools.wraps(view)
    @load_check
    def loaded(request: Request, check: SelfCheck, *args: Any, **kwargs: Any) -> HttpResponse:
        if check.reviewer_id != request.user.pk:
            raise Http404
        return view(request, check, *args, **kwargs)

    return loaded


@route(may=STAFF)
@require_safe
def self_checks(request: Request) -> HttpResponse:
    """我的清单, 我审核的清单; the office finds its rounds here."""
    context = {
        "mine": desk.lines(queries.checks_seen(request.user, request.held).filter(person=request.user)),
        "reviewed": desk.lines(queries.checks_seen(request.user, request.held).filter(reviewer=request.user)),
        "rounds": queries.rounds_seen(request.held)[:20],
        "opens": Duty.OFFICE in request.duties,
    }
    return render(request, "problems/selfcheck/home.html", context)


@route(may=STAFF)
@require_safe
@load_check
def self_check(request: Request, check: SelfCheck) -> HttpResponse:
    """One list: to its owner as it stands; to the reviewer once it was handed to him."""
    mine = check.person_id == request.user.pk
    if mine and check.state == CheckState.DRAFT:
        return redirect("problems:self_check_fill", check.public_id)
    shown = mine or check.state != CheckState.DRAFT
    context: dict[str, Any] = {
        "check": check,
        "mine": mine,
        "shown": shown,
        "parts": queries.parts_by_kind(check) if shown else [],
        "suggestions": check.suggestions.all(),
        "open_states": OPEN,
        "publishes": mine and check.state == CheckState.ACCEPTED,
    }
    if check.state == CheckState.SUBMITTED and mine:
        context["recall"] = JustForm(act_label="收回修改", version=check.version)
    elif check.state == CheckState.SUBMITTED:
        context["accept"] = JustForm(act_label="通过，各项开始整改", version=check.version)
        context["back_form"] = ReasonForm(act_label="退回", label="哪里要改", version=check.version)
    return render(request, "problems/selfcheck/list.html", context)


@route(may=STAFF, act=["problems.fill_check", "problems.submit_check"])
@once
@load_mine
def self_check_fill(request: Request, check: SelfCheck) -> HttpResponse:
    """填写清单: one page; saved as far as it is, or submitted."""
    if check.state != CheckState.DRAFT and request.method != "POST":
        return redirect(check)
    on = clock.today()
    form = FillForm(request.POST if request.method == "POST" else None, check=check, on=on)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.fill_check(check, version=version, by=request.user, on=on, now=clock.now(), **form.words())
        if form.submits:
            messages.success(request, f"清单已提交，等{check.reviewer}审核。")
            return redirect(check)
        messages.success(request, "已保存，还没有提交。")
        return redirect("problems:self_check_fill", check.public_id)
    context = {"form": form, "check": check, "round": queries.round_of(check)}
    return render(request, "problems/selfcheck/fill.html", context)


@route(may=STAFF, act="problems.recall_check")
@once
@load_mine
def self_check_recall(request: Request, check: SelfCheck) -> HttpResponse:
    """收回修改."""
    return _plain(request, check, "收回修改", services.recall_check, "清单已收回，可以修改。")


@route(may=STAFF, act="problems.accept_check")
@once
@load_reviewed
def self_check_accept(request: Request, check: SelfCheck) -> HttpResponse:
    """通过."""
    return _plain(request, check, "通过，各项开始整改", services.accept_check, f"{check.person}的清单已通过。")


def _plain(request: Request, check: SelfCheck, label: str, service: Verb, said: str) -> HttpResponse:
    form = JustForm(request.POST if request.method == "POST" else None, act_label=label, version=check.version)
    if request.method == "POST" and form.is_valid():
        service(check, version=form.cleaned_data["version"], by=request.user, on=clock.today())
        messages.success(request, said)
        return redirect(check)
    return _one_form(request, form, f"{check.person}的个人问题清单", check)


@route(may=STAFF, act="problems.return_check")
@once
@load_reviewed
def self_check_return(request: Request, check: SelfCheck) -> HttpResponse:
    """退回, with its reason."""
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, act_label="退回", label="哪里要改", version=check.version)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.return_check(check, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())
        messages.success(request, "已退回，理由只有本人看得到。")
        return redirect("problems:self_checks")
    return _one_form(request, form, f"退回{check.person}的个人问题清单", check)


@route(may=STAFF, act="problems.fill_check")
@once
@load_mine
def self_check_add(request: Request, check: SelfCheck) -> HttpResponse:
    """补充一项 to a list that was accepted, perhaps what somebody else brought up."""
    on = clock.today()
    wanted = request.GET.get("suggestion", "")
    told = queries.open_suggestions(check).filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    form = AddItemForm(request.POST if request.method == "POST" else None, check=check, on=on, told=told)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.add_item(check, row=form.row(), version=version, by=request.user, on=on, now=clock.now())
        messages.success(request, f"已补充，等{check.reviewer or '审核人'}看过后开始整改。")
        return redirect(check)
    return _one_form(request, form, "补充一项", check)


@route(may=STAFF, act="problems.decline_suggestion")
@once
@load_mine
def suggestion_decline(request: Request, check: SelfCheck, pk: int) -> HttpResponse:
    """不列入: what somebody brought up is not so, and why."""
    told: Suggestion = get_object_or_404(check.suggestions.all(), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, act_label="不列入", label="不列入的理由", version=told.version)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        services.decline_suggestion(
            told, reason=words["reason"], version=words["version"], by=request.user, on=clock.today()
        )
        messages.success(request, "已写明不列入的理由，审核人看得到。")
        return redirect(check)
    return _one_form(request, form, f"不列入：{told.words}", check)


@route(may=STAFF, act="problems.suggest")
@once
def suggest(request: Request) -> HttpResponse:
    """给同事提一条: goes to the person and his reviewer; no page tells who said it."""
    on = clock.today()
    lists = desk.lists_to_help(request.user, request.held)
    organisation = bool(request.duties & SPEAKS_FOR_ORGANISATION)
    data = request.POST if request.method == "POST" else None
    form = SuggestForm(data, lists=lists, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.suggest(
            told["check_list"], kind=told["kind"], channel=told["channel"], words=told["words_said"], by=request.user,
            on=on,
        )  # fmt: skip
        messages.success(request, "已送给本人和审核人，不显示您的名字。")
        return redirect("problems:self_checks")
    return render(request, "problems/selfcheck/suggest.html", {"form": form, "empty": not lists.exists()})


@route(may=STAFF, act="problems.publish_item")
@once
@load_problem
def item_publish(request: Request, problem: Problem) -> HttpResponse:
    """转入问题台账: the owner alone, in words of his own."""
    if problem.self_check is None or problem.owner_id != request.user.pk:
        raise Http404
    on = clock.today()
    units = org.units_of(problem.bureau_id, on).filter(pk__in=[one.unit_id for one in request.held])
    data = request.POST if request.method == "POST" else None
    form = PublishItemForm(data, item=problem, units=units)
    if request.method == "POST" and form.is_valid():
        told = form.words()
        version = form.cleaned_data["version"]
        made = services.publish_item(problem, version=version, by=request.user, on=on, **told)
        messages.success(request, f"已转入问题台账，编号{made.number_label}。清单里的这一项到此为止。")
        return redirect(made)
    return _one_form(request, form, "转入问题台账", problem)


def _one_form(request: Request, form: Any, title: str, back: Any) -> HttpResponse:
    context = {"form": form, "title": title, "back": back.get_absolute_url(), "back_label": "返回"}
    return render(request, "problems/selfcheck/one_form.html", context)
