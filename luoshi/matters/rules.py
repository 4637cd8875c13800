"""The whole life of a matter (事项) on one screen: states, moves, who may make each.

    拟办 DRAFT → 立项 APPROVED → 交办 ASSIGNED → 签收 ACCEPTED → (办理, 反馈) → 申请办结 SUBMITTED
    → 核查 VERIFIED → 办结 CLOSED → 归档 ARCHIVED;   中止 SUSPENDED (grey lamp), 撤销 CANCELLED.
    "Returned", "overdue" and "fed back" are a move, a query and an event, not states.

Roles in a matter: `office` 局办公室 of the issuing bureau · `leader` the assigning 分管领导/主要领导 (or who stands
in) · `head` 单位负责人 of the lead unit · `handler` the 承办人 · `verifier` 核查人, never the handler ·
`assist` head or handler of a 协办 unit · `reader` may see and do nothing.
"""

from __future__ import annotations

import calendar as civil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move
from luoshi.org.rules import Duty, Held
from luoshi.workdays.rules import (
    Calendar,
    add_workdays,
    awaited_years,
    is_workday,
    roll,
    workdays_between,
    workdays_of,
)


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


class MeetingKind(TextChoices):
    """The bodies whose sittings hand out work."""

    COMMITTEE = "COMMITTEE", "党委会"
    TEAM = "TEAM", "班子会"
    DISPATCH = "DISPATCH", "调度会"
    TOPIC = "TOPIC", "专题会"


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


EXTENSION_STATES = {"ASKED": "待批准", "GRANTED": "已批准", "REFUSED": "未批准", "WITHDRAWN": "已撤回"}
ROADMAP_STATES = {"PROPOSED": "待审核", "ACCEPTED": "已审核", "RETURNED": "退回修改", "SUPERSEDED": "已被取代"}
RHYTHMS = {"WEEK": "每周", "MONTH": "每月", "QUARTER": "每季度", "HALF_YEAR": "每半年", "YEAR": "每年"}


class Lamp(TextChoices):
    """What the calendar says of a matter; always shown with its word, never by colour alone."""

    NONE = "NONE", "未起算"
    GREEN = "GREEN", "正常"
    AMBER = "AMBER", "临期"
    RED = "RED", "逾期"
    GREY = "GREY", "中止"
    DONE = "DONE", "按期办结"
    LATE = "LATE", "逾期办结"


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
    "verify": _move({S.SUBMITTED}, S.VERIFIED, {VERIFIER}, "核查通过", reason=True),
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
stand on: leaders sign paper, the clerk enters it, and the record tells the two apart."""
WORDS = frozenset({"urge", "read", "instruct", "receive", "contribute"})
"""Words on the timeline: they append, change neither state nor version, and so disturb nobody's open form."""
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
    spoke: frozenset[int] = frozenset()
    """Who fed back, contributed or applied for closing in the present cycle."""


def roles(person_id: int, held: Iterable[Held], parts: Parts) -> dict[str, str]:
    """A person's roles in a matter; the value names the principal where the role is held only standing in (代理).

    The named leader, whoever stands in for him, and the 主要领导 are `leader`. While nobody is named 承办人, every
    handler of the lead unit may sign. A verifier never verifies what he, or whom he stands in for, worked on.

    >>> parts = Parts(bureau_id=1, leader_id=7, lead_unit_id=3, handler_id=8)
    >>> roles(8, [Held("HANDLER", 3, 1)], parts), roles(9, [Held("HANDLER", 3, 1)], parts)
    ({'handler': ''}, {})
    >>> roles(6, [Held("LEADER", 2, 1, "沈知行", 7)], parts), roles(6, [Held("LEADER", 2, 1)], parts)
    ({'leader': '沈知行'}, {})
    >>> roles(8, [Held("HANDLER", 3, 1), Held("VERIFIER", 4, 1)], parts)
    {'handler': ''}
    """
    found: dict[str, str] = {}

    def hold(role: str, one: Held) -> None:
        if role not in found or not one.standing_in_for:
            found[role] = one.standing_in_for

    named = parts.verifier_id == person_id
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
        if one.unit_id in parts.assist_units and one.duty in (Duty.HEAD, Duty.HANDLER):
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


