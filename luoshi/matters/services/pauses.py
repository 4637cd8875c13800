"""What an approved standstill does to a roadmap's steps and to the dates of assisting units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.matters.models import Matter, MatterParty, RoadmapStep
from luoshi.matters.rules import PartyRole
from luoshi.workdays.rules import Calendar, add_workdays


@dataclass(frozen=True, slots=True)
class Rested:
    """A step not done, moved by the working days of a standstill and not yet written."""

    step: RoadmapStep
    due: date
    original: date
    paused: int
    accepted: bool

    def write(self) -> RoadmapStep:
        """Write it. A date that was accepted once stays the original one; the days of the pause are kept beside."""
        RoadmapStep.objects.filter(pk=self.step.pk).update(
            due_on=self.due, original_on=self.original, paused=self.paused
        )
        return self.step


def resting(matter: Matter, paused: int, calendar: Calendar) -> list[Rested]:
    """The undone steps of the version in force and of the one that waits, each moved by the pause."""
    rows = RoadmapStep.objects.filter(
        roadmap__matter=matter, roadmap__state__in=["ACCEPTED", "PROPOSED"], done_on=None
    ).select_related("roadmap")
    found = []
    for one in rows.order_by("id"):
        accepted = one.roadmap.state == "ACCEPTED"
        known = accepted or one.follows_id is not None
        due = add_workdays(one.due_on, paused, calendar).due if paused else one.due_on
        found.append(Rested(one, due, one.original_on if known else due, one.paused + paused if known else 0, accepted))
    return found


def next_of(steps: Iterable[Rested]) -> date | None:
    """The nearest date of the version in force after the pause."""
    return min((one.due for one in steps if one.accepted), default=None)


def rest_parts(matter: Matter, paused: int, calendar: Calendar) -> list[MatterParty]:
    """配合时限 of the assisting units moves too; within the caller's act."""
    rows = (
        list(MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None, due_on__isnull=False))
        if paused
        else []
    )
    for one in rows:
        if one.due_on is not None:
            MatterParty.objects.filter(pk=one.pk).update(due_on=add_workdays(one.due_on, paused, calendar).due)
    return rows
