"""宣传公示: the life of an article, who reviews it when, how far it may go, how its text is laid out."""

from luoshi.publicity.rules.life import (
    AUTHOR,
    CHIEF,
    FIRST,
    MOVES,
    OFFICE,
    READERS,
    SECOND,
    STAGES,
    THIRD,
    UNIT,
    VISIBLE,
    WORKERS,
    FirstReview,
    Kind,
    Scope,
    Stage,
    Stamp,
    State,
)

__all__ = [
    "AUTHOR", "CHIEF", "FIRST", "MOVES", "OFFICE", "READERS", "SECOND", "STAGES", "THIRD", "UNIT", "VISIBLE", "WORKERS",
    "FirstReview", "Kind", "Scope", "Stage", "Stamp", "State",
]  # fmt: skip
