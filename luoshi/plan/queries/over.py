"""Which rules speak over a stretch of time: what a yearly or weekly quota is laid out by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from luoshi.plan.models import Rule
from luoshi.plan.overlap import GOVERNING
from luoshi.plan.queries.ruling import spoken
from luoshi.plan.rules import RuleValue


@dataclass(frozen=True, slots=True)
class Speaks:
    """A rule and the days on which it speaks, within the stretch that was asked for."""

    first: date
    last: date
    rule: RuleValue


def rules_over(slots: Iterable[str], *, bureau_id: int, first: date, last: date) -> dict[str, tuple[Speaks, ...]]:
    """For each slot the rules that speak from `first` to `last`, in order, in one query; days without one are left out.

    The same precedence as `rule`, asked on every day on which it could change.
    """
    wanted = tuple(slots)
    whose = Q(bureau_id=bureau_id) | Q(bureau=None)
    rows = Rule.objects.filter(whose, void=False, slot__in=(*wanted, GOVERNING)).select_related("plan")
    by_slot: dict[str, list[Rule]] = {}
    for row in rows:
        by_slot.setdefault(row.slot, []).append(row)
    return {slot: _over(slot, by_slot, first, last) for slot in wanted}


def _over(slot: str, rows: Mapping[str, list[Rule]], first: date, last: date) -> tuple[Speaks, ...]:
    told = [*rows.get(slot, []), *rows.get(GOVERNING, [])]
    ends = [until for one in told for until in (one.until_on, one.plan.until_on if one.plan else None) if until]
    turns = {first, *(one.from_on for one in told), *(until + timedelta(days=1) for until in ends)}
    starts = sorted(one for one in turns if first <= one <= last)
    found: list[Speaks] = []
    for place, start in enumerate(starts):
        end = starts[place + 1] - timedelta(days=1) if place + 1 < len(starts) else last
        spoke = spoken(slot, told, plan_id=None, on=start)
        if spoke is None:
            continue
        before = found[-1] if found else None
        if before is not None and before.rule.rule_id == spoke.rule_id and before.last + timedelta(days=1) == start:
            found[-1] = Speaks(before.first, end, before.rule)
        else:
            found.append(Speaks(start, end, spoke))
    return tuple(found)
