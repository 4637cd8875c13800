"""登记问题 with what sounds alike beside it; 修改问题."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import BUSINESS, Duty
from luoshi.plan.models import Clause
from luoshi.problems import queries, rules, services
from luoshi.problems.forms import AmendForm, OpenForm
from luoshi.problems.models import Problem
from luoshi.problems.views.acts import go, not_yours
from luoshi.problems.views.loaders import Request, load_problem
from luoshi.records.once import once
from luoshi.records.services import BadFile


def _clause(request: Request) -> Clause | None:
    """The clause that the address names, of a plan of this bureau."""
    asked = request.GET.get("clause", "")
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 12:
        return None
    mine = Clause.objects.filter(version__plan__bureau=request.bureau).select_related("version__plan")
    return get_object_or_404(mine, pk=asked)


@route(may=sorted(BUSINESS), act="problems.open")
@once
def open_new(request: Request) -> HttpResponse:
    """登记问题: a title and a unit; anybody of the bureau may."""
    on = clock.today()
    mine = sorted({one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER)
                   and one.bureau_id == request.bureau.pk})  # fmt: skip
    form = OpenForm(
        request.POST if request.method == "POST" else None, bureau=request.bureau, on=on, duties=request.duties,
        mine=mine, clause=_clause(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            problem = services.open_problem(
                bureau=request.bureau, by=request.user, on=on, now=clock.now(), staged=form.staged, **form.words()
            )
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已登记，编号{problem.number_label}。")
            return redirect(problem)
    alike = queries.similar(form["title"].value() or "", request.bureau, request.user, on, request.held)
    return render(request, "problems/open.html", {"form": form, "clause": form.clause, "alike": alike})


@route(may=sorted(BUSINESS))
@require_safe
def similar(request: Request) -> HttpResponse:
    """What sounds like the title being typed: a few problems the reader may open, for the form (HTMX)."""
    title = request.GET.get("title", "")[:200]
    alike = queries.similar(title, request.bureau, request.user, clock.today(), request.held)
    return render(request, "problems/similar.html", {"alike": alike, "title": title})


@route(may=sorted(BUSINESS), act="problems.amend")
@once
@load_problem
def amend(request: Request, problem: Problem) -> HttpResponse:
    """修改问题."""
    on = clock.today()
    roles = queries.roles_of(request.user, problem, on, request.held)
    if not rules.MOVES["amend"].duties & roles.keys():
        return not_yours(request, problem, rules.MOVES["amend"].label)
    form = AmendForm(request.POST if request.method == "POST" else None, problem=problem, on=on)
    if request.method == "POST" and form.is_valid():
        services.amend(
            problem, by=request.user, on=on, now=clock.now(), version=form.cleaned_data["version"],
            changes=form.changes(),
        )  # fmt: skip
        messages.success(request, "问题内容已修改。")
        return go(request, problem)
    return render(request, "problems/open.html", {"form": form, "clause": problem.clause, "problem": problem})
