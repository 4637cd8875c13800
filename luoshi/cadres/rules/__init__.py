"""The rules of cadres, pure: closed lists of words, lives as tables of moves, days of follow-ups, facts and digest."""

from luoshi.cadres.rules.dates import Due, followups, rhythm, why_due
from luoshi.cadres.rules.facts import Fact, digest, in_order, read
from luoshi.cadres.rules.life import (
    AUTHOR,
    CADRE,
    CHIEF,
    COMMEND_MOVES,
    EXAMINER,
    FOLLOW_MOVES,
    MENTOR,
    MERIT_MOVES,
    OFFICE,
    PERSONNEL,
    POSTING_MOVES,
    PROPOSERS,
    READERS,
    REC_MOVES,
    counted,
    of_circle,
    roles,
)
from luoshi.cadres.rules.words import (
    BODY,
    EXAMINERS_LEAST,
    LONG_MOST,
    TITLE_MOST,
    WORDS_MOST,
    Ability,
    AnswerState,
    CommendKind,
    CommendState,
    FactKind,
    FollowState,
    Level,
    MeritState,
    ObjectionState,
    Outcome,
    PostingState,
    PostKind,
    RecState,
)

__all__ = [
    "AUTHOR", "BODY", "CADRE", "CHIEF", "COMMEND_MOVES", "EXAMINER", "EXAMINERS_LEAST", "FOLLOW_MOVES", "LONG_MOST",
    "MENTOR", "MERIT_MOVES", "OFFICE", "PERSONNEL", "POSTING_MOVES", "PROPOSERS", "READERS", "REC_MOVES",
    "TITLE_MOST", "WORDS_MOST", "Ability", "AnswerState", "CommendKind", "CommendState", "Due", "Fact", "FactKind",
    "FollowState", "Level", "MeritState", "ObjectionState", "Outcome", "PostKind", "PostingState", "RecState",
    "counted", "digest", "followups", "in_order", "of_circle", "read", "rhythm", "roles", "why_due",
]  # fmt: skip
