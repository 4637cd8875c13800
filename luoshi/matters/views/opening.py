"""拟办: write a matter down, from a clause or from nothing; amend the draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.lib import clock
from luoshi.matters import queries, services
from luoshi.matters.forms import AmendForm, OpenForm
from luoshi.matters.forms.base import WORDS
from luoshi.matters.models import Matter
from luoshi.matters.rules import MOVES, Source
from luoshi.matters.services.handing_out import hand_out, open_approved
from luoshi.matters.views.loaders import Request, load_matter, not_yours
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause
from luoshi.records.once import once


def from_plan(request: Request) -> dict[str, Any]:
    """The clause (and duty) that the address names, as the form's text: title, requirement, source, unit."""
    clause_id, duty_id = request.GET.get("clause", ""), request.GET.get("duty", "")
    if not clause_id.isdigit():
        return {"clause": None}
    mine = Clause.objects.filter(version__plan__bureau=request.bureau).select_related("version__plan")
    clause = get_object_or_404(mine, pk=clause_id)
    duty = clause.read_duties.filter(pk=duty_id).first() if duty_id.isdigit() else None
    sentence = duty.quote if duty else clause.version.text[clause.start : clause.end].strip()
    plan = clause.version.plan
    return {
        "clause": clause,
        "sentence": sentence,
        "initial": {
            "title": (duty.act if duty else clause.title or sentence.split("。")[0])[:200],
            "requirement": sentence[:WORDS],
            "source": Source.PLAN,
            "source_title": f"{plan.document_no or plan.short_name} {clause.path}"[:200],
            "lead_unit": duty.owner_unit_id if duty else None,
        },
    }


@route(may=[Duty.OFFICE, Duty.LEADER, Duty.CHIEF], act="matters.open")
@once
def open_new(request: Request) -> HttpResponse:
    """新增事项: kept as a draft, approved by a leader's own click, or handed out on a leader's paper."""
    on, person = clock.today(), request.user
    form = OpenForm(
        request.POST if request.method == "POST" else None, bureau=request.bureau, on=on, duties=request.duties,
        person=person, **from_plan(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        common = {"bureau": request.bureau, "by": person, "on": on, "now": clock.now(), **form.words()}
        if form.wanted == "hand_out":
            matter = hand_out(**common, **form.paper(), staged=form.staged)
        elif form.wanted == "approve":
            matter = open_approved(**common)
        else:
            matter = services.open_matter(**common)
        messages.success(request, f"{matter.number_label}已{matter.get_state_display().removeprefix('已')}。")
        return redirect(matter)
    return render(request, "matters/open.html", {"form": form, "clause": form.clause})


@route(may=STAFF, act="matters.amend")
@once
@load_matter
def amend(request: Request, matter: Matter) -> HttpResponse:
    """修改拟办."""
    on = clock.today()
    if not MOVES["amend"].duties & queries.roles_of(request.user, matter, on).keys():
        return not_yours(request, matter, MOVES["amend"].label)
    form = AmendForm(request.POST if request.method == "POST" else None, matter=matter, on=on)
    if request.method == "POST" and form.is_valid():
        services.update_draft(
            matter, by=request.user, on=on, now=clock.now(), version=form.cleaned_data["version"],
            changes=form.changes(),
        )  # fmt: skip
        messages.success(request, "拟办内容已修改。")
        return redirect(matter)
    return render(request, "matters/open.html", {"form": form, "clause": matter.clause, "matter": matter})
