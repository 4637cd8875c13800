"""Activities made through the front door, for the tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.activities import services
from luoshi.activities.models import Activity
from luoshi.activities.services import Taking, What

TODAY = date(2026, 11, 24)


def study(cast: Any, *people: Any, by: Any = None, days: tuple[date, ...] = (date(2026, 11, 20),), **words: Any) -> Any:
    """A group study of these people, entered by the office unless said otherwise."""
    sure = words.pop("sure", False)
    told = {"kind": "GROUP_STUDY", "title": "学习贯彻会议精神", "unit": cast.planning, "content": "THEORY", **words}
    made = services.record_activity(
        bureau=cast.bureau, what=What(**told), days=list(days), by=by or cast.office, on=TODAY, sure=sure,
        people=[one if isinstance(one, Taking) else Taking(one) for one in people],
    )  # fmt: skip
    return made if len(days) > 1 else made[0]


def fresh(activity: Activity) -> Activity:
    """The activity as it stands now."""
    return Activity.objects.get(pk=activity.pk)
