"""What of the plans a person may read: the only doors to plans, texts, clauses, duties and rules."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import ADMINISTRATORS
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion, Rule, SetAside


def visible_to(user: User, on: date) -> QuerySet[Plan]:
    """The plans a person may read: those of the bureaus he works in. Administrators hold no business of a bureau."""
    bureaus = {one.bureau_id for one in org.held(user, on) if one.duty not in ADMINISTRATORS}
    return Plan.objects.filter(bureau_id__in=bureaus)


def versions_for(user: User, on: date) -> QuerySet[PlanVersion]:
    """The plan texts a person may read."""
    return PlanVersion.objects.filter(plan__in=visible_to(user, on)).select_related("plan__bureau")


def clauses_for(user: User, on: date) -> QuerySet[Clause]:
    """The clauses a person may read."""
    return Clause.objects.filter(version__plan__in=visible_to(user, on)).select_related("version__plan")


def duties_for(user: User, on: date) -> QuerySet[Duty]:
    """The read duties a person may see."""
    seen = Duty.objects.filter(clause__version__plan__in=visible_to(user, on))
    return seen.select_related("clause__version__plan__bureau", "owner_unit", "decided_by")


def set_asides_for(user: User, on: date) -> QuerySet[SetAside]:
    """The findings set aside in the plans that a person may read."""
    rows = SetAside.objects.filter(plan__in=visible_to(user, on))
    return rows.select_related("plan__bureau", "decided_by", "clause")


def rules_for(user: User, on: date) -> QuerySet[Rule]:
    """The rules a person may see: those of the bureaus whose plans he reads."""
    bureaus = {one.bureau_id for one in org.held(user, on) if one.duty not in ADMINISTRATORS}
    return Rule.objects.filter(bureau_id__in=bureaus).select_related("plan", "clause", "confirmed_by", "paper")
