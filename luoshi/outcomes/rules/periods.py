"""The quarters of a campaign: what figures are compared by. Civil quarters, cut at the plan's first and last day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

START = "START"
"""The key of a base line recorded from before the campaign."""
WORDS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """One quarter: its key (2026Q4), its name, its days, and whether it still runs."""

    key: str
    label: str
    since: date
    until: date
    running: bool = False

    @property
    def words(self) -> str:
        return f"{self.label}（至今）" if self.running else self.label


def _quarter_of(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _days(year: int, nth: int) -> tuple[date, date]:
    after = date(year + (nth == 3), nth * 3 + 4 if nth < 3 else 1, 1)
    return date(year, nth * 3 + 1, 1), after - timedelta(days=1)


def quarters(since: date, until: date | None, on: date) -> list[Period]:
    """The quarters from the first day of a campaign to its last one or to today, whichever is earlier.

    >>> [one.words for one in quarters(date(2026, 9, 1), date(2028, 9, 30), date(2027, 1, 4))]
    ['2026年三季度', '2026年四季度', '2027年一季度（至今）']
    >>> first = quarters(date(2026, 9, 1), None, date(2026, 9, 30))[0]
    >>> first.key, str(first.since), str(first.until), first.running
    ('2026Q3', '2026-09-01', '2026-09-30', False)
    >>> quarters(date(2027, 1, 1), None, date(2026, 11, 24))
    []
    """
    last = min(on, until) if until is not None else on
    return list(_each(since, last, until)) if since <= last else []


def _each(since: date, last: date, until: date | None) -> Iterator[Period]:
    year, nth = _quarter_of(since)
    while (year, nth) <= _quarter_of(last):
        begins, ends = _days(year, nth)
        ends = min(ends, until) if until is not None else ends
        yield Period(f"{year}Q{nth + 1}", f"{year}年{WORDS[nth]}季度", max(begins, since), ends, last < ends)
        year, nth = (year + 1, 0) if nth == 3 else (year, nth + 1)


def clipped(period: Period, on: date) -> tuple[date, date]:
    """The days of a period that have come.

    >>> one = quarters(date(2026, 9, 1), None, date(2026, 11, 24))[1]
    >>> [str(day) for day in clipped(one, date(2026, 11, 24))]
    ['2026-10-01', '2026-11-24']
    """
    return period.since, min(period.until, on)


def cut(periods: Sequence[Period], last: str = "", most: int = 5) -> tuple[list[Period], str, str]:
    """As many of the quarters as fit a table, up to the named one; and the keys that lead further back and ahead.

    >>> told = quarters(date(2026, 9, 1), None, date(2028, 1, 4))
    >>> shown, earlier, later = cut(told)
    >>> [one.key for one in shown], earlier, later
    (['2027Q1', '2027Q2', '2027Q3', '2027Q4', '2028Q1'], '2026Q4', '')
    >>> shown, earlier, later = cut(told, "2026Q4")
    >>> [one.key for one in shown], earlier, later
    (['2026Q3', '2026Q4', '2027Q1', '2027Q2', '2027Q3'], '', '2028Q1')
    """
    keys = [one.key for one in periods]
    end = keys.index(last) + 1 if last in keys else len(keys)
    end = min(len(keys), max(end, most))
    begin = max(0, end - most)
    return list(periods[begin:end]), keys[begin - 1] if begin else "", keys[-1] if end < len(keys) else ""
