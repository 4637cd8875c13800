"""A plan's next version: bring its text, look at what it changes, adopt it, carry over what stayed the same."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries, services
from luoshi.plan.comparison import affected_url, brought, clause_lines, figures, moved_lines, rule_lines
from luoshi.plan.models import Plan, PlanVersion, Rule
from luoshi.plan.overlap import GOVERNING, other_plans
from luoshi.plan.page import rule_facts
from luoshi.plan.queries import versions
from luoshi.plan.rules import RuleValue
from luoshi.plan.services.importing import Draft, check_new_text, foreseen, read_staged
from luoshi.plan.slots import RULED, Slot
from luoshi.plan.version_forms import AdoptForm, GovernForm, KeepForm, NewVersionForm
from luoshi.plan.views.loaders import Request, load_plan, load_rule, load_version, may_decide
from luoshi.records.once import once
from luoshi.records.services import stage
from luoshi.ui.forms import ActForm


@route(may=Held.OFFICE, reads=True)
@once
@load_plan
def new_version(request: Request, plan: Plan) -> HttpResponse:
    """导入新版: the text is kept safe and read; what it changes is shown before anything becomes the plan's."""
    form = NewVersionForm(request.POST if request.method == "POST" else None)
    same = None
    if request.method == "POST" and form.is_valid():
        try:
            token = _staged(form, request)
            found = read_staged(token, who=request.user, bureau=plan.bureau, on=clock.today())
            if found is not None:
                check_new_text(plan, found)
                return redirect("plan:adopt", plan.pk, token)
            form.add_error("file", "文件已失效，请重新选择。")
        except services.AlreadyImported as already:
            same = already
        except NotAllowed as why:
            form.add_error("text" if form.cleaned_data["text"].strip() else "file", str(why))
    newest = versions.newest_of(plan)
    return render(request, "plan/new_version.html", {"plan": plan, "newest": newest, "form": form, "same": same})


def _staged(form: NewVersionForm, request: Request) -> uuid.UUID:
    """The token of the chosen file; pasted words are kept as a text file."""
    if form.staged:
        return uuid.UUID(form.staged[0])
    words = SimpleUploadedFile("粘贴的新版.txt", form.cleaned_data["text"].encode())
    return stage(words, by=request.user).pk


@route(may=Held.OFFICE, act="plan.adopt_version")
@once
@load_plan
def adopt(request: Request, plan: Plan, token: uuid.UUID) -> HttpResponse:
    """What the kept text changes in the newest version; 采用新版 makes it the plan's."""
    on = clock.today()
    found = read_staged(token, who=request.user, bureau=plan.bureau, on=on)
    if found is None:
        messages.warning(request, "这份新版文件已采用或已超过保存期，请重新选择文件。")
        return redirect("plan:new_version", plan.pk)
    before = versions.newest_of(plan)
    data = request.POST if request.method == "POST" else None
    form = AdoptForm(data, bureau_id=plan.bureau_id, on=on, seen=before.number)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.adopt_version(
                plan, by=request.user, on=on, seen=form.cleaned_data["version"] or 0, found=found, staged=[token],
                **form.words(),
            )  # fmt: skip
            return redirect("plan:difference", made.pk)
        except Stale as stale:
            return _met_another(request, plan, token, stale.changes)
    return _show(request, plan, before, found, token, form)


def _met_another(request: Request, plan: Plan, token: uuid.UUID, changes: list[str]) -> HttpResponse:
    """Somebody adopted another version meanwhile: the difference from that one, with what was typed."""
    before = versions.newest_of(plan)
    typed = request.POST.copy()
    typed["version"], typed["submission"] = str(before.number), str(uuid.uuid4())
    form = AdoptForm(typed, bureau_id=plan.bureau_id, on=clock.today(), seen=before.number)
    found = read_staged(token, who=request.user, bureau=plan.bureau, on=clock.today())  # the act used the first up
    assert found is not None
    return _show(request, plan, before, found, token, form, late=changes)


