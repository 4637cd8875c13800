"""催办阶梯: who is reminded of what on a working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.matters.rules.life import HANDLER, HEAD, LEADER
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
    return found
