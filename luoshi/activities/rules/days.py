"""Days and half-days: how they are typed, how many there can be, what an activity counts as."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from luoshi.activities.rules.words import FIELD, STUDY, ActivityKind, PlaceKind

MOST_DAYS = 31
"""Dates at most in one entry."""
SPLIT = re.compile(r"[\s,，、;；]+")
DAY = re.compile(r"^(?:(\d{4})[-./年])?(?:(\d{1,2})[-./月])?(\d{1,2})[日号]?$")
HALVES = {1: "半天", 2: "1天", 3: "1天半", 4: "2天", 5: "2天半", 6: "3天", 8: "4天", 10: "5天", 14: "7天", 20: "10天"}
"""Lengths offered on a form, in half-days."""


def read_days(words: str, near: date) -> tuple[list[date], list[str]]:
    """The days that somebody typed, year and month taken from `near` where left out, and the words nobody understands.

    >>> read_days("11-03、11月10日 17", date(2026, 11, 24))[0] == [date(2026, 11, day) for day in (3, 10, 17)]
    True
    >>> read_days("2025.12.31，13-01", date(2026, 11, 24))
    ([datetime.date(2025, 12, 31)], ['13-01'])
    """
    found: dict[date, None] = {}
    unread = []
    for word in filter(None, SPLIT.split(words.strip())):
        told = DAY.match(word)
        try:
            if told is None:
                raise ValueError(word)
            year, month, day = told.groups()
            found[date(int(year or near.year), int(month or near.month), int(day))] = None
        except ValueError:
            unread.append(word)
    return list(found), unread


def length(half_days: int) -> str:
    """Half-days in the words of the office.

    >>> length(1), length(2), length(3), length(0)
    ('半天', '1天', '1天半', '不计时长')
    """
    if not half_days:
        return "不计时长"
    whole, half = divmod(half_days, 2)
    return f"{whole}天半" if whole and half else f"{whole}天" if whole else "半天"


def most_half_days(held_on: date, until_on: date | None) -> int:
    """Two half-days a day, first and last day included.

    >>> most_half_days(date(2026, 11, 2), date(2026, 11, 4)), most_half_days(date(2026, 11, 2), None)
    (6, 2)
    """
    return 2 * (((until_on or held_on) - held_on).days + 1)


def counts_as(kind: str, place_kind: str, ticked: Iterable[str] = ()) -> dict[str, bool]:
    """What an activity counts as: by its kind, and by what was ticked (`study`, `research`, `frontline`).

    Going into an enterprise or to the grassroots is as good as a front-line stay (2.2.2.3b, any one of the three).

    >>> counts_as("GROUP_STUDY", "")
    {'as_study': True, 'as_research': False, 'as_frontline': False}
    >>> counts_as("FRONTLINE", "SITE"), counts_as("VISIT", "ENTERPRISE", ["research"])["as_frontline"]
    ({'as_study': False, 'as_research': True, 'as_frontline': True}, True)
    """
    said = frozenset(ticked)
    near = kind in FIELD and place_kind in (PlaceKind.ENTERPRISE, PlaceKind.GRASSROOTS)
    return {
        "as_study": kind in STUDY or "study" in said,
        "as_research": kind in (ActivityKind.RESEARCH, ActivityKind.FRONTLINE) or "research" in said,
        "as_frontline": kind == ActivityKind.FRONTLINE or near or "frontline" in said,
    }


def family(kind: str) -> frozenset[str]:
    """The kinds under which the same outing may have been entered by somebody else.

    >>> sorted(family("VISIT")), sorted(family("LECTURE"))
    ([ActivityKind.FRONTLINE, ActivityKind.RESEARCH, ActivityKind.VISIT], ['LECTURE'])
    """
    return FIELD if kind in FIELD else frozenset([kind])
