"""年底工作评议: the list, one review with its results, one unit's basis, one's own ballot."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms.reviews import BallotForm
from luoshi.appraisal.models import Review, ReviewResult
from luoshi.appraisal.queries import reviews as told
from luoshi.appraisal.queries.windows import why_window
from luoshi.appraisal.rules import reviews as rules
from luoshi.appraisal.rules.doors import OVERSEERS, READERS
from luoshi.appraisal.rules.reviews import ReviewState
from luoshi.appraisal.services import ballots, copies
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

View = Callable[..., HttpResponse]
ACTS = (("open", "appraisal:review_begin"), ("close", "appraisal:review_close"), ("show", "appraisal:review_show"),
        ("approve", "appraisal:review_approve"), ("edit", "appraisal:review_edit"),
        ("void", "appraisal:review_void"))  # fmt: skip


def load_review(view: View) -> View:
    """Hand the view its review; one that may not be seen is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = told.reviews_seen(request.user, request.held).select_related(
            "bureau", "clause__version__plan", "decided_by", "closed_by", "opened_by", "minutes"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_result(view: View) -> View:
    """Hand the view one unit's result."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = told.results_seen(request.user, request.held, clock.today()).select_related(
            "review__bureau", "review__clause__version__plan", "unit"
        )
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


@route(may=READERS)
@require_safe
def reviews(request: Request) -> HttpResponse:
    """The reviews of the bureau, the newest year first."""
    lines = told.review_lines(request.user, request.held, request.bureau.pk)
    context = {"lines": lines, "office": Duty.OFFICE in request.duties}
    return render(request, "appraisal/reviews.html", context)


@route(may=READERS)
@require_safe
@load_review
def review(request: Request, review: Review) -> HttpResponse:
    """One review: what is asked, who rates, and from the showing on every unit's result."""
    roles = told.roles(request.user, request.held, review)
    moves = set(open_moves(rules.MOVES, state=review.state, duties=roles))
    overseer = any(one.duty in OVERSEERS and one.bureau_id == review.bureau_id for one in request.held)
    seen = (overseer and review.closed_on is not None) or review.state in told.RESULTS_OPEN
    own = set(told.results_seen(request.user, request.held, clock.today()).filter(review=review).values_list(
        "pk", flat=True))  # fmt: skip
    acts = [(rules.MOVES[name].label, reverse(url, args=[review.public_id])) for name, url in ACTS if name in moves]
    rater = told.rater_of(review, request.user) if review.state == ReviewState.OPEN else None
    context = {
        "review": review, "acts": acts, "moves": moves, "rater": rater, "overseer": overseer,
        "items": list(review.items.all()), "groups": told.group_lines(review), "grades": rules.GRADE_WORDS,
        "results": [(one, one.pk in own) for one in told.results_of(review)] if seen else [],
        "objections": told.objections_of(review) if overseer else [],
        "window": why_window(review.objection_basis, review.objection_until),
    }  # fmt: skip
    return render(request, "appraisal/review.html", context)


@route(may=READERS)
@require_safe
@load_result
def review_unit(request: Request, result: ReviewResult) -> HttpResponse:
    """One unit's result with everything it was reckoned from, so that a hand can do it again."""
    on, shown = clock.today(), result.review.state == ReviewState.SHOWN
    until = result.review.objection_until
    head = any(one.duty == Duty.HEAD and one.unit_id == result.unit_id for one in request.held)
    context = {
        "result": result, "review": result.review, "parts": result.facts["parts"], "grades": rules.Grade.choices,
        "shares": rules.SHARE_OF, "may_object": head and shown and until is not None and on <= until,
        "objections": result.objections.select_related("by", "answered_by"), "grade_words": rules.GRADE_WORDS,
    }  # fmt: skip
    return render(request, "appraisal/review_unit.html", context)


@route(may=READERS, act="appraisal.rate")
@once
@load_review
def rate(request: Request, review: Review) -> HttpResponse:
    """评议票: every unit of one's group on one page; it bears no name."""
    on, rater = clock.today(), told.rater_of(review, request.user)
    if rater is None or review.state != ReviewState.OPEN:
        raise Http404
    form = BallotForm(
        posted(request), units=told.units_for(review, request.user, on), items=list(review.items.all()),
        version=rater.version, again=rater.sent_on is not None,
    )  # fmt: skip

    def do(form: Any) -> None:
        ballots.rate(review, marks=form.marks, version=form.cleaned_data["version"], by=request.user, on=on)

    return act_page(
        request, form, do, title=f"评议：{review}", back=review.get_absolute_url(),
        done="已交票。截止前可以重新交票，新的替换原来的。", template="appraisal/rate.html", review=review, rater=rater,
        grades=rules.GRADE_WORDS,
    )  # fmt: skip


@route(may=READERS)
@require_safe
@load_review
def review_minutes(request: Request, review: Review) -> HttpResponse:
    """The minutes that the approval stands on, for who oversees."""
    overseer = any(one.duty in OVERSEERS and one.bureau_id == review.bureau_id for one in request.held)
    if review.minutes is None or not overseer:
        raise Http404
    copies.take_copy(review.bureau, what=f"下载会议纪要：{review}", by=request.user, on=clock.today())
    return file_answer(review.minutes)
