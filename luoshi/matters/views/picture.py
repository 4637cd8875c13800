"""The roadmap drawn on one line: when each step was first planned, when it is due now, when it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.matters.queries.roadmap import StepShown

WIDTH, EDGE = 640, 14


@dataclass(frozen=True, slots=True)
class Mark:
    """One step on the line: where it was planned, where it stands (real or present date), and how it stands."""

    place: int
    planned: int
    stands: int
    state: str
    words: str

    @property
    def moved(self) -> bool:
        return self.planned != self.stands


@dataclass(frozen=True, slots=True)
class Picture:
    """The line with its marks and today; the table beside it says the same in words."""

    width: int
    first: date
    last: date
    today: int | None
    marks: list[Mark]


def picture(steps: Sequence[StepShown], on: date) -> Picture | None:
    """Place the steps of a version on one line; None where there is nothing to draw.

    >>> picture([], date(2026, 11, 24)) is None
    True
    """
    if not steps:
        return None
    days = [day for one in steps for day in (one.original_on, one.due_on, one.done_on) if day is not None]
    first, last = min(days), max(days)
    if any(one.state == "late" for one in steps):
        last = max(last, on)
    span = max((last - first).days, 1)

    def at(day: date) -> int:
        return EDGE + round((day - first).days * (WIDTH - 2 * EDGE) / span)

    marks = []
    for place, one in enumerate(steps, 1):
        real = one.done_on or (on if one.state == "late" else one.due_on)
        told = f"{place}. {one.words} 原定{one.original_on:%m-%d}"
        told += f" {one.done_on:%m-%d}完成" if one.done_on else f" 现定{one.due_on:%m-%d}{one.stands}"
        marks.append(Mark(place, at(one.original_on), at(real), one.state, told))
    return Picture(WIDTH, first, last, at(on) if first <= on <= last else None, marks)
