"""What is known and put right under each clause: problems in hand and closed, the 制度 they led to.

The protocol stands in `lib.byclause`; clauses are known by their lineage. Personal lists are counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.matters.queries import clock_of
from luoshi.matters.queries.lists import Clock, left_words
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import ADMINISTRATORS, Held
from luoshi.problems.models import Institution, Problem
from luoshi.problems.queries.access import public
from luoshi.problems.rules import OPEN, State
from luoshi.problems.rules.dates import lamp
from luoshi.workdays.rules import add_workdays

RUNNING = Q(state__in=OPEN)
CLOSED = Q(state=State.CLOSED)


def under(lineages: Iterable[UUID], user: User, on: date, held: Sequence[Held] | None = None) -> QuerySet[Problem]:
    """The problems under these clauses, in whatever version, as far as a person sees them."""
    seen = public(user, org.held(user, on) if held is None else held, on)
    return seen.filter(clause__lineage__in=list(lineages)).order_by()


def institutions_under(lineages: Iterable[UUID], held: Sequence[Held]) -> QuerySet[Institution]:
    """The 制度 under these clauses of the bureaus a person works in."""
    bureaus = {one.bureau_id for one in held if one.duty not in ADMINISTRATORS}
    return Institution.objects.filter(bureau__in=bureaus, void=False, clause__lineage__in=list(lineages)).order_by()


def lamp_query(wanted: str, on: date, clock: Clock) -> Q:
    """The same lamp as `rules.dates.lamp`, asked of the database; what has no date has none."""
    soon = add_workdays(on, clock.ahead, clock.calendar).due
    applied, late = Q(applied_on__isnull=False), Q(applied_on__gt=F("due_on"))
    waiting = Q(applied_on__isnull=True, due_on__isnull=False)
    return {
        "red": (applied & late) | (waiting & Q(due_on__lt=on)),
        "amber": waiting & Q(due_on__gte=on, due_on__lte=soon),
        "green": (applied & Q(applied_on__lte=F("due_on"))) | (waiting & Q(due_on__gt=soon)),
    }[wanted]


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """Problems in hand with their lamps, closed ones, and 制度, by lineage; a count a bureau, one for 制度."""
    wanted, held = list(lineages), org.held(user, on)
    found: Figures = {}
    seen = under(wanted, user, on, held)
    for bureau_id in sorted(set(seen.values_list("bureau_id", flat=True).distinct())):
        clock = clock_of(bureau_id, on)
        faces = {face: Count("pk", filter=RUNNING & lamp_query(face, on, clock)) for face in ("red", "amber", "green")}
        told: Any = (
            seen.filter(bureau=bureau_id)
            .values("clause__lineage")
            .annotate(running=Count("pk", filter=RUNNING), ended=Count("pk", filter=CLOSED), **faces)
        )
        for one in told:
            figures = found.setdefault(one["clause__lineage"], {})
            lamps = {face: one[face] for face in faces if one[face]}
            for key, figure in (
                ("problems", Figure(one["running"], lamps)),
                ("problems_closed", Figure(one["ended"])),
            ):
                if figure.number:
                    figures[key] = figures.get(key, Figure(0)) + figure
    rows = institutions_under(wanted, held).values_list("clause__lineage").annotate(number=Count("pk"))
    for lineage, number in rows:
        found.setdefault(lineage, {})["institutions"] = Figure(number)
    return found


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The problems or 制度 that a figure counts."""
    if key == "institutions":
        rows = institutions_under(lineages, org.held(user, on)).select_related("unit").order_by("-issued_on", "-id")
        return Behind.of(rows, _institution_lines)
    if key not in ("problems", "problems_closed"):
        return None
    seen = under(lineages, user, on).select_related("unit", "bureau")
    if key == "problems":
        found = seen.filter(RUNNING).order_by(F("due_on").asc(nulls_last=True), "id")
    else:
        found = seen.filter(CLOSED).order_by("-closed_on", "-id")
    return Behind.of(found, lambda part: _lines(part, on))


def _lines(part: list[Problem], on: date) -> list[Line]:
    clocks = {pk: clock_of(pk, on) for pk in {one.bureau_id for one in part}}
    found = []
    for one in part:
        time = clocks[one.bureau_id]
        running = one.state in OPEN and one.due_on is not None
        left = left_words(one.due_on, on, time.calendar) if running and one.due_on and not one.applied_on else ""
        face = lamp(one.due_on, on, time.calendar, applied_on=one.applied_on, ahead=time.ahead) if running else ""
        facts = tuple(word for word in (one.number_label, str(one.unit or ""), left) if word)
        day = one.due_on if running else one.closed_on
        found.append(Line(one.title, one.get_absolute_url(), facts, one.standing, face, day))
    return found


def _institution_lines(part: list[Institution]) -> list[Line]:
    found = []
    for one in part:
        url = one.get_absolute_url() if hasattr(one, "get_absolute_url") else ""
        facts = tuple(word for word in (one.code, one.get_cure_display(), str(one.unit or "")) if word)
        found.append(Line(one.title, url, facts, on=one.issued_on))
    return found
