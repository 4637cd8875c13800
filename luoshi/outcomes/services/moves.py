"""The checks that every act on a summary begins with, and the one conditional UPDATE that decides who wins."""

from __future__ import annotations

from datetime import date

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.outcomes.models import Summary
from luoshi.outcomes.rules import MOVES, STATE_WORDS, summary_roles
from luoshi.outcomes.rules.access import CHIEF, OFFICE


def may(summary: Summary, name: str, *, by: User, on: date, reason: str | None = None) -> tuple[str, frozenset[str]]:
    """The state after a move and the person's roles, or `NotAllowed`; within the caller's act."""
    summary.refresh_from_db()
    roles = summary_roles(org.held(by, on), summary.bureau_id)
    to = destination(MOVES, name, state=summary.state, duties=roles, states=STATE_WORDS)
    if MOVES[name].reason and not (reason or "").strip():
        raise NotAllowed(f"“{MOVES[name].label}”要写明理由，请补充后再办。")
    return to, roles


def decision(
    roles: frozenset[str],
    summary: Summary,
    *,
    by: User,
    on: date,
    decided_by: User | None,
    decided_on: date | None,
    source_note: str,
) -> tuple[User, date, str]:
    """Who decided, when, and where that stands; within the caller's act.

    主要领导's own click is his decision; the office enters one made at a meeting of 局党委, and says where.
    """
    note = source_note.strip()
    if decided_by is None or decided_by == by:
        if CHIEF in roles:
            return by, on, note
        raise NotAllowed("总结由主要领导或局党委会审定。请填写审定人、审定日期，并写明出处（如局党委会纪要）。")
    if OFFICE not in roles:
        raise NotAllowed("只有局办公室可以代录主要领导的决定，请用自己的名义办理。")
    day = decided_on or on
    if day > on:
        raise NotAllowed("审定日期不能晚于今天，请核对纪要上的日期。")
    if summary.submitted_on is not None and day < summary.submitted_on:
        raise NotAllowed(f"审定日期不能早于送审日期{summary.submitted_on:%Y-%m-%d}。")
    if Duty.CHIEF not in {one.duty for one in org.held(decided_by, day) if one.bureau_id == summary.bureau_id}:
        raise NotAllowed(f"{decided_by}在{day:%Y-%m-%d}不是本局主要领导，请核对审定人。")
    if not note:
        raise NotAllowed("代录审定，请写明出处（如局党委会纪要第几期）。")
    return decided_by, day, note
