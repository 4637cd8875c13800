"""Stretches of days: joined, cut to a year, with the days of leave taken out. Both ends count; an open end is None."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

Span: TypeAlias = tuple[date, date]
ONE = timedelta(days=1)
FULL_DAY = 2
"""Half-days of a day."""


@dataclass(frozen=True, slots=True)
class Away:
    """Long leave (长期离岗): the first and last day, and why, in words."""

    first: date
    last: date
    why: str


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that overlap or follow each other made one, in order.

    >>> found = joined([(date(2026, 3, 1), date(2026, 3, 9)), (date(2026, 1, 1), date(2026, 2, 28))])
    >>> [(first.isoformat(), last.isoformat()) for first, last in found]
    [('2026-01-01', '2026-03-09')]
    """
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + ONE:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def clipped(spans: Iterable[tuple[date, date | None]], first: date, last: date) -> tuple[Span, ...]:
    """Spans cut to a stretch of time and joined.

    >>> clipped([(date(2025, 1, 1), None)], date(2026, 1, 1), date(2026, 12, 31))
    ((datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),)
    """
    cut = ((max(since, first), min(until or last, last)) for since, until in spans)
    return joined((since, until) for since, until in cut if since <= until)


def minus(spans: Iterable[Span], away: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of spans when others are taken out.

    >>> left = minus([(date(2026, 1, 1), date(2026, 1, 31))], [(date(2026, 1, 10), date(2026, 1, 12))])
    >>> [(first.day, last.day) for first, last in left]
    [(1, 9), (13, 31)]
    """
    found = list(spans)
    for first, last in away:
        kept: list[Span] = []
        for since, until in found:
            if last < since or until < first:
                kept.append((since, until))
                continue
            if since < first:
                kept.append((since, first - ONE))
            if last < until:
                kept.append((last + ONE, until))
        found = kept
    return tuple(found)


def meet(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The days that lie in both.

    >>> meet([(date(2026, 1, 1), date(2026, 1, 9))], [(date(2026, 1, 5), date(2026, 2, 1))])[0][0].day
    5
    """
    theirs = tuple(others)
    both = ((max(a, c), min(b, d)) for a, b in spans for c, d in theirs)
    return joined((first, last) for first, last in both if first <= last)


def spread(first: date, last: date, half_days: int) -> Iterator[tuple[date, int]]:
    """The half-days of a record laid on its days, two a day from the first; what is over lies on the last.

    >>> [(on.day, number) for on, number in spread(date(2026, 3, 6), date(2026, 3, 9), 5)]
    [(6, 2), (7, 2), (8, 1)]
    >>> [(on.day, number) for on, number in spread(date(2026, 3, 6), date(2026, 3, 6), 3)]
    [(6, 3)]
    """
    on = first
    while half_days > FULL_DAY and on < last:
        yield on, FULL_DAY
        on, half_days = on + ONE, half_days - FULL_DAY
    if half_days:
        yield on, half_days
