"""The rules of appraisal, pure: who reads what, the indicators, how counts become points, ranks, words."""

from luoshi.appraisal.rules.doors import DECIDERS, OVERSEERS, READERS
from luoshi.appraisal.rules.quarters import Quarter, quarter_of
from luoshi.appraisal.rules.words import (
    BONUS_MOST,
    FREE,
    INDICATORS_MOST,
    OPEN_TO_ALL,
    BoardState,
    Group,
    Peers,
    SchemeState,
    TieRule,
)

__all__ = [
    "BONUS_MOST", "DECIDERS", "FREE", "INDICATORS_MOST", "OPEN_TO_ALL", "OVERSEERS", "READERS", "BoardState", "Group",
    "Peers", "Quarter", "SchemeState", "TieRule", "quarter_of",
]  # fmt: skip
