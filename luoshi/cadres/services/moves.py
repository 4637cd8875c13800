"""The checks that every act of this room begins with, and the one conditional UPDATE that decides who wins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from luoshi.cadres import rules
from luoshi.cadres.rules import CHIEF, OFFICE
from luoshi.lib.lifecycle import Move, NotAllowed, destination
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty

STATES = {
    str(value): str(label)
    for kind in (rules.PostingState, rules.FollowState, rules.RecState, rules.MeritState, rules.CommendState)
    for value, label in kind.choices
}


def move(
    moves: Mapping[str, Move], name: str, state: str, roles: Collection[str], states: Any, reason: str | None = None
) -> str:
    """The state after a move, or `NotAllowed`; within the caller's act."""
    words = {str(value): str(label) for value, label in states.choices}
    to = destination(moves, name, state=state, duties=roles, states=words)
    if moves[name].reason and not (reason or "").strip():
        raise NotAllowed(f"“{moves[name].label}”要写明理由，请补充后再办。")
    return to


def decision(
    roles: Collection[str],
    *,
    bureau: Unit,
    by: User,
    on: date,
    decided_by: User | None,
    decided_on: date | None,
    source_note: str,
) -> tuple[User, date, str]:
    """Who presided, when, and where the body's decision stands; within the caller's act.

    A body decides, never one click: whoever enters it, the minutes or the note are named.
    """
    note, day = source_note.strip(), decided_on or on
    if not note:
        raise NotAllowed("集体研究决定的事，请写明出处（如局党委会纪要第几期）。")
    if day > on:
        raise NotAllowed("决定日期不能晚于今天，请核对纪要上的日期。")
    if decided_by is None or decided_by == by:
        if CHIEF in roles:
            return by, day, note
        raise NotAllowed("请填写主持研究的主要领导和决定日期。")
    if OFFICE not in roles:
        raise NotAllowed("只有局办公室可以代录集体研究的决定，请用自己的名义办理。")
    if Duty.CHIEF not in {one.duty for one in org.held(decided_by, day) if one.bureau_id == bureau.pk}:
        raise NotAllowed(f"{decided_by}在{day:%Y-%m-%d}不是本局主要领导，请核对主持人。")
    return decided_by, day, note


def written(words: str, most: int, what: str) -> str:
    """What somebody wrote, cut of spaces; `NotAllowed` where it is missing or too long."""
    told = words.strip()
    if not told:
        raise NotAllowed(f"请写明{what}。")
    if len(told) > most:
        raise NotAllowed(f"{what}不超过{most}字。")
    return told


def tell(people: Collection[User], *, bureau_id: int, key: str, title: str, url: str, but: User | None = None) -> None:
    """Notice to these people once; within the caller's act."""
    to = dict.fromkeys(one for one in people if one != but)
    notify(to, bureau=bureau_id, kind=f"cadres.{key.split(':')[0]}", key=f"cadres:{key}", title=title, url=url)
