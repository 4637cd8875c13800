"""Which rows of campaigns a person may see, those of the plans he may read; and what stands by a clause."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from luoshi.org.models import User
from luoshi.plan import queries
from luoshi.plan.models import GroupMember, LeadingGroup, Phase, PlanVersion, Responsibility, ScopeExclusion
from luoshi.records.models import Evidence


def phases_for(user: User, on: date) -> QuerySet[Phase]:
    """The phases that a person may see."""
    return Phase.objects.filter(plan__in=queries.visible_to(user, on), void=False).select_related(
        "plan__bureau", "clause"
    )


def groups_for(user: User, on: date) -> QuerySet[LeadingGroup]:
    """The leading groups that a person may see."""
    return LeadingGroup.objects.filter(plan__in=queries.visible_to(user, on)).select_related("plan__bureau")


def members_for(user: User, on: date) -> QuerySet[GroupMember]:
    """The members that a person may see."""
    return GroupMember.objects.filter(group__plan__in=queries.visible_to(user, on)).select_related(
        "group__plan__bureau", "person"
    )


def lines_for(user: User, on: date) -> QuerySet[Responsibility]:
    """The lines of responsibility lists that a person may see."""
    return Responsibility.objects.filter(plan__in=queries.visible_to(user, on)).select_related(
        "plan__bureau", "person", "unit", "clause"
    )


def exclusions_for(user: User, on: date) -> QuerySet[ScopeExclusion]:
    """The exclusions that a person may see."""
    return ScopeExclusion.objects.filter(plan__in=queries.visible_to(user, on)).select_related("plan__bureau", "unit")


def papers_for(user: User, on: date) -> QuerySet[Evidence]:
    """The papers that a visible plan's decision, leading group or gates rest on."""
    plans = queries.visible_to(user, on)
    held = (
        Q(pk__in=plans.filter(decision_paper__isnull=False).values("decision_paper_id"))
        | Q(pk__in=LeadingGroup.objects.filter(plan__in=plans, paper__isnull=False).values("paper_id"))
        | Q(pk__in=Phase.objects.filter(plan__in=plans, decisions__paper__isnull=False).values("decisions__paper_id"))
    )
    return Evidence.objects.filter(held)


def by_clause(version: PlanVersion) -> dict[int, list[Phase | LeadingGroup | Responsibility]]:
    """What the campaign holds by each clause of a text, for the clause page and the coverage map.

    Phases that are not void, the leading group that stands, open lines of the responsibility list. A clause is known
    again by its lineage, so what an earlier text's clause set up counts for the newest one too.
    """
    here = dict(version.clauses.values_list("lineage", "pk"))
    plan = version.plan_id
    rows: list[Phase | LeadingGroup | Responsibility] = [
        *Phase.objects.filter(plan=plan, void=False, clause__isnull=False).select_related("clause"),
        *LeadingGroup.objects.filter(plan=plan, until_on=None, clause__isnull=False).select_related(
            "clause", "office_unit"
        ),
        *Responsibility.objects.filter(plan=plan, until_on=None, clause__isnull=False).select_related(
            "clause", "person"
        ),
    ]
    found: dict[int, list[Phase | LeadingGroup | Responsibility]] = {}
    for one in rows:
        if one.clause is not None and one.clause.lineage in here:
            found.setdefault(here[one.clause.lineage], []).append(one)
    return found
