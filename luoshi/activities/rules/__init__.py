"""The rules of activities, pure: the closed lists, what counts as what, who may enter and see what."""

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
    "COUNTING", "FIELD", "STUDY", "TALKS", "TRIPS", "AbsenceKind", "ActivityKind", "ConversionKind", "FollowUpKind",
    "LessonAnswer", "PlaceKind", "Presence", "Relay", "StudyContent", "TripState", "VisitForm",
]  # fmt: skip
