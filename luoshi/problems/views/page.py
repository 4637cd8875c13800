"""One problem: where it stands, its dates with their why, what I may do now, and its whole story."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters.views.shown import lamp_face
from luoshi.org.access import STAFF, route
from luoshi.problems import queries, rules, services
from luoshi.problems.forms import FORMS
from luoshi.problems.models import Problem, ProblemEvidence
from luoshi.problems.rules import State
from luoshi.problems.rules.dates import why_look_back
from luoshi.problems.views.loaders import Request, file_answer, load_problem
from luoshi.problems.views.shown import FURTHER, act_of, due, first_of, waits_for
from luoshi.records.queries import trail

TONES = {"return_closing": "late", "rebound": "late", "accept": "done", "look_back": "done"}


def steps(problem: Problem, story: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The way of a problem with the step it waits for; each done step with its day in the present round."""
    days = {"open": problem.entered_on, **{one["move"]: one["on"] for one in story if one["cycle"] == problem.cycle}}
    ways = [
        ("登记", days.get("open")),
        ("确认", days.get("confirm") or days.get("start") or days.get("order")),
        ("整改", problem.started_on),
        ("申请", problem.applied_on),
        ("验收", problem.closed_on),
        ("回头看", problem.looked_back_on),
    ]
    at = {State.FOUND: 1, State.CONFIRMED: 2, State.CLOSED: 6 if problem.look_back_held else 5}.get(
        State(problem.state), 4 if problem.applied_on else 2
    )
    if problem.state == State.DISMISSED:
        at = 0
    return [
        {
            "label": word,
            "state": "done" if place < at else "now" if place == at and at else "todo",
            "on": day if place < at else None,
        }
        for place, (word, day) in enumerate(ways)
    ]


def events(problem: Problem, story: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The story as the timeline prints it, newest first."""
    found = []
    for one in reversed(story):
        cycle = f"（第{one['cycle']}轮）" if one["cycle"] > 1 else ""
        found.append(
            {
                "at": one["at"],
                "title": f"{one['label']}{cycle}",
                "who": f"{one['who']}（代{one['standing_in_for']}）" if one["standing_in_for"] else one["who"],
                "decided": one["decided"],
                "note": "\n".join(line for line in [one["note"], *one["details"]] if line),
                "tone": TONES.get(one["move"], ""),
                "files": [evidence_line(problem, file) for file in one["evidence"]],
            }
        )
    return found


def evidence_line(problem: Problem, file: dict[str, Any]) -> dict[str, Any]:
    return {**file, "url": reverse("problems:evidence", args=[problem.public_id, file["pk"]])}


def acts(request: Request, problem: Problem, roles: dict[str, str], on: date) -> dict[str, Any]:
    """What the reader may do: the act he owes as a form, the others as buttons, and whom the problem waits for."""
    table = open_moves(rules.MOVES, state=problem.state, duties=roles)
    moves = [one for one in table if not queries.idle(problem, one, on)]
    if rules.OWNER in roles:
        moves = [one for one in moves if one not in rules.OTHERS]
    first = first_of(problem, roles, moves)
    told: dict[str, Any] = {"problem": problem, "on": on, "roles": roles, "person": request.user}
    hidden = {first} | ({"rebound"} if "look_back" in moves else set())
    return {
        "first": act_of(problem, first) if first else None,
        "first_form": FORMS[first](move=first, **told) if first else None,
        "further": [act_of(problem, move) for move in FURTHER if move in moves and move not in hidden],
        "waits_for": "" if first else waits_for(problem, on),
    }


def shown(request: Request, problem: Problem, on: date) -> dict[str, Any]:
    """Everything a problem's page prints; a constant number of queries."""
    story = queries.timeline(problem)
    roles = queries.roles_of(request.user, problem, on, request.held)
    words = settings.LUOSHI_ACT_WORDS
    clause = problem.clause
    return {
        "problem": problem,
        "steps": steps(problem, story),
        "due": due(problem, on),
        "look_back_why": why_look_back(problem.look_back_basis),
        "events": events(problem, story),
        "files": [evidence_line(problem, file) for one in story for file in one["evidence"]],
        "matters": [(row, lamp_face(row.lamp), cycle) for row, cycle in queries.matter_lines(problem, on)],
        "sightings": queries.sightings(problem),
        "sentence": clause.version.text[clause.start : clause.end].strip() if clause else "",
        "trail": [(one, words.get(one.act, one.act)) for one in trail(problem)] if set(roles) - {rules.READER} else [],
        **acts(request, problem, roles, on),
    }


@route(may=STAFF)
@require_safe
@load_problem
def detail(request: Request, problem: Problem) -> HttpResponse:
    """A problem's page."""
    return render(request, "problems/detail.html", shown(request, problem, clock.today()))


@route(may=STAFF)
@require_safe
@load_problem
def evidence(request: Request, problem: Problem, evidence_id: str) -> HttpResponse:
    """Download a piece of evidence, byte for byte, under its own name; only for those who see the problem."""
    proofs = ProblemEvidence.objects.filter(event__problem=problem).select_related("evidence")
    file = get_object_or_404(proofs, evidence_id=evidence_id).evidence
    services.take_copy(problem, what=f"下载佐证：{file.name}", by=request.user)
    return file_answer(file)
