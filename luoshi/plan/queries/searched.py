"""What of the plans may be looked up: each plan, and each clause of its text in force by its own words."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from luoshi.plan.models import Clause, Plan, PlanVersion
from luoshi.search.rules import Doc, Source, in_order


def plan_docs(keys: Sequence[int]) -> list[Doc]:
    """Each plan by its title, short name, number and who issued it."""
    return [
        Doc("plan", one.pk, one.bureau_id, one.title, f"{one.short_name}\n{one.document_no}\n{one.issued_by}")
        for one in Plan.objects.filter(pk__in=keys)
    ]


def clauses_in_force() -> QuerySet[Clause]:
    """The clauses of every plan's newest text; earlier texts are read on their own pages."""
    newest = Plan.objects.annotate(newest=Max("versions__pk")).values("newest")
    return Clause.objects.filter(version__in=newest)


def clause_docs(keys: Sequence[int]) -> list[Doc]:
    """Each clause in force by its heading and its own words, which end where its first sub-clause begins."""
    rows = list(clauses_in_force().filter(pk__in=keys).select_related("version__plan"))
    texts = dict(PlanVersion.objects.filter(pk__in={one.version_id for one in rows}).values_list("pk", "text"))
    below: dict[int, int] = {}
    for parent, start in Clause.objects.filter(parent__in=keys).order_by("-start").values_list("parent_id", "start"):
        below[parent] = start
    return [
        Doc(
            "clause", one.pk, one.version.plan.bureau_id, one.title,
            texts[one.version_id][one.start : below.get(one.pk, one.end)].strip(),
        )
        for one in rows
    ]  # fmt: skip


PLANS = Source("plan", in_order(Plan.objects.all), plan_docs)
CLAUSES = Source("clause", in_order(clauses_in_force), clause_docs)
SEARCHED = (PLANS, CLAUSES)
