"""灯: what the calendar says of a matter on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.matters.rules.words import Lamp, State
from luoshi.workdays.rules import Calendar, add_workdays


@dataclass(frozen=True, slots=True)
class LampFacts:
    """What a lamp is read from: state, the running feedback date, 办结时限, when the unit applied for closing, and the
    nearest step of the accepted roadmap that is not done."""

    state: str
    feedback_due_on: date | None = None
    due_on: date | None = None
    submitted_on: date | None = None
    next_step_on: date | None = None


SLIPPED = "步骤滞后"
"""The word of an amber lamp that shines for a step past its date."""


def slipped(facts: LampFacts, on: date) -> bool:
    """Whether a step of the roadmap is past its date and not done."""
    running = facts.state in (State.ASSIGNED, State.ACCEPTED)
    return running and facts.next_step_on is not None and on > facts.next_step_on


def lamp(facts: LampFacts, on: date, calendar: Calendar, *, ahead: int = 2) -> Lamp:
    """The lamp on a day: red after a date, amber from `ahead` working days before it, grey while suspended.

    A step past its date and not done makes it amber too (路线图/时间表, 2.2.5.1b): the unit is behind its own plan,
    but nothing that was promised to the leader is late yet.

    The unit is measured by the day it applied for closing, so that a slow verification is not its fault;
    what was late stays late for ever.

    >>> facts = LampFacts("ACCEPTED", due_on=date(2026, 11, 27))
    >>> [lamp(facts, date(2026, 11, day), Calendar()).label for day in (24, 25, 27, 28)]
    ['正常', '临期', '临期', '逾期']
    >>> late = LampFacts("CLOSED", due_on=date(2026, 11, 27), submitted_on=date(2026, 12, 1))
    >>> lamp(late, date(2027, 6, 1), Calendar()).label
    '逾期办结'
    >>> behind = LampFacts("ACCEPTED", due_on=date(2026, 12, 25), next_step_on=date(2026, 11, 24))
    >>> [lamp(behind, date(2026, 11, day), Calendar()).label for day in (24, 25)]
    ['正常', '临期']
    """
    if facts.state in (State.DRAFT, State.APPROVED, State.CANCELLED):
        return Lamp.NONE
    if facts.state == State.SUSPENDED:
        return Lamp.GREY
    if facts.submitted_on is not None and facts.state not in (State.ASSIGNED, State.ACCEPTED):
        late = facts.due_on is not None and facts.submitted_on > facts.due_on
        if facts.state in (State.CLOSED, State.ARCHIVED):
            return Lamp.LATE if late else Lamp.DONE
        return Lamp.RED if late else Lamp.GREEN
    near = min((one for one in (facts.feedback_due_on, facts.due_on) if one is not None), default=None)
    if near is not None and on > near:
        return Lamp.RED
    if slipped(facts, on):
        return Lamp.AMBER
    if near is None:
        return Lamp.GREEN
    return Lamp.AMBER if near <= add_workdays(on, ahead, calendar).due else Lamp.GREEN