@dataclass(frozen=True, slots=True)
class LampFacts:
    """What a lamp is read from: state, the running feedback date, 办结时限, and when the unit applied for closing."""

    state: str
    feedback_due_on: date | None = None
    due_on: date | None = None
    submitted_on: date | None = None


def lamp(facts: LampFacts, on: date, calendar: Calendar, *, ahead: int = 2) -> Lamp:
    """The lamp on a day: red after a date, amber from `ahead` working days before it, grey while suspended.

    The unit is measured by the day it applied for closing, so that a slow verification is not its fault;
    what was late stays late for ever.

    >>> facts = LampFacts("ACCEPTED", due_on=date(2026, 11, 27))
    >>> [lamp(facts, date(2026, 11, day), Calendar()).label for day in (24, 25, 27, 28)]
    ['正常', '临期', '临期', '逾期']
    >>> late = LampFacts("CLOSED", due_on=date(2026, 11, 27), submitted_on=date(2026, 12, 1))
    >>> lamp(late, date(2027, 6, 1), Calendar()).label
    '逾期办结'
    """
    if facts.state in (S.DRAFT, S.APPROVED, S.CANCELLED):
        return Lamp.NONE
    if facts.state == S.SUSPENDED:
        return Lamp.GREY
    if facts.submitted_on is not None and facts.state not in (S.ASSIGNED, S.ACCEPTED):
        late = facts.due_on is not None and facts.submitted_on > facts.due_on
        if facts.state in (S.CLOSED, S.ARCHIVED):
            return Lamp.LATE if late else Lamp.DONE
        return Lamp.RED if late else Lamp.GREEN
    near = min((one for one in (facts.feedback_due_on, facts.due_on) if one is not None), default=None)
    if near is None:
        return Lamp.GREEN
    if on > near:
        return Lamp.RED
    return Lamp.AMBER if near <= add_workdays(on, ahead, calendar).due else Lamp.GREEN


