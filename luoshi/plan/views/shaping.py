"""添加、合并、拆分: the forms that stand over the reading screen, and pages of their own without script."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.access import route
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries, services
from luoshi.plan.forms import AddForm, PickForm, SplitForm
from luoshi.plan.models import Clause, Duty, PlanVersion
from luoshi.plan.page import add_choices, split_pieces
from luoshi.plan.services.shaping import guess_of, place_of
from luoshi.plan.spans import Span
from luoshi.plan.views.answers import reshaped
from luoshi.plan.views.deciding import picked
from luoshi.plan.views.loaders import Request, load_clause, load_duty, load_version
from luoshi.plan.views.reading import version_duties
from luoshi.records.once import once


def _form_page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form over the screen by HTMX, else its page."""
    return render(request, f"plan/{template}.html{'#form' if request.htmx else ''}", context)


def _selected(request: Request, clause: Clause) -> tuple[Clause, Span | None, str]:
    """The stretch that was marked in the text, its clause, and why it cannot be taken where it cannot."""
    found = re.fullmatch(r"(\d{1,7})-(\d{1,7})", request.POST.get("chosen", "") or request.GET.get("span", ""))
    if found is None:
        return clause, None, ""
    try:
        return *place_of(clause.version, int(found[1]), int(found[2])), ""
    except NotAllowed as why:
        return clause, None, str(why)


@route(may=Held.OFFICE, act="plan.add_duty")
@once
@load_clause
def add(request: Request, clause: Clause) -> HttpResponse:
    """添加任务 from the sentences of a clause, or from a stretch that was marked in the text."""
    clause, span, why_not = _selected(request, clause)
    version = clause.version
    choices = add_choices(version.text, clause, list(version_duties(version)), list(clause.children.all()))
    first = next((f"{one[0]}-{one[1]}" for one, told in choices if not told), None)
    read = guess_of(version, clause, span) if span else None
    initial = (
        {"act": read.act, "actor": read.actor, "slot": read.slot} if read else {"sentences": [first] if first else []}
    )
    data = request.POST if request.method == "POST" else None
    form = AddForm(data, text=version.text, sentences=choices, chosen=span, initial=initial, auto_id="add-%s")
    if request.method == "POST" and form.is_valid():
        try:
            keep = "propose" not in request.POST
            made = services.add_duty(version, by=request.user, on=clock.today(), confirm=keep, **form.words())
            if request.htmx:
                return reshaped(request, version, gone=[], come=[made], said=f"已添加：{made}")
            return redirect(made)
        except NotAllowed as why:
            form.add_error(None, str(why))
    return _form_page(request, "add", {"form": form, "clause": clause, "version": version, "why_not": why_not})


@route(may=Held.OFFICE, act="plan.split_duty")
@once
@load_duty
def split(request: Request, duty: Duty) -> HttpResponse:
    """拆分: choose before which pieces a new duty begins."""
    version = duty.clause.version
    pieces = split_pieces(version.text, duty)
    data = request.POST if request.method == "POST" else None
    initial = {"version": duty.version, "cuts": [one[0] for one in pieces[1:]]}
    form = SplitForm(data, text=version.text, pieces=pieces, initial=initial, auto_id="split-%s")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.split_duty(
                duty, cuts=given["cuts"], by=request.user, on=clock.today(), version=given["version"]
            )
            if request.htmx:
                return reshaped(request, version, gone=[duty], come=made, said=f"已拆成{len(made)}项")
            return redirect(made[0])
        except NotAllowed as why:
            form.add_error(None, str(why))
    return _form_page(request, "split", {"form": form, "duty": duty, "version": version, "pieces": pieces})


@route(may=Held.OFFICE, act="plan.merge_duties")
@require_POST
@once
@load_version
def merge(request: Request, version: PlanVersion) -> HttpResponse:
    """合并 all that are ticked into one."""
    duties = picked(PickForm(request.POST), version)
    made = services.merge_duties(duties, by=request.user, on=clock.today())
    if request.htmx:
        said = f"已把{len(duties)}项合并为1项"
        return reshaped(request, version, gone=[one for one, _ in duties], come=[made], said=said)
    return redirect(made)


@route(may=Held.OFFICE, act="plan.unmake_duty")
@require_POST
@once
@load_version
def unmake(request: Request, version: PlanVersion) -> HttpResponse:
    """撤销拆并 of the row whose button was pressed: what it came from stands again."""
    pairs = picked(PickForm(request.POST), version)
    if not pairs:
        raise NotAllowed("没有选中任务，请先选中由拆分或合并得来的那一项。")
    duty, seen = pairs[0]
    made = queries.made_with(duty)
    back = services.undo_reshape(duty, by=request.user, on=clock.today(), version=seen)
    if request.htmx:
        return reshaped(request, version, gone=made, come=back, said="已撤销拆并，恢复为待确认")
    return redirect(back[0])
