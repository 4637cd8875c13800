"""The quick path: what every unit's records of one or many quarters come to, counted by the database.

One grouped query for each source (table and day) that a formula reads, whatever the number of units and quarters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, IntegerField, Q, Value, When
from django.db.models.query import QuerySet

from luoshi.appraisal.queries.flags import SOURCES, Source, day_of
from luoshi.appraisal.rules.indicators import CRITICISM, NO_BLOCK, PRAISE
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.scoring import Counts, Formula, cells_of, keys_of

Found = dict[Quarter, dict[int, Counts]]
REMARKED = {PRAISE.key, CRITICISM.key}


def cutoff(quarter: Quarter, grace_days: int, on: date | None = None) -> date:
    """The last day on which a closing still counts for a quarter; not later than the day of computing."""
    last = quarter.last + timedelta(days=grace_days)
    return last if on is None else min(last, on)


def wanted(by: Formula) -> list[tuple[Source, list[str]]]:
    """The sources a formula reads, each with its indicators; remarks only where they move points."""
    keys = keys_of(by) | ({PRAISE.key} if by.praise and by.bonus_cap else set())
    keys |= {CRITICISM.key} if by.criticism else set()
    found = [(one, [key for key in one.good if key in keys]) for one in SOURCES]
    return [(source, mine) for source, mine in found if mine]


def counted(bureau_id: int, quarters: Sequence[Quarter], by: Formula, *, grace_days: int, on: date) -> Found:
    """The counts of every unit that has any, quarter by quarter; `on` is the day of computing."""
    row = sorted(quarters)
    found: Found = {one: {} for one in row}
    if not row:
        return found
    cells = cells_of(by)
    for source, keys in wanted(by):
        _take(found, row, source, keys, cells, grouped(source, keys, bureau_id, row, grace_days, on))
    return found


def grouped(
    source: Source, keys: Iterable[str], bureau_id: int, row: Sequence[Quarter], grace_days: int, on: date
) -> QuerySet[Any, Any]:
    """One source's grouped rows: unit, place of the quarter, block (where it has one), counted, good of each key."""
    day = day_of(source)
    model: Any = source.model
    rows = model.objects.filter(source.rows, bureau_id=bureau_id)
    if isinstance(source.day, str):
        rows = rows.filter(**{f"{source.day}__gte": row[0].first, f"{source.day}__lte": row[-1].last})
        at = source.day
    else:
        rows = rows.annotate(told_on=day).filter(told_on__gte=row[0].first, told_on__lte=row[-1].last)
        at = "told_on"
    place: Any = Value(0, output_field=IntegerField())
    until: Any = Value(cutoff(row[0], grace_days, on), output_field=DateField())
    by = [source.unit, *([source.block] if source.block else [])]
    if len(row) > 1:
        ends = [Q(**{f"{at}__lte": one.last}) for one in row[:-1]]
        place = Case(
            *[When(end, then=Value(nth)) for nth, end in enumerate(ends)], default=Value(len(row) - 1),
            output_field=IntegerField(),
        )  # fmt: skip
        days = [Value(cutoff(one, grace_days, on)) for one in row]
        until = Case(
            *[When(end, then=told) for end, told in zip(ends, days, strict=False)], default=days[-1],
            output_field=DateField(),
        )  # fmt: skip
        rows = rows.annotate(nth_quarter=place)
        by.append("nth_quarter")
    sums: dict[str, Any] = {}
    for key in keys:
        if source.counted is None:
            sums.setdefault("rows_counted", Count("pk"))
        else:
            sums[f"{key}_n"] = Count("pk", filter=source.counted[key])
        sums[f"{key}_g"] = Count("pk", filter=source.good[key](until))
    return rows.order_by().values_list(*by).annotate(**sums)


def _take(
    found: Found, row: Sequence[Quarter], source: Source, keys: Sequence[str], cells: set[tuple[str, str]],
    rows: Iterable[Sequence[Any]],
) -> None:  # fmt: skip
    many, blocked = len(row) > 1, bool(source.block)
    at = 1 + blocked + many
    if source.kind == "remark":
        for one in rows:
            counts = _counts(found[row[one[1 + blocked] if many else 0]], one[0])
            for nth, key in enumerate(keys):
                setattr(counts, key, one[at + 2 * nth + 1])
        return
    slots: dict[str, list[tuple[tuple[str, str], int]]] = {}
    of_quarter = [found[one] for one in row]
    for one in rows:
        block = one[1] if blocked else NO_BLOCK
        mine = slots.get(block)
        if mine is None:
            places = {(block, key): at + 1 + nth for nth, key in enumerate(keys)}
            mine = slots[block] = [told for told in places.items() if told[0] in cells]
        if not mine:
            continue
        units = of_quarter[one[at - 1] if many else 0]
        counts = units.get(one[0]) or _counts(units, one[0])
        for cell, where in mine:
            counts.cells[cell] = (one[where], one[at])


def _counts(units: dict[int, Counts], unit_id: int) -> Counts:
    if unit_id not in units:
        units[unit_id] = Counts()
    return units[unit_id]
