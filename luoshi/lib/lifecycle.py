"""A life as a table of moves, and the one look-up that all rooms share.

A room states its life in `rules.py` as `MOVES: dict[str, Move]`; its service asks `destination()`
where a move leads and refuses in plain Chinese where it may not be made. Nothing else decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


class NotAllowed(Exception):
    """The act may not be done; the message is a Chinese sentence that says why and what to do."""


class Stale(Exception):
    """Somebody changed the object since the form was opened; nothing was saved.

    `version` is the object's version now (a second sending on purpose carries it); `changes` says in
    Chinese lines what happened meanwhile, only what the sender may see.
    """

    def __init__(self, version: int | None = None, changes: Sequence[str] = ()) -> None:
        super().__init__("别人已更新了这件事")
        self.version = version
        self.changes = list(changes)


@dataclass(frozen=True, slots=True)
class Move:
    """One act of a life: from which states, to which (None keeps it), by whom, and its word on screen."""

    source: frozenset[str]
    to: str | None
    duties: frozenset[str]
    label: str
    reason: bool = False
    """True where the act must give its reason in words."""


def destination(
    moves: Mapping[str, Move],
    name: str,
    *,
    state: str,
    duties: Collection[str],
    states: Mapping[str, str] | None = None,
) -> str:
    """The state after the move `name`, or `NotAllowed` with the reason in Chinese.

    >>> life = {"close": Move(frozenset({"VERIFIED"}), "CLOSED", frozenset({"leader"}), "办结")}
    >>> destination(life, "close", state="VERIFIED", duties={"leader"})
    'CLOSED'
    >>> destination(life, "close", state="DRAFT", duties={"leader"}, states={"DRAFT": "拟办"})
    Traceback (most recent call last):
    luoshi.lib.lifecycle.NotAllowed: 现在是“拟办”状态，不能“办结”。请刷新页面查看最新进展。
    >>> destination(life, "close", state="VERIFIED", duties={"handler"})
    Traceback (most recent call last):
    luoshi.lib.lifecycle.NotAllowed: 您在此事项上没有“办结”的职责。
    """
    move = moves[name]
    if not move.duties & frozenset(duties):
        raise NotAllowed(f"您在此事项上没有“{move.label}”的职责。")
    if state not in move.source:
        word = (states or {}).get(state, state)
        raise NotAllowed(f"现在是“{word}”状态，不能“{move.label}”。请刷新页面查看最新进展。")
    return move.to if move.to is not None else state


def open_moves(moves: Mapping[str, Move], *, state: str, duties: Collection[str]) -> list[str]:
    """The names of the moves that someone with `duties` may make now, in the table's order.

    >>> life = {"close": Move(frozenset({"VERIFIED"}), "CLOSED", frozenset({"leader"}), "办结")}
    >>> open_moves(life, state="VERIFIED", duties={"leader", "office"})
    ['close']
    """
    held = frozenset(duties)
    return [name for name, move in moves.items() if state in move.source and move.duties & held]
