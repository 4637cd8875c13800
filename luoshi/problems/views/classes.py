"""归类建制: the classes of a bureau, one class, what is put into it and how it is cured; tags by quarter."""

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
from luoshi.org.rules import Duty
from luoshi.problems import queries as problems
from luoshi.problems.forms.base import leaders_of
from luoshi.problems.forms.classes import ClassForm, CureForm, GroupForm, UngroupForm, VoidForm
from luoshi.problems.models import Institution, Problem, ProblemClass
from luoshi.problems.queries import classes as queries
from luoshi.problems.rules.classes import DECIDERS, KEEPERS, READERS
from luoshi.problems.services import classes as services
from luoshi.problems.views.loaders import Request, View
from luoshi.records.once import once

SHOWN = 100
"""Problems of a class shown on its page; the rest stands in the ledger."""


def load_class(view: View) -> View:
    """Hand the view its class; one that is withdrawn or another bureau's is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.classes_seen(request.held).select_related("bureau", "unit", "institution", "decided_by")
        return view(request, get_object_or_404(seen, public_id=public_id), *args, **kwargs)

    return loaded


@route(may=READERS)
@require_safe
def classes(request: Request) -> HttpResponse:
    """类别和制度: what is grouped and decided, undecided on top; for the office what belongs to no class yet."""
    on, bureau = clock.today(), request.bureau
    lines = queries.class_lines(request.user, request.held, bureau.pk, on)
    keeps = bool(request.duties & KEEPERS)
    rows = queries.ungrouped(request.user, request.held, bureau.pk, on)
    context = {
        "lines": lines,
        "sum": queries.summed(lines, queries.institutions_seen(request.held).filter(bureau=bureau)),
        "keeps": keeps,
        "decides": bool(request.duties & DECIDERS),
        "groups": queries.suggested(rows) if keeps else [],
        "most": queries.CANDIDATES,
        "form": GroupForm(rows=Problem.objects.none(), classes=_named(request)) if keeps else None,
    }
    return render(request, "problems/classes/list.html", context)


def _named(request: Request) -> Any:
    return queries.classes_seen(request.held).filter(bureau=request.bureau)


@route(may=KEEPERS, act="problems.group")
@once
def class_group(request: Request) -> HttpResponse:
    """归类: the ticked problems into one class."""
    on = clock.today()
    rows = queries.ungrouped(request.user, request.held, request.bureau.pk, on)
    data = request.POST if request.method == "POST" else None
    form = GroupForm(data, rows=rows, classes=_named(request))
    if request.method == "POST" and form.is_valid():
        told = form.words()
        made = services.group(list(told.pop("problems")), bureau=request.bureau, by=request.user, on=on, **told)
        messages.success(request, f"已归到“{made}”。接着写根源，请领导定治本办法。")
        return redirect(made)
    context = {"form": form, "groups": queries.suggested(rows), "most": queries.CANDIDATES}
    return render(request, "problems/classes/group.html", context)


@route(may=READERS)
@require_safe
@load_class
def problem_class(request: Request, row: ProblemClass) -> HttpResponse:
    """One class: its root cause, its cure, its problems, and what else looks like it."""
    on = clock.today()
    inside = _inside(request, row)
    shown = list(inside.select_related("unit")[:SHOWN])
    keeps = bool(request.duties & KEEPERS)
    more = queries.ungrouped(request.user, request.held, row.bureau_id, on)
    context = {
        "row": row,
        "lacking": queries.lacking_of(row),
        "problems": shown,
        "more": len(shown) == SHOWN,
        "keeps": keeps,
        "decides": bool(request.duties & DECIDERS),
        "alike": queries.alike(row, shown, more) if keeps else [],
    }
    if keeps:
        context["ungroup"] = UngroupForm(rows=inside, version=row.version)
        context["group"] = GroupForm(rows=more, classes=None)
    return render(request, "problems/classes/class.html", context)


def _inside(request: Request, row: ProblemClass) -> Any:
    return problems.public(request.user, request.held, clock.today()).filter(problem_class=row).order_by("-id")


@route(may=KEEPERS, act="problems.group")
@once
@load_class
def class_take_in(request: Request, row: ProblemClass) -> HttpResponse:
    """归到这一类: what looks like it."""
    on = clock.today()
    rows = queries.ungrouped(request.user, request.held, row.bureau_id, on)
    form = GroupForm(request.POST if request.method == "POST" else None, rows=rows, classes=None)
    if request.method == "POST" and form.is_valid():
        told = list(form.cleaned_data["problems"])
        services.group(told, bureau=row.bureau, row=row, by=request.user, on=on)
        messages.success(request, f"已归入{len(told)}件。")
        return redirect(row)
    return _ticks(request, form, row, f"归到“{row}”", queries.alike(row, _inside(request, row)[:SHOWN], rows))


@route(may=KEEPERS, act="problems.ungroup")
@once
@load_class
def class_ungroup(request: Request, row: ProblemClass) -> HttpResponse:
    """移出."""
    inside = _inside(request, row)
    data = request.POST if request.method == "POST" else None
    form = UngroupForm(data, rows=inside, version=row.version)
    if request.method == "POST" and form.is_valid():
        told, version = list(form.cleaned_data["problems"]), form.cleaned_data["version"]
        services.ungroup(row, told, version=version, by=request.user, on=clock.today())
        messages.success(request, f"已移出{len(told)}件。")
        return redirect(row)
    return _ticks(request, form, row, f"移出“{row}”", inside.select_related("unit")[:SHOWN])


def _ticks(request: Request, form: Any, row: ProblemClass, title: str, rows: Any) -> HttpResponse:
    context = {"form": form, "row": row, "title": title, "problems": rows}
    return render(request, "problems/classes/ticks.html", context)


@route(may=KEEPERS, act="problems.edit_class")
@once
@load_class
def class_edit(request: Request, row: ProblemClass) -> HttpResponse:
    """修改类别: name, root cause, the unit that sees to it."""
    on = clock.today()
    data = request.POST if request.method == "POST" else None
    form = ClassForm(data, row=row, units=org.units_of(row.bureau_id, on))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.edit_class(row, version=version, by=request.user, on=on, **form.words())
        messages.success(request, "已保存。")
        return redirect(row)
    return _one_form(request, form, "修改类别", row)


@route(may=DECIDERS, act="problems.decide_cure")
@once
@load_class
def class_decide(request: Request, row: ProblemClass) -> HttpResponse:
    """定治本办法: new, revised, or none with its reason."""
    on = clock.today()
    own = request.user if request.duties & {Duty.LEADER, Duty.CHIEF} else None
    form = CureForm(
        request.POST if request.method == "POST" else None, row=row, leaders=leaders_of(row.bureau_id, on), own=own,
        made=Institution.objects.filter(bureau=row.bureau, void=False), on=on,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        services.decide_cure(row, version=version, by=request.user, on=on, **form.words())
        messages.success(request, "治本办法已定。")
        return redirect(row)
    return _one_form(request, form, f"定治本办法：{row}", row)


@route(may=KEEPERS, act="problems.void_class")
@once
@load_class
def class_void(request: Request, row: ProblemClass) -> HttpResponse:
    """类别作废."""
    form = VoidForm(request.POST if request.method == "POST" else None, version=row.version)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.void_class(row, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())
        messages.success(request, "类别已作废。")
        return redirect("problems:classes")
    return _one_form(request, form, f"类别作废：{row}", row)


@route(may=READERS)
@require_safe
def tags(request: Request) -> HttpResponse:
    """作风表现 by quarter: how many problems, each figure opening the ledger."""
    on = clock.today()
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and 2000 <= int(wanted[:6]) <= 2200 else on.year
    table = queries.tag_table(request.user, request.held, request.bureau.pk, year, on)
    spans = [(f"{year}-{m:02d}-01", f"{year}-{m + 2:02d}-{31 if m in (1, 10) else 30}") for m in (1, 4, 7, 10)]
    chips = [{"label": f"{one}年", "url": f"?year={one}", "on": one == year} for one in range(on.year, on.year - 3, -1)]
    lines = [(one, list(zip(one.quarters, spans, strict=True))) for one in table.lines]
    return render(request, "problems/classes/tags.html", {"table": table, "lines": lines, "chips": chips})


def _one_form(request: Request, form: Any, title: str, row: Any) -> HttpResponse:
    context = {"form": form, "title": title, "back": row.get_absolute_url(), "back_label": str(row)}
    return render(request, "problems/selfcheck/one_form.html", context)
