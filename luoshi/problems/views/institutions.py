"""建章立制清单 and the register of 制度."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.problems.forms.classes import InstitutionForm, VoidForm
from luoshi.problems.institution_sheet import KIND, institution_sheet
from luoshi.problems.models import Institution
from luoshi.problems.queries import classes as queries
from luoshi.problems.queries import plans
from luoshi.problems.rules.classes import KEEPERS, READERS
from luoshi.problems.services import institutions as services
from luoshi.problems.views.loaders import Request, View, file_answer
from luoshi.records.once import once
from luoshi.records.services import BadFile


def load_institution(view: View) -> View:
    """Hand the view its 制度; another bureau's is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = queries.institutions_seen(request.held).select_related("bureau", "unit", "paper", "entered_by", "clause")
        return view(request, get_object_or_404(seen, public_id=public_id), *args, **kwargs)

    return loaded


def _facts(request: Request) -> dict[str, Any]:
    lines = queries.class_lines(request.user, request.held, request.bureau.pk, clock.today())
    made = queries.institutions_seen(request.held).filter(bureau=request.bureau, void=False)
    rows = list(made.select_related("unit").prefetch_related("classes")[: queries.LINES])
    return {"lines": lines, "rows": rows, "sum": queries.summed(lines, rows)}


@route(may=READERS)
@require_safe
def institutions(request: Request) -> HttpResponse:
    """建章立制清单: each class with its cure, what is undecided on top, then the register."""
    context = _facts(request) | {"keeps": bool(request.duties & KEEPERS)}
    return render(request, "problems/classes/institutions.html", context)


@route(may=READERS)
@require_safe
def institutions_xlsx(request: Request) -> HttpResponse:
    """The same as .xlsx; who took it is on record."""
    on, bureau = clock.today(), request.bureau
    facts = _facts(request)
    told = institution_sheet(bureau=bureau.name, made=on, lines=facts["lines"], rows=facts["rows"])
    services.take_institutions(bureau, what="导出建章立制清单", by=request.user, on=on)
    answer = HttpResponse(told, content_type=KIND)
    answer["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E5%BB%BA%E7%AB%A0%E7%AB%8B%E5%88%B6%E6%B8%85%E5%8D%95.xlsx"
    )
    return answer


@route(may=KEEPERS, act="problems.add_institution")
@once
def institution_new(request: Request) -> HttpResponse:
    """登记制度."""
    on, bureau = clock.today(), request.bureau
    data = request.POST if request.method == "POST" else None
    form = InstitutionForm(data, units=org.units_of(bureau.pk, on), on=on)
    if request.method == "POST" and form.is_valid():
        clause = plans.institution_clause(plans.plans_of(bureau.pk).first())
        try:
            made = services.add_institution(
                bureau=bureau, clause=clause, by=request.user, on=on, staged=form.staged, **form.words()
            )
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "制度已登记。")
            return redirect(made)
    context = {"form": form, "title": "登记制度", "back_name": "problems:institutions", "back_label": "建章立制清单"}
    return render(request, "problems/selfcheck/one_form.html", context)


@route(may=READERS)
@require_safe
@load_institution
def institution(request: Request, made: Institution) -> HttpResponse:
    """One 制度: what it is, which classes it cures, its paper."""
    context = {
        "made": made,
        "classes": made.classes.filter(void=False),
        "keeps": bool(request.duties & KEEPERS) and not made.void,
    }
    return render(request, "problems/classes/institution.html", context)


@route(may=KEEPERS, act="problems.edit_institution")
@once
@load_institution
def institution_edit(request: Request, made: Institution) -> HttpResponse:
    """修改制度: 文号 and dates once it is issued."""
    on = clock.today()
    data = request.POST if request.method == "POST" else None
    form = InstitutionForm(data, units=org.units_of(made.bureau_id, on), on=on, made=made)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.edit_institution(made, version=version, by=request.user, on=on, staged=form.staged, **form.words())
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "已保存。")
            return redirect(made)
    return _one_form(request, form, "修改制度", made)


@route(may=KEEPERS, act="problems.void_institution")
@once
@load_institution
def institution_void(request: Request, made: Institution) -> HttpResponse:
    """制度作废."""
    form = VoidForm(request.POST if request.method == "POST" else None, version=made.version)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.void_institution(
            made, reason=told["reason"], version=told["version"], by=request.user, on=clock.today()
        )
        messages.success(request, "已作废，记录保留。")
        return redirect(made)
    return _one_form(request, form, f"制度作废：{made}", made)


@route(may=READERS)
@require_safe
@load_institution
def institution_paper(request: Request, made: Institution) -> HttpResponse:
    """Download the paper, byte for byte."""
    if made.paper is None:
        raise Http404
    services.take_institutions(made.bureau, what=f"下载制度文件：{made}", by=request.user, on=clock.today())
    return file_answer(made.paper)


def _one_form(request: Request, form: Any, title: str, made: Institution) -> HttpResponse:
    context = {"form": form, "title": title, "back": made.get_absolute_url(), "back_label": str(made)}
    return render(request, "problems/selfcheck/one_form.html", context)
