"""周期事项: those of a bureau with their next dates, what a day asks, and whether a period was handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from luoshi.matters.models import Matter, Recurrence
from luoshi.matters.rules.recurring import Occurrence, Period, following, nth_words, occurrence, period_of, upcoming
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty, Held
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar

READERS = frozenset({Duty.OFFICE, Duty.LEADER, Duty.CHIEF})
NEXT = 3
LOOK_AHEAD = 3
"""Periods after the present one whose hand-out may already be due."""


def recurrences_seen(held: list[Held]) -> QuerySet[Recurrence]:
    """Those of the bureaus where one is office or leader."""
    return Recurrence.objects.filter(bureau__in={one.bureau_id for one in held if one.duty in READERS})


def running(on: date) -> QuerySet[Recurrence]:
    """What may hand out something today."""
    begun = Recurrence.objects.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on).order_by("pk")
    return begun.select_related(
        "bureau", "lead_unit", "leader", "verifier", "decided_by", "opened_by", "clause__version"
    )


def due_now(one: Recurrence, on: date, calendar: Calendar) -> list[Occurrence]:
    """The periods that are to be handed out by now and are not past their date."""
    found, period = [], period_of(one.rhythm, on)
    for _ in range(1 + LOOK_AHEAD):
        told = occurrence(period, one.nth, one.ahead, calendar)
        within = told.due is not None and told.due >= on and (one.until_on is None or told.due <= one.until_on)
        if within and told.hand_on is not None and told.hand_on <= on:
            found.append(told)
        period = following(period)
    return found


def handed_out(one: Recurrence, period: Period) -> bool:
    """Whether the period was handed out, under this version or one before it."""
    versions, at = [one.pk], one.follows_id
    while at is not None and at not in versions:
        versions.append(at)
        at = Recurrence.objects.filter(pk=at).values_list("follows_id", flat=True).get()
    return Matter.objects.filter(recurrence__in=versions, period=period.key).exists()


@dataclass(frozen=True, slots=True)
class RecurrenceLine:
    """One recurrence ready to print: its rule in words, its next dates, the latest matter it made."""

    recurrence: Recurrence
    rule: str
    assists: list[str]
    dates: list[Occurrence]
    latest: Matter | None
    ended: bool


def recurrence_lines(user: User, held: list[Held], on: date) -> list[RecurrenceLine]:
    """All of them, those that run first; the number of queries does not grow with them."""
    made = Prefetch("matters", Matter.objects.order_by("-pk"), to_attr="made")
    seen = recurrences_seen(held).select_related("lead_unit", "leader", "decided_by", "clause").prefetch_related(made)
    found = list(seen.order_by("title", "pk"))
    calendars = {pk: workdays.calendar(pk) for pk in {one.bureau_id for one in found}}
    units = {one.pk: str(one) for one in Unit.objects.filter(pk__in={pk for one in found for pk in one.assist_units})}
    lines = [
        RecurrenceLine(
            recurrence=one,
            rule=nth_words(one.rhythm, one.nth),
            assists=[units[pk] for pk in one.assist_units if pk in units],
            dates=upcoming(
                one.rhythm, one.nth, one.ahead, calendars[one.bureau_id], since=on, from_on=one.from_on,
                until_on=one.until_on, count=NEXT,
            ),
            latest=one.made[0] if one.made else None,
            ended=one.until_on is not None and one.until_on < on,
        )
        for one in found
    ]  # fmt: skip
    return sorted(lines, key=lambda one: one.ended)
