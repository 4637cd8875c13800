"""Which clause of the bureau's plan asks for something, and since when its round runs."""

from __future__ import annotations

from datetime import date

from luoshi.plan.models import Clause, Duty, Plan


def clause_of(slots: tuple[str, ...], bureau_id: int) -> Clause | None:
    """The clause of the newest plan text whose confirmed duty drives one of these mechanisms; None where none does."""
    found = Duty.objects.filter(clause__version__plan__bureau=bureau_id, slot__in=slots, state="CONFIRMED")
    duty = found.select_related("clause").order_by("-clause__version", "order").first()
    return duty.clause if duty else None


def round_since(bureau_id: int, on: date) -> date:
    """The first day of the round that runs on a day: that of the newest plan in force, else of the year."""
    began = (
        Plan.objects.filter(bureau=bureau_id, from_on__lte=on).order_by("-from_on").values_list("from_on", flat=True)
    )
    return began.first() or date(on.year, 1, 1)
