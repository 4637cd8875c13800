"""评优限制: the list for who keeps it, one bar for who may see it, and the two acts."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.accountability import queries, services
from luoshi.accountability.forms import BarForm, LiftForm
from luoshi.accountability.models import Bar
from luoshi.accountability.rules import KEEPERS, READERS
from luoshi.lib import clock
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.records.once import once
from luoshi.records.services import BadFile

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """What the middlewares add, for readers and the type checker."""

    user: User
    duties: frozenset[str]
    held: list[Held]
    bureau: Any


def load_bar(view: View) -> View:
    """Hand the view its bar; one that may not be seen is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.visible_to(request.user, request.held).select_related(
            "bureau", "person", "unit", "decided_by", "opened_by", "lifted_by", "lift_decided_by", "evidence"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


@route(may=KEEPERS)
@require_safe
def bars(request: Request) -> HttpResponse:
    """The bars that hold; all that there were on demand."""
    everything, on = request.GET.get("show") == "all", clock.today()
    lines = queries.bar_page(request.user, request.held, request.bureau.pk, on, everything=everything)
    here = reverse("accountability:bars")
    chips = [{"label": "限制中", "url": here, "on": not everything},
             {"label": "全部", "url": f"{here}?show=all", "on": everything}]  # fmt: skip
    return render(request, "accountability/bars.html", {"lines": lines, "chips": chips, "everything": everything})


@route(may=READERS)
@require_safe
@load_bar
def bar(request: Request, bar: Bar) -> HttpResponse:
    """One bar with its ground."""
    keeper = any(one.duty in KEEPERS and one.bureau_id == bar.bureau_id for one in request.held)
    may_lift = keeper and bar.lifted_on is None and bar.person_id != request.user.pk
    context = {"line": queries.bar_line(bar, clock.today()), "bar": bar, "keeper": keeper, "may_lift": may_lift}
    return render(request, "accountability/bar.html", context)


@route(may=KEEPERS, act="accountability.open_bar")
@once
def new(request: Request) -> HttpResponse:
    """登记限制."""
    on = clock.today()
    form = BarForm(request.POST if request.method == "POST" else None, bureau=request.bureau, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_bar(bureau=request.bureau, by=request.user, on=on, **form.words())
        except BadFile as why:
            form.add_error("original", str(why))
        else:
            messages.success(request, "已登记，已告知本人。")
            return redirect(made)
    lead = "登记的是已经作出的决定。登记后立即生效，并告知本人；其他人看不到有没有限制、为什么限制。"
    context = {"form": form, "title": "登记评优限制", "lead": lead, "back": reverse("accountability:bars")}
    return render(request, "accountability/act.html", context)


@route(may=KEEPERS, act="accountability.lift_bar")
@once
@load_bar
def lift(request: Request, bar: Bar) -> HttpResponse:
    """解除限制."""
    on = clock.today()
    form = LiftForm(request.POST if request.method == "POST" else None, bar=bar, on=on)
    if request.method == "POST" and form.is_valid():
        services.lift_bar(bar, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())
        messages.success(request, "已解除，原记录保留。")
        return redirect(bar)
    lead = f"{bar.whom}　{bar.get_effect_display()}　{bar.span}"
    context = {"form": form, "title": "解除评优限制", "lead": lead, "back": bar.get_absolute_url()}
    return render(request, "accountability/act.html", context)


@route(may=READERS)
@require_safe
@load_bar
def paper(request: Request, bar: Bar) -> HttpResponse:
    """The paper of the decision, for whoever sees the bar."""
    if bar.evidence is None:
        raise Http404
    services.take_copy(bar, by=request.user, on=clock.today())
    return file_answer(bar.evidence)
