"""Whom and what the ledger can be filtered by: the rows a filter may name, and the words of one that is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty, UnitKind
from luoshi.plan.models import Clause
from luoshi.problems.models import Problem, ProblemClass

OFFERED = 300
"""Rows of one choice at most."""
TAGS_READ = 2_000


def nameable(ledger: QuerySet[Problem], bureau: Unit, on: date) -> dict[str, QuerySet[Any]]:
    """The rows that each filter may name: units, people and classes of the bureau, and clauses of what one sees."""
    units = Unit.objects.filter(bureau=bureau, kind__in=[UnitKind.SECTION, UnitKind.AFFILIATE]).order_by("rank", "id")
    posts = Post.objects.filter(bureau=bureau, user=OuterRef("pk")).exclude(duty__in=ADMINISTRATORS)

    def people(*duties: str) -> QuerySet[User]:
        return User.objects.filter(Exists(posts.filter(duty__in=duties) if duties else posts)).order_by("pinyin", "id")

    return {
        "unit": units,
        "owner": people(),
        "leader": people(Duty.LEADER, Duty.CHIEF),
        "class": ProblemClass.objects.filter(bureau=bureau, void=False),
        "clause": Clause.objects.filter(Exists(ledger.filter(clause=OuterRef("pk")))).order_by("version", "order"),
    }


def named(rows: Mapping[str, QuerySet[Any]], asked: Mapping[str, Any]) -> dict[str, str]:
    """The words of the rows that an address names; what may not be named is left out. A query for each."""
    found = {}
    for name, value in asked.items():
        if value and (row := rows[name].filter(pk=value).first()) is not None:
            found[name] = str(row)[:60]
    return found


def offers(rows: Mapping[str, QuerySet[Any]], ledger: QuerySet[Problem]) -> dict[str, list[tuple[Any, str]]]:
    """Every choice of the folded form as (value, words), in a query for each."""
    found: dict[str, list[tuple[Any, str]]] = {
        name: [(one.pk, str(one)[:60]) for one in query[:OFFERED]] for name, query in rows.items()
    }
    years = sorted(set(ledger.order_by().values_list("year", flat=True).distinct()), reverse=True)
    found["year"] = [(one, f"{one}年") for one in years]
    found["tag"] = [(one, one) for one in known_tags(ledger)]
    return found


def known_tags(ledger: QuerySet[Problem]) -> list[str]:
    """The tags in use, the commonest first, read from the latest problems that have any."""
    told: dict[str, int] = {}
    for tags in ledger.exclude(Q(tags=[])).order_by("-id").values_list("tags", flat=True)[:TAGS_READ]:
        for one in tags:
            told[str(one)] = told.get(str(one), 0) + 1
    return sorted(told, key=lambda one: (-told[one], one))[:OFFERED]