def _show(
    request: Request,
    plan: Plan,
    before: PlanVersion,
    found: Draft,
    token: uuid.UUID,
    form: AdoptForm,
    *,
    late: Sequence[str] = (),
) -> HttpResponse:
    try:
        check_new_text(plan, found)
    except services.AlreadyImported as same:
        messages.info(request, str(same))
        return redirect(same.version)
    difference = foreseen(plan, before, found, on=clock.today())
    context = _context(plan, before, difference) | {
        "form": form,
        "late": late,
        "own": {"staged": token, "submission": uuid.uuid4()} if difference.another else None,
        "rules": rule_lines(versions.rule_effects(versions.running_rules(plan), difference.new.duties)),
    }
    return render(request, "plan/adopt.html", context, status=409 if late else 200)


def _context(plan: Plan, before: PlanVersion, difference: versions.Difference) -> dict[str, Any]:
    """What both difference pages show."""
    return {
        "plan": plan,
        "before": before,
        "lines": clause_lines(difference),
        "moved": moved_lines(difference),
        "figures": figures(difference),
        "brought": brought(difference),
        "affected": affected_url(difference, difference.clauses),
    }


@route(may=STAFF)
@require_safe
@load_version
def difference(request: Request, version: PlanVersion) -> HttpResponse:
    """新旧对照 of a stored version and the one before it; on the newest, what is still to be done about it."""
    found = versions.difference_of(version)
    if found is None:
        return redirect(version)
    plan = version.plan
    later = versions.successor(version)
    before = plan.versions.filter(number__lt=version.number).order_by("-number")[0]
    office = later is None and may_decide(request, plan.bureau_id)
    context = _context(plan, before, found) | {
        "version": version,
        "later": later,
        "office": office,
        "carriable": versions.carriable(version) if later is None else [],
        "carry_form": ActForm() if office else None,
        "rules": rule_lines(versions.loose_rules(plan)) if later is None else [],
    }
    return render(request, "plan/difference.html", context)


@route(may=Held.OFFICE, act="plan.carry_over")
@require_POST
@once
@load_version
def carry_over(request: Request, version: PlanVersion) -> HttpResponse:
    """沿用未改动的任务."""
    number = services.carry_over(version, by=request.user, on=clock.today())
    messages.success(request, f"已沿用{number}项未改动的任务。")
    return redirect("plan:difference", version.pk)


@route(may=Held.OFFICE, act="plan.keep_rule")
@once
@load_rule
def keep(request: Request, rule: Rule) -> HttpResponse:
    """继续执行 a rule that the newest version says no more."""
    form = KeepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.keep_rule(rule, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())
        return redirect("plan:difference", versions.newest_of(rule.plan).pk if rule.plan else 0)
    return render(request, "plan/keep.html", {"form": form, "rule": rule_facts(rule)})


@route(may=Held.OFFICE, act="plan.decide_rule")
@once
def govern(request: Request) -> HttpResponse:
    """定以哪个方案为准, beside what the plans say at once."""
    bureau, on = request.bureau, clock.today()
    if bureau is None:
        raise Http404
    form = GovernForm(request.POST if request.method == "POST" else None, bureau_id=bureau.pk, on=on)
    if request.method == "POST" and form.is_valid():
        return redirect(services.govern(bureau, by=request.user, on=on, **form.words()))
    found = queries.rules_of(bureau_id=bureau.pk, on=on)
    told = [(RULED[key], one, other_plans(one)) for key, one in found.items() if one and other_plans(one)]
    context = {
        "form": form,
        "lines": [_at_once(slot, one, others) for slot, one, others in told],
        "why": next((one.because for _, one, _ in told), ""),
        "decided": one.rule_id if (one := found[GOVERNING]) else None,
    }
    return render(request, "plan/govern.html", context)


def _at_once(slot: Slot, spoke: RuleValue, others: list[RuleValue]) -> dict[str, Any]:
    """One mechanism that several plans rule: who speaks, and what the others say."""
    return {
        "slot": slot.label,
        "plan": spoke.plan,
        "words": slot.words(spoke.value),
        "others": [
            {"plan": one.plan, "words": slot.words(one.value), "same": one.value == spoke.value} for one in others
        ],
    }
