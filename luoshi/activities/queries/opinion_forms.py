"""征求意见表: who sees and keeps them, the list with its sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from luoshi.activities.models import OpinionForm
from luoshi.activities.queries.access import keeps
from luoshi.activities.rules import ENTRANTS, OVERSEERS, WHOLE
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held

PAGE = 50


def seen(user: User, held: Iterable[Held], on: date) -> QuerySet[OpinionForm]:
    """The office, the chief and the overseers see those of the bureau; others their unit's and their own."""
    duties = [one for one in held if one.duty in ENTRANTS]
    if not duties:
        return OpinionForm.objects.none()
    whole = {one.bureau_id for one in duties if one.duty in WHOLE | OVERSEERS}
    units = {one.unit_id for one in duties}
    if any(one.duty == Duty.LEADER for one in duties):
        units |= set(org.led_units(user, on))
    return OpinionForm.objects.filter(Q(entered_by=user) | Q(bureau__in=whole) | Q(unit__in=units))


def may_keep(user: User, held: Iterable[Held], form: OpinionForm) -> bool:
    """Whether a person counts and voids a form: who entered it, and the office."""
    duties = list(held)
    here = any(one.duty in ENTRANTS and one.bureau_id == form.bureau_id for one in duties)
    return here and not form.void and (form.entered_by_id == user.pk or keeps(duties, form.bureau_id))


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the forms of a list: how many, handed out, come back, not counted yet."""

    forms: int
    issued: int
    returned: int
    uncounted: int


def form_page(found: QuerySet[OpinionForm], *, after: str = "") -> tuple[Sequence[OpinionForm], str]:
    """The latest first; one query a page."""
    day, _, pk = after.partition(".")
    try:
        if after:
            found = found.filter(Q(issued_on__lt=date.fromisoformat(day)) | Q(issued_on=day, pk__lt=int(pk)))
    except ValueError:
        pass
    rows = list(found.select_related("unit", "entered_by").order_by("-issued_on", "-pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return rows, f"{rows[-1].issued_on}.{rows[-1].pk}" if more else ""


def sums(found: QuerySet[OpinionForm]) -> Sums:
    """One query over the whole list."""
    told = found.filter(void=False).aggregate(
        forms=Count("pk"), issued=Sum("issued"), returned=Sum("returned"),
        uncounted=Count("pk", filter=Q(closed_on=None)),
    )  # fmt: skip
    return Sums(told["forms"], told["issued"] or 0, told["returned"] or 0, told["uncounted"])
