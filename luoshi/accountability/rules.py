"""评优限制: what it takes away, on which ground, from which day to which, and when it no longer binds.

Two effects that are not one (domain rules 6.1): 取消评先评优资格 lies in the bureau's own power (方案“三次”一条即是);
不得确定为优秀等次 stands on a rule of appraisal law, and that rule must be cited. Nobody but the office, 主要领导, the
discipline group and the person himself sees that there is one, or why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import TextChoices

from luoshi.org.rules import Duty, Held, in_force, overlap


class Effect(TextChoices):
    COMMENDATION = "COMMENDATION", "取消评先评优资格"
    EXCELLENT = "EXCELLENT", "不得确定为优秀等次"


KEEPERS = (Duty.OFFICE, Duty.CHIEF, Duty.DISCIPLINE)
"""Duties that enter, lift and see every bar of their bureau."""
READERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.HANDLER, Duty.VERIFIER, Duty.INSPECTOR,
           Duty.DISCIPLINE, Duty.WINDOW)  # fmt: skip
"""Whoever works in the bureau may open a bar of his own; the three administrators handle no business."""
HINT = "有限制，请向办公室核对"
"""All that whoever nominates learns: that something stands in the way, and whom to ask."""


def binds(from_on: date, until_on: date, lifted_on: date | None, *, on: date, year: int | None = None) -> bool:
    """Whether a bar holds, as things stand on a day: on that day itself, or for a year's appraisal.

    What was lifted binds no more from the day it was lifted, for no year.

    >>> span = (date(2026, 1, 1), date(2026, 12, 31))
    >>> binds(*span, None, on=date(2026, 11, 24)), binds(*span, None, on=date(2027, 1, 8))
    (True, False)
    >>> january = date(2027, 1, 8)
    >>> binds(*span, None, on=january, year=2026), binds(*span, date(2026, 12, 1), on=january, year=2026)
    (True, False)
    >>> binds(*span, date(2026, 12, 1), on=date(2026, 11, 30))
    True
    """
    if lifted_on is not None and lifted_on <= on:
        return False
    if year is None:
        return in_force(from_on, until_on, on)
    return overlap((from_on, until_on), (date(year, 1, 1), date(year, 12, 31)))


def keepers(held: Iterable[Held]) -> list[int]:
    """The bureaus whose bars somebody with these duties keeps.

    >>> keepers([Held("OFFICE", 3, 1), Held("HEAD", 4, 2)])
    [1]
    """
    return sorted({one.bureau_id for one in held if one.duty in KEEPERS})


def span_words(from_on: date, until_on: date) -> str:
    """A bar's time in words: a whole year as a year.

    >>> span_words(date(2026, 1, 1), date(2026, 12, 31)), span_words(date(2026, 1, 1), date(2027, 12, 31))
    ('2026年', '2026—2027年')
    >>> span_words(date(2026, 3, 1), date(2026, 8, 31))
    '2026-03-01至2026-08-31'
    """
    if (from_on.month, from_on.day, until_on.month, until_on.day) == (1, 1, 12, 31):
        return f"{from_on.year}年" if from_on.year == until_on.year else f"{from_on.year}—{until_on.year}年"
    return f"{from_on:%Y-%m-%d}至{until_on:%Y-%m-%d}"
