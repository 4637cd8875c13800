"""检索: one field, answers grouped by kind, more of a kind on its own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org.access import STAFF, route
from luoshi.portal.queries import search as looking
from luoshi.search.rules import LONGEST, refusal


def address(question: str, **more: str) -> str:
    """The page's own address with this question."""
    return f"?{urlencode({'q': question, **{name: value for name, value in more.items() if value}})}"


@route(may=STAFF)
@require_safe
def search(request: Request) -> HttpResponse:
    """`?q=` all kinds; with `kind=` one of them, page by page (`after=`)."""
    question = " ".join(request.GET.get("q", "").split())
    chosen = request.GET.get("kind", "") if request.GET.get("kind", "") in looking.KEYS else ""
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"question": question[: LONGEST * 2], "longest": LONGEST, "chosen": chosen, "groups": []}
    context["wrong"] = refusal(question) if question else ""
    if question and not context["wrong"]:
        reader = looking.Reader(request.user, request.held, clock.today())
        if chosen:
            group = looking.of_kind(question, chosen, reader, after=after)
            context["groups"] = [group] if group.answers else []
            context["first"] = address(question, kind=chosen) if after else ""
            context["next"] = address(question, kind=chosen, after=group.next_key) if group.next_key else ""
        else:
            context["groups"] = looking.search(question, reader)
        context["all_url"] = address(question)
    return render(request, "portal/search.html", context)
