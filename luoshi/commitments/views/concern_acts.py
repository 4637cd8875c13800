"""急难愁盼: registered, answered, ended, handed over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from luoshi.commitments import queries, services
from luoshi.commitments.forms import concerns as forms
from luoshi.commitments.forms.promises import ReasonForm
from luoshi.commitments.models import Concern, Promise
from luoshi.commitments.rules import AUTHORS, WORKERS, State
from luoshi.commitments.views.acting import act_page, posted
from luoshi.commitments.views.loaders import Request, load_concern
from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once


def whose(request: Request, people: list[Any]) -> Any:
    """The leader that a new concern is offered: oneself, or who leads one's unit."""
    own = {one.principal_id or request.user.pk for one in request.held if one.duty in (Duty.CHIEF, Duty.LEADER)}
    mine = next((one for one in people if one.pk in own), None)
    if mine is not None or Duty.OFFICE in request.duties:
        return mine
    units = [one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER)]
    return org.leader_of(units[0], clock.today()) if units else None


@route(may=WORKERS, act="commitments.receive")
@once
def receive(request: Request) -> HttpResponse:
    """登记诉求."""
    on = clock.today()
    people = queries.members(request.bureau.pk, on)
    promises = Promise.objects.filter(
        commitment__bureau=request.bureau, commitment__state=State.PUBLISHED, ended_on=None
    ).select_related("commitment__person")
    units = [one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER)]
    initial = {"unit": units[0]} if units and Duty.OFFICE not in request.duties else {}
    form = forms.ReceiveForm(
        posted(request), bureau=request.bureau, people=people, promises=promises, on=on, own=whose(request, people),
        initial=initial,
    )  # fmt: skip

    def do(form: Any) -> str:
        found = services.receive(bureau=request.bureau, by=request.user, on=on, **form.words())
        return found.get_absolute_url()

    return act_page(
        request, form, do, title="登记诉求", back=reverse("commitments:concerns"), done="诉求已登记，答复时限已算好。"
    )  # fmt: skip


@route(may=WORKERS, act="commitments.answer")
@once
@load_concern
def answer(request: Request, concern: Concern) -> HttpResponse:
    """答复."""
    on = clock.today()
    form = forms.AnswerForm(posted(request), concern=concern, on=on)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.answer(
            concern, words=told["said"], ending=told["ending"], answered_on=told["answered_on"],
            version=told["version"], by=request.user, on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"答复：{concern.title}", back=concern.get_absolute_url(), done="答复已登记。",
        concern=concern,
    )  # fmt: skip


@route(may=WORKERS, act="commitments.close")
@once
@load_concern
def close(request: Request, concern: Concern) -> HttpResponse:
    """办结."""
    form = forms.CloseForm(posted(request), concern=concern)

    def do(form: Any) -> None:
        services.close(
            concern, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"办结：{concern.title}", back=concern.get_absolute_url(), done="已办结。",
        concern=concern,
    )  # fmt: skip


@route(may=AUTHORS, act=["commitments.hand_over", "matters.open"])
@once
@load_concern
def hand_over(request: Request, concern: Concern) -> HttpResponse:
    """转督办."""
    on = clock.today()
    form = forms.HandOverForm(posted(request), concern=concern, on=on)

    def do(form: Any) -> None:
        services.hand_over(
            concern, version=form.cleaned_data["version"], by=request.user, on=on, now=clock.now(), **form.words()
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"转督办：{concern.title}", back=concern.get_absolute_url(),
        done="已存为拟办事项，立项后交办。答复时限不变。", concern=concern,
    )  # fmt: skip


@route(may=AUTHORS, act="commitments.reassign")
@once
@load_concern
def reassign(request: Request, concern: Concern) -> HttpResponse:
    """改由他人办."""
    on = clock.today()
    people = queries.members(concern.bureau_id, on)
    form = forms.ReassignForm(posted(request), concern=concern, people=people, on=on)

    def do(form: Any) -> str | None:
        services.reassign(
            concern, version=form.cleaned_data["version"], by=request.user, on=on, **form.words()
        )  # fmt: skip
        still = queries.concerns_seen(request.user, request.held, on).filter(pk=concern.pk).exists()
        return None if still else reverse("commitments:concerns")

    return act_page(
        request, form, do, title=f"改由他人办：{concern.title}", back=concern.get_absolute_url(),
        done="已改由他人办，答复时限不变。", concern=concern,
    )  # fmt: skip


@route(may=WORKERS, act=["commitments.list_problem", "problems.open"])
@once
@load_concern
def list_problem(request: Request, concern: Concern) -> HttpResponse:
    """列入问题台账."""
    form = forms.ListProblemForm(posted(request), concern=concern)

    def do(form: Any) -> None:
        services.list_problem(
            concern, version=form.cleaned_data["version"], by=request.user, on=clock.today(), now=clock.now()
        )  # fmt: skip

    return act_page(
        request, form, do, title="列入问题台账", back=concern.get_absolute_url(), done="已列入问题台账。",
        lead="事由、反映人、办理单位自动带上；确认、整改、销号在问题台账里办。", concern=concern,
    )  # fmt: skip


@route(may=AUTHORS, act="commitments.void_concern")
@once
@load_concern
def void_concern(request: Request, concern: Concern) -> HttpResponse:
    """作废."""
    form = ReasonForm(posted(request), version=concern.version, label="作废理由", act_label="作废")

    def do(form: Any) -> None:
        services.void_concern(
            concern, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"作废：{concern.title}", back=concern.get_absolute_url(), done="已作废，记录保留。"
    )  # fmt: skip
