"""催办阶梯: who is reminded of what on a working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.matters.rules.life import ASSIST, ASSIST_HEAD, HANDLER, HEAD, LEADER
from luoshi.matters.rules.words import DeadlineKind, State
from luoshi.workdays.rules import Calendar, workdays_between


@dataclass(frozen=True, slots=True)
class LadderFacts:
    """What the ladder of reminders is read from."""

    state: str
    day0_on: date | None
    feedback_kind: str
    feedback_due_on: date | None
    due_on: date | None
    next_step_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What the reminders of one assisting unit are read from."""

    unit: str
    received_on: date | None
    signed: bool
    finished: bool
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
    if facts.state == State.ASSIGNED and facts.day0_on is not None:
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
    if facts.state == State.ACCEPTED and facts.next_step_on is not None:
        found += _step(facts.next_step_on, on, calendar)
    return found


def _step(due: date, on: date, calendar: Calendar) -> list[Rung]:
    """A step of the roadmap: the handler the day before and on its day, the head while it is behind."""
    if on > due:
        return [Rung("STEP", HEAD, f"路线图步骤滞后（原计划{due:%Y-%m-%d}）")]
    left = workdays_between(on, due, calendar)
    words = {0: "路线图步骤今天到期", 1: "路线图步骤还剩1个工作日"}.get(left)
    return [Rung("STEP", HANDLER, f"{words}（{due:%Y-%m-%d}）")] if words else []


def part_rungs(facts: PartFacts, on: date, calendar: Calendar, *, sign_days: int = 1) -> list[Rung]:
    """The rungs of an assisting unit, climbed within that unit; when it is late the lead unit's 承办人 hears it too.

    >>> facts = PartFacts("质安中心", date(2026, 11, 20), True, False, date(2026, 11, 27))
    >>> [[one.role for one in part_rungs(facts, date(2026, 11, day), Calendar())] for day in (25, 26, 27, 30)]
    [[], ['assist'], ['assist_head'], ['assist_head', 'handler']]
    >>> fresh = PartFacts("质安中心", date(2026, 11, 20), False, False, None)
    >>> [[one.role for one in part_rungs(fresh, date(2026, 11, day), Calendar())] for day in (20, 23, 24)]
    [[], ['assist'], ['assist_head']]
    """
    if facts.finished:
        return []
    found = []
    days = workdays_between(facts.received_on, on, calendar) if facts.received_on and not facts.signed else 0
    if days >= sign_days and days:
        role = ASSIST if days == sign_days else ASSIST_HEAD
        found.append(Rung("PART_UNSIGNED", role, f"协办事项送达{days}个工作日尚未签收"))
    if facts.due_on is None:
        return found
    if on > facts.due_on:
        found.append(Rung("PART", ASSIST_HEAD, f"协办配合已逾期（{facts.due_on:%Y-%m-%d}）"))
        found.append(Rung("PART", HANDLER, f"{facts.unit}协办配合已逾期（{facts.due_on:%Y-%m-%d}）"))
        return found
    left = workdays_between(on, facts.due_on, calendar)
    if left == 0:
        found.append(Rung("PART", ASSIST_HEAD, f"协办配合今天到期（{facts.due_on:%Y-%m-%d}）"))
    elif left == 1:
        found.append(Rung("PART", ASSIST, f"协办配合还剩1个工作日（{facts.due_on:%Y-%m-%d}）"))
    return found
