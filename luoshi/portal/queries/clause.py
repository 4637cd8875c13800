"""One clause with everything that belongs to it, through all versions of its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from luoshi.lib.byclause import Behind
from luoshi.matters.queries import clauses as matters
from luoshi.matters.queries.lists import Row, rows
from luoshi.org.models import User
from luoshi.plan.models import Clause, Duty, Rule
from luoshi.plan.queries import rules_for
from luoshi.portal.queries.coverage import records

MOST = 20
"""So many lines of each kind stand on the page; the others one click away."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The first records of one kind and how many there are."""

    number: int
    rows: list[Row]


def matters_under(clause: Clause, user: User, on: date, *, closed: bool) -> Holding:
    """The matters of a clause's lineage in hand, or closed, with their lamps."""
    found = (matters.closed_under if closed else matters.open_under)([clause.lineage], user, on)
    first = list(found.select_related("lead_unit", "leader", "handler")[:MOST])
    return Holding(found.count() if len(first) == MOST else len(first), rows(first, on))


def behind(key: str, clause: Clause, user: User, on: date) -> Behind:
    """The documents, or the dates, that belong to a clause's lineage."""
    return records(key, [clause.lineage], user, on)


def rules_made(clause: Clause, user: User, on: date) -> list[Rule]:
    """Every rule that a clause made under any version of its text, the latest first; also ended and withdrawn ones."""
    return list(rules_for(user, on).filter(clause__lineage=clause.lineage).order_by("-pk"))


def versions_of(clause: Clause) -> list[Clause]:
    """The clause in each text of its plan, the newest first."""
    same = Clause.objects.filter(lineage=clause.lineage, version__plan=clause.version.plan_id)
    return list(same.select_related("version").order_by("-version__number", "order"))


def confirmed_within(clause: Clause) -> bool:
    """Whether a duty of this clause or of one below it is confirmed: then nobody can say that it holds none."""
    within = Q(clause=clause) | Q(clause__version=clause.version_id, clause__path__startswith=f"{clause.path}/")
    return Duty.objects.filter(within, state="CONFIRMED").exists()
