"""践诺: progress, linked matters, amendments and outcomes of one promise; proof served to whoever sees it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from luoshi.commitments import queries, services
from luoshi.commitments.forms import promises as forms
from luoshi.commitments.models import Progress, ProgressEvidence, Promise, PromiseMatter
from luoshi.commitments.rules import AUTHORS, CHIEF, READERS, WORKERS
from luoshi.commitments.views.acting import act_page, posted
from luoshi.commitments.views.loaders import Request, load_link, load_progress, load_promise
from luoshi.lib import clock
from luoshi.matters import queries as matters
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once
from luoshi.ui.forms import ActForm


@route(may=WORKERS, act="commitments.note_progress")
@once
@load_promise
def progress(request: Request, promise: Promise) -> HttpResponse:
    """登记进展."""
    on = clock.today()
    form = forms.ProgressForm(posted(request), on=on)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.note_progress(
            promise, words=told["said"], happened_on=told["happened_on"], by=request.user, on=on, staged=form.staged
        )

    return act_page(
        request, form, do, title="登记进展", back=promise.get_absolute_url(), done="进展已登记。", promise=promise
    )  # fmt: skip


@route(may=WORKERS, act="commitments.void_progress")
@once
@load_progress
def void_progress(request: Request, progress: Progress) -> HttpResponse:
    """A line of progress entered by mistake."""
    form = forms.ReasonForm(posted(request), version=None, label="作废理由", act_label="作废")

    def do(form: Any) -> None:
        services.void_progress(progress, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title="进展作废", back=progress.promise.get_absolute_url(), done="已作废，记录保留。",
        lead=progress.words,
    )  # fmt: skip


@route(may=AUTHORS, act="commitments.fulfil")
@once
@load_promise
def fulfil(request: Request, promise: Promise) -> HttpResponse:
    """登记兑现."""
    form = forms.FulfilForm(posted(request), promise=promise)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.fulfil(
            promise, outcome=told["outcome"], words=told["said"], version=told["version"], by=request.user,
            on=clock.today(), staged=form.staged,
        )  # fmt: skip

    return act_page(
        request, form, do, title="登记兑现", back=promise.get_absolute_url(), done="兑现情况已登记。", promise=promise
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="commitments.amend")
@once
@load_promise
def amend(request: Request, promise: Promise) -> HttpResponse:
    """变更承诺, in the open."""
    on = clock.today()
    paper = CHIEF not in queries.roles_in(request.user, request.held, promise.commitment, on)
    form = forms.AmendForm(posted(request), promise=promise, on=on, paper=paper)

    def do(form: Any) -> None:
        services.amend(promise, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title="变更承诺", back=promise.get_absolute_url(),
        done="变更已登记，和原文一并公开。", promise=promise,
    )  # fmt: skip


@route(may=AUTHORS, act=["commitments.link", "matters.open"])
@once
@load_promise
def link(request: Request, promise: Promise) -> HttpResponse:
    """关联事项: an existing one, or a new one made of the promise."""
    on = clock.today()
    seen = matters.visible(request.user, request.held, on)
    form = forms.LinkForm(posted(request), promise=promise, seen=seen, on=on)

    def do(form: Any) -> None:
        told = form.cleaned_data
        if told["matter"] is not None:
            services.link(promise, told["matter"], by=request.user, on=on)
        else:
            services.open_matter(promise, unit=told["unit"], due_on=None, by=request.user, on=on, now=clock.now())

    return act_page(
        request, form, do, title="关联事项", back=promise.get_absolute_url(), done="事项已关联。", promise=promise
    )  # fmt: skip


class UnlinkForm(ActForm):
    act_label = "取消关联"


@route(may=AUTHORS, act="commitments.unlink")
@once
@load_link
def unlink(request: Request, link: PromiseMatter) -> HttpResponse:
    """取消关联."""
    form = UnlinkForm(posted(request))

    def do(form: Any) -> None:
        services.unlink(link, by=request.user, on=clock.today())

    return act_page(
        request, form, do, title="取消关联", back=link.promise.get_absolute_url(), done="已取消关联，事项本身不变。",
        lead=str(link.matter),
    )  # fmt: skip


@route(may=READERS)
@require_safe
def proof(request: Request, pk: int) -> HttpResponse:
    """A file of a line of progress, for whoever sees the promise."""
    seen = queries.commitments_seen(request.user, request.held)
    rows = ProgressEvidence.objects.filter(progress__promise__commitment__in=seen).select_related("evidence")
    found = get_object_or_404(rows, pk=pk)
    services.take_copy(request.bureau, what=f"下载践诺佐证：{found.evidence}", by=request.user, on=clock.today())
    return file_answer(found.evidence)
