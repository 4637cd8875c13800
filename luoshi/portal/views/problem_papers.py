"""The printed 问题整改台账 and 销号单. Who took one is on record; personal lists are never printed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.documents.problems import closing_form, ledger_form
from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.portal.views.papers import _paper
from luoshi.problems.forms.listing import address
from luoshi.problems.models import Problem
from luoshi.problems.queries.paper import LINES_MOST, closing_facts
from luoshi.problems.services import take_copy
from luoshi.problems.services.sheet import take_ledger
from luoshi.problems.views.ledger import SEERS, asked
from luoshi.problems.views.loaders import Request, load_problem
from luoshi.problems.views.printed import facts_of, too_many


@route(may=SEERS)
@require_safe
def ledger_docx(request: Request) -> HttpResponse:
    """问题整改台账 of what the address asks for."""
    on = clock.today()
    understood = asked(request, on)
    if too_many(understood, on):
        messages.warning(request, f"超过{LINES_MOST}件，请先加筛选条件再打印，或导出 Excel。")
        return redirect(f"{reverse('problems:list')}{address(understood.told)}")
    facts = facts_of(request, understood, on)
    if not facts.lines:
        raise Http404
    take_ledger(
        bureau=request.bureau, words=understood.sentence, count=len(facts.lines), by=request.user, what="打印台账"
    )
    return _paper(ledger_form(facts), f"问题整改台账 {on}.docx")


@route(may=STAFF)
@require_safe
@load_problem
def closing_docx(request: Request, problem: Problem) -> HttpResponse:
    """销号单 of a problem that was closed, or whose closing was applied for."""
    if problem.self_check_id is not None or not (problem.applied_on or problem.closed_on):
        raise Http404
    take_copy(problem, what="打印销号单", by=request.user)
    return _paper(closing_form(closing_facts(problem)), f"销号单 {problem.number_label}.docx")
