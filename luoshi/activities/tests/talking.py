"""A talk in tests: told by services only."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from luoshi.activities.models import TalkNote
from luoshi.activities.services import talks as services

DAY = date(2026, 9, 29)
SECRET = "想换个岗位锻炼"
OPINION = "食堂排队太久"


def talk(cast: SimpleNamespace, **words) -> TalkNote:
    """The leader talks with the head of planning."""
    told = {
        "bureau": cast.bureau,
        "kind": "POLITICAL_TALK",
        "talker": cast.leader,
        "partners": [cast.chief],
        "held_on": DAY,
        "content": SECRET,
        "opinions": OPINION,
        "by": cast.leader,
        "on": DAY,
    }
    return services.record_talk(**(told | words))[0]
