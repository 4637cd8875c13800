"""What the reader may do on a matter's page: the act owed first, the others where they belong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from luoshi.lib.lifecycle import open_moves
from luoshi.matters import queries
from luoshi.matters.forms import FORMS
from luoshi.matters.models import Matter
from luoshi.matters.queries.desk import unread, waits_for
from luoshi.matters.rules import LEADER, MOVES, OFFICE, State
from luoshi.matters.views.loaders import Request
from luoshi.matters.views.shown import SECTIONS, act_of, next_move, open_to, paper_only, section_acts

PLACED = frozenset(move for moves in SECTIONS.values() for move in moves)
"""Acts with a place of their own on the page: not among the further buttons."""
RETURNED = ("return_part", "adjust_parties", "reassign", "assign", "reopen")
"""What a part given back is answered with."""


def in_vain(
    request: Request, matter: Matter, story: list[dict[str, Any]], roles: Collection[str], on: date
) -> set[str]:
    """The acts that today can only be refused: 催办 is once a day, nobody extends a date that has passed, and what has
    nothing to act upon (`queries.idle`). What was decided before a date passed the office may still enter.
    """
    done = {one["move"] for one in story if one["on"] == on}
    expired = matter.due_on is not None and on > matter.due_on and not paper_only("extend", roles)
    vain = {"urge": "urge" in done, "urge_part": "urge_part" in done, "extend": expired}
    return {move for move, is_vain in vain.items() if is_vain} | queries.idle(
        matter, request.user, on, request.held
    ).keys()


def first_of(
    request: Request, matter: Matter, roles: Collection[str], vain: Collection[str], unread_waits: bool, on: date
) -> str:
    """The one act that the reader owes, as far as the matter's rows tell."""
    moves = set(open_moves(MOVES, state=matter.state, duties=roles)) - set(vain)
    received = "receive" in vain
    first = next_move(matter.state, roles, named=matter.handler_id is not None, received=received)
    if LEADER in roles and "grant_extension" in moves:
        return "grant_extension"
    if first:
        return first
    if OFFICE in roles and "accept_roadmap" in moves:
        return "accept_roadmap"
    if "contribute" in moves and received and owes_part(request, matter, on):
        return "contribute"
    return "read" if unread_waits and LEADER in roles else ""


def owes_part(request: Request, matter: Matter, on: date) -> bool:
    """Whether a part of the reader's is not done, and nobody else of his unit was named for it."""
    owing = {one.pk for one in queries.owing(matter)}
    return any(one.pk in owing for one in queries.my_parts(request.user, matter, on, request.held))


def acts(
    request: Request,
    matter: Matter,
    story: list[dict[str, Any]],
    roles: Collection[str],
    on: date,
    requests: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """What the reader may do: the act he owes as a form, the others as buttons, and whom the matter waits for."""
    moves, vain = open_to(matter.state, roles), in_vain(request, matter, story, roles, on)
    told = LEADER in roles or OFFICE in roles
    waits = told and "read" in moves and queries.visible_to(request.user, on).filter(unread(), pk=matter.pk).exists()
    first = first_of(request, matter, roles, vain, waits, on)
    hidden = {first, *vain, *(() if waits else ("read",)), *(PLACED if requests else PLACED - {"ask_extension"})}
    if any(one["asked"] for one in requests):
        hidden.add("extend")  # the request is answered instead
    paper = bool(first) and paper_only(first, roles)
    told_of: dict[str, Any] = {"matter": matter, "on": on, "roles": roles, "person": request.user}
    form = FORMS[first](move=first, paper=paper, **told_of) if first else None
    return {
        "first": act_of(matter.public_id, first, roles) if first else None,
        "first_form": form,
        "first_folded": paper,
        "further": [act_of(matter.public_id, move, roles) for move in moves if move not in hidden],
        "sections": section_acts(matter, roles, {first, *vain}),
        "returned_part": returned_part(story, matter) if OFFICE in roles else None,
        "may_amend": matter.state == State.DRAFT and told,
        "waits_for": "" if first and not paper else waits_for(matter),
    }


def returned_part(story: list[dict[str, Any]], matter: Matter) -> dict[str, str] | None:
    """What an assisting unit said when it gave its part back, while the office has not answered."""
    last = next((one for one in reversed(story) if one["move"] in RETURNED), None)
    if last is None or last["move"] != "return_part" or matter.state not in queries.RUNNING:
        return None
    return {"names": last["names"], "reason": last["note"]}
