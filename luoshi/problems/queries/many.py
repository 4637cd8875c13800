"""What stands against making one act on many problems, as far as it shows before a word is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.problems import rules
from luoshi.problems.models import Problem
from luoshi.problems.queries.access import idle, parts_of

STATES = {str(value): str(label) for value, label in rules.State.choices}
MOVES = {"confirm": "confirm", "assign": "amend", "dismiss": "dismiss"}
"""The acts on many, each by the move of `rules.MOVES` that lets a person make it."""


def against(problems: Sequence[Problem], act: str, *, user: User, held: Sequence[Held], on: date) -> dict[int, str]:
    """Why each of the problems cannot be done now, by key; two queries in all. `self_check` is to be joined."""
    parts = parts_of(problems, on)
    move = MOVES[act]
    why: dict[int, str] = {}
    for one in problems:
        mine = rules.roles(user.pk, held, parts[one.pk])
        try:
            destination(rules.MOVES, move, state=one.state, duties=mine, states=STATES)
        except NotAllowed as refusal:
            why[one.pk] = str(refusal).removesuffix("请刷新页面查看最新进展。")
            continue
        if act == "assign" and not mine.keys() & rules.DECIDES:
            why[one.pk] = "责任单位、责任人和时限由单位负责人、局办公室或局领导指定。"
        elif reason := idle(one, move, on):
            why[one.pk] = reason
    return why
