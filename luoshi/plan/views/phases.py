"""阶段与过关: set and moved by the office, checked, signed by a leader or entered for him."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty as Held
from luoshi.plan.campaign import access, page, proposals
from luoshi.plan.campaign.forms import PhaseForm, PhasesForm, ReasonForm
from luoshi.plan.campaign.gate_forms import ChecksForm, DecisionForm, FindingsForm
from luoshi.plan.models import Phase, Plan
from luoshi.plan.services import campaign as services
from luoshi.plan.services.campaign.phases import PhaseWords
from luoshi.plan.views.campaign import act_page
from luoshi.plan.views.loaders import Request, _loader, load_plan
from luoshi.records.once import once

load_phase = _loader(access.phases_for)
SIGNERS = (Held.OFFICE, Held.CHIEF, Held.LEADER)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@route(may=Held.OFFICE, act="plan.set_phases")
@once
@load_plan
def set_phases(request: Request, plan: Plan) -> HttpResponse:
    """按方案设阶段: every 第N阶段 of the text, in one act."""
    if request.method == "GET" and (standing := plan.phases.filter(void=False).first()):
        return redirect(standing)
    form = PhasesForm(_posted(request), proposed=proposals.phases(plan))

    def do() -> None:
        rows = [PhaseWords(**one) for one in form.rows()]
        services.set_phases(plan, rows=rows, by=request.user, on=clock.today())

    return act_page(
        request, form, do, plan=plan, title="按方案设阶段", said="已设定阶段。", to="#phases",
        template="plan/campaign_phases.html",
    )  # fmt: skip


def _words(form: PhaseForm) -> PhaseWords:
    given = form.cleaned_data
    return PhaseWords(given["name"], given["from_on"], given["until_on"], given["overlap_reason"])


@route(may=Held.OFFICE, act="plan.add_phase")
@once
@load_plan
def add_phase(request: Request, plan: Plan) -> HttpResponse:
    """增设阶段."""
    form = PhaseForm(_posted(request))
    return act_page(
        request, form, lambda: services.add_phase(plan, words=_words(form), by=request.user, on=clock.today()),
        plan=plan, title="增设阶段", said="已增设阶段。", to="#phases", lead=_period(plan),
    )  # fmt: skip


def _period(plan: Plan) -> str:
    if plan.from_on is None:
        return "方案还没有填实施起止；阶段的日期由本局定。"
    until = f"到{plan.until_on}" if plan.until_on else "起，没有止日"
    return f"方案实施时间：{plan.from_on}{until}；阶段的日期由本局定，落在其中。"


@route(may=Held.OFFICE, act="plan.edit_phase")
@once
@load_phase
def edit_phase(request: Request, phase: Phase) -> HttpResponse:
    """调整阶段."""
    form = PhaseForm(_posted(request), phase=phase)

    def do() -> None:
        version = form.cleaned_data["version"]
        services.edit_phase(phase, words=_words(form), version=version, by=request.user, on=clock.today())

    return act_page(
        request, form, do, plan=phase.plan, title=f"调整{phase.name}", said=f"{phase.name}已调整。",
        to=f"#phase-{phase.pk}", lead=_period(phase.plan),
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.void_phase")
@once
@load_phase
def void_phase(request: Request, phase: Phase) -> HttpResponse:
    """取消阶段."""
    form = ReasonForm(_posted(request), label="取消阶段", initial={"version": phase.version})

    def do() -> None:
        given = form.cleaned_data
        services.void_phase(phase, reason=given["reason"], version=given["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, plan=phase.plan, title=f"取消{phase.name}", said=f"{phase.name}已取消。", to="#phases",
        lead="取消后不再显示，登记过的内容和理由留在留痕里。",
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.choose_checks")
@once
@load_phase
def choose_checks(request: Request, phase: Phase) -> HttpResponse:
    """定过关事项."""
    form = ChecksForm(_posted(request), phase=phase, proposed=proposals.checks(phase))

    def do() -> None:
        duties, words = form.chosen()
        services.choose_checks(
            phase, duties=duties, words=words, version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, plan=phase.plan, title=f"{phase.name}：定过关事项", said="已定过关事项。",
        to=f"#phase-{phase.pk}", lead="过关前要逐项核对的事。从本阶段已确认的任务里选，也可以另加。",
    )  # fmt: skip


@route(may=Held.OFFICE, act="plan.check_gate")
@once
@load_phase
def check_gate(request: Request, phase: Phase) -> HttpResponse:
    """核对过关事项."""
    checks = list(phase.checks.filter(void=False).select_related("clause", "met_by"))
    form = FindingsForm(_posted(request), phase=phase, checks=checks, on=clock.today())

    def do() -> None:
        given = form.cleaned_data
        services.check_gate(
            phase, findings=form.findings(), met_on=given["met_on"], version=given["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, plan=phase.plan, title=f"{phase.name}：核对过关事项", said="已保存核对情况。",
        to=f"#phase-{phase.pk}", template="plan/campaign_findings.html", phase=phase,
    )  # fmt: skip


def _own(request: Request) -> bool:
    """A leader who decides himself; whoever is the office enters what a leader decided."""
    return Held.OFFICE not in request.duties


@route(may=SIGNERS, act="plan.sign_gate")
@once
@load_phase
def sign_gate(request: Request, phase: Phase) -> HttpResponse:
    """过关: what was found of each check stands beside the form."""
    on = clock.today()
    row = next(one for one in page.phases(phase.plan, on) if one["phase"].pk == phase.pk)
    form = DecisionForm(_posted(request), phase=phase, on=on, own=_own(request))

    def do() -> None:
        services.sign_gate(phase, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, plan=phase.plan, title=f"{phase.name}：过关", said=f"{phase.name}已过关。",
        to=f"#phase-{phase.pk}", template="plan/campaign_sign.html", row=row, blockers=page.why_not_sign(row),
    )  # fmt: skip


@route(may=SIGNERS, act="plan.withdraw_gate")
@once
@load_phase
def withdraw_gate(request: Request, phase: Phase) -> HttpResponse:
    """撤回过关."""
    on = clock.today()
    form = DecisionForm(_posted(request), phase=phase, on=on, own=_own(request), withdraw=True)

    def do() -> None:
        services.withdraw_gate(phase, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, plan=phase.plan, title=f"{phase.name}：撤回过关", said=f"{phase.name}已撤回过关。",
        to=f"#phase-{phase.pk}", lead="撤回也由领导决定，并写明理由；两次决定都保留。",
    )  # fmt: skip
