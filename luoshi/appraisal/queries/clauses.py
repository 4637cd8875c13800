"""What stands under each clause: boards published by a scheme that rests on it (protocol: `lib.byclause`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.appraisal.models import Board
from luoshi.appraisal.queries.access import boards_seen
from luoshi.appraisal.rules.words import BoardState
from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.org import queries as org
from luoshi.org.models import User

KEY = "boards"
LINEAGE = "scheme__blocks__indicators__clause__lineage"


def _under(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Board]:
    """The boards of these clauses, as far as a person sees them: by the clause of any indicator of their scheme."""
    seen = boards_seen(org.held(user, on)).exclude(state=BoardState.VOID)
    return seen.filter(Q(**{f"{LINEAGE}__in": list(lineages)}))


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """How many boards rest on each clause; one query."""
    rows: Any = _under(lineages, user, on).order_by().values_list(LINEAGE).annotate(number=Count("pk", distinct=True))
    return {lineage: {KEY: Figure(number)} for lineage, number in rows if number}


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The boards that the figure counts, the newest first."""
    if key != KEY:
        return None
    rows = _under(lineages, user, on).distinct().select_related("scheme").order_by("-year", "-quarter", "-edition")
    return Behind.of(rows, lambda found: [_line(one) for one in found])


def _line(one: Board) -> Line:
    return Line(str(one), one.get_absolute_url(), (str(one.scheme),), one.get_state_display(), "", one.published_on)
