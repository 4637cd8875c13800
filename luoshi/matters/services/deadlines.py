"""Setting, meeting, ending and moving a matter's dates; each row keeps the whole arithmetic that made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Deadline, Matter
from luoshi.matters.rules import DeadlineKind, reckon
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


def hand_out(matter: Matter, *, now: datetime, on: date, due_on: date | None) -> HandOut:
    """Work out day 0 and both dates of a handing out at `now`; `NotAllowed` where the list's date cannot be.

    Day 0 is the working day on which it reached the unit (民法典第201条), signed or not; the first feedback is due
    the rule's number of working days after it; 办结时限 is the list's own date and is never rolled.
    """
    calendar = workdays.calendar(matter.bureau_id)
    day0 = day_zero(now, calendar)
    if due_on is None:
        raise NotAllowed("交办清单要写明办结时限，请填写后再交办。")
    check_date(due_on, on)
    if due_on < day0:
        raise NotAllowed(f"办结时限{due_on:%Y-%m-%d}早于起算日{day0:%Y-%m-%d}，请核对清单上的日期。")
    plan_id = matter.clause.version.plan_id if matter.clause is not None else None
    spoke = rule("feedback_days", bureau_id=matter.bureau_id, plan_id=plan_id, on=on)
    if spoke.value["unit"] not in ("WORKDAY", "DAY"):
        raise NotAllowed(f"首次反馈时限的规则（{spoke.citation}）要按工作日或日计算，请先更正规则。")
    reached = {"start": day0.isoformat(), "reached": why_day_zero(now, calendar)}
    number, began = int(spoke.value["number"]), ""
    begins = rule("day_zero", bureau_id=matter.bureau_id, on=on)
    if begins.value["choice"] == "SAME_DAY":  # the bureau counts the day itself as the first
        number, began = (
            number - 1,
            f"；{begins.source_label}（{begins.citation}）：当天就是第1日，以后再数{number - 1}日",
        )
    counted = {**reached, "reached": reached["reached"] + began}
    first = reckon({**counted, "number": number, "unit": spoke.value["unit"]}, calendar)
    due_basis: dict[str, Any] = {**reached, "number": None, "fixed": due_on.isoformat()}
    rest = rest_day(due_on, calendar)
    if rest:
        due_basis["rest_day"] = rest
    due = reckon(due_basis, calendar)
    return HandOut(day0, first.due, due.due, first.basis, due.basis, first.provisional, spoke)


def rest_day(day: date, calendar: Calendar) -> str:
    """Why a day is no working day, empty where it is one: a fixed date on a rest day is allowed, but said."""
    return "" if is_workday(day, calendar) else why(day, calendar)


def start(matter: Matter, dates: HandOut) -> list[Deadline]:
    """Write the two running dates of a handing out."""
    return [
        Deadline.objects.create(
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
        ),
        fixed(matter, DeadlineKind.DUE, dates.due, day0=dates.day0, citation="交办清单载明", basis=dates.due_basis),
    ]


def fixed(
    matter: Matter, kind: str, due_on: date, *, day0: date, citation: str, basis: Mapping[str, Any] | None = None
) -> Deadline:
    """Write a running date that somebody named and nobody counted."""
    told: dict[str, Any] = {
        "start": day0.isoformat(),
        "number": None,
        "fixed": due_on.isoformat(),
        "days": [],
        "moves": [],
    }
    return Deadline.objects.create(
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
