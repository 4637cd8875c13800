"""What stands under each clause: front-line posts and commendations, under way and done (protocol: `lib.byclause`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from luoshi.cadres.models import Commendation, Posting
from luoshi.cadres.queries.access import commendations_seen, postings_seen
from luoshi.cadres.rules import CommendState, PostingState
from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.org import queries as org
from luoshi.org.models import User

OPEN, DONE = "cadres", "cadres_done"
LIVE = {
    OPEN: (Q(state=PostingState.ASSIGNED), Q(state__in=[CommendState.NOTICED, CommendState.DECIDED])),
    DONE: (Q(state=PostingState.ENDED), Q(state=CommendState.PUBLISHED)),
}
"""What a figure counts of postings and commendations."""


def _under(lineages: Iterable[UUID], user: User, on: date) -> tuple[Any, Any]:
    wanted, held = list(lineages), org.held(user, on)
    return (
        postings_seen(user, held, on).filter(clause__lineage__in=wanted),
        commendations_seen(user, held).filter(clause__lineage__in=wanted),
    )


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """How many are under way and done, by lineage; one count for each of the two."""
    found: Figures = {}
    for nth, rows in enumerate(_under(lineages, user, on)):
        counts: Any = {key: Count("pk", filter=LIVE[key][nth]) for key in LIVE}
        for lineage, *numbers in rows.order_by().values_list("clause__lineage").annotate(**counts):
            figures = found.setdefault(lineage, {})
            for key, number in zip(LIVE, numbers, strict=True):
                if number:
                    figures[key] = figures.get(key, Figure(0)) + Figure(number)
    return found


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The postings, then the commendations that the figure counts."""
    if key not in LIVE:
        return None
    postings, commendations = _under(lineages, user, on)
    first = postings.filter(LIVE[key][0]).select_related("cadre", "unit").order_by("-pk")
    second = commendations.filter(LIVE[key][1]).select_related("person", "unit").order_by("-pk")
    number = first.count()

    def lines(start: int, stop: int) -> list[Line]:
        rows = [_posting(one) for one in first[start:stop]] if start < number else []
        rest = stop - max(start, number)
        at = max(start - number, 0)
        return rows + ([_commendation(one) for one in second[at : at + rest]] if rest > 0 else [])

    return Behind(number + second.count(), lines)


def _posting(one: Posting) -> Line:
    facts = (one.get_kind_display(), str(one.unit))
    return Line(str(one), one.get_absolute_url(), facts, one.get_state_display(), "", one.until_on)


def _commendation(one: Commendation) -> Line:
    return Line(
        str(one), one.get_absolute_url(), (one.get_kind_display(),), one.get_state_display(), "", one.published_on
    )
