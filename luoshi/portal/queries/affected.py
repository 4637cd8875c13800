"""Which open matters rest on clauses that a new text of their plan changes or leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from luoshi.matters import queries as matters
from luoshi.matters.queries.lists import Row, rows
from luoshi.matters.rules import OPEN
from luoshi.org.models import User
from luoshi.plan import queries as plan
from luoshi.plan.models import Clause

LONGEST = 200


def affected(user: User, clause_ids: Iterable[int], on: date) -> list[tuple[Clause, list[Row]]]:
    """The clauses (of those a person may read) with the open matters he sees, also those of the same lineage.

    A matter keeps the clause it was opened from; one of an earlier version stands here under the clause as it is now.
    """
    clauses = list(plan.clauses_for(user, on).filter(pk__in=list(clause_ids)[:2000]).order_by("order"))
    by_lineage = {one.lineage: one for one in clauses}
    seen = matters.visible_to(user, on).filter(
        state__in=OPEN,
        clause__lineage__in=by_lineage,
        clause__version__plan__in={one.version.plan_id for one in clauses},
    )
    found = list(seen.select_related("lead_unit", "leader", "handler", "clause").order_by("due_on", "id")[:LONGEST])
    told: dict[int, list[Row]] = {}
    for matter, row in zip(found, rows(found, on), strict=True):
        if matter.clause is not None:
            told.setdefault(by_lineage[matter.clause.lineage].pk, []).append(row)
    return [(one, told[one.pk]) for one in clauses if one.pk in told]
