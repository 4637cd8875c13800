"""总结报告: the list, one summary as it reads, the records behind its figures, and its papers."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.documents.summary import KIND, institutions_form, summary_form
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters.views.loaders import file_answer
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.outcomes import queries, services
from luoshi.outcomes.models import Summary
from luoshi.outcomes.rules import MOST, MOVES, OVERSEERS, READERS, SummaryKind, SummaryState, summary_roles
from luoshi.outcomes.views.loaders import Request, load_summary
from luoshi.outcomes.views.panel import lines_page

ACTS = ("issue", "submit", "redraw", "revise", "give_back", "void")
"""The acts on a whole summary, in the order of their buttons."""


@route(may=READERS)
@require_safe
def summaries(request: Request) -> HttpResponse:
    """Every summary of the bureau that this person reads, and the ones that should be in hand."""
    on, office = clock.today(), Duty.OFFICE in request.duties
    plan = queries.plan_of(request.user, request.bureau.pk, on)
    due = queries.due(plan, on) if plan is not None and office else []
    context = {
        "rows": queries.summary_list(queries.summaries_seen(request.held), request.bureau.pk),
        "due": [(SummaryKind(kind).label, why, kind) for kind, why in due],
        "plan": plan,
        "office": office and plan is not None and queries.span_of(plan, "MID", on) is not None,
        "opens": queries.oversees(request.held, request.bureau.pk),
    }
    return render(request, "outcomes/summaries.html", context)


@route(may=READERS)
@require_safe
@load_summary
def summary(request: Request, summary: Summary) -> HttpResponse:
    """One summary: text with its figures as links, its length, and what I may do."""
    mine = summary_roles(request.held, summary.bureau_id)
    moves = set(open_moves(MOVES, state=summary.state, duties=mine))
    newest = not summary.corrections.exclude(state=SummaryState.VOID).exists()
    context = {
        "summary": summary,
        "view": queries.summary_view(summary, request.held),
        "most": MOST,
        "acts": [(MOVES[name].label, reverse(f"outcomes:{name}", args=[summary.public_id]))
                 for name in ACTS if name in moves and (name != "revise" or newest)],
        "may_edit": "edit" in moves,
        "newest": newest,
        "later": summary.corrections.filter(state=SummaryState.ISSUED).first(),
    }  # fmt: skip
    return render(request, "outcomes/summary.html", context)


@route(may=OVERSEERS)
@require_safe
@load_summary
def figure(request: Request, summary: Summary, key: str) -> HttpResponse:
    """The records that a figure of a summary counts, over the summary's days."""
    name = next((name for name, told in summary.figures.items() if told["key"] == key and told["clause"] is None), "")
    if key not in queries.SETS or not name:
        raise Http404
    scope = queries.scope_of(request.user, summary.bureau_id, clock.today())
    found = queries.behind(key, scope, summary.since, summary.until)
    told = next((one for one in summary.figures.values() if one["key"] == key and not one["whole"]), None)
    moved = told is not None and told["number"] != found.number
    return lines_page(
        request,
        found,
        kept={},
        title=queries.LABELS[key],
        lead=f"{summary}，{summary.since:%Y-%m-%d}至{summary.until:%Y-%m-%d}",
        notice=f"总结取数时（{summary.drawn_on:%Y-%m-%d}）是{told['number']}项，现在您能看到{found.number}项。"
        if moved and told is not None else "",
        back=summary.get_absolute_url(),
        back_label="总结",
    )  # fmt: skip


def _paper(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=KIND)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@route(may=READERS)
@require_safe
@load_summary
def summary_docx(request: Request, summary: Summary) -> HttpResponse:
    """The issued file byte for byte; of a draft a copy that says so."""
    on = clock.today()
    if summary.paper is not None:
        services.take_copy(summary, what="下载印发文件", by=request.user, on=on)
        return file_answer(summary.paper)
    services.take_copy(summary, what="打印草稿", by=request.user, on=on)
    return _paper(summary_form(queries.paper_facts(summary, draft=True)), f"{str(summary)[:80]}（草稿）.docx")


@route(may=OVERSEERS)
@require_safe
def institutions_docx(request: Request) -> HttpResponse:
    """建章立制清单 as .docx."""
    on = clock.today()
    rows: list[Any] = queries.class_rows(request.user, request.bureau, on)
    return _paper(institutions_form(request.bureau.name, rows, on), f"{request.bureau}建章立制清单.docx")
