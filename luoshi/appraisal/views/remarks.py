"""上级通报: the list, one form, a void, the document."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms.base import ReasonForm
from luoshi.appraisal.forms.remarks import RemarkForm
from luoshi.appraisal.models import RemarkEvidence
from luoshi.appraisal.queries.remarks import remarks_seen
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.services import copies, remarks
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.lib import clock
from luoshi.matters import queries as matters
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

PAGE = 30


@route(may=READERS)
@require_safe
def remarks_page(request: Request) -> HttpResponse:
    """Every remark that this person sees, the newest document first."""
    seen = remarks_seen(request.user, request.held, clock.today()).filter(bureau=request.bureau)
    rows = seen.select_related("unit", "matter", "entered_by", "voided_by").prefetch_related("proofs__evidence")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "appraisal/remarks.html", {"page": page, "may_enter": Duty.OFFICE in request.duties})


@route(may=Duty.OFFICE, act="appraisal.enter_remark")
@once
def remark_new(request: Request) -> HttpResponse:
    """登记上级通报."""
    on = clock.today()
    seen = matters.visible(request.user, request.held, on)
    form = RemarkForm(posted(request), bureau=request.bureau, seen=seen, on=on)

    def do(form: Any) -> None:
        remarks.enter_remark(bureau=request.bureau, by=request.user, on=on, staged=form.staged, **form.words())

    return act_page(
        request, form, do, title="登记上级通报", back=reverse("appraisal:remarks"), done="通报已登记，已告知有关单位。",
        lead="照文件登记。计不计分、怎么计，由考评办法写明。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.void_remark")
@once
def remark_void(request: Request, public_id: str) -> HttpResponse:
    """A remark entered by mistake."""
    on = clock.today()
    remark = get_object_or_404(remarks_seen(request.user, request.held, on), public_id=public_id)
    form = ReasonForm(posted(request), version=remark.version, label="作废理由", act_label="作废")

    def do(form: Any) -> None:
        told = form.cleaned_data
        remarks.void_remark(remark, reason=told["reason"], version=told["version"], by=request.user, on=on)

    return act_page(
        request, form, do, title="上级通报作废", back=reverse("appraisal:remarks"), done="已作废，记录保留。",
        lead=f"{remark}：{remark.words}",
    )  # fmt: skip


@route(may=READERS)
@require_safe
def remark_proof(request: Request, pk: int) -> HttpResponse:
    """The document, for whoever sees the remark."""
    seen = remarks_seen(request.user, request.held, clock.today())
    found = get_object_or_404(RemarkEvidence.objects.filter(remark__in=seen).select_related("evidence"), pk=pk)
    copies.take_copy(request.bureau, what=f"下载通报原件：{found.evidence}", by=request.user, on=clock.today())
    return file_answer(found.evidence)
