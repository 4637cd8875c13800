"""Quotas of study, research and front-line stays, pure: one function for the desk, the reminder and the report.

The plan asks for times and rhythms (2.2.1.1a-c, 2.2.2.3a-b). What is asked is laid over the working days of a year
(`periods`), over the days on which a person owed it (`spans`), and held against what is on record (`standing`); every
figure can say how it came about (`words`). They are shown to the person and the office, and never scored or ranked
(国办函〔2026〕12号): no room that judges people may import this package (pyproject.toml, tests/house/test_quotas.py).
"""

from luoshi.activities.rules.quotas.periods import RHYTHMS, Grid, Period, periods
from luoshi.activities.rules.quotas.spans import Away, clipped, joined, minus, spread
from luoshi.activities.rules.quotas.standing import Ask, Asked, Credit, Share, Standing, State, Version, standing
from luoshi.activities.rules.quotas.words import (
    STATES,
    amount,
    asks,
    closing,
    current,
    explain,
    forecast,
    gap_words,
    line,
    so_far,
    told_periods,
    why_void,
)

__all__ = [
    "RHYTHMS", "STATES", "Ask", "Asked", "Away", "Credit", "Grid", "Period", "Share", "Standing", "State", "Version",
    "amount", "asks", "clipped", "closing", "current", "explain", "forecast", "gap_words", "joined", "line", "minus",
    "periods", "so_far", "spread", "standing", "told_periods", "why_void",
]  # fmt: skip
