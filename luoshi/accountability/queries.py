"""Who is barred from what: in bulk for whoever decides, as a hint for whoever nominates, the row itself for few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.accountability.models import Bar
from luoshi.accountability.rules import HINT, Effect, binds, keepers
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held

PAGE = 100


def visible_to(user: User, held: Iterable[Held]) -> QuerySet[Bar]:
    """局办公室, 主要领导 and the discipline group see their bureau's; everybody his own, a head his unit's."""
    found = list(held)
    own = {one.principal_id or user.pk for one in found} & {user.pk}  # a stand-in does not see his principal's
    units = [one.unit_id for one in found if one.duty == Duty.HEAD and one.principal_id is None]
    mine = Q(person__in=own, bureau__in=sorted({one.bureau_id for one in found}))
    return Bar.objects.filter(Q(bureau__in=keepers(found)) | mine | Q(unit__in=units))


def bars(
    person_ids: Iterable[int], *, bureau_id: int, on: date, year: int | None = None, effect: str = ""
) -> dict[int, list[Bar]]:
    """The bars that hold for these persons, as things stand on a day: that day's, or those of a year's appraisal.

    One query however many persons; who has none is left out. For rooms that decide: what a screen may show of them
    is `visible_to`'s to say, and `hints` for whoever only nominates.
    """
    return _binding(Q(person__in=list(person_ids)), bureau_id, on, year, effect, "person_id")


def unit_bars(
    unit_ids: Iterable[int], *, bureau_id: int, on: date, year: int | None = None, effect: str = ""
) -> dict[int, list[Bar]]:
    """The same of units."""
    return _binding(Q(unit__in=list(unit_ids)), bureau_id, on, year, effect, "unit_id")


def _binding(whom: Q, bureau_id: int, on: date, year: int | None, effect: str, key: str) -> dict[int, list[Bar]]:
    rows = Bar.objects.filter(whom, bureau=bureau_id)
    if effect:
        rows = rows.filter(effect=effect)
    found: dict[int, list[Bar]] = {}
    for one in rows.order_by("pk"):
        if binds(one.from_on, one.until_on, one.lifted_on, on=on, year=year):
            found.setdefault(getattr(one, key), []).append(one)
    return found


def hints(
    person_ids: Iterable[int], *, bureau_id: int, on: date, year: int | None = None, effect: str = ""
) -> dict[int, str]:
    """That something stands in the way of these persons, without what or why: for whoever nominates."""
    return dict.fromkeys(bars(person_ids, bureau_id=bureau_id, on=on, year=year, effect=effect), HINT)


@dataclass(frozen=True, slots=True)
class BarLine:
    """One bar with what the calendar says of it."""

    bar: Bar
    lamp: str
    words: str


def bar_line(bar: Bar, on: date) -> BarLine:
    """Make one line."""
    if bar.lifted_on is not None:
        return BarLine(bar, "done", f"{bar.lifted_on:%Y-%m-%d}解除")
    if on > bar.until_on:
        return BarLine(bar, "grey", "已到期")
    return BarLine(bar, "amber", "限制中" if on >= bar.from_on else "未开始")


def bar_page(user: User, held: Sequence[Held], bureau_id: int, on: date, *, everything: bool) -> list[BarLine]:
    """The bars of a bureau: those that hold or will, or all that there were."""
    rows = visible_to(user, held).filter(bureau=bureau_id)
    if not everything:
        rows = rows.filter(lifted_on=None, until_on__gte=on)
    return [bar_line(one, on) for one in rows.select_related("person", "unit").order_by("-pk")[:PAGE]]


__all__ = ["HINT", "BarLine", "Effect", "bar_line", "bar_page", "bars", "hints", "unit_bars", "visible_to"]
