"""起草、修改、送审、退回、公示、评诺、作废."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from luoshi.commitments import queries, services
from luoshi.commitments.forms import promises as forms
from luoshi.commitments.models import Commitment
from luoshi.commitments.rules import AUTHORS, CHIEF, State
from luoshi.commitments.views.acting import act_page, posted
from luoshi.commitments.views.loaders import Request, load_commitment
from luoshi.commitments.views.pages import asked_year
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once


def may_promise(request: Request, year: int) -> list[Any]:
    """Whose promises this person may draft: the office everybody's, a leader his own; who has a set is left out."""
    on = clock.today()
    people = queries.members(request.bureau.pk, on)
    if Duty.OFFICE not in request.duties:
        own = {one.principal_id or request.user.pk for one in request.held if one.duty in (Duty.CHIEF, Duty.LEADER)}
        people = [one for one in people if one.pk in own]
    seen = queries.commitments_seen(request.user, request.held).filter(bureau=request.bureau, year=year)
    taken = set(seen.exclude(state=State.VOID).values_list("person_id", flat=True))
    return [one for one in people if one.pk not in taken or request.method == "POST"]


@route(may=AUTHORS, act="commitments.open")
@once
def new(request: Request) -> HttpResponse:
    """起草."""
    on, year = clock.today(), asked_year(request)
    people = may_promise(request, year)
    wanted = request.GET.get("person", "")
    chosen = [one for one in people if str(one.pk) == wanted] or people
    if not chosen:
        raise Http404
    form = forms.CommitmentForm(posted(request), bureau=request.bureau, year=year, people=chosen)

    def do(form: Any) -> str:
        found = services.open_commitment(
            bureau=request.bureau, person=form.person, year=year, by=request.user, on=on, **form.words()
        )
        return found.get_absolute_url()

    whose = f"{chosen[0]}" if len(chosen) == 1 else ""
    return act_page(
        request, form, do, title=f"起草{whose}{year}年公开承诺", back=f"{reverse('commitments:list')}?year={year}",
        done="草稿已存。写好后点“送审”，或由主要领导审定后公示。", template="commitments/draft.html",
    )  # fmt: skip


@route(may=AUTHORS, act="commitments.edit")
@once
@load_commitment
def edit(request: Request, commitment: Commitment) -> HttpResponse:
    """修改承诺, while it is a draft."""
    form = forms.CommitmentForm(
        posted(request), bureau=commitment.bureau, year=commitment.year, commitment=commitment
    )  # fmt: skip

    def do(form: Any) -> None:
        services.edit_commitment(
            commitment, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        )

    return act_page(
        request, form, do, title=f"修改{commitment}", back=commitment.get_absolute_url(), done="已保存。",
        template="commitments/draft.html",
    )  # fmt: skip


@route(may=AUTHORS, act="commitments.submit")
@once
@load_commitment
def submit(request: Request, commitment: Commitment) -> HttpResponse:
    """送审."""
    form = forms.SubmitForm(posted(request), commitment=commitment)

    def do(form: Any) -> None:
        services.submit(commitment, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"送审：{commitment}", back=commitment.get_absolute_url(),
        done="已送审，已提醒主要领导和局办公室。", lead="送审后由主要领导审定；退回前不能再修改。",
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="commitments.give_back")
@once
@load_commitment
def give_back(request: Request, commitment: Commitment) -> HttpResponse:
    """退回修改."""
    form = forms.ReasonForm(
        posted(request), version=commitment.version, label="哪里要改", act_label="退回修改"
    )  # fmt: skip

    def do(form: Any) -> None:
        services.give_back(
            commitment, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"退回修改：{commitment}", back=commitment.get_absolute_url(), done="已退回。"
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="commitments.publish")
@once
@load_commitment
def publish(request: Request, commitment: Commitment) -> HttpResponse:
    """公示: 主要领导 by his click, the office with the paper it stands on."""
    on = clock.today()
    paper = CHIEF not in queries.roles_in(request.user, request.held, commitment, on)
    form = forms.PublishForm(posted(request), commitment=commitment, on=on, paper=paper)

    def do(form: Any) -> None:
        told = form.words()
        services.publish(commitment, version=form.cleaned_data["version"], by=request.user, on=on, **told)

    return act_page(
        request, form, do, title=f"公示：{commitment}", back=commitment.get_absolute_url(),
        done="已公示。从现在起原文不再修改，要改的请登记变更。", template="commitments/publish.html",
        commitment=commitment, promises=commitment.promises.all(),
        duty_title=queries.title_of(commitment.person, commitment.bureau_id, on),
        field=queries.field_of(commitment.person, commitment.bureau_id, on),
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="commitments.settle")
@once
@load_commitment
def settle(request: Request, commitment: Commitment) -> HttpResponse:
    """评诺."""
    form = forms.SettleForm(posted(request), commitment=commitment)

    def do(form: Any) -> None:
        services.settle(
            commitment, note=form.cleaned_data["note"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"评诺：{commitment}", back=commitment.get_absolute_url(), done="已评诺。"
    )  # fmt: skip


@route(may=AUTHORS, act="commitments.void")
@once
@load_commitment
def void(request: Request, commitment: Commitment) -> HttpResponse:
    """作废 of what was never published."""
    form = forms.ReasonForm(posted(request), version=commitment.version, label="作废理由", act_label="作废")

    def do(form: Any) -> None:
        services.void_commitment(
            commitment, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"作废：{commitment}", back=commitment.get_absolute_url(), done="已作废，记录保留。"
    )  # fmt: skip
