"""The whole life of a matter (事项) on one screen: states, moves, who may make each.

    拟办 DRAFT → 立项 APPROVED → 交办 ASSIGNED → 签收 ACCEPTED → (办理, 反馈) → 申请办结 SUBMITTED
    → 核查 VERIFIED → 办结 CLOSED → 归档 ARCHIVED;   中止 SUSPENDED (grey lamp), 撤销 CANCELLED.
    "Returned", "overdue" and "fed back" are a move, a query and an event, not states.

Roles in a matter: `office` 局办公室 of the issuing bureau · `leader` the assigning 分管领导/主要领导 (or who stands
in) · `head` 单位负责人 of the lead unit · `handler` the 承办人 · `verifier` 核查人, never the handler ·
`assist_head` head of a 协办 unit · `assist` its handler · `reader` may see and do nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.lib.lifecycle import Move
from luoshi.matters.rules.words import Block, State
from luoshi.org.rules import Duty, Held

S = State
OPEN = frozenset({S.ASSIGNED, S.ACCEPTED, S.SUBMITTED, S.VERIFIED, S.SUSPENDED})
"""Handed out and not yet closed."""

OFFICE, LEADER, HEAD, HANDLER, VERIFIER, ASSIST_HEAD, ASSIST, READER = (
    "office", "leader", "head", "handler", "verifier", "assist_head", "assist", "reader",
)  # fmt: skip
UNIT, PART = {HEAD, HANDLER}, {ASSIST_HEAD, ASSIST}


def _move(source: set[str], to: str | None, who: set[str], label: str, *, reason: bool = False) -> Move:
    return Move(frozenset(source), to, frozenset(who), label, reason)


MOVES: dict[str, Move] = {
    "amend": _move({S.DRAFT}, None, {OFFICE, LEADER}, "修改拟办"),
    "approve": _move({S.DRAFT}, S.APPROVED, {LEADER, OFFICE}, "立项"),
    "assign": _move({S.APPROVED}, S.ASSIGNED, {OFFICE}, "交办"),
    "accept": _move({S.ASSIGNED}, S.ACCEPTED, {HEAD, HANDLER}, "签收"),
    "decline": _move({S.ASSIGNED}, S.APPROVED, {HEAD, HANDLER}, "退办", reason=True),
    "allot": _move({S.ASSIGNED, S.ACCEPTED}, None, {HEAD}, "分办"),
    "feed_back": _move({S.ACCEPTED}, None, {HANDLER, HEAD}, "反馈"),
    "submit": _move({S.ACCEPTED}, S.SUBMITTED, {HANDLER, HEAD}, "申请办结"),
    "receive": _move({S.ASSIGNED, S.ACCEPTED}, None, PART, "协办签收"),
    "return_part": _move({S.ASSIGNED, S.ACCEPTED}, None, PART, "协办退办", reason=True),
    "allot_part": _move({S.ASSIGNED, S.ACCEPTED}, None, {ASSIST_HEAD}, "协办分办"),
    "contribute": _move({S.ASSIGNED, S.ACCEPTED}, None, PART, "协办反馈"),
    "urge_part": _move({S.ASSIGNED, S.ACCEPTED}, None, {OFFICE, LEADER, *UNIT}, "催办协办"),
    "adjust_parties": _move({S.APPROVED, S.ASSIGNED, S.ACCEPTED}, None, {OFFICE}, "调整协办", reason=True),
    "propose_roadmap": _move({S.ACCEPTED}, None, UNIT, "报送路线图"),
    "accept_roadmap": _move({S.ACCEPTED}, None, {OFFICE}, "同意路线图"),
    "return_roadmap": _move({S.ACCEPTED}, None, {OFFICE}, "退回路线图", reason=True),
    "finish_step": _move({S.ACCEPTED}, None, UNIT, "步骤完成"),
    "undo_step": _move({S.ACCEPTED}, None, UNIT, "更正步骤", reason=True),
    "verify": _move({S.SUBMITTED}, S.VERIFIED, {VERIFIER}, "核查通过", reason=True),
    "send_back": _move({S.SUBMITTED, S.VERIFIED}, S.ACCEPTED, {VERIFIER, LEADER, OFFICE}, "退回", reason=True),
    "close": _move({S.VERIFIED}, S.CLOSED, {LEADER, OFFICE}, "办结"),
    "archive": _move({S.CLOSED}, S.ARCHIVED, {OFFICE}, "归档"),
    "urge": _move({S.ASSIGNED, S.ACCEPTED, S.SUBMITTED, S.VERIFIED}, None, {OFFICE, LEADER}, "催办"),
    "read": _move(set(OPEN) | {S.CLOSED}, None, {LEADER, OFFICE}, "阅"),
    "instruct": _move(set(OPEN) | {S.CLOSED}, None, {LEADER, OFFICE}, "批示", reason=True),
    "ask_extension": _move({S.ACCEPTED}, None, UNIT, "申请延期", reason=True),
    "withdraw_extension": _move({S.ACCEPTED}, None, UNIT, "撤回延期申请"),
    "grant_extension": _move({S.ACCEPTED}, None, {LEADER, OFFICE}, "批准延期"),
    "refuse_extension": _move({S.ACCEPTED}, None, {LEADER, OFFICE}, "不批准延期", reason=True),
    "extend": _move({S.ASSIGNED, S.ACCEPTED}, None, {LEADER, OFFICE}, "延期", reason=True),
    "suspend": _move({S.ACCEPTED}, S.SUSPENDED, {LEADER, OFFICE}, "中止", reason=True),
    "resume": _move({S.SUSPENDED}, S.ACCEPTED, {LEADER, OFFICE}, "恢复办理", reason=True),
    "reassign": _move({S.APPROVED, S.ASSIGNED, S.ACCEPTED}, S.APPROVED, {OFFICE}, "调整承办", reason=True),
    "reopen": _move({S.CLOSED, S.ARCHIVED}, S.ACCEPTED, {LEADER, OFFICE}, "反弹重办", reason=True),
    "cancel": _move(
        {S.DRAFT, S.APPROVED, S.ASSIGNED, S.ACCEPTED, S.SUSPENDED}, S.CANCELLED, {LEADER, OFFICE}, "撤销", reason=True
    ),
}
"""Who decides and who may enter it: in the moves of `PAPER` the office never decides, it enters what a leader did."""

PAPER = frozenset({
    "approve", "send_back", "close", "read", "instruct", "grant_extension", "refuse_extension", "extend", "suspend",
    "reopen", "cancel",
})  # fmt: skip
"""A leader's decisions. The office may make these moves only with `decided_by` and the paper (or its source) they
stand on: leaders sign paper, the clerk enters it, and the record tells the two apart."""
WORDS = frozenset({"urge", "read", "instruct", "receive", "return_part", "allot_part", "contribute", "urge_part"})
"""Words on the timeline, and what an assisting unit does for itself: they change neither the matter's state nor its
version, and so disturb nobody's open form. What a unit does to its part is guarded by the part's own row."""
SPOKEN = frozenset({"feed_back", "submit", "contribute"})
"""Who did one of these in a cycle vouched for the work and cannot verify it (核查由另一人)."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Whom a matter names, as far as it decides who may move it."""

    bureau_id: int
    leader_id: int
    lead_unit_id: int
    handler_id: int | None = None
    verifier_id: int | None = None
    assist_units: frozenset[int] = frozenset()
    part_handlers: frozenset[tuple[int, int]] = frozenset()
    """(unit, person): whom an assisting unit named as its own 承办人."""
    spoke: frozenset[int] = frozenset()
    """Who fed back, contributed or applied for closing in the present cycle."""


