"""学习和调研: one's own quotas, the gaps by unit, the leaders' table, what was covered. Shown, never scored."""

from __future__ import annotations

import tempfile
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luoshi.activities import gapsheet
from luoshi.activities.forms.quotas import GapForm
from luoshi.activities.queries import quotas as queries
from luoshi.activities.queries.access import keeps
from luoshi.activities.rules.quotas import asks, forecast, gap_words, line, so_far
from luoshi.activities.services.shortfalls import take_gaps
from luoshi.activities.views.quota_faces import cell, face
from luoshi.lib import clock
from luoshi.matters.views.loaders import Request
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.models import Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty

STAFF = frozenset(Duty) - ADMINISTRATORS
TABLE = (Duty.OFFICE, Duty.HEAD)
COVERAGE = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER)
TALKS = (Duty.OFFICE, Duty.CHIEF)
PAGE = 50


def years_of(request: Request, on_year: int) -> tuple[int, list[dict[str, Any]]]:
    """The year that the address asks for, and the chips of this year and the last."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and on_year - 4 <= int(asked) <= on_year else on_year
    chips = [{"label": f"{one}年", "url": f"?year={one}", "on": one == year} for one in (on_year, on_year - 1)]
    return year, chips


@route(may=STAFF)
@require_safe
def quotas(request: Request) -> HttpResponse:
    """One's own quotas of a year."""
    return person_page(request, request.user)


@route(may=STAFF)
@require_safe
def quotas_of(request: Request, user_id: int) -> HttpResponse:
    """Another person's, for the office and the head of his unit; for others it is not there."""
    person = get_object_or_404(User, pk=user_id)
    if not queries.may_see(request.user, request.held, person, request.bureau.pk, clock.today()):
        raise Http404
    return person_page(request, person)


def person_page(request: Request, person: User) -> HttpResponse:
    """The page of one person's quotas."""
    on = clock.today()
    year, chips = years_of(request, on.year)
    bureau_id = request.bureau.pk
    found = queries.mine(person.pk, bureau_id, year, on)
    stands = [one for one in found.standings if not one.nothing_asked] if found else []
    units = queries.headed(request.held, bureau_id)
    own = person.pk == request.user.pk
    context = {
        "person": person,
        "own": own,
        "year": year,
        "chips": chips,
        "faces": [face(one, person.pk, bureau_id, found.reasons if found else ()) for one in stands],
        "may_say": own or (bool(units) and org.people_of(units, on).filter(pk=person.pk).exists()),
        "office": keeps(request.held, bureau_id),
        "table": bool(request.duties & frozenset(TABLE)),
        "covers": bool(request.duties & frozenset(COVERAGE)),
    }
    return render(request, "activities/quotas/person.html", context)


def table_units(request: Request) -> QuerySet[Unit]:
    """The units whose people somebody may see in the table: all for the office, his own for a head."""
    rows = Unit.objects.filter(bureau_id=request.bureau.pk).exclude(kind="BUREAU").order_by("rank", "pk")
    if keeps(request.held, request.bureau.pk):
        return rows
    return rows.filter(pk__in=queries.headed(request.held, request.bureau.pk))


def wanted_table(request: Request, size: int | None) -> tuple[dict[str, Any], queries.GapTable, QuerySet[Unit]]:
    """What the address asks for, and the table of it."""
    on = clock.today()
    units = table_units(request)
    wanted = GapForm(request.GET, units=units).wanted(on)
    chosen = [wanted["unit"].pk] if wanted["unit"] else None
    if chosen is None and not keeps(request.held, request.bureau.pk):
        chosen = list(units.values_list("pk", flat=True))
    year_book = queries.book(request.bureau.pk, wanted["year"])
    found = queries.gap_table(
        year_book, on=on, units=chosen, only_short=wanted["short"], after=wanted["after"], size=size
    )  # fmt: skip
    return wanted, found, units


