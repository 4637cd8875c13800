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
from luoshi.records.services import BadFile

DONE = {"draft": "存为拟办", "approve": "立项", "hand_out": "立项并交办"}


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
    data = request.POST if request.method == "POST" else None
    form = OpenForm(
        data, bureau=request.bureau, on=clock.today(), duties=request.duties, person=request.user, **from_plan(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            matter = write_down(request, form)
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已{DONE[form.wanted]}。")
            return redirect(matter)
    return render(request, "matters/open.html", {"form": form, "clause": form.clause})


def write_down(request: Request, form: OpenForm) -> Matter:
    """One service call by the button that was pressed."""
    common = {"bureau": request.bureau, "by": request.user, "on": form.on, "now": clock.now(), **form.words()}
    if form.wanted == "hand_out":
        return hand_out(**common, **form.paper(), staged=form.staged)
    if form.wanted == "approve":
        return open_approved(**common)
    return services.open_matter(**common)


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
