"""The printed roster, follow-up reports and circulars of cadres. Who took one is on record, by its kind only."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.cadres import services
from luoshi.cadres.queries.commending import proof_lines
from luoshi.cadres.queries.follow_page import examiner_names, fact_lines, opinion_of
from luoshi.cadres.queries.roster import FILTERS, roster
from luoshi.cadres.rules import READERS, CommendState
from luoshi.cadres.views.loaders import Request, load_commendation, load_follow_up
from luoshi.documents import tables
from luoshi.documents.cadres import commendation_form, follow_up_form, roster_form, roster_sheet
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.portal.views.papers import _paper as paper


def _lines(request: Request) -> list[Any]:
    key = request.GET.get("show", "")
    return roster(
        request.user, request.held, request.bureau, clock.today(), key=key if key in FILTERS else "",
        batch=request.GET.get("batch", ""),
    )  # fmt: skip


@route(may=READERS)
@require_safe
def postings_docx(request: Request) -> HttpResponse:
    """一线锻炼名册 as this person sees it."""
    on = clock.today()
    services.take_copy(request.bureau, what="打印一线锻炼名册", by=request.user, on=on)
    return paper(roster_form(str(request.bureau.name), _lines(request), on), f"一线锻炼名册 {on}.docx")


@route(may=READERS)
@require_safe
def postings_xlsx(request: Request) -> HttpResponse:
    """The same as a table."""
    on, lines = clock.today(), _lines(request)
    services.take_copy(request.bureau, what="导出一线锻炼名册", by=request.user, on=on)
    moment = f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"
    content = roster_sheet(f"{request.bureau}　{moment} {request.user} 导出　共{len(lines)}人", lines)
    answer = HttpResponse(content, content_type=tables.KIND)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'一线锻炼名册 {on}.xlsx')}"
    return answer


@route(may=READERS)
@require_safe
@load_follow_up
def follow_up_docx(request: Request, follow_up: Any) -> HttpResponse:
    """The facts for whoever reads them; with the opinion for the circle only."""
    if not follow_up.digest:
        raise Http404
    on = clock.today()
    lines = fact_lines(follow_up, request.user, request.held, on)
    opinion = opinion_of(follow_up, request.user, request.held)
    services.take_copy(follow_up.posting.bureau, what="打印跟踪考察材料", by=request.user, on=on)
    return paper(follow_up_form(follow_up, lines, examiner_names(follow_up), opinion, on), f"跟踪考察 {on}.docx")


@route(may=READERS)
@require_safe
@load_commendation
def commendation_docx(request: Request, commendation: Any) -> HttpResponse:
    """表扬通报 of what was published."""
    if commendation.state != CommendState.PUBLISHED:
        raise Http404
    on = clock.today()
    proofs = proof_lines(commendation, request.user, request.held, on)
    services.take_copy(commendation.bureau, what=f"打印表扬通报：{commendation}", by=request.user, on=on)
    return paper(commendation_form(commendation, proofs), f"表扬通报 {commendation.published_on}.docx")
