"""表扬奖励: the list, one commendation, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.cadres import queries, services
from luoshi.cadres.forms import commendations as forms
from luoshi.cadres.forms.base import ReasonForm
from luoshi.cadres.forms.following import SettleForm, StepForm
from luoshi.cadres.models import Commendation, CommendationObjection, CommendationProof
from luoshi.cadres.queries.commending import FILTERS, PAGE, commendation_list, objections_of, proof_lines
from luoshi.cadres.rules import CHIEF, COMMEND_MOVES, PERSONNEL, PROPOSERS, READERS
from luoshi.cadres.views.acting import act_page, posted
from luoshi.cadres.views.loaders import Request, load_commendation
from luoshi.cadres.views.merits import asked
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters import queries as matters
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.problems import queries as problems
from luoshi.records.once import once

ACTS = ("notice", "approve", "publish", "object", "withdraw")
"""The moves with a button of their own, in this order."""


@route(may=READERS)
@require_safe
def listing(request: Request) -> HttpResponse:
    """表扬奖励."""
    key = request.GET.get("show", "")
    key = key if key in FILTERS else ""
    rows = commendation_list(request.user, request.held, request.bureau, key=key, before=asked(request, "before"))
    context = {
        "rows": rows[:PAGE],
        "chips": [{"label": word, "url": f"?show={name}", "on": name == key} for name, word in FILTERS.items()],
        "next": f"?show={key}&before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "may_open": bool(frozenset(PROPOSERS) & request.duties),
    }
    return render(request, "cadres/commendations.html", context)


@route(may=READERS)
@require_safe
@load_commendation
def commendation(request: Request, commendation: Commendation) -> HttpResponse:
    """One commendation."""
    on = clock.today()
    mine = queries.commend_roles(request.user, request.held, commendation)
    moves = open_moves(COMMEND_MOVES, state=commendation.state, duties=mine)
    until = commendation.notice_until_on
    over = until is not None and on > until
    moves = [one for one in moves if not (one == "object" and over) and not (one == "approve" and not over)]
    why = (
        queries.why_notice(
            commendation.notice_basis, commendation.citation, until, provisional=commendation.provisional
        )
        if until
        else []
    )
    context = {
        "commendation": commendation,
        "proofs": proof_lines(commendation, request.user, request.held, on),
        "objections": objections_of(commendation, request.user, request.held),
        "may_settle": "settle_objection" in moves,
        "acts": [
            (COMMEND_MOVES[one].label, reverse(f"cadres:commendation_{one}", args=[commendation.public_id]))
            for one in ACTS if one in moves
        ],
        "why": why,
        "over": over,
    }  # fmt: skip
    return render(request, "cadres/commendation.html", context)


@route(may=READERS)
@require_safe
@load_commendation
def proof(request: Request, commendation: Commendation, pk: int) -> HttpResponse:
    """A file of a commendation."""
    rows = CommendationProof.objects.filter(commendation=commendation, evidence__isnull=False).select_related(
        "evidence"
    )
    found = get_object_or_404(rows, pk=pk)
    if found.evidence is None:
        raise Http404
    services.take_copy(request.bureau, what=f"下载表扬凭据：{found.evidence}", by=request.user, on=clock.today())
    return file_answer(found.evidence)


@route(may=PROPOSERS, act="cadres.commend")
@once
def new(request: Request) -> HttpResponse:
    """提出."""
    on = clock.today()
    form = forms.CommendForm(
        posted(request), bureau=request.bureau, on=on, but=request.user.pk,
        merits=queries.merits_seen(request.user, request.held, on),
        matters=matters.visible(request.user, request.held, on),
        problems=problems.public(request.user, request.held, on),
    )  # fmt: skip

    def do(form: Any) -> str:
        told = form.cleaned_data
        several: dict[str, Any] = {name: [told[key]] if told[key] else [] for name, key in
                   (("merits", "merit"), ("linked", "matter"), ("cured", "problem"))}  # fmt: skip
        kept = {name: told[name] for name in ("kind", "person", "unit", "title", "reasons")}
        found = services.commend(
            bureau=request.bureau, by=request.user, on=on, staged=form.staged, **kept, **several
        )  # fmt: skip
        return found.get_absolute_url()

    return act_page(
        request, form, do, title="提出表扬奖励", back=reverse("cadres:commendations"), done="已提出，待公示。",
        lead="先公示，再由局党委决定，然后在局内通报。评优在年度考核里办，不在这里。",
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.notice")
@once
@load_commendation
def notice(request: Request, commendation: Commendation) -> HttpResponse:
    """公示."""
    form = StepForm(posted(request), version=commendation.version, act_label="公示")

    def do(form: Any) -> None:
        services.put_on_notice(
            commendation, version=form.cleaned_data["version"], by=request.user, on=clock.today()
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"公示：{commendation}", back=commendation.get_absolute_url(), done="已公示。",
        lead="公示期按规则计算，期间全局都能看到，可以提出异议。",
    )  # fmt: skip


@route(may=READERS, act="cadres.object")
@once
@load_commendation
def object_to(request: Request, commendation: Commendation) -> HttpResponse:
    """提出异议."""
    form = forms.ObjectForm(posted(request))

    def do(form: Any) -> None:
        services.object_to(commendation, words=form.cleaned_data["said"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"提出异议：{commendation}", back=commendation.get_absolute_url(), done="异议已提交。"
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.settle_objection")
@once
def settle(request: Request, pk: int) -> HttpResponse:
    """答复异议."""
    seen = queries.commendations_seen(request.user, request.held)
    rows = CommendationObjection.objects.filter(commendation__in=seen).select_related(
        "commendation__bureau", "commendation__person", "commendation__unit", "by"
    )
    found = get_object_or_404(rows.exclude(commendation__person=request.user), pk=pk)
    form = SettleForm(posted(request))
    form.fields["upheld"].choices = [("1", "异议成立"), ("0", "异议不成立")]  # type: ignore[attr-defined]

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.settle_objection(
            found, upheld=told["upheld"] == "1", words=told["said"], by=request.user, on=clock.today()
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"答复异议：{found.commendation}", back=found.commendation.get_absolute_url(),
        done="已答复。", lead=found.words,
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.approve")
@once
@load_commendation
def approve(request: Request, commendation: Commendation) -> HttpResponse:
    """登记决定."""
    on = clock.today()
    paper = CHIEF not in queries.commend_roles(request.user, request.held, commendation)
    form = forms.ApproveForm(posted(request), commendation=commendation, on=on, paper=paper)

    def do(form: Any) -> None:
        services.approve(commendation, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"登记决定：{commendation}", back=commendation.get_absolute_url(), done="决定已登记。"
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.publish")
@once
@load_commendation
def publish(request: Request, commendation: Commendation) -> HttpResponse:
    """印发通报."""
    form = StepForm(posted(request), version=commendation.version, act_label="印发通报")

    def do(form: Any) -> None:
        services.publish(commendation, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"印发通报：{commendation}", back=commendation.get_absolute_url(),
        done="已在局内通报，可下载Word印发。",
    )  # fmt: skip


@route(may=PROPOSERS, act="cadres.withdraw")
@once
@load_commendation
def withdraw(request: Request, commendation: Commendation) -> HttpResponse:
    """撤回."""
    form = ReasonForm(posted(request), version=commendation.version, label="撤回理由", act_label="撤回")

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.withdraw(
            commendation, reason=told["reason"], version=told["version"], by=request.user, on=clock.today()
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"撤回：{commendation}", back=reverse("cadres:commendations"), done="已撤回。"
    )  # fmt: skip
