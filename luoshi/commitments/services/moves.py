"""The checks that every act on commitments begins with, and the one conditional UPDATE that decides who wins."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from luoshi.commitments import queries, rules
from luoshi.commitments.models import Commitment, Concern
from luoshi.commitments.rules import CHIEF, OFFICE
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty

M = TypeVar("M", Commitment, Concern)
STATES = {str(value): str(label) for value, label in (*rules.State.choices, *rules.ConcernState.choices)}


def may(commitment: Commitment, name: str, *, by: User, on: date, reason: str | None = None) -> tuple[str, Any]:
    """The state after a move and the person's roles, or `NotAllowed`; within the caller's act."""
    commitment.refresh_from_db()
    roles = queries.roles_in(by, org.held(by, on), commitment, on)
    to = destination(rules.MOVES, name, state=commitment.state, duties=roles, states=STATES)
    _reasoned(rules.MOVES[name], reason)
    return to, roles


def may_concern(concern: Concern, name: str, *, by: User, on: date, reason: str | None = None) -> str:
    """The state after a move on a concern, or `NotAllowed`; within the caller's act."""
    concern.refresh_from_db()
    roles = queries.concern_roles(by, org.held(by, on), concern)
    to = destination(rules.CONCERN_MOVES, name, state=concern.state, duties=roles, states=STATES)
    _reasoned(rules.CONCERN_MOVES[name], reason)
    return to


def _reasoned(move: Any, reason: str | None) -> None:
    if move.reason and not (reason or "").strip():
        raise NotAllowed(f"“{move.label}”要写明理由，请补充后再办。")


def decision(
    roles: Any, *, bureau: Unit, by: User, on: date, decided_by: User | None, decided_on: date | None, source_note: str
) -> tuple[User, date, str]:
    """Who decided, when, and where that stands; within the caller's act.

    主要领导's own click is his decision; the office enters one that he made on paper or at a meeting, and says where.
    """
    note = source_note.strip()
    if decided_by is None or decided_by == by:
        if CHIEF in roles:
            return by, on, note
        raise NotAllowed("承诺由主要领导审定。请填写审定人、审定日期，并写明出处（如局党委会纪要）。")
    if OFFICE not in roles:
        raise NotAllowed("只有局办公室可以代录主要领导的决定，请用自己的名义办理。")
    day = decided_on or on
    if day > on:
        raise NotAllowed("审定日期不能晚于今天，请核对纪要上的日期。")
    if Duty.CHIEF not in {one.duty for one in org.held(decided_by, day) if one.bureau_id == bureau.pk}:
        raise NotAllowed(f"{decided_by}在{day:%Y-%m-%d}不是本局主要领导，请核对审定人。")
    if not note:
        raise NotAllowed("代录主要领导的决定，请写明出处（如局党委会纪要第几期）。")
    return decided_by, day, note
