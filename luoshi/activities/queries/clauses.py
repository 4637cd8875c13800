"""What was held under each clause, by the clause's lineage; the protocol stands in `lib.byclause`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from luoshi.activities.models import Activity
from luoshi.activities.queries.access import visible_to
from luoshi.activities.rules import length
from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.org.models import User


def under(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Activity]:
    """The activities under these clauses, in whatever version, as far as a person sees them."""
    return visible_to(user, on).filter(clause__lineage__in=list(lineages), void=False).order_by()


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """How many activities stand under each clause; one count."""
    told = under(lineages, user, on).values_list("clause__lineage").annotate(number=Count("pk"))
    return {lineage: {"activities": Figure(number)} for lineage, number in told}


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The activities that the figure counts, newest first."""
    if key != "activities":
        return None
    found = under(lineages, user, on).select_related("unit").order_by("-held_on", "-id")
    return Behind.of(
        found,
        lambda part: [
            Line(
                title=one.title,
                url=one.get_absolute_url(),
                facts=(one.get_kind_display(), str(one.unit), length(one.half_days)),
                on=one.held_on,
            )
            for one in part
        ],
    )
