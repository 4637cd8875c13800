"""起草、评议人、开始、截止、公示、异议、审定、作废 of a year's review."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from luoshi.appraisal.forms import reviews as forms
from luoshi.appraisal.forms.base import ReasonForm
from luoshi.appraisal.models import RaterGroup, Review, ReviewResult, YearObjection
from luoshi.appraisal.queries import reviews as told
from luoshi.appraisal.queries.materials import staff
from luoshi.appraisal.queries.pools import nominations_seen
from luoshi.appraisal.services import reviews, year_objections
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.reviews import load_result, load_review
from luoshi.commitments.queries.basis import clause_for
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

ANSWERERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.VERIFIER, Duty.INSPECTOR, Duty.DISCIPLINE)


@route(may=Duty.OFFICE, act="appraisal.open_review")
@once
def review_new(request: Request) -> HttpResponse:
    """起草: this year's where there is none, else the next's."""
    on = clock.today()
    known = told.reviews_seen(request.user, request.held).filter(bureau=request.bureau, year=on.year)
    year = on.year + known.exclude(state="VOID").exists()
    form = forms.ReviewForm(posted(request), year=year, on=on)

    def do(form: Any) -> str:
        made = reviews.open_review(
            bureau=request.bureau, year=year, words=form.told, clause=clause_for("appraisal_cycle", request.bureau),
            by=request.user, on=on,
        )  # fmt: skip
        return made.get_absolute_url()

    return act_page(
        request, form, do, title=f"起草{year}年度工作评议", back=reverse("appraisal:reviews"),
        done="草稿已存。接着确定各组评议人，再开始评议。", template="appraisal/review_form.html",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.edit_review")
@once
@load_review
def review_edit(request: Request, review: Review) -> HttpResponse:
    """修改评议, while it is a draft."""
    on = clock.today()
    form = forms.ReviewForm(posted(request), year=review.year, on=on, review=review)

    def do(form: Any) -> None:
        reviews.edit_review(
            review, words=form.told, version=form.cleaned_data["version"], by=request.user, on=on
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"修改：{review}", back=review.get_absolute_url(), done="已保存。",
        template="appraisal/review_form.html",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.name_raters")
@once
@load_review
def raters(request: Request, review: Review, pk: int) -> HttpResponse:
    """确定评议人 of one group."""
    on, group = clock.today(), get_object_or_404(RaterGroup, pk=pk, review=review)
    form = forms.RatersForm(posted(request), review=review, group=group, people=staff(review.bureau_id, on))

    def do(form: Any) -> None:
        people = list(form.cleaned_data["people"])
        reviews.name_raters(
            review, group=group, people=people, version=form.cleaned_data["version"], by=request.user, on=on
        )

    return act_page(
        request, form, do, title=f"{group}：确定评议人", back=review.get_absolute_url(), done="评议人已确定。",
        lead=f"至少{group.least}人。少于{group.least}张有效票的，这个组不计入。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.begin_review")
@once
@load_review
def review_begin(request: Request, review: Review) -> HttpResponse:
    """开始评议."""
    on = clock.today()
    form = forms.BeginForm(posted(request), review=review, on=on)

    def do(form: Any) -> None:
        reviews.begin_review(
            review, closes_on=form.cleaned_data["closes_on"], version=form.cleaned_data["version"], by=request.user,
            on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"开始评议：{review}", back=review.get_absolute_url(), done="已开始，已通知评议人。",
        lead="开始以后，占比、评议内容、评议人都不再改动。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.close_review")
@once
@load_review
def review_close(request: Request, review: Review) -> HttpResponse:
    """截止并计算."""
    on = clock.today()
    waiting = review.raters.filter(sent_on=None).count()
    early = waiting > 0 and review.closes_on is not None and on <= review.closes_on
    form = forms.CloseForm(posted(request), review=review, early=early)

    def do(form: Any) -> None:
        reviews.close_review(
            review, version=form.cleaned_data["version"], reason=form.cleaned_data.get("reason", ""),
            by=request.user, on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"截止并计算：{review}", back=review.get_absolute_url(), done="已截止，结果已算出。",
        lead=f"还有{waiting}人没有交票。截止后不再收票，票面与交票人的联系随即清除。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.show_review")
@once
@load_review
def review_show(request: Request, review: Review) -> HttpResponse:
    """公示."""
    form = forms.ShowForm(posted(request), review=review)

    def do(form: Any) -> None:
        reviews.show_review(
            review, proposals=form.cleaned_data["proposals"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"公示：{review}", back=review.get_absolute_url(), done="已公示，已通知各单位负责人。",
        lead="公示期内，各单位可以对某一部分提出异议，由没有参与计算的人答复。",
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="appraisal.approve_review")
@once
@load_review
def review_approve(request: Request, review: Review) -> HttpResponse:
    """审定."""
    on = clock.today()
    form = forms.PaperForm(posted(request), bureau_id=review.bureau_id, on=on, version=review.version, act_label="审定")

    def do(form: Any) -> None:
        reviews.approve_review(
            review, paper=form.paper, version=form.cleaned_data["version"], by=request.user, on=on
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"审定：{review}", back=review.get_absolute_url(), done="已审定，结果固定。",
        lead="审定后结果不再改动。奖惩由会议另行决定，不由名次自动产生。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.void_review")
@once
@load_review
def review_void(request: Request, review: Review) -> HttpResponse:
    """作废."""
    form = ReasonForm(posted(request), version=review.version, label="作废理由", act_label="作废")

    def do(form: Any) -> None:
        reviews.void_review(
            review, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"作废：{review}", back=review.get_absolute_url(), done="已作废，记录保留。"
    )


@route(may=Duty.HEAD, act="appraisal.object_year")
@once
@load_result
def review_object(request: Request, result: ReviewResult) -> HttpResponse:
    """提出异议."""
    form = forms.ObjectForm(posted(request))

    def do(form: Any) -> None:
        year_objections.object_to_result(
            result, point=form.cleaned_data["point"], words=form.cleaned_data["said"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"提出异议：{result.unit}", back=result.get_absolute_url(),
        done="异议已提出，将由没有参与计算的人答复。", about=[result.facts["words"]],
    )  # fmt: skip


@route(may=ANSWERERS, act="appraisal.answer_year")
@once
def year_answer(request: Request, pk: int) -> HttpResponse:
    """答复异议, by who may."""
    on = clock.today()
    rows = YearObjection.objects.filter(upheld=None).select_related(
        "result__review", "result__unit", "nomination__pool", "nomination__person", "by"
    )
    found = get_object_or_404(rows, pk=pk)
    seen = nominations_seen(request.user, request.held).filter(pk=found.nomination_id or 0)
    here = told.objection_bureau(found) in {one.bureau_id for one in request.held}
    if not here or (found.nomination_id is not None and not seen.exists()):
        raise Http404
    form = forms.AnswerForm(posted(request), objection=found)

    def do(form: Any) -> None:
        year_objections.answer_year(
            found, version=form.cleaned_data["version"], by=request.user, on=on, **form.told
        )  # fmt: skip

    return act_page(
        request, form, do, title="答复异议", back=told.objection_url(found), done="已答复，已告知提出人。",
        lead=told.why_not_answer(found, request.user, on), about=told.objection_about(found),
    )  # fmt: skip
