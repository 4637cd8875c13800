"""责任清单: the list, its proposals, its lines, its paper and its table."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty as Held
from luoshi.plan.campaign import access, answering, page, proposals
from luoshi.plan.campaign.forms import EndForm
from luoshi.plan.campaign.people_forms import EditLineForm, LineForm, ProposedForm
from luoshi.plan.models import Plan, Responsibility
from luoshi.plan.services import campaign as services
from luoshi.plan.services.campaign.responsibilities import Line
from luoshi.plan.views.campaign import act_page
from luoshi.plan.views.loaders import Request, _loader, load_plan, may_decide
from luoshi.records.once import once

load_line = _loader(access.lines_for)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _list(plan: Plan) -> str:
    return reverse("plan:responsibilities", args=[plan.pk])


@route(may=STAFF)
@require_safe
@load_plan
def responsibilities(request: Request, plan: Plan) -> HttpResponse:
    """责任清单: leaders first; each line opens to its clause and its duties; prints on A4."""
    on = clock.today()
    lines = answering.lines(plan, page.seated(plan.bureau_id, on), on)
    context = {
        "plan": plan,
        "lines": lines,
        "figures": answering.figures(plan, lines, on),
        "lost": [one for one in lines if one["lost"]],
        "on": on,
        "office": may_decide(request, plan.bureau_id),
    }
    return render(request, "plan/campaign_responsibilities.html", context)


@route(may=Held.OFFICE, act="plan.list_responsibilities")
@once
@load_plan
def propose_responsibilities(request: Request, plan: Plan) -> HttpResponse:
    """按分管和职责生成: proposed lines, all ticked, confirmed in one act."""
    on = clock.today()
    rows = proposals.responsibilities(plan, on)
    form = ProposedForm(_posted(request), rows=rows)

    def do() -> None:
        lines = [Line(one.kind, one.person, one.words, one.unit, one.clause) for one in form.chosen() if one.person]
        services.list_responsibilities(plan, lines=lines, by=request.user, on=on)

    picked = request.POST.getlist("picks") if form.is_bound else [one.key for one in form.rows]
    return act_page(
        request, form, do, plan=plan, title="按分管和职责生成", said="已列入责任清单。", at=_list(plan),
        template="plan/campaign_propose.html", rows=[(one, one.key in picked) for one in form.rows],
        nobody=[one for one in rows if one.person is None],
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.list_responsibilities")
@once
@load_plan
def add_responsibility(request: Request, plan: Plan) -> HttpResponse:
    """增加一项, by hand."""
    on = clock.today()
    form = LineForm(_posted(request), plan=plan, on=on)

    def do() -> None:
        given = form.cleaned_data
        line = Line(given["kind"], given["person"], given["words_text"], given["unit"], given["clause"])
        services.list_responsibilities(plan, lines=[line], by=request.user, on=on)

    return act_page(request, form, do, plan=plan, title="增加责任", said="已列入责任清单。", at=_list(plan))


@route(may=Held.OFFICE, act="plan.edit_responsibility")
@once
@load_line
def edit_responsibility(request: Request, row: Responsibility) -> HttpResponse:
    """修改一项, or another person for it."""
    on = clock.today()
    form = EditLineForm(_posted(request), row=row, on=on)

    def do() -> None:
        given = form.cleaned_data
        services.edit_responsibility(
            row, person=given["person"], words=given["words_text"], version=given["version"], by=request.user, on=on
        )

    return act_page(
        request, form, do, plan=row.plan, title="修改责任", said="已保存。", at=_list(row.plan),
        lead=f"{row.get_kind_display()}　{row.unit or ''}",
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.end_responsibility")
@once
@load_line
def end_responsibility(request: Request, row: Responsibility) -> HttpResponse:
    """移出责任清单."""
    form = EndForm(_posted(request), label="移出清单", initial={"version": row.version, "ends_on": clock.today()})
    form.fields["ends_on"].label = "从哪天起不再负责"

    def do() -> None:
        given = form.cleaned_data
        services.end_responsibility(
            row, ends_on=given["ends_on"], reason=given["reason"], version=given["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, plan=row.plan, title=f"{row.person}：移出清单", said="已移出清单。", at=_list(row.plan),
        lead=row.words,
    )  # fmt: skip


@route(may=STAFF)
@require_safe
@load_plan
def responsibilities_xlsx(request: Request, plan: Plan) -> HttpResponse:
    """责任清单 as a table file."""
    on = clock.today()
    body = answering.workbook(plan, answering.lines(plan, page.seated(plan.bureau_id, on), on), on)
    name = content_disposition_header(True, f"{plan.short_name}责任清单.xlsx") or ""
    return HttpResponse(body, content_type=XLSX, headers={"Content-Disposition": name})
