"""问题整改台账 as a page to be printed: A4 across, the columns the office knows."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.problems.forms.listing import address
from luoshi.problems.queries.finding import filtered
from luoshi.problems.queries.paper import LINES_MOST, LedgerFacts, ledger_facts
from luoshi.problems.views.ledger import SEERS, Asked, asked
from luoshi.problems.views.loaders import Request


def too_many(understood: Asked, on: date) -> bool:
    """Whether more is asked for than one print holds."""
    found = filtered(understood.ledger, understood.filters, on).order_by()
    return found[: LINES_MOST + 1].count() > LINES_MOST


def facts_of(request: Request, understood: Asked, on: date) -> LedgerFacts:
    """The ledger that an address asks for, in plain values."""
    bureau = request.bureau.name if request.bureau else ""
    return ledger_facts(understood.ledger, understood.filters, bureau=bureau, words=understood.sentence, on=on)


@route(may=SEERS)
@require_safe
def printed(request: Request) -> HttpResponse:
    """The page; it prints as it stands."""
    on = clock.today()
    understood = asked(request, on)
    if too_many(understood, on):
        messages.warning(request, f"超过{LINES_MOST}件，请先加筛选条件再打印，或导出 Excel。")
        return redirect(f"{reverse('problems:list')}{address(understood.told)}")
    here = address(understood.told, problem="", more="")
    context = {"facts": facts_of(request, understood, on), "here": here}
    return render(request, "problems/printed.html", context)
