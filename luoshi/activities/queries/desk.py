"""What activities put on desks: talks, trips, lessons, objections. Quotas, which nobody owes, stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from luoshi.activities.queries.access import objections_to_answer
from luoshi.activities.queries.desk_talks import DeskLine, desk_talks
from luoshi.lib.ondesk import Part, Todo
from luoshi.org.models import User
from luoshi.org.rules import Held

SHOWN = 20


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """One objection on the desk: who says what against which entry, since when, and where it is answered."""

    who: str
    words: str
    activity: str
    on: date
    url: str


def objection_desk(held: Sequence[Held]) -> list[ObjectionLine]:
    """The objections that wait for somebody with these duties, the oldest first; one query."""
    rows = objections_to_answer(held).select_related("by", "attendance__activity").order_by("pk")[:SHOWN]
    return [
        ObjectionLine(
            one.by.name,
            one.words,
            str(one.attendance.activity),
            one.on,
            reverse("activities:answer", args=[one.pk]),
        )
        for one in rows
    ]


def on_desk(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """What talks, trips, lessons and objections ask of a person today (protocol: `lib.ondesk`)."""
    parts = [
        Part(part.key, part.label, [_todo(one) for one in part.lines], more=part.more)
        for part in desk_talks(user, held, on)
    ]
    asked = [
        Todo(one.activity, one.url, "答复", one.url, one.who, one.on, said=one.words) for one in objection_desk(held)
    ]
    if asked:
        parts.append(Part.of("objections", "对记录的异议", asked, reverse("activities:objections")))
    return parts


def _todo(line: DeskLine) -> Todo:
    lamp, words = ("red", "逾期") if line.late else ("", "")
    return Todo(line.words, line.url, on=line.due_on, lamp=lamp, words=words)
