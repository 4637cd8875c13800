"""活动: the record, who took part, and what hangs on it: opinions, trips and lessons, talks, leave and reasons."""

from luoshi.activities.models.activity import Activity, Attendance, Objection
from luoshi.activities.models.quota import Absence, Shortfall
from luoshi.activities.models.talks import TalkFollowUp, TalkNote
from luoshi.activities.models.trips import Lesson, Trip
from luoshi.activities.models.visits import Conversion, Opinion, OpinionForm

__all__ = [
    "Absence",
    "Activity",
    "Attendance",
    "Conversion",
    "Lesson",
    "Objection",
    "Opinion",
    "OpinionForm",
    "Shortfall",
    "TalkFollowUp",
    "TalkNote",
    "Trip",
]
