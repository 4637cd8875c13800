"""The rules of matters, pure: the life and who may make each move; lamps; dates; the ladder of reminders.

Nothing here touches the database, settings or the clock. Read `life` first.
"""

from luoshi.matters.rules.dates import Reckoning, default_next_on, reckon
from luoshi.matters.rules.ladder import LadderFacts, PartFacts, Rung, part_rungs, rungs
from luoshi.matters.rules.lamps import SLIPPED, LampFacts, lamp, slipped
from luoshi.matters.rules.life import (
    ASSIST,
    ASSIST_HEAD,
    HANDLER,
    HEAD,
    LEADER,
    MOVES,
    OFFICE,
    OPEN,
    PAPER,
    READER,
    SPOKEN,
    VERIFIER,
    WORDS,
    Parts,
    default_block,
    roles,
)
from luoshi.matters.rules.lists import LIST_ACTS, MAKERS, MEETING_ACTS
from luoshi.matters.rules.roadmap import StepLine, default_days, read_lines, slip, slip_words
from luoshi.matters.rules.words import (
    EXTENSION_STATES,
    OUTCOMES,
    RHYTHMS,
    ROADMAP_STATES,
    SERIES,
    Block,
    DeadlineKind,
    FeedbackKind,
    Lamp,
    MeetingKind,
    PartyRole,
    Source,
    State,
)

__all__ = [
    "ASSIST", "ASSIST_HEAD", "EXTENSION_STATES", "HANDLER", "HEAD", "LEADER", "LIST_ACTS", "MAKERS", "MEETING_ACTS",
    "MOVES", "OFFICE", "OPEN", "OUTCOMES", "PAPER", "READER", "RHYTHMS", "ROADMAP_STATES", "SERIES", "SLIPPED",
    "SPOKEN", "VERIFIER", "WORDS", "Block", "DeadlineKind", "FeedbackKind", "LadderFacts", "Lamp", "LampFacts",
    "MeetingKind", "PartFacts", "Parts", "PartyRole", "Reckoning", "Rung", "Source", "State", "StepLine",
    "default_block", "default_days", "default_next_on", "lamp", "part_rungs", "read_lines", "reckon", "roles",
    "rungs", "slip", "slip_words", "slipped",
]  # fmt: skip
