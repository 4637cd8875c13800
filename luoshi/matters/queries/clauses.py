"""What is done under each clause: matters in hand and closed, their documents, the dates that cite the clause.

The protocol stands in `lib.byclause`. A matter handed out under an earlier version of the text counts on by the
clause's lineage; drafts are counted for those only who may see them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.matters.models import Deadline, EventEvidence, Matter
from luoshi.matters.queries.access import visible_to
from luoshi.matters.queries.desk import waits_for
from luoshi.matters.queries.lists import clock_of, lamp_query, left_words, rows
from luoshi.matters.rules import OPEN, DeadlineKind, Lamp, State
from luoshi.org.models import User
from luoshi.workdays import queries as workdays

RUNNING = Q(state__in=[*OPEN, State.DRAFT, State.APPROVED])
ENDED = Q(state__in=[State.CLOSED, State.ARCHIVED])
FACES = {Lamp.RED: "red", Lamp.AMBER: "amber", Lamp.GREY: "grey", Lamp.GREEN: "green"}
"""The lamps of what is in hand, by their names in the look."""
ENDED_FACES = {Lamp.DONE: "done", Lamp.LATE: "red"}


def under(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Matter]:
    """The matters given out under these clauses, in whatever version, as far as a person sees them."""
    return visible_to(user, on).filter(clause__lineage__in=list(lineages)).order_by()


def open_under(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Matter]:
    """Of these, what is in hand, the nearest date first."""
    return under(lineages, user, on).filter(RUNNING).order_by(F("due_on").asc(nulls_last=True), "id")


def closed_under(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Matter]:
    """Of these, what is closed, the latest first."""
    return under(lineages, user, on).filter(ENDED).order_by("-closed_on", "-id")


def _documents(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[EventEvidence]:
    """What was handed in with any step of these matters."""
    return EventEvidence.objects.filter(event__matter__in=under(lineages, user, on).filter(RUNNING | ENDED)).order_by()


def _deadlines(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Deadline]:
    """The running dates, of whatever matter a person sees, that a rule of these clauses fixed."""
    running = Deadline.objects.filter(rule__clause__lineage__in=list(lineages), met_on=None, ended_on=None)
    return running.filter(matter__in=visible_to(user, on).filter(RUNNING)).order_by("due_on", "id")


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """Matters in hand with their lamps, closed ones, documents, by lineage; a count a bureau, one for documents."""
    wanted = list(lineages)
    found: Figures = {}
    seen = under(wanted, user, on)
    for bureau_id in sorted(set(seen.values_list("bureau_id", flat=True).distinct())):
        clock = clock_of(bureau_id, on)
        told: Any = seen.filter(bureau=bureau_id).values("clause__lineage").annotate(
            open=Count("pk", filter=RUNNING),
            closed=Count("pk", filter=ENDED),
            **{face: Count("pk", filter=RUNNING & lamp_query(lamp, on, clock)) for lamp, face in FACES.items()},
        )  # fmt: skip
        for one in told:
            figures = found.setdefault(one["clause__lineage"], {})
            lamps = {face: one[face] for face in FACES.values() if one[face]}
            for key, figure in (("open", Figure(one["open"], lamps)), ("closed", Figure(one["closed"]))):
                if figure.number:
                    figures[key] = figures.get(key, Figure(0)) + figure
    documents = _documents(wanted, user, on).values_list("event__matter__clause__lineage")
    for lineage, number in documents.annotate(number=Count("pk")):
        found.setdefault(lineage, {})["documents"] = Figure(number)
    return found


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The matters, documents or dates that a figure counts."""
    if key in ("open", "closed"):
        found = (open_under if key == "open" else closed_under)(lineages, user, on)
        found = found.select_related("lead_unit", "leader", "handler", "verifier")
        return Behind.of(found, lambda part: _matter_lines(part, on))
    if key == "documents":
        files = _documents(lineages, user, on).select_related("evidence", "event__matter", "event__operator")
        return Behind.of(files.order_by("-id"), _document_lines)
    if key == "deadlines":
        dates = _deadlines(lineages, user, on).select_related("matter__lead_unit", "matter__handler", "rule")
        return Behind.of(dates, lambda part: _deadline_lines(part, on))
    return None


def _matter_lines(matters: list[Matter], on: date) -> list[Line]:
    faces = {**FACES, **ENDED_FACES}
    return [
        Line(
            title=row.title,
            url=row.url,
            facts=tuple(filter(None, (row.number, row.unit, row.handler, waits_for(matter)))),
            state=row.left or (row.lamp_label if row.lamp != Lamp.NONE else row.state_label),
            lamp=faces.get(Lamp(row.lamp), ""),
            on=matter.closed_on or row.next_on,
        )
        for matter, row in zip(matters, rows(matters, on), strict=True)
    ]


def _document_lines(files: list[EventEvidence]) -> list[Line]:
    return [
        Line(
            title=one.evidence.name,
            url=reverse("matters:evidence", args=[one.event.matter.public_id, one.evidence_id]),
            facts=(str(one.event.matter), str(one.event.operator or "")),
            on=one.event.on,
        )
        for one in files
    ]


def _deadline_lines(dates: list[Deadline], on: date) -> list[Line]:
    calendars = {pk: workdays.calendar(pk) for pk in {one.matter.bureau_id for one in dates}}
    return [
        Line(
            title=one.matter.title,
            url=one.matter.get_absolute_url(),
            facts=(one.matter.number_label, str(one.matter.lead_unit), f"{DeadlineKind(one.kind).label}时限"),
            state=left_words(one.due_on, on, calendars[one.matter.bureau_id]),
            lamp="red" if on > one.due_on else "",
            on=one.due_on,
        )
        for one in dates
    ]
