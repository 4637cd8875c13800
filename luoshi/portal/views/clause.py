"""One clause: its sentence in its place, its duties, the rules it made, and the work done under it."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.lib.byclause import Behind
from luoshi.matters.views.loaders import Request
from luoshi.matters.views.shown import lines, roles_in
from luoshi.org.access import STAFF, route
from luoshi.plan import queries as plan_queries
from luoshi.plan.campaign.access import by_clause as campaign_by_clause
from luoshi.plan.models import Clause, Duty, LeadingGroup, Phase, Responsibility, Rule
from luoshi.plan.page import row_of, rule_facts
from luoshi.plan.queries import stated_value
from luoshi.plan.queries.versions import successor
from luoshi.plan.rules import explain
from luoshi.plan.slots import RULED
from luoshi.plan.views.loaders import Request as PlanRequest
from luoshi.plan.views.loaders import hand_out_url, load_clause, may_decide
from luoshi.portal import queries
from luoshi.portal.page import Addresses, cells_of, standing_of
from luoshi.portal.queries.clause import MOST
from luoshi.ui.forms import ActForm


def place(clause: Clause, below: list[Clause]) -> dict[str, Any]:
    """The clause's own words (a heading's: up to its first sub-clause), with the clauses before and after it."""
    text = clause.version.text
    end = below[0].start if below else clause.end
    before, after = plan_queries.around(clause)
    return {
        "above": plan_queries.above(clause),
        "words": text[clause.start : end].strip(),
        "before": before and {"clause": before, "words": _first_words(text, before)},
        "after": after and {"clause": after, "words": _first_words(text, after)},
    }


def _first_words(text: str, clause: Clause) -> str:
    return " ".join(text[clause.start : clause.end].split())[:80]


def duty_rows(clause: Clause, *, office: bool) -> list[dict[str, Any]]:
    """The duties read from this clause, each with its leader and, for the office, where to hand it out."""
    made, numbers = plan_queries.rules_by_duty(clause.version_id), plan_queries.numbers(clause.version_id)
    duties: list[Duty] = list(
        clause.read_duties.exclude(state="REPLACED").select_related("clause", "owner_unit", "leader", "decided_by")
    )
    return [
        {
            **row_of(one, stated_value(one), made.get(one.pk), number=numbers.get(one.pk, "")),
            "leader": one.leader,
            "unowned": one.state == "CONFIRMED" and one.owner_unit is None and one.leader is None,
            "url": one.get_absolute_url(),
            "hand_out": hand_out_url(one.clause_id, one.pk) if office and one.state == "CONFIRMED" else "",
        }
        for one in duties
    ]


def rule_rows(clause: Clause, rules: list[Rule]) -> list[dict[str, Any]]:
    """The rules a clause made, each with its why and whether it is the one that speaks today."""
    plan = clause.version.plan
    speaks = plan_queries.rules_of(bureau_id=plan.bureau_id, on=clock.today(), plan_id=plan.pk) if rules else {}
    rows = []
    for one in rules:
        spoke = speaks.get(one.slot)
        mine = spoke is not None and spoke.rule_id == one.pk
        why = explain(spoke if mine and spoke else plan_queries.as_value(one), RULED[one.slot].shape)
        rows.append({**rule_facts(one), "speaks": mine, "why": why, "duty": one.duty, "url": one.get_absolute_url()})
    return rows


def more(key: str, clause: Clause, number: int) -> dict[str, Any]:
    """Where the other records of one kind stand, where there are more than the page shows."""
    url = reverse("portal:records", args=[clause.version.plan_id, key])
    return {"number": number, "url": f"{url}?clause={clause.pk}&own=1" if number > MOST else ""}


def work(request: Request, clause: Clause) -> dict[str, Any]:
    """What is in hand, closed, on file and on the clock under this clause, as far as the reader may see it."""
    on = clock.today()
    found: dict[str, Any] = {}
    for key in ("open", "closed"):
        holding = queries.matters_under(clause, request.user, on, closed=key == "closed")
        roles = roles_in(request, [row.pk for row in holding.rows], on)
        found[key] = {"lines": lines(holding.rows, roles), **more(key, clause, holding.number)}
    for key in ("documents", "deadlines"):
        told: Behind = queries.behind(key, clause, request.user, on)
        found[key] = {"lines": told.lines(0, MOST), **more(key, clause, told.number)}
    found["matters"] = [
        ("在办事项", found["open"], "现在没有在办的事项。"),
        ("已办结事项", found["closed"], "还没有办结的事项。"),
    ]
    return found


def campaign_rows(clause: Clause) -> list[dict[str, Any]]:
    """What the campaign set up by this clause: phases, the leading group, lines of the responsibility list."""
    rows = []
    for one in campaign_by_clause(clause.version).get(clause.pk, []):
        if isinstance(one, Phase):
            told = ("阶段", one.name, "已过关" if one.signed_on else "")
        elif isinstance(one, LeadingGroup):
            told = ("领导小组", one.name, f"办公室设在{one.office_unit}")
        else:
            told = (cast(Responsibility, one).get_kind_display(), f"{one.person}：{one.words}", "")
        rows.append(dict(zip(("kind", "words", "fact"), told, strict=True)) | {"url": one.get_absolute_url()})
    return rows


def no_duty_act(clause: Clause, *, below: bool, office: bool) -> dict[str, Any] | None:
    """The office's button: 确认没有任务 where nothing is confirmed here or below, or the way back where it was said."""
    name = "plan:has_duty" if clause.no_duty else "plan:no_duty"
    if not office or queries.confirmed_within(clause):
        return None
    word = "确认没有任务（连同下级条款）" if below else "确认没有任务"
    return {
        "url": reverse(name, args=[clause.pk]),
        "label": "取消“没有任务”" if clause.no_duty else word,
        "form": ActForm(),
    }


@route(may=STAFF)
@require_safe
@load_clause
def clause(request: Request, clause: Clause) -> HttpResponse:
    """The page of one clause of one text."""
    plan, on = clause.version.plan, clock.today()
    later = successor(clause.version)
    office = later is None and may_decide(cast(PlanRequest, request), plan.bureau_id)
    below = list(clause.children.order_by("order"))
    rows = duty_rows(clause, office=office)
    rules = rule_rows(clause, queries.rules_made(clause, request.user, on))
    row = queries.row_of_clause(clause, request.user, on)
    context = {
        "clause": clause,
        "later": later,
        "plan": plan,
        "below": below,
        "under": cells_of(row.figures, Addresses.of(plan.pk), clause, clause.path) if below else [],
        "place": place(clause, below),
        "stand": standing_of(row),
        "rows": rows,
        "rules": rules,
        "work": work(request, clause),
        "campaign": campaign_rows(clause),
        "versions": queries.versions_of(clause),
        "office": office,
        "no_duty": no_duty_act(clause, below=bool(below), office=office),
    }
    return render(request, "portal/clause.html", context)
