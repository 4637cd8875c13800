"""Who reads the panel, what a quarter and an indicator are, a summary's life and the arithmetic of its text."""

from luoshi.outcomes.rules.access import APPROVERS, KEEPERS, OVERSEERS, READERS, summary_roles
from luoshi.outcomes.rules.goals import (
    GOALS,
    INDICATORS,
    KINDS_OF_FAULT,
    Change,
    Goal,
    Indicator,
    Value,
    average_of,
    change,
    count_of,
    share_of,
)
from luoshi.outcomes.rules.life import (
    MOST,
    MOVES,
    SECTIONS,
    STATE_WORDS,
    OutsideKind,
    SummaryKind,
    SummaryState,
)
from luoshi.outcomes.rules.periods import START, Period, clipped, cut, quarters
from luoshi.outcomes.rules.text import counted, filled_in, mentioned, over, pieces, unknown

__all__ = [
    "APPROVERS", "GOALS", "INDICATORS", "KEEPERS", "KINDS_OF_FAULT", "MOST", "MOVES", "OVERSEERS", "READERS",
    "SECTIONS", "START", "STATE_WORDS", "Change", "Goal", "Indicator", "OutsideKind", "Period", "SummaryKind",
    "SummaryState", "Value", "average_of", "change", "clipped", "count_of", "counted", "cut", "filled_in",
    "mentioned", "over", "pieces", "quarters", "share_of", "summary_roles", "unknown",
]  # fmt: skip
