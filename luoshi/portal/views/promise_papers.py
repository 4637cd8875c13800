"""The printed notices of promises and livelihood work. Who took one is on record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.commitments import queries as commitments
from luoshi.commitments import services
from luoshi.commitments.rules import READERS
from luoshi.commitments.views.loaders import Request, load_batch
from luoshi.documents.commitments import livelihood_form, notice_form
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.portal.views.papers import _paper as paper


@route(may=READERS)
@require_safe
def commitments_docx(request: Request, year: int, kind: str) -> HttpResponse:
    """承诺公示 or 兑现情况 of a year."""
    on = clock.today()
    facts = commitments.notice_facts(
        request.user, request.held, request.bureau, year, on, fulfilment=kind == "fulfilment"
    )
    if kind not in ("notice", "fulfilment") or not facts.lines:
        raise Http404
    services.take_copy(request.bureau, what=f"打印{facts.title}", by=request.user, on=on)
    return paper(notice_form(facts), f"{facts.title}.docx")


@route(may=READERS)
@require_safe
@load_batch
def livelihood_docx(request: Request, batch: Any) -> HttpResponse:
    """民生实事清单 of a batch."""
    on = clock.today()
    services.take_copy(batch.bureau, what=f"打印民生实事清单：{batch}", by=request.user, on=on)
    return paper(livelihood_form(batch, commitments.item_lines(batch, on), on), f"{batch.title[:80]}.docx")
