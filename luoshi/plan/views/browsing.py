"""The plans of the bureau, one plan, one clause in its place."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import BUSINESS
from luoshi.plan import queries
from luoshi.plan.models import Clause, Plan, PlanVersion
from luoshi.plan.page import row_of, rule_facts
from luoshi.plan.queries.ruling import stated_value
from luoshi.plan.queries.versions import carriable, loose_rules
from luoshi.plan.rules import LIVE
from luoshi.plan.views.loaders import (
    Request,
    download,
    hand_out_url,
    load_clause,
    load_plan,
    load_version,
    may_decide,
)
from luoshi.ui.forms import ActForm


@route(may=BUSINESS)
@require_safe
def listing(request: Request) -> HttpResponse:
    """方案: every plan this person may read, each with its newest text and how far it is decided."""
    plans = queries.with_newest(queries.visible_to(request.user, clock.today()))
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
        "versions": [(one, told[one.pk]) for one in versions],
        "loose": loose_rules(plan) if newest.number > 1 else [],
        "carriable": len(carriable(newest)) if newest.number > 1 else 0,
        "outline": queries.outline(newest),
        "rules": [rule_facts(one) for one in rules],
        "office": may_decide(request, plan.bureau_id),
    }
    return render(request, "plan/detail.html", context)


@route(may=STAFF)
@require_safe
@load_clause
def clause(request: Request, clause: Clause) -> HttpResponse:
    """One clause: its words in their place, what was read from it, what rules by it."""
    plan = clause.version.plan
    made = queries.rules_by_duty(clause.version_id)
    duties = list(clause.read_duties.filter(state__in=LIVE).select_related("clause", "owner_unit", "decided_by"))
    rows = [row_of(one, stated_value(one), made.get(one.pk)) for one in duties]
    office = may_decide(request, plan.bureau_id)
    for row in rows:
        row["hand_out"] = hand_out_url(row["clause_id"], row["pk"]) if office and row["state"] == "CONFIRMED" else ""
    context = {
        "clause": clause,
        "plan": plan,
        "above": queries.above(clause),
        "below": list(clause.children.order_by("order")),
        "around": queries.around(clause),
        "words": clause.version.text[clause.start : clause.end].strip(),
        "rows": rows,
        "rules": [rule_facts(one) for one in queries.history(bureau_id=plan.bureau_id).filter(clause=clause)],
        "office": office,
        "has_duty_form": ActForm() if office and clause.no_duty else None,
        "no_duty_form": ActForm() if office and not clause.no_duty and not duties_stand(rows) else None,
    }
    return render(request, "plan/clause.html", context)


def duties_stand(rows: list[dict]) -> bool:
    """Whether a clause has a duty that was confirmed: then it cannot be said to have none."""
    return any(row["state"] == "CONFIRMED" for row in rows)


@route(may=STAFF)
@require_safe
@load_version
def original(request: Request, version: PlanVersion) -> HttpResponse:
    """Download the imported file."""
    if version.source is None:
        raise Http404
    return download(version.source)
