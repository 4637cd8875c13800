"""Whom and what a list can be filtered by: the rows a filter may name, and the words of one that is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.matters.models import Matter
from luoshi.matters.queries.access import visible
from luoshi.matters.queries.task_lists import lists_seen, meetings_seen
from luoshi.matters.rules import MeetingKind
from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty, Held, UnitKind
from luoshi.plan.models import Clause

KEYS = {"task_list": "public_id", "meeting": "public_id"}
"""What stands in the address for a row, where it is not its number."""
OFFERED = 300
"""Rows of one choice at most; older lists and meetings are reached from their own pages."""


def nameable(user: User, held: Sequence[Held], bureau: Unit, on: date) -> dict[str, QuerySet[Any]]:
    """The rows that each filter may name: units and people of the bureau, and of the rest what the person sees."""
    mine = Q(bureau=bureau) | Q(bureau__parent=bureau)
    units = Unit.objects.filter(mine, kind__in=[UnitKind.SECTION, UnitKind.AFFILIATE]).order_by("bureau", "rank", "id")
    posts = Post.objects.filter(mine, user=OuterRef("pk")).exclude(duty__in=ADMINISTRATORS)

    def people(*duties: str) -> QuerySet[User]:
        return User.objects.filter(Exists(posts.filter(duty__in=duties) if duties else posts)).order_by("pinyin", "id")

    seen = visible(user, held, on)
    return {
        "unit": units,
        "assist": units,
        "handler": people(Duty.HANDLER, Duty.HEAD),
        "leader": people(Duty.LEADER, Duty.CHIEF),
        "verifier": people(),
        "task_list": lists_seen(user, held, on).order_by("-issued_on", "-id"),
        "meeting": meetings_seen(user, held).filter(void=False).order_by("-held_on", "-id"),
        "clause": Clause.objects.filter(Exists(seen.filter(clause=OuterRef("pk")))).order_by("version", "order"),
    }


def named(rows: Mapping[str, QuerySet[Any]], asked: Mapping[str, Any]) -> dict[str, str]:
    """The words of the rows that an address names; what may not be named is left out. A query for each."""
    found = {}
    for name, value in asked.items():
        if value and (row := rows[name].filter(**{KEYS.get(name, "pk"): value}).first()) is not None:
            found[name] = words_of(name, row)
    return found


def words_of(name: str, row: Any) -> str:
    """A row as a choice or a chip says it."""
    if name == "meeting":
        return f"{MeetingKind(row.kind).label} {row.held_on:%Y-%m-%d} {row.title}"[:60]
    return str(row)[:60]


def offers(rows: Mapping[str, QuerySet[Any]], user: User, held: Sequence[Held], on: date) -> dict[str, list[Any]]:
    """Every choice of the folded form as (value, words), in a query for each."""
    found: dict[str, list[Any]] = {
        name: [(getattr(one, KEYS.get(name, "pk")), words_of(name, one)) for one in query[:OFFERED]]
        for name, query in rows.items()
    }
    seen: QuerySet[Matter] = visible(user, held, on).filter(number__isnull=False).order_by()
    pairs = sorted(set(seen.values_list("year", "series").distinct()), reverse=True)
    found["year"] = [(one, f"{one}年") for one in dict.fromkeys(year for year, _ in pairs)]
    found["series"] = [(one, one) for one in dict.fromkeys(series for _, series in pairs)]
    return found
