"""The rules of activities, pure: the closed lists, what counts as what, who may enter and see what."""

from luoshi.activities.rules.access import (
    ENTRANTS,
    GROUPS,
    KEEPERS,
    NAMES_ANYBODY,
    OVERSEERS,
    OWN_UNIT,
    WHOLE,
)
from luoshi.activities.rules.days import HALVES, MOST_DAYS, counts_as, family, length, most_half_days, read_days
from luoshi.activities.rules.words import (
    COUNTING,
    FIELD,
    STUDY,
    TALKS,
    TRIPS,
    AbsenceKind,
    ActivityKind,
    ConversionKind,
    FollowUpKind,
    LessonAnswer,
    PlaceKind,
    Presence,
    Relay,
    StudyContent,
    TripState,
    VisitForm,
)

__all__ = [
    "COUNTING", "ENTRANTS", "FIELD", "GROUPS", "HALVES", "KEEPERS", "MOST_DAYS", "NAMES_ANYBODY", "OVERSEERS",
    "OWN_UNIT", "STUDY", "TALKS", "TRIPS", "WHOLE", "AbsenceKind", "ActivityKind", "ConversionKind", "FollowUpKind",
    "LessonAnswer", "PlaceKind", "Presence", "Relay", "StudyContent", "TripState", "VisitForm", "counts_as", "family",
    "length", "most_half_days", "read_days",
]  # fmt: skip
