"""承诺→公示→践诺→评诺, and the life of a concern: who may do what in which state, and what a date says of it.

A promise lies within the leader's duties, has a date, and is published; its wording is then frozen, and what changes
is changed in the open (2.2.1.4a). A matter in its scope is answered within the rule's days (2.2.1.4b); to answer is
not to close: every 急难愁盼 ends solved or patiently explained (2.2.1.4d).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move
from luoshi.org.rules import Duty, Held


class State(TextChoices):
    DRAFT = "DRAFT", "起草"
    SUBMITTED = "SUBMITTED", "待审定"
    PUBLISHED = "PUBLISHED", "已公示"
    SETTLED = "SETTLED", "已评诺"
    VOID = "VOID", "已作废"


class Outcome(TextChoices):
    """兑现: what became of a promise."""

    KEPT = "KEPT", "已兑现"
    PARTLY = "PARTLY", "部分兑现"
    NOT = "NOT", "未兑现"


class ProgressKind(TextChoices):
    PROGRESS = "PROGRESS", "践诺进展"
    FULFILMENT = "FULFILMENT", "兑现情况"


class ConcernKind(TextChoices):
    SCOPE = "SCOPE", "承诺范围内事项"
    URGENT = "URGENT", "急难愁盼"


class ConcernState(TextChoices):
    WAITING = "WAITING", "待答复"
    ANSWERED = "ANSWERED", "已答复、办理中"
    CLOSED = "CLOSED", "已办结"
    VOID = "VOID", "已作废"


class Ending(TextChoices):
    """How a concern ends: solved with a result, or explained to whoever raised it."""

    SOLVED = "SOLVED", "已解决"
    EXPLAINED = "EXPLAINED", "已解释说明"


OWNER, UNIT, OFFICE, CHIEF = "owner", "unit", "office", "chief"
"""Roles: the leader himself (or who stands in for him), the unit in charge, 局办公室, 主要领导."""

MOVES = {
    "edit": Move(frozenset({State.DRAFT}), None, frozenset({OWNER, OFFICE}), "修改承诺"),
    "submit": Move(frozenset({State.DRAFT}), State.SUBMITTED, frozenset({OWNER, OFFICE}), "送审"),
    "give_back": Move(frozenset({State.SUBMITTED}), State.DRAFT, frozenset({CHIEF, OFFICE}), "退回修改", reason=True),
    "publish": Move(frozenset({State.DRAFT, State.SUBMITTED}), State.PUBLISHED, frozenset({CHIEF, OFFICE}), "公示"),
    "void": Move(
        frozenset({State.DRAFT, State.SUBMITTED}), State.VOID, frozenset({OWNER, OFFICE}), "作废", reason=True
    ),
    "amend": Move(frozenset({State.PUBLISHED}), None, frozenset({CHIEF, OFFICE}), "变更承诺", reason=True),
    "note_progress": Move(frozenset({State.PUBLISHED}), None, frozenset({OWNER, UNIT, OFFICE}), "登记进展"),
    "link": Move(frozenset({State.PUBLISHED}), None, frozenset({OWNER, OFFICE}), "关联事项"),
    "fulfil": Move(frozenset({State.PUBLISHED}), None, frozenset({OWNER, OFFICE}), "登记兑现"),
    "settle": Move(frozenset({State.PUBLISHED}), State.SETTLED, frozenset({CHIEF, OFFICE}), "评诺"),
}
"""承诺's whole life. The office publishes and amends what 主要领导 decided, with the paper it stands on."""

CONCERN_MOVES = {
    "answer": Move(
        frozenset({ConcernState.WAITING}), ConcernState.ANSWERED, frozenset({OWNER, UNIT, OFFICE}), "答复"
    ),
    "close": Move(
        frozenset({ConcernState.ANSWERED}), ConcernState.CLOSED, frozenset({OWNER, UNIT, OFFICE}), "办结"
    ),
    "hand_over": Move(
        frozenset({ConcernState.WAITING, ConcernState.ANSWERED}), None, frozenset({OWNER, OFFICE}), "转督办"
    ),
    "list_problem": Move(
        frozenset({ConcernState.WAITING, ConcernState.ANSWERED, ConcernState.CLOSED}), None,
        frozenset({OWNER, UNIT, OFFICE}), "列入问题台账",
    ),
    "reassign": Move(
        frozenset({ConcernState.WAITING, ConcernState.ANSWERED}), None, frozenset({OWNER, OFFICE}), "改由他人办"
    ),
    "void_concern": Move(
        frozenset({ConcernState.WAITING, ConcernState.ANSWERED}), ConcernState.VOID, frozenset({OFFICE, OWNER}),
        "作废", reason=True,
    ),
}  # fmt: skip

READERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.HANDLER, Duty.VERIFIER, Duty.INSPECTOR,
           Duty.DISCIPLINE, Duty.WINDOW)  # fmt: skip
"""Whoever works in the bureau reads what it has promised; the three administrators handle no business."""
WORKERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.HANDLER)
AUTHORS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER)
OVERSEERS = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.INSPECTOR, Duty.VERIFIER, Duty.DISCIPLINE})
"""Duties that see every concern of their bureau."""
NEAR = timedelta(days=14)
"""A promise whose date is nearer than this stands on the leader's desk."""
TITLE_MOST, WORDS_MOST = 120, 300


def roles(
    user_id: int, held: Iterable[Held], *, bureau_id: int, person_id: int, units: Iterable[int]
) -> frozenset[str]:
    """A person's roles in what `person_id` promised; `units` are those that work on it.

    >>> held = [Held("LEADER", 3, 1), Held("OFFICE", 4, 2)]
    >>> sorted(roles(7, held, bureau_id=1, person_id=7, units=())), roles(7, held, bureau_id=2, person_id=8, units=())
    (['owner'], frozenset({'office'}))
    >>> sorted(roles(9, [Held("LEADER", 3, 1, "沈知行", 7)], bureau_id=1, person_id=7, units=()))
    ['owner']
    >>> sorted(roles(9, [Held("HEAD", 5, 1)], bureau_id=1, person_id=7, units=(5,)))
    ['unit']
    """
    found, working = set(), set(units)
    for one in held:
        if one.duty in (Duty.HEAD, Duty.HANDLER) and one.unit_id in working:
            found.add(UNIT)
        if one.bureau_id != bureau_id:
            continue
        if one.duty in (Duty.LEADER, Duty.CHIEF) and (one.principal_id or user_id) == person_id:
            found.add(OWNER)
        if one.duty == Duty.CHIEF:
            found.add(CHIEF)
        if one.duty == Duty.OFFICE:
            found.add(OFFICE)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Face:
    """A lamp with its word."""

    lamp: str
    words: str


def answer_face(due_on: date, answered_on: date | None, left: str, *, near: bool, on: date) -> Face:
    """What the calendar says of an answer: given in time or late, still to give, overdue. `left` is the distance.

    >>> answer_face(date(2026, 11, 27), date(2026, 11, 27), "", near=False, on=date(2026, 12, 1))
    Face(lamp='done', words='按期答复')
    >>> answer_face(date(2026, 11, 27), date(2026, 11, 30), "", near=False, on=date(2026, 12, 1)).words
    '逾期答复'
    >>> answer_face(date(2026, 11, 27), None, "逾期2个工作日", near=False, on=date(2026, 12, 1)).lamp
    'red'
    """
    if answered_on is not None:
        return Face("done", "按期答复") if answered_on <= due_on else Face("red", "逾期答复")
    if on > due_on:
        return Face("red", left)
    return Face("amber" if near else "green", left)


def promise_face(due_on: date, outcome: str, *, ended: bool, on: date) -> Face:
    """What the calendar says of a promise; one that was kept, or taken over by somebody else, has no date any more.

    >>> promise_face(date(2026, 12, 31), "", ended=False, on=date(2026, 12, 20)).words
    '还剩11天'
    >>> promise_face(date(2026, 12, 31), "NOT", ended=False, on=date(2027, 1, 8)).words
    '未兑现'
    """
    if ended:
        return Face("grey", "已终止")
    if outcome:
        face = {Outcome.KEPT: "done", Outcome.PARTLY: "amber", Outcome.NOT: "red"}[Outcome(outcome)]
        return Face(face, Outcome(outcome).label)
    if on > due_on:
        return Face("red", f"逾期{(on - due_on).days}天")
    if on == due_on:
        return Face("amber", "今天到期")
    return Face("amber" if due_on - on <= NEAR else "green", f"还剩{(due_on - on).days}天")
