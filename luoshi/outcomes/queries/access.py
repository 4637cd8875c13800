"""The only doors to summaries and to figures from outside."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from luoshi.org.rules import Duty, Held, bureaus
from luoshi.outcomes.models import OutsideFigure, Summary
from luoshi.outcomes.rules import OVERSEERS, READERS, SummaryState
from luoshi.outcomes.rules.access import WHOLE


def summaries_seen(held: Iterable[Held]) -> QuerySet[Summary]:
    """What was issued is read by everybody in the bureau; what waits, by its leaders too; a draft by 局办公室 and
    主要领导."""
    found = list(held)
    issued = Q(state=SummaryState.ISSUED, bureau__in=bureaus(found, READERS))
    waiting = Q(state=SummaryState.SUBMITTED, bureau__in=bureaus(found, (Duty.LEADER,)))
    return Summary.objects.filter(issued | waiting | Q(bureau__in=bureaus(found, (Duty.OFFICE, Duty.CHIEF))))


def figures_seen(held: Iterable[Held]) -> QuerySet[OutsideFigure]:
    """The figures from outside of the bureaus whose panel a person reads; voided ones too."""
    return OutsideFigure.objects.filter(bureau__in=bureaus(held, OVERSEERS))


def sees_whole(held: Iterable[Held], bureau_id: int) -> bool:
    """Whether the panel tells a person of the whole bureau, or of what he answers for."""
    return any(one.bureau_id == bureau_id and one.duty in WHOLE for one in held)


def oversees(held: Iterable[Held], bureau_id: int) -> bool:
    """Whether a person may open the panel and the records behind a figure."""
    return any(one.bureau_id == bureau_id and one.duty in OVERSEERS for one in held)
