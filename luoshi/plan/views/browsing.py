"""The plans of the bureau, and one plan."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import BUSINESS
from luoshi.plan import queries
from luoshi.plan.models import Plan, PlanVersion
from luoshi.plan.page import rule_facts
from luoshi.plan.queries.versions import carriable, loose_rules
from luoshi.plan.views.loaders import (
    Request,
    download,
    load_plan,
    load_version,
    may_decide,
)


@route(may=BUSINESS)
@require_safe
def listing(request: Request) -> HttpResponse:
    """方案: every plan this person may read, each with its newest text and how far it is decided."""
    found = queries.with_newest(queries.visible_to(request.user, clock.today()))
    unowned = queries.unowned_clauses(version.pk for _, version, _ in found)
    plans = [(*one, unowned.get(one[1].pk, 0)) for one in found]
    office = request.bureau is not None and may_decide(request, request.bureau.pk)
    return render(request, "plan/list.html", {"plans": plans, "office": office})


@route(may=STAFF)
@require_safe
@load_plan
def detail(request: Request, plan: Plan) -> HttpResponse:
    """One plan: its paper, its versions, its outline, the rules it made."""
    versions = list(plan.versions.select_related("imported_by", "source").order_by("-number"))
    told = queries.progresses(one.pk for one in versions)
    newest = versions[0]
    rules = queries.history(bureau_id=plan.bureau_id).filter(plan=plan, until_on=None)
    context = {
        "plan": plan,
        "newest": newest,
        "progress": told[newest.pk],
        "unowned": queries.unowned_clauses([newest.pk]).get(newest.pk, 0),
        "versions": [(one, told[one.pk]) for one in versions],
        "loose": loose_rules(plan) if newest.number > 1 else [],
        "carriable": len(carriable(newest)) if newest.number > 1 else 0,
        "outline": queries.outline(newest),
        "rules": [rule_facts(one) | {"path": one.clause.path if one.clause else one.citation} for one in rules],
        "office": may_decide(request, plan.bureau_id),
        "undecided": len(queries.undecided(plan.bureau_id)),
        "findings": len(queries.checkup(newest, clock.today()).open),
    }
    return render(request, "plan/detail.html", context)


@route(may=STAFF)
@require_safe
@load_version
def original(request: Request, version: PlanVersion) -> HttpResponse:
    """Download the imported file."""
    if version.source is None:
        raise Http404
    return download(version.source)
