"""What the plan says of personal lists and of 建章立制: the clause to cite."""

from __future__ import annotations

from django.db.models import QuerySet

from luoshi.plan.models import Clause, Duty, Plan


def plans_of(bureau_id: int) -> QuerySet[Plan]:
    """The plans of a bureau, newest first."""
    return Plan.objects.filter(bureau=bureau_id).order_by("-id")


def self_check_clause(plan: Plan | None) -> Clause | None:
    """The clause of a plan's newest text that asks for personal lists; None where it names none."""
    return _clause(plan, "problem_self_list")


def institution_clause(plan: Plan | None) -> Clause | None:
    """The clause of a plan's newest text that asks for institutions; None where it names none."""
    return _clause(plan, "institution_building")


def _clause(plan: Plan | None, slot: str) -> Clause | None:
    if plan is None:
        return None
    duties = Duty.objects.filter(clause__version__plan=plan, slot=slot).select_related("clause__version")
    found = duties.order_by("-clause__version__number", "clause__order").first()
    return found.clause if found is not None else None
