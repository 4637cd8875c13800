"""活动组织: the page of a plan's campaign, its header, who takes part, the papers behind its decisions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty as Held
from luoshi.plan.campaign import access, answering, page
from luoshi.plan.campaign.forms import BareForm, ExcludeForm, HeaderForm
from luoshi.plan.models import Plan, ScopeExclusion
from luoshi.plan.services import campaign as services
from luoshi.plan.views.loaders import Request, _loader, download, load_plan, may_decide
from luoshi.records.once import once

load_exclusion = _loader(access.exclusions_for)


def act_page(
    request: Request,
    form: Any,
    do: Callable[[], Any],
    *,
    plan: Plan,
    title: str,
    said: str,
    to: str = "",
    template: str = "plan/campaign_act.html",
    **facts: Any,
) -> HttpResponse:
    """One act's page: the form, then one service call, and back to the part of the campaign page it belongs to."""
    back = f"{facts.pop('at', '') or _campaign(plan)}{to}"
    if request.method == "POST" and form.is_valid():
        do()
        messages.success(request, said)
        return redirect(back)
    return render(request, template, {"plan": plan, "form": form, "title": title, "back": back, **facts})


def _campaign(plan: Plan) -> str:
    return reverse("plan:campaign", args=[plan.pk])


@route(may=STAFF)
@require_safe
@load_plan
def campaign(request: Request, plan: Plan) -> HttpResponse:
    """活动组织: header, phases, leading group, participation, and how complete the responsibility list is."""
    on = clock.today()
    now = page.seated(plan.bureau_id, on)
    phases, lines = page.phases(plan, on), answering.lines(plan, now, on)
    units = page.participation(plan, on)
    context = {
        "plan": plan,
        "head": page.header(plan, on),
        "phases": phases,
        "chart": page.chart(phases, on),
        "group": page.group(plan, now),
        "former": page.former_groups(plan),
        "units": units,
        "taking_part": sum(one["out"] is None for one in units),
        "people": sum(one["people"] for one in units if one["out"] is None),
        "figures": answering.figures(plan, lines, on),
        "leaders": [one for one in lines if one["row"].kind in ("FIRST", "TEAM")],
        "lost": sum(bool(one["lost"]) for one in lines),
        "on": on,
        "office": may_decide(request, plan.bureau_id),
        "decider": may_sign(request, plan),
    }
    return render(request, "plan/campaign.html", context)


def may_sign(request: Request, plan: Plan) -> bool:
    """Whether this person signs gates: a leader of the bureau himself, or its office that enters his decision."""
    here = request.bureau is not None and request.bureau.pk == plan.bureau_id
    return here and bool(request.duties & {Held.OFFICE, Held.CHIEF, Held.LEADER})


@route(may=Held.OFFICE, act="plan.edit_plan")
@once
@load_plan
def edit_plan(request: Request, plan: Plan) -> HttpResponse:
    """修改方案概况."""
    form = HeaderForm(request.POST if request.method == "POST" else None, plan=plan)
    on = clock.today()

    def do() -> None:
        version = form.cleaned_data["version"]
        services.edit_plan(plan, by=request.user, on=on, version=version, **form.words())

    return act_page(
        request, form, do, plan=plan, title="方案概况", said="已保存方案概况；已经起算的时限没有变动。",
        template="plan/campaign_header.html", rules=page.ending_rules(plan, on),
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.exclude_unit")
@once
@load_plan
def exclude_unit(request: Request, plan: Plan) -> HttpResponse:
    """标为不参加."""
    on = clock.today()
    form = ExcludeForm(request.POST if request.method == "POST" else None, plan=plan, on=on)

    def do() -> None:
        services.exclude_unit(
            plan, unit=form.cleaned_data["unit"], reason=form.cleaned_data["reason"], by=request.user, on=on
        )

    return act_page(
        request, form, do, plan=plan, title="标为不参加", said="已标为不参加。", to="#scope",
        lead="本局各单位都参加；确实不参加的，逐个写明理由。",
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.include_unit")
@once
@load_exclusion
def include_unit(request: Request, row: ScopeExclusion) -> HttpResponse:
    """恢复参加."""
    form = BareForm(request.POST if request.method == "POST" else None, label="恢复参加")
    return act_page(
        request, form, lambda: services.include_unit(row, by=request.user, on=clock.today()), plan=row.plan,
        title=f"{row.unit}恢复参加", said=f"{row.unit}已恢复参加。", to="#scope", lead=f"不参加的理由：{row.reason}",
    )  # fmt: skip


@route(may=STAFF)
@require_safe
def campaign_paper(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Download a paper that a decision of the campaign rests on."""
    return download(get_object_or_404(access.papers_for(request.user, clock.today()), pk=pk))
