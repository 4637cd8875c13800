"""The whole life of a problem (问题) on one screen: states, moves, who may make each.

    待确认 FOUND → 已确认 CONFIRMED → 整改中 RECTIFYING → 已销号 CLOSED;   不作问题处理 DISMISSED, with its reason.
    "Applied", "returned" and "looked at again" are facts with a date, not states: see `standing`.

Roles in a problem: `office` 局办公室 · `leader` the named leader, the unit's 分管领导 or the 主要领导 · `head` head of
the responsible unit · `handler` its handlers · `owner` 责任人 · `verifier` 核查人 and 督查组 · `finder` who entered
it · `reader` sees it. On a personal list there are two: `owner` (the person) and `reviewer`, and nobody else at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.lib.lifecycle import Move
from luoshi.org.rules import ADMINISTRATORS, Duty, Held
from luoshi.problems.rules.words import State

S = State
OFFICE, LEADER, HEAD, HANDLER, OWNER, VERIFIER, FINDER, REVIEWER, READER = (
    "office", "leader", "head", "handler", "owner", "verifier", "finder", "reviewer", "reader",
)  # fmt: skip
DECIDES = {OFFICE, LEADER, HEAD, REVIEWER}
DOES = {OWNER, HEAD, HANDLER}
ABOVE = {OFFICE, LEADER, REVIEWER}
CHECKS = {VERIFIER, OFFICE, REVIEWER}


def _move(source: set[str], to: str | None, who: set[str], label: str, *, reason: bool = False) -> Move:
    return Move(frozenset(source), to, frozenset(who), label, reason)


MOVES: dict[str, Move] = {
    "confirm": _move({S.FOUND}, S.CONFIRMED, DECIDES, "确认问题"),
    "start": _move({S.FOUND, S.CONFIRMED}, S.RECTIFYING, DECIDES, "定整改措施"),
    "order": _move({S.FOUND, S.CONFIRMED, S.RECTIFYING}, S.RECTIFYING, {OFFICE}, "交办整改"),
    "report": _move({S.RECTIFYING}, None, DOES, "整改进展", reason=True),
    "apply": _move({S.RECTIFYING}, None, DOES, "申请销号"),
    "accept": _move({S.RECTIFYING}, S.CLOSED, CHECKS, "验收销号", reason=True),
    "return_closing": _move({S.RECTIFYING}, None, CHECKS, "退回整改", reason=True),
    "look_back": _move({S.CLOSED}, None, CHECKS | {LEADER}, "回头看"),
    "rebound": _move({S.CLOSED}, S.RECTIFYING, CHECKS | {LEADER}, "反弹重办", reason=True),
    "reschedule": _move({S.RECTIFYING}, None, ABOVE, "调整整改时限", reason=True),
    "amend": _move({S.FOUND, S.CONFIRMED, S.RECTIFYING}, None, {*DECIDES, OWNER, FINDER}, "修改问题"),
    "see_again": _move(set(S), None, {*DECIDES, *DOES, *CHECKS, FINDER, READER}, "又有人反映"),
    "dismiss": _move({S.FOUND, S.CONFIRMED, S.RECTIFYING}, S.DISMISSED, {*ABOVE, FINDER}, "不作问题处理", reason=True),
    "restore": _move({S.DISMISSED}, S.FOUND, ABOVE, "重新列为问题", reason=True),
}
WORDS = frozenset({"report", "see_again"})
"""Words on the timeline: they change neither the problem's state nor its version, and so disturb nobody's form."""
CLOSING = frozenset({"accept", "return_closing"})
"""Possible only once the unit has applied for closing (申请销号)."""
OTHERS = frozenset({"accept", "return_closing", "look_back", "rebound"})
"""For another person than the one who is answerable or applied (验收由另一人)."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Whom a problem names, as far as it decides who may move it."""

    bureau_id: int
    unit_id: int | None = None
    owner_id: int | None = None
    leader_id: int | None = None
    entered_by_id: int | None = None
    worked: frozenset[int] = frozenset()
    """Who applied for closing, reported progress or handled a linked matter in the present round."""
    private: bool = False
    reviewer_id: int | None = None
    led_by: frozenset[int] = frozenset()
    """分管领导 of the unit on the day."""


def roles(person_id: int, held: Iterable[Held], parts: Parts) -> dict[str, str]:
    """A person's roles in a problem; the value names the principal where the role is held only standing in (代理).

    Nobody who is answerable for it or worked on it checks it, nor does whoever stands in for him. A personal list
    knows its owner and its reviewer only, and no standing in.

    >>> parts = Parts(bureau_id=1, unit_id=3, owner_id=8)
    >>> roles(8, [Held("HANDLER", 3, 1), Held("VERIFIER", 4, 1)], parts)
    {'owner': '', 'handler': ''}
    >>> sorted(roles(9, [Held("OFFICE", 2, 1)], parts))
    ['office', 'verifier']
    >>> roles(8, [Held("OFFICE", 2, 1)], Parts(bureau_id=1, private=True, owner_id=5, reviewer_id=6))
    {}
    """
    found: dict[str, str] = {}

    def hold(role: str, one: Held) -> None:
        if role not in found or not one.standing_in_for:
            found[role] = one.standing_in_for

    duties = [one for one in held if one.duty not in ADMINISTRATORS]
    if not any(one.bureau_id == parts.bureau_id for one in duties):
        return found
    if parts.private:
        if person_id == parts.owner_id:
            found |= {OWNER: "", FINDER: ""}
        elif person_id == parts.reviewer_id:
            found[REVIEWER] = ""
        return found
    if person_id == parts.owner_id:
        found[OWNER] = ""
    if person_id == parts.entered_by_id:
        found[FINDER] = ""
    worked = parts.worked | ({parts.owner_id} if parts.owner_id else set())
    for one in duties:
        who = one.principal_id or person_id
        if one.bureau_id != parts.bureau_id:
            continue
        if who == parts.owner_id:
            hold(OWNER, one)
        if one.duty == Duty.OFFICE:
            hold(OFFICE, one)
        if one.duty == Duty.CHIEF or (one.duty == Duty.LEADER and who in {parts.leader_id, *parts.led_by}):
            hold(LEADER, one)
        if one.duty in (Duty.VERIFIER, Duty.INSPECTOR, Duty.OFFICE) and who not in worked:
            hold(VERIFIER, one)
        if parts.unit_id is not None and one.unit_id == parts.unit_id:
            if one.duty == Duty.HEAD:
                hold(HEAD, one)
            elif one.duty == Duty.HANDLER:
                hold(HANDLER, one)
    if person_id in worked:
        found.pop(VERIFIER, None)
    return found
