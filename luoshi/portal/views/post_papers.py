"""A 稿件 and 宣传台账 as files. Who took one is on record."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from luoshi.documents import tables
from luoshi.documents.articles import article_form, articles_sheet
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.portal.views.papers import _paper
from luoshi.publicity import queries, services
from luoshi.publicity.models import Article
from luoshi.publicity.queries.paper import article_facts, ledger_cells
from luoshi.publicity.rules import READERS
from luoshi.publicity.views.loaders import Request, load_article
from luoshi.publicity.views.pages import asked


@route(may=READERS)
@require_safe
@load_article
def article_docx(request: Request, article: Article) -> HttpResponse:
    """One article as this person sees it."""
    on = clock.today()
    inside = bool(queries.roles_in(request.user, request.held, article, on))
    services.take_copy(article.bureau, what=f"打印稿件：{article}", by=request.user, on=on)
    return _paper(article_form(article_facts(article, inside=inside)), f"{article.title[:80]}.docx")


@route(may=Duty.OFFICE)
@require_safe
def articles_xlsx(request: Request) -> HttpResponse:
    """宣传台账 with the filters of the address."""
    on, (key, kind) = clock.today(), asked(request)
    rows = queries.ledger_rows(queries.ledger(request.user, request.held, request.bureau.pk, key=key, kind=kind))
    lead = f"{request.bureau}　{clock.local(clock.now()):%Y-%m-%d %H:%M} {request.user} 导出　共{len(rows)}篇"
    services.take_copy(request.bureau, what=f"导出宣传台账{len(rows)}篇", by=request.user, on=on)
    answer = HttpResponse(articles_sheet(lead=lead, rows=ledger_cells(rows)), content_type=tables.KIND)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'宣传台账 {on}.xlsx')}"
    return answer
