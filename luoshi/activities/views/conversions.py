"""调研成果转化表 of a year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.activities.queries import conversions as queries
from luoshi.activities.rules import ENTRANTS
from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route


@route(may=ENTRANTS)
@require_safe
def conversions(request: Request) -> HttpResponse:
    """What each visit and stay was turned into, the share that went where it is difficult."""
    on = clock.today()
    asked, only = request.GET.get("year", ""), request.GET.get("only", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked[:5]) <= 2999 else on.year
    only, after = only if only in queries.ONLY else "", request.GET.get("after", "")
    rows = queries.outings(request.user, request.held, on, bureau_id=request.bureau.pk, year=year)
    lines, next_key = queries.research_page(rows, only=only, after=after)
    context = {
        "year": year,
        "lines": lines,
        "shares": queries.shares(rows),
        "chips": [
            {"label": word, "url": f"?year={year}&only={key}", "on": key == only} for key, word in queries.ONLY.items()
        ],
        "years": [{"label": f"{one}年", "url": f"?year={one}", "on": one == year} for one in (on.year, on.year - 1)],
        "next": f"?year={year}&only={only}&after={next_key}" if next_key else "",
        "first": f"?year={year}&only={only}" if after else "",
    }
    return render(request, "activities/conversions.html", context)
