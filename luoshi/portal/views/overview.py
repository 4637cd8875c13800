"""总览: a leader's one page, and the matters behind each of its figures."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters.rules import Lamp, Source
from luoshi.matters.views.loaders import Request
from luoshi.matters.views.shown import lamp_face
from luoshi.org.access import route
from luoshi.org.models import Unit
from luoshi.portal.queries import overview as queries
from luoshi.portal.rules import SPANS, span

PAGE = 50
WIDTH = 100
LATE = frozenset({"late", "newly_late", "closed_late", "unsigned"})
"""Sets that are said to be late, with the mark and the word."""


def told(request: Request) -> queries.Scope:
    """The scope that the address asks for."""
    on = clock.today()
    return queries.scope(request.user, request.held, request.bureau.pk, on, span(request.GET.get("period", ""), on))


def address(found: queries.Scope, key: str, **more: str) -> str:
    """Where the matters that a figure counts are listed."""
    url = reverse("portal:overview_records", args=[key.lower()])
    return f"{url}?{urlencode({'period': found.span.key, **more})}"


def bar(numbers: tuple[int, ...], most: int) -> list[dict[str, Any]]:
    """The parts of a line's bar, from 0 to 100, against the longest one."""
    parts, at = [], 0.0
    for lamp, number in zip(queries.LAMPS, numbers, strict=True):
        width = WIDTH * number / most if most else 0.0
        if number:
            parts.append({"lamp": lamp_face(lamp), "at": f"{at:.2f}", "width": f"{width:.2f}"})
        at += width
    return parts


def lamp_cells(found: queries.Scope, numbers: tuple[int, ...], **more: str) -> list[dict[str, Any]]:
    """The figures of a line by lamp, each with the address of its matters."""
    return [
        {
            "word": lamp.label,
            "lamp": lamp_face(lamp),
            "number": number,
            "url": address(found, lamp, **more) if number else "",
        }
        for lamp, number in zip(queries.LAMPS, numbers, strict=True)
    ]


def split(found: queries.Scope, name: str, lines: list[queries.Split]) -> list[dict[str, Any]]:
    """The lines by unit or source."""
    most = max((one.number for one in lines), default=0)
    return [
        {
            "label": one.label,
            "number": one.number,
            "url": address(found, "open", **{name: one.key}),
            "cells": lamp_cells(found, one.lamps, **{name: one.key}),
            "bar": bar(one.lamps, most),
        }
        for one in lines
    ]


def figure(found: queries.Scope, key: str, number: int) -> dict[str, Any]:
    """One figure with its word and the address of its matters, empty where there are none."""
    return {
        "key": key,
        "word": queries.WORDS[key],
        "number": number,
        "late": key in LATE and number > 0,
        "url": address(found, key) if number else "",
    }


def roads(found: queries.Scope, coverage: Any) -> dict[str, Any]:
    """Roadmap coverage: 100%的事项有路线图 (2.2.5.1b)."""
    numbers = {"running": coverage.running, "planned": coverage.accepted, "waiting": coverage.waiting,
               "missing": coverage.missing, "slipped": coverage.slipped}  # fmt: skip
    return {
        "percent": WIDTH * coverage.accepted // coverage.running if coverage.running else 0,
        "running": coverage.running,
        "figures": [figure(found, key, numbers[key]) for key in queries.ROADS],
    }


def page(request: Request, found: queries.Scope) -> dict[str, Any]:
    """What the page prints."""
    facts = queries.overview(found)
    return {
        "span": found.span,
        "whole": found.whole,
        "chips": [{"label": word, "url": f"?period={key}", "on": key == found.span.key} for key, word in SPANS.items()],
        "number": facts.number,
        "open_url": address(found, "open"),
        "lamps": lamp_cells(found, facts.lamps),
        "splits": [
            {"title": "按单位", "head": "牵头单位", "lines": split(found, "unit", facts.units)},
            {"title": "按来源", "head": "来源", "lines": split(found, "source", facts.sources)},
        ],
        "stuck": [
            {
                **figure(found, one.key, one.number),
                "lines": [
                    {
                        "row": row,
                        "whom": whom,
                        "since": since,
                        "lamp": lamp_face(row.lamp),
                        "words": row.left or row.lamp_label,
                    }
                    for row, whom, since in one.lines
                ],
            }
            for one in facts.stuck
        ],
        "changed": [figure(found, key, number) for key, number in facts.changed],
        "roads": roads(found, facts.coverage),
    }


@route(may=queries.READERS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """总览: for a leader his portfolio, for 主要领导 and the office the bureau; on a wall it reads itself anew."""
    context = {**page(request, told(request)), "wall": "wall" in request.GET, "read_at": clock.now()}
    return render(request, "portal/overview.html", context)


@route(may=queries.READERS)
@require_safe
def overview_records(request: Request, key: str) -> HttpResponse:
    """The matters that one figure of the overview counts."""
    found, key = told(request), key if key in queries.WORDS else key.upper()
    if key not in queries.WORDS and key not in queries.LAMPS:
        raise Http404
    matters, words = found.all(key), [queries.WORDS.get(key) or Lamp(key).label]
    kept = {"period": found.span.key}
    unit, source, after = (request.GET.get(name, "") for name in ("unit", "source", "after"))
    if unit.isascii() and unit.isdigit() and len(unit) < 10:
        matters, kept["unit"] = matters.filter(lead_unit=int(unit)), unit
        words.insert(0, str(Unit.objects.filter(pk=int(unit)).first() or ""))
    if source in Source.values:
        matters, kept["source"] = matters.filter(source=source), source
        words.insert(0, Source(source).label)
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else None
    rows, last = queries.listed(matters, found, after=start, size=PAGE)
    first = f"?{urlencode(kept)}"
    context = {
        "title": " ".join(one for one in words if one),
        "number": matters.count(),
        "dated": key in queries.CHANGED,
        "span": found.span,
        "lines": [{"row": row, "lamp": lamp_face(row.lamp), "words": row.left or row.lamp_label} for row in rows],
        "next": f"{first}&after={last}" if last else "",
        "first": first if start else "",
        "back": f"{reverse('portal:overview')}?period={found.span.key}",
    }
    return render(request, "portal/overview_records.html", context)