@route(may=TABLE)
@require_safe
def quota_table(request: Request) -> HttpResponse:
    """People by unit in the bureau's order with what is on record, asked and short."""
    wanted, found, units = wanted_table(request, PAGE)
    base = {"year": wanted["year"], "unit": wanted["unit"].pk if wanted["unit"] else ""}
    on_year = clock.today().year
    context = {
        "year": wanted["year"],
        "years": [on_year, on_year - 1],
        "unit": wanted["unit"],
        "units": list(units),
        "short": wanted["short"],
        "heads": [(one.ask.label, asks(one.ask)) for one in found.asked],
        "rows": [table_row(one) for one in found.rows],
        "later": bool(wanted["after"]),
        "next": f"?{urlencode(base | ({'short': 1} if wanted['short'] else {}) | {'after': found.next})}"
        if found.next
        else "",
        "sheet": f"{reverse('activities:quota_sheet')}?{urlencode(base | ({'short': 1} if wanted['short'] else {}))}",
        "office": keeps(request.held, request.bureau.pk),
    }
    return render(request, "activities/quotas/table.html", context)


def table_row(row: queries.GapRow) -> dict[str, Any]:
    """One person's line of the table in words."""
    return {
        "seat": row.seat,
        "url": reverse("activities:quotas_of", args=[row.seat.person_id]),
        "cells": [
            {"words": so_far(one), "gap": gap_words(one), "label": one.ask.label} if one is not None else None
            for one in row.standings
        ],
        "reasons": [one.reason for one in row.reasons],
    }


@route(may=TABLE)
@require_safe
def quota_sheet(request: Request) -> Any:
    """The same table as a file, all its pages."""
    wanted, found, _ = wanted_table(request, None)
    words = f"{wanted['year']}年 {wanted['unit'] or '全部单位'}{'，只列有差额的' if wanted['short'] else ''}"
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    gapsheet.write(file, words=words, made=f"{clock.now():%Y-%m-%d %H:%M}", table=found)
    take_gaps(bureau=request.bureau, words=words, count=len(found.rows), by=request.user)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"学习差额表 {clock.today()}.xlsx")


@route(may=(Duty.OFFICE,))
@require_safe
def quota_leaders(request: Request) -> HttpResponse:
    """调研和蹲点 of those whom the bureau counts as 科级领导干部, in the bureau's order."""
    on = clock.today()
    year, chips = years_of(request, on.year)
    year_book = queries.book(request.bureau.pk, year)
    found = queries.gap_table(year_book, on=on, slots=queries.LEADERS, size=None)
    context = {
        "year": year,
        "chips": chips,
        "who": year_book.leaders_words,
        "heads": [(one.ask.label, asks(one.ask)) for one in found.asked],
        "rows": [leader_row(one) for one in found.rows],
    }
    return render(request, "activities/quotas/leaders.html", context)


def leader_row(row: queries.GapRow) -> dict[str, Any]:
    """One leader's line: days by the year, and the periods of the shorter rhythm one by one."""
    return table_row(row) | {
        "stands": [
            {
                "label": one.ask.label,
                "line": line(one),
                "forecast": forecast(one),
                "cells": [cell(one, place) for place in range(len(one.periods))] if len(one.periods) > 1 else [],
            }
            for one in row.standings
            if one is not None
        ]
    }


@route(may=COVERAGE)
@require_safe
def quota_coverage(request: Request) -> HttpResponse:
    """What was covered: months of group study, talks with heads, kinds of places, contents and themes."""
    on = clock.today()
    year, chips = years_of(request, on.year)
    bureau_id = request.bureau.pk
    groups = [
        {"line": line(one.standing), "asks": asks(one.standing.ask), "lines": group_lines(one)}
        for one in queries.group_months(queries.book(bureau_id, year), on)
    ]
    context = {
        "year": year,
        "chips": chips,
        "groups": groups,
        "talks": queries.head_talks(bureau_id, on) if request.duties & frozenset(TALKS) else None,
        "places": queries.places(bureau_id, year, on),
        "contents": queries.contents(bureau_id, year, on),
        "themes": queries.themes(bureau_id, year, on),
    }
    return render(request, "activities/quotas/coverage.html", context)


def group_lines(one: queries.GroupMonths) -> list[dict[str, Any]]:
    """Each period of group study with its state and sessions."""
    return [{"cell": cell(one.standing, place), "sessions": several} for place, several in one.lines]
