"""What the desk tells of activities: objections that the office owes an answer. Quotas have their own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from luoshi.activities.queries.access import objections_to_answer
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
