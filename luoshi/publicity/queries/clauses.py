"""What stands under each clause: articles published, counted among its materials (protocol: `lib.byclause`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.publicity.models import Article
from luoshi.publicity.queries.access import articles_seen
from luoshi.publicity.rules import State

KEY = "articles"


def _under(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Article]:
    seen = articles_seen(user, org.held(user, on)).filter(state=State.PUBLISHED)
    return seen.filter(clause__lineage__in=list(lineages))


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """How many articles are published, by lineage; one query."""
    rows = _under(lineages, user, on).order_by().values_list("clause__lineage").annotate(number=Count("pk"))
    return {lineage: {KEY: Figure(number)} for lineage, number in rows}


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The articles that the figure counts, the latest first."""
    if key != KEY:
        return None
    rows = _under(lineages, user, on).select_related("unit").order_by("-published_on", "-pk")
    return Behind.of(rows, lambda found: [_line(one) for one in found])


def _line(one: Article) -> Line:
    facts = (one.get_kind_display(), str(one.unit), one.get_scope_display())
    return Line(one.title, one.get_absolute_url(), facts, one.get_state_display(), "", one.published_on)
