"""Quarters of a year as values: their first and last day, their order, their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WORDS = ("一", "二", "三", "四")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter.

    >>> Quarter(2026, 3).first, Quarter(2026, 4).last, str(Quarter(2026, 3))
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31), '2026年第三季度')
    >>> Quarter(2026, 4).next, Quarter(2026, 1).previous
    (Quarter(year=2027, number=1), Quarter(year=2025, number=4))
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError("季度应为1至4。")

    def __str__(self) -> str:
        return f"{self.year}年第{WORDS[self.number - 1]}季度"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def key(self) -> str:
        """Its spelling in addresses and stored results.

        >>> Quarter(2026, 3).key, read("2026-3")
        ('2026-3', Quarter(year=2026, number=3))
        """
        return f"{self.year}-{self.number}"


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in.

    >>> quarter_of(date(2026, 9, 30))
    Quarter(year=2026, number=3)
    """
    return Quarter(day.year, (day.month + 2) // 3)


def read(key: str) -> Quarter:
    """A quarter from its spelling; `ValueError` where it is none."""
    year, _, number = key.partition("-")
    return Quarter(int(year), int(number))


def before(day: date, most: int) -> list[Quarter]:
    """The quarters that ended before a day, the oldest first, at most so many.

    >>> [one.key for one in before(date(2026, 11, 24), 3)]
    ['2026-1', '2026-2', '2026-3']
    """
    found = [quarter_of(day).previous]
    while len(found) < most:
        found.append(found[-1].previous)
    return found[::-1]


def row(quarters: Sequence[Quarter]) -> str:
    """Several quarters in words.

    >>> row([Quarter(2026, 1), Quarter(2026, 2)]), row([Quarter(2026, 1)])
    ('2026年第一季度至2026年第二季度', '2026年第一季度')
    """
    if not quarters:
        return ""
    return str(quarters[0]) if len(quarters) == 1 else f"{min(quarters)}至{max(quarters)}"
