"""外部数据: the register with each figure's source, entered once, voided with the reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.outcomes import queries, services
from luoshi.outcomes.forms.outside import FigureForm, VoidForm
from luoshi.outcomes.models import OutsideFigure
from luoshi.outcomes.rules import OVERSEERS
from luoshi.outcomes.views.acting import act_page, posted
from luoshi.outcomes.views.loaders import Request, asked_plan, load_figure
from luoshi.records.once import once


@route(may=OVERSEERS)
@require_safe
def outside(request: Request) -> HttpResponse:
    """Every figure from outside with its paper, the newest quarter first; voided ones stay readable."""
    plan = asked_plan(request)
    periods = queries.periods_of(plan, clock.today()) if plan is not None else []
    labels = {one.key: one.label for one in periods} | {"START": "活动之前"}
    rows = queries.figures_seen(request.held).filter(bureau=request.bureau).select_related("entered_by", "paper")
    context = {
        "lines": [
            (one, labels.get(one.period, one.period)) for one in rows.order_by("void", "-period", "kind", "pk")[:300]
        ],
        "office": Duty.OFFICE in request.duties and bool(periods),
    }
    return render(request, "outcomes/outside.html", context)


@route(may=Duty.OFFICE, act="outcomes.enter_figure")
@once
def enter_figure(request: Request) -> HttpResponse:
    """登记外部数据."""
    on, plan = clock.today(), asked_plan(request)
    if plan is None:
        raise Http404
    form = FigureForm(posted(request), periods=queries.periods_of(plan, on))

    def do(form: Any) -> None:
        told = {name: value for name, value in form.words().items() if name != "files"}
        services.enter_figure(bureau=request.bureau, by=request.user, on=on, staged=form.staged, **told)

    return act_page(
        request, form, do, title="登记外部数据", back=reverse("outcomes:outside"), done="已登记，成效对照已用上。",
        lead="系统自己不知道的数，登记一次，注明出处，各处通用。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="outcomes.void_figure")
@once
@load_figure
def void_figure(request: Request, figure: OutsideFigure) -> HttpResponse:
    """作废 of a slip."""
    form = VoidForm(posted(request), version=figure.version)

    def do(form: Any) -> None:
        services.void_figure(
            figure, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"作废：{figure.get_kind_display()}", back=reverse("outcomes:outside"),
        done="已作废，可以重新登记。",
    )  # fmt: skip


@route(may=OVERSEERS)
@require_safe
@load_figure
def figure_paper(request: Request, figure: OutsideFigure) -> HttpResponse:
    """The paper that a figure comes from."""
    if figure.paper is None:
        raise Http404
    return file_answer(figure.paper)
