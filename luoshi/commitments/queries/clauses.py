"""What stands under each clause: published promises, concerns received, livelihood work (protocol: `lib.byclause`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.commitments.models import Concern, LivelihoodItem, Promise
from luoshi.commitments.queries.access import PUBLIC, batches_seen, commitments_seen, concerns_seen
from luoshi.commitments.queries.lists import concern_lines, item_face
from luoshi.commitments.rules import ConcernState, promise_face
from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.org import queries as org
from luoshi.org.models import User

OPEN, DONE = "promises", "promises_done"
"""Two figures for all three kinds: what is still to be kept, answered or done, and what came to its end."""
LIVE = {
    OPEN: (Q(outcome=""), ~Q(state=ConcernState.CLOSED), Q(done_on__isnull=True)),
    DONE: (~Q(outcome=""), Q(state=ConcernState.CLOSED), Q(done_on__isnull=False)),
}
"""What a figure counts of promises, concerns and works."""
Sets = tuple[QuerySet[Promise], QuerySet[Concern], QuerySet[LivelihoodItem]]


def _under(lineages: Iterable[UUID], user: User, on: date) -> Sets:
    """The promises, concerns and works of these clauses, as far as a person sees them."""
    wanted, held = list(lineages), org.held(user, on)
    published = commitments_seen(user, held).filter(PUBLIC, clause__lineage__in=wanted)
    concerns = concerns_seen(user, held, on).filter(clause__lineage__in=wanted).exclude(state=ConcernState.VOID)
    batches = batches_seen(held).filter(clause__lineage__in=wanted)
    return (
        Promise.objects.filter(commitment__in=published, ended_on=None),
        concerns,
        LivelihoodItem.objects.filter(batch__in=batches, void_reason=""),
    )


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """How many promises, concerns and works are open and done, by lineage; one count for each of the three."""
    found: Figures = {}
    places = ("commitment__clause__lineage", "clause__lineage", "batch__clause__lineage")
    for nth, (rows, place) in enumerate(zip(_under(lineages, user, on), places, strict=True)):
        counts: Any = {key: Count("pk", filter=LIVE[key][nth]) for key in LIVE}
        for lineage, *numbers in rows.order_by().values_list(place).annotate(**counts):
            figures = found.setdefault(lineage, {})
            for key, number in zip(LIVE, numbers, strict=True):
                if number:
                    figures[key] = figures.get(key, Figure(0)) + Figure(number)
    return found


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The promises, then the concerns, then the works that the figure counts."""
    if key not in LIVE:
        return None
    promises, concerns, works = _under(lineages, user, on)
    mine = LIVE[key]
    promises, concerns, works = promises.filter(mine[0]), concerns.filter(mine[1]), works.filter(mine[2])
    parts = [
        Behind.of(
            promises.select_related("commitment__person").order_by("commitment", "order"),
            lambda rows: [_promise_line(one, on) for one in rows],
        ),
        Behind.of(concerns.select_related("leader", "unit").order_by("-pk"), lambda rows: _concern_lines(rows, on)),
        Behind.of(
            works.select_related("batch", "unit", "leader").order_by("batch", "order"),
            lambda rows: [_work_line(one, on) for one in rows],
        ),
    ]

    def lines(start: int, stop: int) -> list[Line]:
        found: list[Line] = []
        at = 0
        for part in parts:
            first, last = max(start - at, 0), max(stop - at, 0)
            if first < part.number and last > first:
                found += part.lines(first, min(last, part.number))
            at += part.number
        return found

    return Behind(sum(part.number for part in parts), lines)


def _promise_line(one: Promise, on: date) -> Line:
    face = promise_face(one.due_now_on, one.outcome, ended=one.ended_on is not None, on=on)
    facts = (str(one.commitment), one.commitment.field)
    return Line(one.words, one.get_absolute_url(), facts, face.words, face.lamp, one.due_now_on)


def _concern_lines(rows: list[Concern], on: date) -> list[Line]:
    return [
        Line(
            line.concern.title,
            line.concern.get_absolute_url(),
            tuple(filter(None, (line.concern.get_kind_display(), str(line.concern.unit or line.concern.leader)))),
            line.result or line.face.words,
            line.face.lamp,
            line.concern.answer_due_on,
        )
        for line in concern_lines(rows, on)
    ]


def _work_line(one: LivelihoodItem, on: date) -> Line:
    face = item_face(one, on)
    return Line(one.name, one.get_absolute_url(), (str(one.batch), str(one.unit)), face.words, face.lamp, one.due_on)
