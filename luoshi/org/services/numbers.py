"""Numbers of a bureau's series."""

from __future__ import annotations

from luoshi.org.models import NumberSeries


def next_number(bureau_id: int, *, year: int, series: str) -> int:
    """Take the next number of a series, within the caller's act: unique, gap-free, as a refused act gives it back."""
    return next_numbers(bureau_id, year=year, series=series, count=1)[0]


def next_numbers(bureau_id: int, *, year: int, series: str, count: int) -> range:
    """Take so many numbers of a series that follow each other, within the caller's act."""
    NumberSeries.objects.get_or_create(bureau_id=bureau_id, year=year, series=series)
    row = NumberSeries.objects.select_for_update().get(bureau_id=bureau_id, year=year, series=series)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return range(first, first + count)
