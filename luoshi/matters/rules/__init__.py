"""The rules of matters, pure: the life and who may make each move; lamps; dates; the ladder of reminders.

Nothing here touches the database, settings or the clock. Read `life` first.
"""

from luoshi.matters.rules.dates import Reckoning, default_next_on, reckon
from luoshi.matters.rules.ladder import LadderFacts, Rung, rungs
from luoshi.matters.rules.lamps import LampFacts, lamp
from luoshi.matters.rules.life import (
    ASSIST,
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
from luoshi.matters.rules.words import (
    EXTENSION_STATES,
    RHYTHMS,
    ROADMAP_STATES,
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
    "ASSIST",
    "EXTENSION_STATES",
    "HANDLER",
    "HEAD",
    "LEADER",
    "MOVES",
    "OFFICE",
    "OPEN",
    "PAPER",
    "READER",
    "RHYTHMS",
    "ROADMAP_STATES",
    "SPOKEN",
    "VERIFIER",
    "WORDS",
    "Block",
    "DeadlineKind",
    "FeedbackKind",
    "LadderFacts",
    "Lamp",
    "LampFacts",
    "MeetingKind",
    "Parts",
    "PartyRole",
    "Reckoning",
    "Rung",
    "Source",
    "State",
    "default_block",
    "default_next_on",
    "lamp",
    "reckon",
    "roles",
    "rungs",
]  # fmt: skip
