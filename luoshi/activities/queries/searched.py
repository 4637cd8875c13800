"""What of activities may be looked up, in the words that whoever sees them may read; of talks only that they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from luoshi.activities.models import Activity, Attendance, Opinion
from luoshi.activities.rules import TALKS
from luoshi.search.rules import Doc, Source, in_order


def activity_docs(keys: Sequence[int]) -> list[Doc]:
    """Each activity with its place, theme, outcome, opinions and the names of who took part; three queries."""
    said: dict[int, list[str]] = defaultdict(list)
    for pk, words in (
        Opinion.objects.filter(activity__in=keys, void=False).order_by("id").values_list("activity_id", "words")
    ):
        said[pk].append(words)
    names: dict[int, list[str]] = defaultdict(list)
    sat = Attendance.objects.filter(activity__in=keys, void=False).order_by("id")
    for pk, name in sat.values_list("activity_id", "person__name"):
        names[pk].append(name)
    found = []
    for one in Activity.objects.filter(pk__in=keys):
        told = [one.get_kind_display()]
        if one.kind not in TALKS:
            told += [one.place, one.theme, one.counterpart, one.speaker, one.outcome, *said[one.pk]]
        told.append("、".join(names[one.pk]))
        found.append(Doc("activity", one.pk, one.bureau_id, one.title, "\n".join(filter(None, told))))
    return found


ACTIVITIES = Source("activity", in_order(Activity.objects.all), activity_docs)
SEARCHED = (ACTIVITIES,)