def roles(person_id: int, held: Iterable[Held], parts: Parts) -> dict[str, str]:
    """A person's roles in a matter; the value names the principal where the role is held only standing in (代理).

    The named leader, whoever stands in for him, and the 主要领导 are `leader`. While nobody is named 承办人, every
    handler of the unit may sign, in the lead unit as in an assisting one. A verifier never verifies what he, or whom
    he stands in for, worked on.

    >>> parts = Parts(bureau_id=1, leader_id=7, lead_unit_id=3, handler_id=8)
    >>> roles(8, [Held("HANDLER", 3, 1)], parts), roles(9, [Held("HANDLER", 3, 1)], parts)
    ({'handler': ''}, {})
    >>> roles(6, [Held("LEADER", 2, 1, "沈知行", 7)], parts), roles(6, [Held("LEADER", 2, 1)], parts)
    ({'leader': '沈知行'}, {})
    >>> roles(8, [Held("HANDLER", 3, 1), Held("VERIFIER", 4, 1)], parts)
    {'handler': ''}
    >>> parts = Parts(bureau_id=1, leader_id=7, lead_unit_id=3, assist_units=frozenset({5}))
    >>> roles(9, [Held("HANDLER", 5, 1)], parts), roles(4, [Held("HEAD", 5, 1)], parts)
    ({'assist': ''}, {'assist_head': ''})
    """
    found: dict[str, str] = {}

    def hold(role: str, one: Held) -> None:
        if role not in found or not one.standing_in_for:
            found[role] = one.standing_in_for

    named, taken = parts.verifier_id == person_id, dict(parts.part_handlers)
    worked = parts.spoke | ({parts.handler_id} if parts.handler_id else set())
    for one in held:
        who = one.principal_id or person_id
        if one.bureau_id == parts.bureau_id:
            if one.duty == Duty.OFFICE:
                hold(OFFICE, one)
            if one.duty == Duty.CHIEF or (one.duty == Duty.LEADER and who == parts.leader_id):
                hold(LEADER, one)
            if (one.duty == Duty.VERIFIER or (named and not one.standing_in_for)) and who not in worked:
                hold(VERIFIER, one)
        if one.unit_id == parts.lead_unit_id:
            if one.duty == Duty.HEAD:
                hold(HEAD, one)
            if who == parts.handler_id or (one.duty == Duty.HANDLER and parts.handler_id is None):
                hold(HANDLER, one)
        if one.unit_id in parts.assist_units:
            if one.duty == Duty.HEAD:
                hold(ASSIST_HEAD, one)
            elif one.duty == Duty.HANDLER and taken.get(one.unit_id, who) == who:
                hold(ASSIST, one)
    if HANDLER in found or person_id in worked:
        found.pop(VERIFIER, None)
    return found


def default_block(source: str) -> str:
    """The scoring block a source falls into unless the office says otherwise at 立项.

    >>> default_block("COUNTY"), default_block("COMMITTEE")
    ('COUNTY', 'KEY_WORK')
    """
    return source if source in Block.values else str(Block.KEY_WORK)
