"""A problem as screens show it: its lamp in words, and the acts that are mine to do now."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from luoshi.matters.queries import clock_of
from luoshi.matters.queries.lists import left_words
from luoshi.problems import queries
from luoshi.problems.models import Problem
from luoshi.problems.rules import HANDLER, HEAD, LEADER, MOVES, OFFICE, OWNER, REVIEWER, VERIFIER, State
from luoshi.problems.rules.dates import lamp

LAMP_WORDS = {"green": "正常", "amber": "临期", "red": "逾期"}
AT_ONCE = frozenset({"confirm"})
"""Acts that need no word: one click does them."""
FURTHER = (
    "confirm", "start", "order", "apply", "report", "accept", "return_closing", "look_back", "reschedule", "see_again",
    "amend", "rebound", "dismiss", "restore",
)  # fmt: skip
"""All acts, in the order of their buttons."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act as a button: its move, its word, its address, and whether one click does it."""

    move: str
    label: str
    url: str
    at_once: bool
    submission: uuid.UUID = field(default_factory=uuid.uuid4)
    """The one-time key of the button's own form, where one click does it."""


def act_of(problem: Problem, move: str) -> Act:
    """A move on a problem as a button."""
    return Act(move, MOVES[move].label, reverse(f"problems:{move}", args=[problem.public_id]), move in AT_ONCE)


def first_of(problem: Problem, roles: Collection[str], moves: Collection[str]) -> str:
    """The one act that the reader owes the problem now; empty where it waits for others."""
    mine = set(roles)
    if "accept" in moves and mine & {VERIFIER, OFFICE, REVIEWER}:
        return "accept"
    if "look_back" in moves and mine & {VERIFIER, OFFICE, REVIEWER}:
        return "look_back"
    if problem.state == State.FOUND:
        wanted = "start" if HEAD in mine else "confirm"
        return wanted if wanted in moves and mine & {HEAD, OFFICE, REVIEWER, LEADER} else ""
    if problem.state == State.CONFIRMED:
        return "start" if "start" in moves and mine & {HEAD, REVIEWER} else ""
    if "apply" in moves and mine & {OWNER, HEAD, HANDLER}:
        return "apply"
    return ""


def waits_for(problem: Problem, on: date) -> str:
    """Whose turn it is, in words."""
    who = str(problem.owner or problem.unit or "责任单位")
    if problem.self_check_id is not None:
        who = str(problem.owner)
    if problem.state == State.FOUND:
        return f"等{problem.unit or '局办公室'}或局办公室确认" if problem.self_check_id is None else "等审核人确认"
    if problem.state == State.CONFIRMED:
        return f"等{problem.unit or '责任单位'}定整改措施"
    if problem.state == State.RECTIFYING:
        running = [one for one in queries.matters_of(problem) if one.state in queries.MATTER_OPEN]
        if running:
            return f"等{'、'.join(dict.fromkeys(str(one.lead_unit) for one in running))}办结整改事项"
        if problem.applied_on is not None or queries.all_matters_closed(problem):
            return "等审核人验收销号" if problem.self_check_id is not None else "等核查人或局办公室验收销号"
        return f"等{who}整改"
    if problem.state == State.CLOSED and problem.look_back_on is not None and not problem.look_back_held:
        return f"{problem.look_back_on:%Y-%m-%d}回头看" if on < problem.look_back_on else "等回头看"
    return ""


def due(problem: Problem, on: date) -> dict[str, Any] | None:
    """The running date with its lamp and words; None where nothing runs."""
    if problem.due_on is None or problem.state not in (State.FOUND, State.CONFIRMED, State.RECTIFYING):
        return None
    time = clock_of(problem.bureau_id, on)
    face = lamp(problem.due_on, on, time.calendar, applied_on=problem.applied_on, ahead=time.ahead)
    if problem.applied_on is not None:
        late = problem.applied_on > problem.due_on
        words = f"{problem.applied_on:%m-%d} 申请销号" + ("，逾期" if late else "")
        return {"on": problem.due_on, "lamp": "red" if late else "", "words": words}
    return {"on": problem.due_on, "lamp": face if face != "green" else "",
            "words": left_words(problem.due_on, on, time.calendar)}  # fmt: skip
