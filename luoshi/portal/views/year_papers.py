"""The year-end on paper. Who took one is on record."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.appraisal.models import Review, YearMaterial
from luoshi.appraisal.queries import materials, reviews
from luoshi.appraisal.rules.doors import OVERSEERS, READERS
from luoshi.appraisal.services import copies
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.materials import load_material
from luoshi.appraisal.views.reviews import load_review
from luoshi.documents.year_end import material_form, review_form
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.portal.views.papers import _paper as paper


@route(may=READERS)
@require_safe
@load_review
def review_docx(request: Request, review: Review) -> HttpResponse:
    """评议结果, once its results may be read."""
    on = clock.today()
    overseer = any(one.duty in OVERSEERS and one.bureau_id == review.bureau_id for one in request.held)
    if review.closed_on is None or not (overseer or review.state in reviews.RESULTS_OPEN):
        raise Http404
    copies.take_copy(review.bureau, what=f"打印{review}结果", by=request.user, on=on)
    return paper(review_form(review, reviews.results_of(review), on), f"{review}结果.docx")


@route(may=READERS)
@require_safe
@load_material
def material_docx(request: Request, material: YearMaterial) -> HttpResponse:
    """个人年度材料, for whoever reads it; that there is a bar only for who may know."""
    on = clock.today()
    bars = material.bars if materials.sees_bars(request.user, request.held, material) else None
    result = None
    if material.person_id == request.user.pk:
        result = materials.told_result(request.user, material.bureau_id, material.year)
    copies.take_copy(material.bureau, what=f"打印{material}", by=request.user, on=on)
    return paper(material_form(material, bars, result, on), f"{material}.docx")
