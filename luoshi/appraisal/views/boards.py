"""季度红黑榜: the list, one board as its reader may see it, the wall, two editions side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.models import Board
from luoshi.appraisal.queries import boards as queries
from luoshi.appraisal.queries.access import boards_seen, scores_seen
from luoshi.appraisal.queries.board_windows import publish_by
from luoshi.appraisal.queries.objections import objections_seen
from luoshi.appraisal.rules import board_life as rules
from luoshi.appraisal.rules.board_life import MOVES, CaseKind
from luoshi.appraisal.rules.doors import OVERSEERS, READERS
from luoshi.appraisal.rules.words import OPEN_TO_ALL, BoardState
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.board_loaders import load_board
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.org.access import route
from luoshi.org.rules import Duty

ADDRESSES = {"show": "board_show", "recompute": "board_settle", "approve": "board_approve", "publish": "board_publish",
             "give_back": "board_give_back", "widen": "board_widen", "correct": "correct_pick",
             "add_case": "board", "designate": "objections"}  # fmt: skip
"""Where each act of a board is done."""
SECONDARY = ("give_back", "widen", "correct")
AGAIN = 300
"""Seconds until a wall asks for the page again."""


@route(may=READERS)
@require_safe
def boards(request: Request) -> HttpResponse:
    """Every quarter's boards that this person sees, the newest first."""
    rows = boards_seen(request.held).filter(bureau=request.bureau).exclude(state=BoardState.VOID)
    found = list(rows.select_related("scheme", "decided_by")[:40])
    context = {"boards": found, "office": Duty.OFFICE in request.duties, "wall": next(
        (one for one in found if one.state in OPEN_TO_ALL), None)}  # fmt: skip
    return render(request, "appraisal/boards.html", context)


@route(may=READERS)
@require_safe
@load_board
def board(request: Request, board: Board) -> HttpResponse:
    """One board: to whoever oversees it with all steps, to a unit its own line, to everybody once it is published."""
    on = clock.today()
    whole = queries.sees_whole(request.held, board)
    facts = queries.board_facts(board, on)
    mine = rules.roles(request.held, bureau_id=board.bureau_id)
    moves = set(open_moves(MOVES, state=board.state, duties=mine))
    seen = objections_seen(request.user, request.held, on).filter(score__board=board)
    due, due_why = publish_by(board)
    context = {
        "board": board,
        "whole": whole,
        "whole_early": bool(request.duties & OVERSEERS),
        "published": board.state in OPEN_TO_ALL,
        "peers": queries.lines_of(board, scores_seen(request.user, request.held, on)),
        **cases_shown(request, board),
        "objections": list(seen.select_related("score__unit", "reviewer")),
        "steps": steps_of(board),
        "next": next_act(board, facts, moves, mine, on),
        "acts": [(MOVES[one].label, reverse(f"appraisal:{ADDRESSES[one]}", args=[board.public_id]))
                 for one in SECONDARY if one in moves],
        "may_case": "add_case" in moves,
        "open_window": not rules.late_words(board.objection_until, on) and board.state == BoardState.SHOWN,
        "own_units": {one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER)},
        "due": due,
        "due_why": due_why,
        "editions": queries.editions_of(board, boards_seen(request.held)),
        "scopes": list(board.scopes.select_related("decided_by")),
        "holds": queries.holds(board),
    }  # fmt: skip
    return render(request, "appraisal/board.html", context)


def cases_shown(request: Request, board: Board) -> dict[str, Any]:
    """The board's cases that this person may see, by their kind."""
    seen = queries.cases_seen(request.user, request.held, clock.today()).filter(board=board)
    return by_kind(queries.cases_of(board, seen))


def by_kind(cases: list[Any]) -> dict[str, Any]:
    """Red and black cases apart."""
    return {name: [one for one in cases if one.kind == kind]
            for name, kind in (("red", CaseKind.RED), ("black", CaseKind.BLACK))}  # fmt: skip


def steps_of(board: Board) -> list[dict[str, object]]:
    """测算 → 公示异议 → 复算 → 审定 → 通报 with the days on which each was done."""
    return rules.steps(
        board.state,
        {"测算": board.computed_on, "公示异议": board.shown_on, "审定": board.decided_on, "通报": board.published_on},
    )


def next_act(board: Board, facts: Any, moves: set[str], mine: frozenset[str], on: Any) -> dict[str, str]:
    """The next act with its sentence; its button where this person may press it."""
    name, words = rules.next_act(facts, on)
    able = name in moves or (name == "designate" and bool(mine & {rules.OFFICE, rules.CHIEF}))
    label = MOVES[name].label if name in MOVES else "指定复核人" if name else ""
    url = reverse(f"appraisal:{ADDRESSES[name]}", args=[board.public_id]) if name else ""
    return {"name": name, "words": words, "label": label, "url": url if able else ""}


@route(may=READERS)
@require_safe
@load_board
def wall(request: Request, board: Board) -> HttpResponse:
    """The published board for a wall of 1920×1080: no chrome, large, drawn again every five minutes."""
    if board.state not in OPEN_TO_ALL:
        raise Http404
    scores = scores_seen(request.user, request.held, clock.today())
    context = {"board": board, "peers": queries.lines_of(board, scores), **by_kind(queries.cases_of(board))}
    answer = render(request, "appraisal/board_wall.html", context)
    answer.headers["Refresh"] = str(AGAIN)
    return answer


@route(may=READERS)
@require_safe
@load_board
def compare(request: Request, board: Board) -> HttpResponse:
    """A published edition beside the one it corrected."""
    if board.state not in OPEN_TO_ALL:
        raise Http404
    rows = boards_seen(request.held).filter(state__in=OPEN_TO_ALL)
    first = get_object_or_404(rows, pk=board.previous_id)
    context = {"board": board, "first": first, "lines": queries.compare(first, board)}
    return render(request, "appraisal/board_compare.html", context)
