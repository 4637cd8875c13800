"""What a room tells of clauses: how the hall lays the rooms side by side under each sentence of a plan.

A room that keeps records under clauses has a module `queries/clauses.py` with two functions on the same query:

    by_clause(lineages, user, on) -> {lineage: {key: Figure}}   numbers, in a fixed number of queries however many
    behind(key, lineages, user, on) -> Behind | None            the very records such a number counts; None: not my key

Both begin at the room's `visible_to`, so that a figure counts only what its reader may open, and clauses are known
by their lineage: what was done under an earlier version of the text counts on. What a room has nothing of is left
out. The hall lists the rooms and the columns by hand (`portal.rules.COLUMNS`, `portal.queries.coverage.ROOMS`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

LAMPS = ("red", "amber", "grey", "green")
"""From the worst to the best."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number under a clause, the lamps among what it counts, and names where the cell tells names.

    >>> both = Figure(2, {"red": 1}, ("规建股",)) + Figure(3, {"red": 2, "amber": 1}, ("规建股", "办公室"))
    >>> both.number, both.worst, both.names
    (5, ('red', 3), ('规建股', '办公室'))
    """

    number: int
    lamps: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def __add__(self, other: Figure) -> Figure:
        lamps = {one: self.lamps.get(one, 0) + other.lamps.get(one, 0) for one in LAMPS}
        names = tuple(dict.fromkeys((*self.names, *other.names)))
        return Figure(self.number + other.number, {one: number for one, number in lamps.items() if number}, names)

    @property
    def worst(self) -> tuple[str, int] | None:
        """The worst lamp and how many have it; None where nothing has one."""
        return next(((one, self.lamps[one]) for one in LAMPS if self.lamps.get(one)), None)


NOTHING = Figure(0)
Figures = dict[UUID, dict[str, Figure]]


@dataclass(frozen=True, slots=True)
class Line:
    """One record as a line: its title and address, what is said of it in short, its state and lamp in words."""

    title: str
    url: str
    facts: tuple[str, ...] = ()
    state: str = ""
    lamp: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind a figure: how many, and any stretch of them as lines."""

    number: int
    lines: Callable[[int, int], list[Line]]

    @staticmethod
    def of(rows: Any, to_lines: Callable[[list[Any]], list[Line]]) -> Behind:
        """The records of a query set, made lines a stretch at a time."""
        return Behind(rows.count(), lambda start, stop: to_lines(list(rows[start:stop])))


class Room(Protocol):
    """The module of a room that tells of clauses."""

    def by_clause(self, lineages: Iterable[UUID], user: Any, on: date) -> Figures: ...

    def behind(self, key: str, lineages: Iterable[UUID], user: Any, on: date) -> Behind | None: ...
