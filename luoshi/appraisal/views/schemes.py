"""考评办法: the list, one scheme, its drafting with live sums, adoption, withdrawal."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal import queries, services
from luoshi.appraisal.forms.base import ReasonForm
from luoshi.appraisal.forms.schemes import AdoptForm, SchemeForm
from luoshi.appraisal.models import Scheme
from luoshi.appraisal.queries.shown import scheme_lines, scheme_page
from luoshi.appraisal.rules import READERS, SchemeState
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.loaders import load_scheme
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.plan.models import Plan
from luoshi.records.once import once


@route(may=READERS)
@require_safe
def schemes(request: Request) -> HttpResponse:
    """Every edition, the newest first."""
    seen = queries.schemes_seen(request.held).filter(bureau=request.bureau)
    context = {"lines": scheme_lines(seen, clock.today()), "office": Duty.OFFICE in request.duties}
    return render(request, "appraisal/schemes.html", context)


@route(may=READERS)
@require_safe
@load_scheme
def scheme(request: Request, scheme: Scheme) -> HttpResponse:
    """One edition: what is counted, with which weight, by which clause."""
    on = clock.today()
    context = scheme_page(scheme, request.held, on)
    return render(request, "appraisal/scheme.html", {"scheme": scheme, **context})


def _form(request: Request, data: Any, scheme: Scheme | None = None, *, copied: bool = False) -> SchemeForm:
    on, bureau = clock.today(), request.bureau if scheme is None else scheme.bureau
    clause = queries.clause_for(bureau)
    plan = clause.version.plan if clause is not None else None
    start = queries.start(bureau, plan, on)
    clause_id = clause.pk if clause is not None else None
    return SchemeForm(data, on=on, start=start, clause_id=clause_id, scheme=scheme, copied=copied)


def _plan(bureau: Any) -> Plan | None:
    clause = queries.clause_for(bureau)
    return clause.version.plan if clause is not None else None


@route(may=Duty.OFFICE, act="appraisal.draft_scheme")
@once
def scheme_new(request: Request) -> HttpResponse:
    """起草: from the last edition there is, or from what the bureau has decided."""
    last = queries.schemes_seen(request.held).filter(bureau=request.bureau, state=SchemeState.ADOPTED).first()
    form = _form(request, posted(request), last, copied=last is not None)

    def do(form: Any) -> str:
        made = services.draft_scheme(
            bureau=request.bureau, draft=form.draft, plan=_plan(request.bureau), follows=last, by=request.user,
            on=clock.today(),
        )  # fmt: skip
        return made.get_absolute_url()

    return act_page(
        request, form, do, title="起草考评办法", back=reverse("appraisal:schemes"), done="已存为草稿，可以试算。",
        template="appraisal/scheme_form.html", follows=last,
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.edit_scheme")
@once
@load_scheme
def scheme_edit(request: Request, scheme: Scheme) -> HttpResponse:
    """修改草稿."""
    form = _form(request, posted(request), scheme)

    def do(form: Any) -> None:
        version = form.cleaned_data["version"]
        services.edit_scheme(scheme, draft=form.draft, version=version, by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"修改：{scheme}", back=scheme.get_absolute_url(), done="已保存。",
        template="appraisal/scheme_form.html",
    )  # fmt: skip


@route(may=Duty.OFFICE)
@require_safe
def scheme_sums(request: Request) -> HttpResponse:
    """What the columns come to, while they are typed."""
    return render(request, "appraisal/scheme_sums.html", {"form": _form(request, request.GET)})


@route(may=(Duty.OFFICE, Duty.CHIEF), act="appraisal.adopt_scheme")
@once
@load_scheme
def scheme_adopt(request: Request, scheme: Scheme) -> HttpResponse:
    """采用."""
    on = clock.today()
    paper, late = Duty.CHIEF not in request.duties, on >= scheme.since.first
    form = AdoptForm(posted(request), scheme=scheme, on=on, paper=paper, late=late)

    def do(form: Any) -> None:
        told = {name: value for name, value in form.words().items() if name != "files"}
        version = form.cleaned_data["version"]
        services.adopt_scheme(scheme, version=version, by=request.user, on=on, staged=form.staged, **told)

    return act_page(
        request, form, do, title=f"采用：{scheme}", back=scheme.get_absolute_url(),
        done=f"已采用并向全局公布，自{scheme.since}起用。",
        lead=f"采用后向全局公布，自{scheme.since}起用，当季不再改。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.withdraw_scheme")
@once
@load_scheme
def scheme_withdraw(request: Request, scheme: Scheme) -> HttpResponse:
    """撤回."""
    form = ReasonForm(posted(request), version=scheme.version, label="撤回理由", act_label="撤回")

    def do(form: Any) -> str:
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        services.withdraw_scheme(scheme, reason=reason, version=version, by=request.user, on=clock.today())
        return reverse("appraisal:schemes")

    return act_page(
        request, form, do, title=f"撤回：{scheme}", back=scheme.get_absolute_url(), done="已撤回，记录保留。"
    )  # fmt: skip
