"""工作台, 重算, and the two health doors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters import queries as matters
from luoshi.matters import services
from luoshi.matters.queries.desk import LABELS
from luoshi.matters.views.loaders import Request
from luoshi.matters.views.shown import act_of, lamp_face, roles_in
from luoshi.org.access import PUBLIC, STAFF, route
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.portal import queries
from luoshi.portal.forms import RecountForm
from luoshi.records.once import once

BESIDE = {"grant_extension": ("refuse_extension",), "read": ("instruct",)}
"""What a leader may answer instead, one tap from the desk."""


def further(group: matters.DeskGroup, row: matters.Row, roles: Collection[str]) -> list[Any]:
    """The other buttons of a line: the answer instead, and what else the matter owes."""
    also = group.also.get(row.pk, ())
    moves = [*BESIDE.get(group.act, ()), *also, *(beside for one in also for beside in BESIDE.get(one, ()))]
    return [act_of(row.public_id, move, roles) for move in moves]


def groups(
    found: list[matters.DeskGroup], roles: dict[int, Any], said: dict[int, str] | None = None
) -> list[dict[str, Any]]:
    """The desk's headings with their lines, each with its lamp and the buttons of what is owed.

    `said` holds the last feedback of matters that wait to be read, and what an extension is asked for: nobody
    answers what he cannot see.
    """
    return [
        {
            "key": group.key,
            "label": group.label,
            "more": group.more,
            "lines": [
                {
                    "row": row,
                    "lamp": lamp_face(row.lamp),
                    "words": row.left or row.lamp_label,
                    "said": (said or {}).get(row.pk, ""),
                    "also": [LABELS[move] for move in group.also.get(row.pk, ())],
                    "act": act_of(row.public_id, group.act, roles.get(row.pk, ())) if group.act else None,
                    "further": further(group, row, roles.get(row.pk, ())) if group.act else [],
                }
                for row in group.rows
            ],
        }
        for group in found
    ]


def owing(facts: matters.Desk, move: str) -> list[int]:
    """The matters on the desk that owe a move, first or besides."""
    return [
        row.pk for group in facts.owe for row in group.rows if group.act == move or move in group.also.get(row.pk, ())
    ]


@route(may=STAFF)
@require_safe
def desk(request: Request) -> HttpResponse:
    """What I owe, each with its act, and what waits for others."""
    on = clock.today()
    facts = matters.desk_facts(request.user, on)
    roles = roles_in(request, [row.pk for group in facts.owe for row in group.rows], on)
    owe = groups(facts.owe, roles, queries.words_to_answer(owing(facts, "read"), owing(facts, "grant_extension")))
    business = bool(request.duties - ADMINISTRATORS)
    parts = queries.parts(request.user, request.held, on) if business else []
    context = {
        "owe": owe,
        "parts": parts,
        "quotas": queries.quotas(request.user, request.held, request.bureau.pk, on) if business else [],
        "owed": sum(len(group["lines"]) for group in owe) + sum(len(part.lines) for part in parts),
        "waiting": groups(facts.waiting, {}),
        "tallies": queries.tallies(request.user, request.held, request.bureau.pk, on) if business else [],
        "business": business,
        "may_open": Duty.OFFICE in request.duties,
    }
    return render(request, "portal/desk.html", context)


@route(may=(Duty.OFFICE, Duty.SYSTEM_ADMIN), act="matters.recount")
@once
def recount(request: Request) -> HttpResponse:
    """重算: count the running dates again on the calendar as it stands now, and list what moved."""
    on = clock.today()
    if request.method == "POST":
        moved = services.recompute_provisional(on=on, by=request.user)
        messages.success(
            request, f"已按现行日历重算，{len(moved)}个时限有变动。" if moved else "已重算，没有时限变动。"
        )
        return redirect("portal:recount")
    context = {
        "rows": queries.recounts(request.user, request.held, on),
        "waiting": queries.waiting_dates(request.user, request.held, on),
        "form": RecountForm(),
    }
    return render(request, "portal/recount.html", context)


@route(may=PUBLIC)
@require_safe
def healthz(request: Request) -> JsonResponse:
    """The process is alive; nothing is asked."""
    return JsonResponse({"ok": True})


@route(may=PUBLIC)
@require_safe
def readyz(request: Request) -> JsonResponse:
    """Whether this process can serve: 200 or 503, with figures and no secrets."""
    ready, told = queries.health(clock.now())
    return JsonResponse(told, status=200 if ready else 503)
