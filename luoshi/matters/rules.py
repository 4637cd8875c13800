"""The whole life of a matter (事项) on one screen: states, moves, who may make each.

    拟办 DRAFT → 立项 APPROVED → 交办 ASSIGNED → 签收 ACCEPTED → (办理, 反馈) → 申请办结 SUBMITTED
    → 核查 VERIFIED → 办结 CLOSED → 归档 ARCHIVED;   中止 SUSPENDED (grey lamp), 撤销 CANCELLED.
    "Returned", "overdue" and "fed back" are a move, a query and an event, not states.

Roles in a matter: `office` 局办公室 of the issuing bureau · `leader` the assigning 分管领导/主要领导 (or who stands
in) · `head` 单位负责人 of the lead unit · `handler` the 承办人 · `verifier` 核查人, never the handler ·
`assist` head or handler of a 协办 unit · `reader` may see and do nothing.
"""

from __future__ import annotations

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move


class State(TextChoices):
    DRAFT = "DRAFT", "拟办"
    APPROVED = "APPROVED", "已立项"
    ASSIGNED = "ASSIGNED", "已交办"
    ACCEPTED = "ACCEPTED", "办理中"
    SUBMITTED = "SUBMITTED", "待核查"
    VERIFIED = "VERIFIED", "待办结"
    CLOSED = "CLOSED", "已办结"
    ARCHIVED = "ARCHIVED", "已归档"
    SUSPENDED = "SUSPENDED", "已中止"
    CANCELLED = "CANCELLED", "已撤销"


class Source(TextChoices):
    PLAN = "PLAN", "方案条款"
    COMMITTEE = "COMMITTEE", "党委会"
    TEAM_MEETING = "TEAM_MEETING", "班子会"
    INSTRUCTION = "INSTRUCTION", "领导批示"
    COUNTY = "COUNTY", "县委县政府交办"
    REFORM = "REFORM", "改革任务"
    KEY_PROJECT = "KEY_PROJECT", "重点项目"
    KEY_WORK = "KEY_WORK", "重点工作"


class Block(TextChoices):
    """The scoring block of the quarterly board, set at 立项."""

    KEY_PROJECT = "KEY_PROJECT", "重点项目"
    KEY_WORK = "KEY_WORK", "重点工作"
    COUNTY = "COUNTY", "县委县政府交办"


class PartyRole(TextChoices):
    LEAD = "LEAD", "牵头"
    ASSIST = "ASSIST", "协办"


class FeedbackKind(TextChoices):
    PRELIMINARY = "PRELIMINARY", "初步反馈"
    STAGE = "STAGE", "阶段反馈"
    FINAL = "FINAL", "办结反馈"


class DeadlineKind(TextChoices):
    FIRST_FEEDBACK = "FIRST_FEEDBACK", "首次反馈"
    STAGE = "STAGE", "阶段反馈"
    DUE = "DUE", "办结"


S = State
OPEN = frozenset({S.ASSIGNED, S.ACCEPTED, S.SUBMITTED, S.VERIFIED, S.SUSPENDED})
"""Handed out and not yet closed."""

OFFICE, LEADER, HEAD, HANDLER, VERIFIER, ASSIST, READER = (
    "office", "leader", "head", "handler", "verifier", "assist", "reader",
)  # fmt: skip


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
    "receive": _move({S.ASSIGNED, S.ACCEPTED}, None, {ASSIST}, "协办签收"),
    "contribute": _move({S.ASSIGNED, S.ACCEPTED}, None, {ASSIST}, "协办反馈"),
    "verify": _move({S.SUBMITTED}, S.VERIFIED, {VERIFIER}, "核查通过"),
    "send_back": _move({S.SUBMITTED, S.VERIFIED}, S.ACCEPTED, {VERIFIER, LEADER, OFFICE}, "退回", reason=True),
    "close": _move({S.VERIFIED}, S.CLOSED, {LEADER, OFFICE}, "办结"),
    "archive": _move({S.CLOSED}, S.ARCHIVED, {OFFICE}, "归档"),
    "urge": _move({S.ASSIGNED, S.ACCEPTED, S.SUBMITTED, S.VERIFIED}, None, {OFFICE, LEADER}, "催办"),
    "read": _move(set(OPEN) | {S.CLOSED}, None, {LEADER, OFFICE}, "阅"),
    "instruct": _move(set(OPEN) | {S.CLOSED}, None, {LEADER, OFFICE}, "批示", reason=True),
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

PAPER = frozenset({"approve", "send_back", "close", "read", "instruct", "extend", "suspend", "reopen", "cancel"})
"""A leader's decisions. The office may make these moves only with `decided_by` and the paper (or its source) they
stand on: leaders sign paper, the clerk enters it, and the record tells the two apart. (`cancel` and `send_back` too.)"""
