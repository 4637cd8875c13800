"""The public side: articles of scope 社会公开 that are published, read without a log-in; nothing else is here.

The pages are drawn without the request: no session, no person, no rail, no address of the inside. They write nothing
and ask at most two queries of bounded size, so that hammering them costs little more than any page of text.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from luoshi.org.access import PUBLIC, route
from luoshi.publicity import queries
from luoshi.publicity.rules import blocks

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _page(template: str, *, status: int = 200, **context: object) -> HttpResponse:
    answer = HttpResponse(render_to_string(template, context), status=status)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@route(may=PUBLIC)
@require_safe
def public_posts(request: HttpRequest) -> HttpResponse:
    """The list, the latest first; an address that was tampered with begins anew."""
    after = request.GET.get("after", "")
    rows, further = queries.public_page(after)
    return _page("publicity/public/list.html", rows=rows, next=further)


@route(may=PUBLIC)
@require_safe
def public_post(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of them; whatever else is asked for is not there."""
    article = queries.public_articles().select_related("bureau").filter(public_id=public_id).first()
    if article is None:
        return _page("publicity/public/gone.html", status=404)
    return _page("publicity/public/post.html", article=article, blocks=blocks(article.body))
