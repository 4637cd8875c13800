"""Dated results as they are drawn into a follow-up: one line each, in the order of their days, with one digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.lib.seal import canonical


@dataclass(frozen=True, slots=True)
class Fact:
    """One result: a key that stays the same however often it is drawn, what, when, and the record behind."""

    key: str
    kind: str
    on: date
    words: str
    source: str = ""
    """Where it stands: `matter`, `problem` or `concern`, whose words only those read who may open it; else empty."""
    pk: int | None = None

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {"key": self.key, "kind": self.kind, "on": self.on.isoformat(), "words": self.words,
                "source": self.source, "pk": self.pk}  # fmt: skip


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """By day and then by key: by nothing that compares people or amounts.

    >>> rows = [Fact("m2", "", date(2026, 5, 2), ""), Fact("m9", "", date(2026, 5, 1), ""),
    ...         Fact("m1", "", date(2026, 5, 2), "")]
    >>> [one.key for one in in_order(rows)]
    ['m9', 'm1', 'm2']
    """
    return sorted(facts, key=lambda one: (one.on, one.key))


def read(kept: Iterable[Mapping[str, Any]]) -> list[Fact]:
    """Facts as they were kept."""
    return [
        Fact(one["key"], one["kind"], date.fromisoformat(one["on"]), one["words"], one["source"], one["pk"])
        for one in kept
    ]


def digest(facts: Iterable[Fact]) -> str:
    """The same facts have the same digest, whatever the order they were found in.

    >>> rows = [Fact("m1", "", date(2026, 5, 2), "办结"), Fact("m2", "", date(2026, 5, 1), "退回")]
    >>> digest(rows) == digest(reversed(rows)), len(digest(rows))
    (True, 64)
    >>> digest(rows) == digest(rows[:1])
    False
    """
    return hashlib.sha256(canonical([one.plain() for one in in_order(facts)]).encode()).hexdigest()
