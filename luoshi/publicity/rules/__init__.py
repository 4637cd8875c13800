"""宣传公示: the life of an article, who reviews it when, how far it may go, how its text is laid out."""

from luoshi.publicity.rules.life import (
    AUTHOR,
    CHIEF,
    FIRST,
    MOVES,
    OFFICE,
    OPEN,
    READERS,
    REVIEWERS,
    SECOND,
    STAGES,
    THIRD,
    UNIT,
    VISIBLE,
    WAITING,
    WORKERS,
    FirstReview,
    Kind,
    Scope,
    Stage,
    Stamp,
    State,
)
from luoshi.publicity.rules.reach import (
    Stamped,
    allowed,
    case_lacks,
    first_review,
    may_give_back,
    quarter_asked,
    quarter_days,
    quarter_of,
    roles,
    too_wide,
    waits_at,
)
from luoshi.publicity.rules.text import Block, blocks, day_words, hidden, hide_names, sentence

__all__ = [
    "AUTHOR", "CHIEF", "FIRST", "MOVES", "OFFICE", "OPEN", "READERS", "REVIEWERS", "SECOND", "STAGES", "THIRD", "UNIT",
    "VISIBLE", "WAITING", "WORKERS", "Block", "FirstReview", "Kind", "Scope", "Stage", "Stamp", "Stamped", "State",
    "allowed", "blocks", "case_lacks", "day_words", "first_review", "hidden", "hide_names", "may_give_back",
    "quarter_asked", "quarter_days", "quarter_of", "roles", "sentence", "too_wide", "waits_at",
]  # fmt: skip
