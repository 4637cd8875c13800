"""走势: a unit's quarters in a picture and a table, its indicators, its peers on the newest published board."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.queries import trends as queries
from luoshi.appraisal.queries.access import own_units
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.rules.trends import says
from luoshi.appraisal.views.asked import Request
from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.models import Unit
from luoshi.ui.charts import Chart

SMALL = 10
"""Indicators drawn at most: a scheme has no more."""


@route(may=READERS)
@require_safe
def trends_page(request: Request) -> HttpResponse:
    """纵向进步、横向进位 of one unit; published boards for everybody, its own score before that for the unit."""
    on = clock.today()
    units = list(org.units_of(request.bureau.pk, on))
    unit = chosen(request, units)
    wall = "wall" in request.GET  # a room looks on: what is published, and no more
    whole = unit is not None and not wall and queries.inside(request.user, request.held, unit, on)
    found = queries.trend(unit, whole=whole) if unit is not None else []
    quarter, peers = queries.peers(unit) if unit is not None else (None, [])
    context = {
        "unit": unit, "steps": found, "says": says(found), "quarter": quarter, "peers": peers, "wall": wall,
        "small": [] if wall else small(found), "units": units,
        "chips": [{"label": str(one), "url": f"{reverse('appraisal:trends')}?unit={one.pk}", "on": one == unit}
                  for one in units],
    }  # fmt: skip
    return render(request, "appraisal/trends.html", context)


def chosen(request: Request, units: list[Unit]) -> Unit | None:
    """The unit asked for (404 where the bureau has none such), else one's own, else the first."""
    asked = request.GET.get("unit", "")
    if asked:
        found = next((one for one in units if str(one.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    own = own_units(request.user, request.held, clock.today())
    return next((one for one in units if one.pk in own), units[0] if units else None)


def small(found: list[Any]) -> list[tuple[str, Chart]]:
    """The indicators as small pictures, those with a value in two quarters at least."""
    told = queries.indicators(found).items()
    charts = [(label, Chart("季度", ("得分",), [(key, (value,)) for key, value in rows])) for label, rows in told]
    return [(label, chart) for label, chart in charts if sum(row[1][0] is not None for row in chart.rows) > 1][:SMALL]
