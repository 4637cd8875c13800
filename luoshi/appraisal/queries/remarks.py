"""Who sees which remark of superiors, and the facts that a score reads of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.appraisal.models import SuperiorRemark
from luoshi.appraisal.queries.access import own_units
from luoshi.appraisal.rules.doors import OVERSEERS
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held, bureaus

SEES_ALL = OVERSEERS | {Duty.INSPECTOR, Duty.VERIFIER}


def remarks_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[SuperiorRemark]:
    """Whoever oversees the bureau sees all its remarks; a unit those on itself."""
    found = list(held)
    seen = Q(bureau__in=bureaus(found, SEES_ALL))
    units = own_units(user, found, on)
    if units:
        seen |= Q(unit__in=sorted(units))
    return SuperiorRemark.objects.filter(seen)


def remarks_counted(bureau_id: int, since: date, until: date) -> QuerySet[SuperiorRemark]:
    """The remarks whose document is dated in a period, void ones left out, in the order of their entry."""
    return SuperiorRemark.objects.filter(
        bureau_id=bureau_id, issued_on__gte=since, issued_on__lte=until, void_reason=""
    ).order_by("pk")
