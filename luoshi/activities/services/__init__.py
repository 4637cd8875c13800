"""The only writers of activities: the record and who took part; each further topic in a module of its own.

They raise `NotAllowed` (a sentence: why, and what to do), `LooksAlike` (somebody seems to have entered the same),
`Stale` (somebody was first) and `records.services.BadFile` (an upload that is spent).
"""

from luoshi.activities.services.objections import VERDICTS, answer_objection, object_to
from luoshi.activities.services.recording import (
    LooksAlike,
    Taking,
    What,
    copy_meeting_attendance,
    edit_activity,
    record_activity,
    take_paper,
    void_activity,
)

__all__ = [
    "VERDICTS", "LooksAlike", "Taking", "What", "answer_objection", "copy_meeting_attendance", "edit_activity",
    "object_to", "record_activity", "take_paper", "void_activity",
]  # fmt: skip
