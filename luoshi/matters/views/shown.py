"""A matter as screens show it: the lamp by its face, and the act that is mine to do now."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse

from luoshi.lib.lifecycle import open_moves
from luoshi.matters import queries, rules
from luoshi.matters.forms.roadmap import CHANGE
from luoshi.matters.models import Matter
from luoshi.matters.queries import Row
from luoshi.matters.rules import HANDLER, MOVES, OFFICE, PAPER, Lamp
from luoshi.matters.views.loaders import Request

LAMPS = {
    Lamp.GREEN: "green", Lamp.AMBER: "amber", Lamp.RED: "red", Lamp.GREY: "grey", Lamp.DONE: "done", Lamp.LATE: "red",
}  # fmt: skip
"""The lamp of `rules` by the name it has in the look; what has no lamp yet shows none."""
FIRST = (
    "close", "verify", "approve", "assign", "accept", "receive", "feed_back", "resume", "archive", "contribute",
)  # fmt: skip
"""Of the acts open to a person, the one that moves the matter on: the first of these."""
AT_ONCE = frozenset({"accept", "receive", "read", "archive"})
"""Acts that need no word: one click does them (unless they are entered from paper)."""
FURTHER = (
    "submit", "allot", "send_back", "instruct", "read", "urge", "ask_extension", "extend", "suspend", "decline",
    "reassign", "reopen", "cancel",
)  # fmt: skip
"""The further acts, in the order of their buttons."""
SECTIONS = {
    "parts": ("receive", "contribute", "allot_part", "return_part", "urge_part", "adjust_parties"),
    "road": ("accept_roadmap", "return_roadmap", "finish_step", "propose_roadmap", "undo_step"),
    "extension": ("grant_extension", "refuse_extension", "withdraw_extension", "ask_extension"),
}
"""The acts whose buttons stand in a section of the matter's page, beside what they act upon."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act as a button: its move, its word, its address, and whether one click does it."""

    move: str
    label: str
    url: str
    at_once: bool
    submission: uuid.UUID = field(default_factory=uuid.uuid4)
    """The one-time key of the button's own form, where one click does it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A prepared row with the face of its lamp and the reader's next act."""

    row: Row
    lamp: str
    words: str
    act: Act | None
    here: bool = False


def lamp_face(lamp: str) -> str:
    """The name of a lamp in the look, empty where there is none."""
    return LAMPS.get(Lamp(lamp), "") if lamp else ""


def paper_only(move: str, roles: Collection[str]) -> bool:
    """Whether a person with these roles makes the move only by entering what a leader decided off screen."""
    return move in PAPER and not (MOVES[move].duties - {OFFICE}) & frozenset(roles)


def word(move: str, roles: Collection[str]) -> str:
    """The word on the button: 办结, or 登记办结 where the office enters it."""
    return f"登记{MOVES[move].label}" if paper_only(move, roles) else MOVES[move].label


def act_of(public_id: object, move: str, roles: Collection[str]) -> Act:
    """A move on a matter as a button for somebody with these roles."""
    url = reverse(f"matters:{move}", args=[public_id])
    return Act(move, word(move, roles), url, move in AT_ONCE and not paper_only(move, roles))


def open_to(state: str, roles: Collection[str]) -> list[str]:
    """The moves open to a person with these roles, the one that moves the matter on first."""
    found = set(open_moves(MOVES, state=state, duties=roles))
    if "feed_back" in found:
        found.discard("submit")  # the same form says 已办完
    return [move for move in (*FIRST, *FURTHER) if move in found]


def section_acts(matter: Matter, roles: Collection[str], hidden: Collection[str]) -> dict[str, list[Act]]:
    """The buttons of each section that a person with these roles may press now, `hidden` ones left out."""
    found = set(open_moves(MOVES, state=matter.state, duties=roles)) - set(hidden)
    placed = found & {move for moves in SECTIONS.values() for move in moves}
    acts = {move: act_of(matter.public_id, move, roles) for move in placed}
    if "propose_roadmap" in acts and matter.next_step_on is not None:  # a version is in force
        acts["propose_roadmap"] = replace(acts["propose_roadmap"], label=CHANGE)
    return {name: [acts[move] for move in moves if move in acts] for name, moves in SECTIONS.items()}


def next_move(state: str, roles: Collection[str], *, named: bool, received: bool = True) -> str:
    """The one move that a person owes a matter now; empty where he waits.

    His own comes before what he enters for a leader. Where a 承办人 is `named` the head does not owe the feedback,
    where none is he owes 分办; an assisting unit that has `received` its part owes nothing by rule.
    """
    moves = [move for move in open_to(state, roles) if move in FIRST]
    if HANDLER not in roles and "feed_back" in moves:
        moves[moves.index("feed_back")] = "" if named else "allot"
    if received:
        moves = [move for move in moves if move != "receive"]
    moves = [move for move in moves if move and move != "contribute"]
    return next((move for move in moves if not paper_only(move, roles)), next(iter(moves), ""))


def roles_in(request: Request, keys: Sequence[int], on: date) -> dict[int, Collection[str]]:
    """The reader's roles in any number of matters, in three queries."""
    seen = list(queries.visible(request.user, request.held, on).filter(pk__in=keys))
    parts = queries.parts_of(seen)
    return {one.pk: rules.roles(request.user.pk, request.held, parts[one.pk]) for one in seen}


def lines(rows: Iterable[Row], roles: Mapping[int, Collection[str]], here: str = "") -> list[Line]:
    """Rows with the acts of a reader who has these roles in them, by the matter's key."""
    found = []
    for row in rows:
        mine = roles.get(row.pk, ())
        move = next_move(row.state, mine, named=bool(row.handler))
        act = act_of(row.public_id, move, mine) if move else None
        found.append(Line(row, lamp_face(row.lamp), row.left or row.lamp_label, act, row.public_id == here))
    return found
