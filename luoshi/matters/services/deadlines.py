"""Setting, meeting, ending and moving a matter's dates; each row keeps the whole arithmetic that made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Deadline, Matter
from luoshi.matters.rules import DeadlineKind, Reckoning, reckon
from luoshi.matters.services.checks import check_date
from luoshi.plan.queries import rule
from luoshi.plan.rules import RuleValue
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar, day_zero, is_workday, why, why_day_zero

FIELD = {
    DeadlineKind.FIRST_FEEDBACK: "feedback_due_on",
    DeadlineKind.STAGE: "next_feedback_on",
    DeadlineKind.DUE: "due_on",
}
"""Where the matter shows the running date of each kind (for lists); the deadline row holds its reason."""


@dataclass(frozen=True, slots=True)
class HandOut:
    """The dates of one handing out, worked out before anything is written."""

    day0: date
    feedback_due: date
    due: date
    feedback_basis: dict[str, Any]
    due_basis: dict[str, Any]
    provisional: bool
    rule: RuleValue

    def fields(self, now: datetime) -> dict[str, Any]:
        """What the matter shows of it."""
        return {
            "assigned_at": now,
            "day0_on": self.day0,
            "feedback_due_on": self.feedback_due,
            "next_feedback_on": None,
            "first_feedback_on": None,
            "due_on": self.due,
        }

    def words(self) -> dict[str, Any]:
        """What the event tells of it."""
        told: dict[str, Any] = {
            "day0_on": self.day0.isoformat(),
            "feedback_due_on": self.feedback_due.isoformat(),
            "due_on": self.due.isoformat(),
        }
        return told | ({"rest_day": self.due_basis["rest_day"]} if "rest_day" in self.due_basis else {})


@dataclass(frozen=True, slots=True)
class Counting:
    """What every hand-out of one moment is counted by: the calendar, day 0, the rule and what it gives."""

    calendar: Calendar
    day0: date
    reached: dict[str, Any]
    rule: RuleValue
    first: Reckoning


def counting(bureau_id: int, plan_id: int | None, *, now: datetime, on: date) -> Counting:
    """Day 0 and the first feedback's date of a handing out at `now`, alike for every matter of one plan (or none).

    Day 0 is the working day on which it reached the unit (民法典第201条), signed or not; the first feedback is due
    the rule's number of working days after it.
    """
    calendar = workdays.calendar(bureau_id)
    day0 = day_zero(now, calendar)
    spoke = rule("feedback_days", bureau_id=bureau_id, plan_id=plan_id, on=on)
    if spoke.value["unit"] not in ("WORKDAY", "DAY"):
        raise NotAllowed(f"首次反馈时限的规则（{spoke.citation}）要按工作日或日计算，请先更正规则。")
    reached = {"start": day0.isoformat(), "reached": why_day_zero(now, calendar)}
    number, began = int(spoke.value["number"]), ""
    begins = rule("day_zero", bureau_id=bureau_id, on=on)
    if begins.value["choice"] == "SAME_DAY":  # the bureau counts the day itself as the first
        number -= 1
        began = f"；{begins.source_label}（{begins.citation}）：当天就是第1日，以后再数{number}日"
    counted = {**reached, "reached": reached["reached"] + began}
    first = reckon({**counted, "number": number, "unit": spoke.value["unit"]}, calendar)
    return Counting(calendar, day0, reached, spoke, first)


def hand_out(
    matter: Matter, *, now: datetime, on: date, due_on: date | None, counted: Counting | None = None
) -> HandOut:
    """Work out day 0 and both dates of a handing out at `now`; `NotAllowed` where the list's date cannot be.

    办结时限 is the list's own date and is never rolled. `counted` spares many matters the same arithmetic.
    """
    if counted is None:
        plan_id = matter.clause.version.plan_id if matter.clause is not None else None
        counted = counting(matter.bureau_id, plan_id, now=now, on=on)
    day0, first = counted.day0, counted.first
    if due_on is None:
        raise NotAllowed("交办清单要写明办结时限，请填写后再交办。")
    check_date(due_on, on)
    if due_on < day0:
        raise NotAllowed(f"办结时限{due_on:%Y-%m-%d}早于起算日{day0:%Y-%m-%d}，请核对清单上的日期。")
    due_basis: dict[str, Any] = {**counted.reached, "number": None, "fixed": due_on.isoformat()}
    rest = rest_day(due_on, counted.calendar)
    if rest:
        due_basis["rest_day"] = rest
    due = reckon(due_basis, counted.calendar)
    return HandOut(day0, first.due, due.due, first.basis, due.basis, first.provisional, counted.rule)


def rest_day(day: date, calendar: Calendar) -> str:
    """Why a day is no working day, empty where it is one: a fixed date on a rest day is allowed, but said."""
    return "" if is_workday(day, calendar) else why(day, calendar)


def rows_of(matter: Matter, dates: HandOut) -> list[Deadline]:
    """The two running dates of a handing out, not yet written."""
    first = Deadline(
        matter=matter,
        cycle=matter.cycle,
        kind=DeadlineKind.FIRST_FEEDBACK,
        day0_on=dates.day0,
        number=dates.feedback_basis["number"],
        original_on=dates.feedback_due,
        due_on=dates.feedback_due,
        rule_id=dates.rule.rule_id,
        citation=dates.rule.citation,
        basis=dates.feedback_basis,
        provisional=dates.provisional,
    )
    due = _fixed(matter, DeadlineKind.DUE, dates.due, dates.day0, "交办清单载明", dates.due_basis)
    return [first, due]


def start(matter: Matter, dates: HandOut) -> list[Deadline]:
    """Write the two running dates of a handing out."""
    rows = rows_of(matter, dates)
    for one in rows:
        one.save()
    return rows


def fixed(
    matter: Matter, kind: str, due_on: date, *, day0: date, citation: str, basis: Mapping[str, Any] | None = None
) -> Deadline:
    """Write a running date that somebody named and nobody counted."""
    row = _fixed(matter, kind, due_on, day0, citation, basis)
    row.save()
    return row


def _fixed(
    matter: Matter, kind: str, due_on: date, day0: date, citation: str, basis: Mapping[str, Any] | None
) -> Deadline:
    told: dict[str, Any] = {
        "start": day0.isoformat(),
        "number": None,
        "fixed": due_on.isoformat(),
        "days": [],
        "moves": [],
    }
    return Deadline(
        matter=matter,
        cycle=matter.cycle,
        kind=kind,
        day0_on=day0,
        original_on=due_on,
        due_on=due_on,
        citation=citation,
        basis=dict(basis or told),
    )


def running(matter: Matter) -> list[Deadline]:
    """The dates that still run."""
    return list(Deadline.objects.filter(matter=matter, met_on=None, ended_on=None).order_by("id"))


def meet(matter: Matter, kinds: Iterable[str], on: date) -> list[Deadline]:
    """The unit did it, in time or late: these kinds stop running."""
    return _stamp(matter, set(kinds), met_on=on)


def end(matter: Matter, on: date) -> list[Deadline]:
    """Nobody owes it any more (declined, reassigned, cancelled): everything stops running."""
    return _stamp(matter, set(DeadlineKind.values), ended_on=on)


def _stamp(matter: Matter, kinds: set[str], **stamp: date) -> list[Deadline]:
    rows = [one for one in running(matter) if one.kind in kinds]
    Deadline.objects.filter(pk__in=[one.pk for one in rows]).update(**stamp)
    return rows


def run_again(matter: Matter) -> list[Deadline]:
    """退回: 办结 was not reached after all; its date runs on, as it was."""
    rows = list(Deadline.objects.filter(matter=matter, cycle=matter.cycle, kind=DeadlineKind.DUE, ended_on=None))
    Deadline.objects.filter(pk__in=[one.pk for one in rows]).update(met_on=None)
    return rows


@dataclass(frozen=True, slots=True)
class Shift:
    """A running date with one more move in its arithmetic, worked out and not yet written."""

    deadline: Deadline
    due: date
    basis: dict[str, Any]
    provisional: bool

    def write(self) -> Deadline:
        """Write it; `original_on` stays."""
        Deadline.objects.filter(pk=self.deadline.pk).update(
            due_on=self.due, basis=self.basis, provisional=self.provisional
        )
        return self.deadline


def shift(deadline: Deadline, calendar: Calendar, *moves: Mapping[str, Any]) -> Shift:
    """Work a date out again with further moves (a pause, an extension) or on a newly published calendar."""
    told = reckon({**deadline.basis, "moves": [*deadline.basis.get("moves", []), *moves]}, calendar)
    return Shift(deadline, told.due, told.basis, told.provisional)


def fields(shifts: Iterable[Shift]) -> dict[str, Any]:
    """What the matter shows of moved dates."""
    return {FIELD[DeadlineKind(one.deadline.kind)]: one.due for one in shifts}
