"""考察报告 of a trip, 借鉴清单 and 专家意见采纳表 as files. Who took one is on record."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.activities.models import Trip
from luoshi.activities.queries.trip_sheet import lesson_rows, trip_facts
from luoshi.activities.queries.trips import whole_table
from luoshi.activities.rules import ENTRANTS, TripState
from luoshi.activities.services.trips import take_lessons, take_trip_copy
from luoshi.activities.views.lessons import TITLES, lessons_seen, wanted_kind
from luoshi.activities.views.trips import load_trip
from luoshi.documents import tables
from luoshi.documents.trips import lesson_sheet, trip_report
from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.portal.views.papers import _paper


@route(may=ENTRANTS)
@require_safe
@load_trip
def trip_docx(request: Request, trip: Trip) -> HttpResponse:
    """考察报告, a draft from the record."""
    if trip.state != TripState.REPORTED:
        raise Http404
    take_trip_copy(trip, what="生成考察报告底稿", by=request.user, on=clock.today())
    return _paper(trip_report(trip_facts(trip)), f"考察报告底稿 {trip.activity.held_on}.docx")


@route(may=ENTRANTS)
@require_safe
def lessons_xlsx(request: Request) -> HttpResponse:
    """借鉴清单 or 专家意见采纳表 as this person sees it."""
    kind, on = wanted_kind(request), clock.today()
    rows = lesson_rows(whole_table(lessons_seen(request, kind)))
    lead = f"{request.bureau}　{clock.local(clock.now()):%Y-%m-%d %H:%M} {request.user} 导出　共{len(rows)}条"
    content = lesson_sheet(title=TITLES[kind], lead=lead, rows=rows)
    take_lessons(bureau=request.bureau, words=TITLES[kind], count=len(rows), by=request.user, on=on)
    answer = HttpResponse(content, content_type=tables.KIND)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{TITLES[kind]} {on}.xlsx')}"
    return answer