def default_next_on(
    on: date, due_on: date | None, calendar: Calendar, *, every: tuple[int, str] = (1, "MONTH")
) -> date:
    """The next feedback where nobody named one: an interval on, a working day, not after 办结时限 while that is ahead.

    >>> default_next_on(date(2026, 1, 31), None, Calendar())
    datetime.date(2026, 2, 27)
    >>> default_next_on(date(2026, 11, 23), date(2026, 12, 4), Calendar())
    datetime.date(2026, 12, 4)
    >>> default_next_on(date(2026, 11, 23), None, Calendar(), every=(10, "WORKDAY"))
    datetime.date(2026, 12, 7)
    """
    number, unit = every
    if unit == "WORKDAY":
        day = add_workdays(on, number, calendar).due
    elif unit == "DAY":
        day = on + timedelta(days=number)
    else:
        months = on.year * 12 + on.month - 1 + number * (12 if unit == "YEAR" else 1)
        year, month = divmod(months, 12)
        day = date(year, month + 1, min(on.day, civil.monthrange(year, month + 1)[1]))
    while not is_workday(day, calendar) and day > on + timedelta(days=1):
        day -= timedelta(days=1)
    return due_on if due_on is not None and on < due_on < day else day


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A date, the arithmetic behind it as stored in `Deadline.basis`, and whether it crosses an unpublished year."""

    due: date
    basis: dict[str, Any]
    provisional: bool


def reckon(basis: Mapping[str, Any], calendar: Calendar) -> Reckoning:
    """Work a stored arithmetic out again, from the start, on a calendar.

    `basis` holds `start` (day 0) and either `number` (of working days after it, or of days where `unit` is DAY) or
    `fixed` (the list's own date), then `moves` in their order: a pause moves the date by the working days it lasted
    (the day it began is day 0, the day work resumes the last), an extension sets it.

    >>> first = reckon({"start": "2026-11-23", "number": 5}, Calendar())
    >>> first.due, first.basis["days"][-1]
    (datetime.date(2026, 11, 30), ['2026-11-30', 5, '工作日'])
    >>> pause = {"kind": "pause", "from": "2026-11-25", "to": "2026-11-27"}
    >>> reckon({**first.basis, "moves": [pause]}, Calendar()).due
    datetime.date(2026, 12, 2)
    """
    start = date.fromisoformat(basis["start"])
    fresh: dict[str, Any] = {**basis, "days": [], "moves": []}
    if basis.get("number") is not None:
        counting = roll if basis.get("unit") == "DAY" else add_workdays
        count = counting(start, basis["number"], calendar)
        due, provisional = count.due, count.provisional
        fresh["days"] = [[day.on.isoformat(), day.nth, day.why] for day in count.days]
    else:
        due, provisional = date.fromisoformat(basis["fixed"]), False
    for one in basis.get("moves", ()):
        if one["kind"] == "extension":
            due, provisional = date.fromisoformat(one["due"]), False
            fresh["moves"].append(dict(one))
            continue
        since, until = date.fromisoformat(one["from"]), date.fromisoformat(one["to"])
        paused = workdays_of(since + timedelta(days=1), until, calendar)
        count = add_workdays(due, len(paused), calendar)
        due = count.due
        awaited = any(awaited_years(day, calendar) for day in paused)
        provisional = provisional or count.provisional or awaited
        moved = {"number": len(paused), "days": [day.isoformat() for day in paused], "due": due.isoformat()}
        fresh["moves"].append({**one, **moved})
    return Reckoning(due, fresh, provisional)


@dataclass(frozen=True, slots=True)
class LadderFacts:
    """What the ladder of reminders is read from."""

    state: str
    day0_on: date | None
    feedback_kind: str
    feedback_due_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder today: what is due, who is reminded, and in which words."""

    kind: str
    role: str
    words: str


def rungs(facts: LadderFacts, on: date, calendar: Calendar, *, sign_days: int = 1) -> list[Rung]:
    """The rungs of a working day: before a date the handler is reminded, on it the head, after it the leader.

    Unsigned `sign_days` working days after day 0 climbs a rung a day. A date on a rest day is "on" the working day
    before it. Not signing stops no clock, so an unsigned matter has both.

    >>> facts = LadderFacts("ACCEPTED", None, "STAGE", None, date(2026, 11, 27))
    >>> [[rung.role for rung in rungs(facts, date(2026, 11, day), Calendar())] for day in (25, 26, 27, 30)]
    [[], ['handler'], ['head'], ['leader']]
    """
    found = []
    if facts.state == S.ASSIGNED and facts.day0_on is not None:
        days = workdays_between(facts.day0_on, on, calendar)
        if days >= sign_days:
            role = {0: HANDLER, 1: HEAD}.get(days - sign_days, LEADER)
            found.append(Rung("UNSIGNED", role, f"已交办{days}个工作日尚未签收"))
    for kind, due in ((facts.feedback_kind, facts.feedback_due_on), (DeadlineKind.DUE, facts.due_on)):
        if due is None:
            continue
        word = DeadlineKind(kind).label
        if on > due:
            found.append(Rung(kind, LEADER, f"{word}已逾期（{due:%Y-%m-%d}）"))
            continue
        left = workdays_between(on, due, calendar)
        if left == 0:
            found.append(Rung(kind, HEAD, f"{word}今天到期（{due:%Y-%m-%d}）"))
        elif left == 1:
            found.append(Rung(kind, HANDLER, f"{word}还剩1个工作日（{due:%Y-%m-%d}）"))
    return found
