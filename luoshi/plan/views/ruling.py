"""The rules of the bureau: which holds for each mechanism, by which source, and the bureau's own decisions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import BUSINESS
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries, services
from luoshi.plan.decision_forms import DecideForm
from luoshi.plan.forms import EndForm
from luoshi.plan.models import Plan, Rule
from luoshi.plan.once import ONCE
from luoshi.plan.overlap import GOVERNING, conflicting, other_plans
from luoshi.plan.page import rule_facts
from luoshi.plan.rules import explain, parse
from luoshi.plan.slots import GROUPS, RULED, Slot
from luoshi.plan.views.loaders import Request, download, load_rule, may_decide
from luoshi.records.once import once


def _line(slot: Slot, spoke: Any, versions: list[Rule]) -> dict[str, Any]:
    """One mechanism as a row: what holds, who says so, why, and every version there was."""
    return {
        "key": slot.key,
        "label": slot.label,
        "spoke": spoke,
        "words": str(parse(slot.shape, spoke.value)) if spoke else "",
        "others": [
            {"plan": one.plan, "words": str(parse(slot.shape, one.value)), "same": one.value == spoke.value}
            for one in other_plans(spoke)
        ],
        "why": explain(spoke, slot.shape) if spoke else [],
        "versions": [rule_facts(one) for one in versions],
        "own": next((one.pk for one in versions if one.source == "BUREAU" and one.until_on is None), None),
    }


@route(may=BUSINESS)
@require_safe
def rules(request: Request) -> HttpResponse:
    """规则: every mechanism with a parameter; `?plan=` reads them as that plan's work does."""
    if request.bureau is None:
        raise Http404
    on = clock.today()
    plans = list(queries.visible_to(request.user, on).filter(bureau=request.bureau))
    plan = next((one for one in plans if str(one.pk) == request.GET.get("plan")), None)
    found = queries.rules_of(bureau_id=request.bureau.pk, on=on, plan_id=plan.pk if plan else None)
    versions: dict[str, list[Rule]] = {}
    for row in queries.history(bureau_id=request.bureau.pk):
        versions.setdefault(row.slot, []).append(row)
    torn = [RULED[key].label for key, one in found.items() if conflicting(one)]
    groups = [
        (
            name,
            [
                _line(slot, found[key], versions.get(key, []))
                for key, slot in RULED.items()
                if slot.group == name and (key != GOVERNING or len(plans) > 1 or key in versions)
            ],
        )
        for name in GROUPS
    ]
    context = {
        "groups": [(name, lines) for name, lines in groups if lines],
        "chips": _chips(plans, plan),
        "on": on,
        "torn": torn,
        "because": next((one.because for one in found.values() if one and conflicting(one)), ""),
        "undecided": len(queries.undecided(request.bureau.pk)),
        "office": may_decide(request, request.bureau.pk),
    }
    return render(request, "plan/rules.html", context)


def _chips(plans: list[Plan], chosen: Plan | None) -> list[dict[str, Any]]:
    here = reverse("plan:rules")
    own = [{"label": "全局工作", "url": here, "on": chosen is None}]
    return own + [{"label": str(one), "url": f"{here}?plan={one.pk}", "on": one == chosen} for one in plans]


@route(may=Held.OFFICE, act="plan.decide_rule")
@once
def decide(request: Request, slot: str) -> HttpResponse:
    """本局决定: the form of one mechanism, filled with what holds now; `?guided=1` goes on to the next open one."""
    bureau, on = request.bureau, clock.today()
    if slot == GOVERNING:
        return redirect("plan:govern")
    if slot not in RULED or bureau is None:
        raise Http404
    spoke = queries.find_rule(slot, bureau_id=bureau.pk, on=on)
    still = queries.undecided(bureau.pk) if "guided" in request.GET else []
    paper = queries.last_citation(bureau.pk) if still else ""
    data = request.POST if request.method == "POST" else None
    value = spoke.value if spoke else None
    form = DecideForm(data, slot=RULED[slot], value=value, bureau_id=bureau.pk, on=on, citation=paper)
    if request.method == "POST" and form.is_valid():
        made = services.decide_rule(bureau, slot, by=request.user, on=on, **form.words())
        return redirect(_after(request, made, [key for key in still if key != slot]))
    context = {"form": form, "slot": RULED[slot], "why": explain(spoke, RULED[slot].shape) if spoke else []}
    return render(request, "plan/decide.html", context | _place(request, slot, still))


def _after(request: Request, made: Rule, still: list[str]) -> str:
    """Where one goes after a decision: the next open one, the list of once-only decisions, or the rules."""
    if still:
        return f"{reverse('plan:decide', args=[still[0]])}?guided=1"
    if {"guided", "once"} & set(request.GET):
        return f"{reverse('plan:decisions')}#once-{made.slot}"
    return made.get_absolute_url()


def _place(request: Request, slot: str, still: list[str]) -> dict[str, Any]:
    """The question and the way back, where the page was opened from the once-only decisions."""
    asked = bool({"guided", "once"} & set(request.GET))
    return {
        "once": ONCE.get(slot),
        "left": len(still) if slot in still else 0,
        "back": reverse("plan:decisions") if asked else reverse("plan:rules"),
        "back_label": "本局要定一次的事" if asked else "规则",
    }


@route(may=Held.OFFICE, act="plan.end_rule")
@once
@load_rule
def end(request: Request, rule: Rule) -> HttpResponse:
    """停止执行 a decision of the bureau."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ended = services.end_rule(rule, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())
        return redirect(ended)
    return render(request, "plan/end.html", {"form": form, "rule": rule_facts(rule)})


@route(may=STAFF)
@require_safe
@load_rule
def paper(request: Request, rule: Rule) -> HttpResponse:
    """Download the paper a decision rests on."""
    if rule.paper is None:
        raise Http404
    return download(rule.paper)
