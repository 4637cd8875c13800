"""急难愁盼: the list by the day an answer is due, and one concern with what I may do of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.commitments import queries
from luoshi.commitments.models import Concern
from luoshi.commitments.rules import CONCERN_MOVES, READERS, WORKERS, ConcernKind
from luoshi.commitments.views.loaders import Request, load_concern
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.org.access import route
from luoshi.records.queries import trail


def query(**words: str) -> str:
    """An address of the list with these filters."""
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in words.items() if value})
    return f"?{kept.urlencode()}"


def count_words(number: int) -> str:
    return "1000+" if number > 1000 else str(number)


@route(may=READERS)
@require_safe
def concerns(request: Request) -> HttpResponse:
    """The concerns a person sees, those to answer first."""
    key, kind = request.GET.get("show", ""), request.GET.get("kind", "")
    key = key if key in queries.FILTERS else ""
    kind = kind if kind in ConcernKind.values else ""
    after = request.GET.get("after", "")
    page = queries.concern_page(
        request.user, request.held, clock.today(), key=key, kind=kind, after=after
    )  # fmt: skip
    chips = [
        {"label": word, "url": query(show=name, kind=kind), "on": name == key, "count": count_words(page.counts[name])}
        for name, word in queries.FILTERS.items()
    ]
    kinds = [{"label": "全部类别", "url": query(show=key), "on": not kind}]
    kinds += [
        {"label": word, "url": query(show=key, kind=value), "on": value == kind} for value, word in ConcernKind.choices
    ]
    context = {
        "lines": page.lines,
        "chips": chips,
        "kinds": kinds,
        "next": query(show=key, kind=kind, after=page.next_key) if page.next_key else "",
        "first": bool(after),
        "home": query(show=key, kind=kind),
        "may_open": bool(frozenset(WORKERS) & request.duties),
    }
    return render(request, "commitments/concerns.html", context)


@route(may=READERS)
@require_safe
@load_concern
def concern(request: Request, concern: Concern) -> HttpResponse:
    """One concern: what was asked, by which day it is answered and why, what was said and done."""
    return render(request, "commitments/concern.html", shown(request, concern))


def shown(request: Request, concern: Concern) -> dict[str, Any]:
    """What the page of a concern prints."""
    on = clock.today()
    mine = queries.concern_roles(request.user, request.held, concern)
    moves = open_moves(CONCERN_MOVES, state=concern.state, duties=mine)
    moves = [name for name in moves if not (name == "hand_over" and concern.matter_id)]
    moves = [name for name in moves if not (name == "list_problem" and concern.problem_id)]
    words = settings.LUOSHI_ACT_WORDS
    return {
        "concern": concern,
        "line": queries.concern_lines([concern], on)[0],
        "why": queries.why_answer(concern),
        "acts": [
            (CONCERN_MOVES[name].label, reverse(f"commitments:{name}", args=[concern.public_id])) for name in moves
        ],
        "events": [
            {"at": one.at, "title": words.get(one.act, one.act), "who": one.actor, "note": one.note}
            for one in trail(concern)
        ],
    }
