"""条款有着落: which clauses are served, which a person said to hold no duty, which are neither; numbers and origins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.plan.models import Clause, Duty, DutyOrigin
from luoshi.plan.rules import LIVE

SERVED, NO_DUTY, OPEN = "SERVED", "NO_DUTY", "OPEN"
STANDINGS = {SERVED: "有任务", NO_DUTY: "无任务", OPEN: "待处理"}


@dataclass(frozen=True, slots=True)
class Accounting:
    """How the clauses of a text stand, by key; what stands before the first heading is no clause and not counted."""

    standing: Mapping[int, str]

    def _count(self, standing: str) -> int:
        return sum(one == standing for one in self.standing.values())

    @property
    def total(self) -> int:
        """Every clause of the text."""
        return len(self.standing)

    @property
    def served(self) -> int:
        """Those with a confirmed duty in them or below them: 31 of `31 / 38`."""
        return self._count(SERVED)

    @property
    def no_duty(self) -> int:
        """Those that a person said to hold none."""
        return self._count(NO_DUTY)

    @property
    def settled(self) -> int:
        """Those of which it is clear what becomes of them: served or said to hold none."""
        return self.total - self.open

    @property
    def open(self) -> int:
        """Those that are neither: nobody has said what becomes of them."""
        return self._count(OPEN)


def accounting(version_id: int) -> Accounting:
    """How every clause of a text stands, in two queries."""
    rows = list(
        Clause.objects.filter(version=version_id).order_by("order").values_list("pk", "parent", "path", "no_duty")
    )
    served: set[int | None] = set(
        Duty.objects.filter(clause__version=version_id, state="CONFIRMED").values_list("clause", flat=True)
    )
    for pk, parent, _path, _no_duty in reversed(rows):  # a parent stands before its children
        if pk in served:
            served.add(parent)
    standing = {
        pk: SERVED if pk in served else NO_DUTY if no_duty else OPEN
        for pk, _parent, path, no_duty in rows
        if path != "0"
    }
    return Accounting(standing)


def innermost(version_id: int, at: int) -> Clause | None:
    """The deepest clause that holds a place of the text."""
    holding = Clause.objects.filter(version=version_id, start__lte=at, end__gt=at)
    return max(holding, key=lambda one: (one.path.count("/"), one.order), default=None)


def numbers(version_id: int) -> dict[int, str]:
    """The number of every living duty as the screen shows it, in one query.

    A read duty keeps its number for good; what a person made of it or behind it is told apart: 12-1, 12-2.
    """
    rows = Duty.objects.filter(clause__version=version_id, state__in=LIVE).order_by("order", "start", "end", "pk")
    by_order: dict[int, list[tuple[int, bool]]] = {}
    for pk, order, by_person in rows.values_list("pk", "order", "by_person"):
        by_order.setdefault(order, []).append((pk, by_person))
    found: dict[int, str] = {}
    for order, group in by_order.items():
        made = [pk for pk, by_person in group if by_person]
        found |= {pk: str(order) for pk, by_person in group if not by_person or len(group) == 1}
        if len(group) > 1:
            found |= {pk: f"{order}-{place}" for place, pk in enumerate(made, 1)}
    return found


def made_of(version_id: int) -> dict[int, list[int]]:
    """For every duty that was merged or split: the numbers of the read duties it came from, in one query."""
    rows = DutyOrigin.objects.filter(duty__clause__version=version_id).order_by("origin__order", "origin__start")
    found: dict[int, list[int]] = {}
    for duty, order in rows.values_list("duty", "origin__order"):
        found.setdefault(duty, []).append(order)
    return found


def made_with(duty: Duty) -> list[Duty]:
    """What one merging or splitting made: a duty and those made of the same read duties."""
    return list(Duty.objects.filter(origins__origin__became__duty=duty).distinct().order_by("start", "pk"))
