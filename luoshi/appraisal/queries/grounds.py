"""What a case may rest on: the very records that a unit's score of the quarter was counted from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luoshi.appraisal.models import Score, SuperiorRemark
from luoshi.appraisal.queries.facts import frozen
from luoshi.appraisal.rules.facts import as_words
from luoshi.appraisal.rules.indicators import LABELS
from luoshi.matters.models import Matter
from luoshi.problems.models import Problem

OFFERED = 200
"""Records offered on one form; a case may rest on a file besides."""
KINDS: dict[str, tuple[str, Any]] = {
    "m": ("matters", Matter), "p": ("problems", Problem), "r": ("remarks", SuperiorRemark)
}  # fmt: skip


def fact_choices(score: Score) -> list[tuple[str, str]]:
    """The frozen records of a score as choices, with what each counted as."""
    found = []
    for fact in frozen(score)[:OFFERED]:
        told = "、".join(f"{word}{'' if good else '（没做到）'}" for word, good in as_words(fact, LABELS))
        found.append((str(fact["id"]), f"{fact['label']} {fact['title']}" + (f"｜{told}" if told else "")))
    return found


def grounds_of(score: Score, chosen: Iterable[str]) -> dict[str, list[Any]]:
    """The rows behind chosen records, by kind; only those that the score was counted from."""
    known = {str(fact["id"]) for fact in frozen(score)}
    found: dict[str, list[Any]] = {}
    for letter, (name, model) in KINDS.items():
        keys = [int(one[1:]) for one in chosen if one in known and one[0] == letter]
        found[name] = list(model.objects.filter(pk__in=keys).order_by("pk")) if keys else []
    return found
