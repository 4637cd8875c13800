"""What a room puts on a person's desk beside the matters: a heading, and lines each with its one act.

A room that has something to do for people has a module `queries/desk.py` with

    on_desk(user, held, on) -> list[Part]      a fixed number of queries however many lines

The hall lists the rooms by hand (`portal.queries.desk.ROOMS`) and prints the parts below the matters that one owes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

LINES = 20
"""Lines of a part that are shown; the rest is reached by the part's own address."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: what it is, where it opens, the act that is owed with its address, its day and its lamp in words."""

    title: str
    url: str
    act: str = ""
    act_url: str = ""
    whose: str = ""
    on: date | None = None
    lamp: str = ""
    words: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with its lines, the nearest day first; `more` where further ones stand behind `url`."""

    key: str
    label: str
    lines: list[Todo] = field(default_factory=list)
    url: str = ""
    more: bool = False

    @staticmethod
    def of(key: str, label: str, lines: Sequence[Todo], url: str = "") -> Part:
        """A part of as many lines as are shown.

        >>> part = Part.of("answer", "待答复", [Todo(str(one), "/") for one in range(30)])
        >>> len(part.lines), part.more
        (20, True)
        """
        return Part(key, label, list(lines[:LINES]), url, len(lines) > LINES)


class Room(Protocol):
    """The module of a room that puts something on desks."""

    def on_desk(self, user: Any, held: Any, on: date) -> list[Part]: ...
