"""What looks like the same activity, entered already: told before an entry is saved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from luoshi.activities.models import Activity, Attendance
from luoshi.activities.rules import family, length

SHOWN = 5


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """One that looks the same: what it is, who entered it, and whom both name."""

    activity: Activity
    people: tuple[str, ...]

    @property
    def words(self) -> str:
        """One Chinese sentence."""
        one = self.activity
        place = f"，地点{one.place}" if one.place else ""
        both = f"，其中有{'、'.join(self.people[:5])}{'等' if len(self.people) > 5 else ''}" if self.people else ""
        return (
            f"{one.held_on} {one.get_kind_display()}“{one.title}”{place}，{length(one.half_days)}"
            f"，由{one.entered_by.name}于{one.entered_on}登记{both}。"
        )


def alike(
    *,
    bureau_id: int,
    kind: str,
    days: Sequence[date],
    people: Collection[int],
    title: str,
    place: str,
    by_id: int,
    meeting_id: int | None = None,
    apart_from: int | None = None,
) -> list[AlikeLine]:
    """What stands entered of the same kind and day with one of these people, or at the same place or under the same
    title by somebody else; or of the same meeting. Two queries."""
    same_day = Q(held_on__in=list(days))
    for day in days:
        same_day |= Q(held_on__lte=day, until_on__gte=day)
    who = Attendance.objects.filter(person__in=list(people), void=False).values("activity_id")
    same = Q(pk__in=who) | (~Q(entered_by=by_id) & (Q(title=title) | (Q(place=place) & ~Q(place=""))))
    wanted = Q(kind__in=family(kind)) & same_day & same
    if meeting_id is not None:
        wanted |= Q(meeting=meeting_id)
    found = Activity.objects.filter(wanted, bureau=bureau_id, void=False)
    if apart_from is not None:
        found = found.exclude(pk=apart_from)
    rows = list(found.select_related("entered_by").order_by("held_on", "pk")[:SHOWN])
    both: dict[int, list[str]] = {}
    shared = Attendance.objects.filter(activity__in=rows, person__in=list(people), void=False).order_by("pk")
    for pk, name in shared.values_list("activity_id", "person__name"):
        both.setdefault(pk, []).append(name)
    return [AlikeLine(one, tuple(both.get(one.pk, ()))) for one in rows]
