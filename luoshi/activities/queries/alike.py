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


@dataclass(frozen=True, slots=True)
class Standing:
    """One that stands entered, as far as it tells whether another is the same."""

    activity: Activity
    people: frozenset[int]

    @property
    def words(self) -> str:
        one = self.activity
        return f"{one.held_on} {one.get_kind_display()}“{one.title}”，由{one.entered_by.name}于{one.entered_on}登记"


class Entered:
    """All that stands entered in a bureau in a time, by month, so that many can be held against it."""

    def __init__(self, standing: Sequence[Standing]) -> None:
        self.months: dict[int, list[Standing]] = {}
        for one in standing:
            for month in _months(one.activity.held_on, one.activity.until_on or one.activity.held_on):
                self.months.setdefault(month, []).append(one)

    def like(
        self, *, kind: str, first: date, last: date, title: str, place: str, people: Collection[int]
    ) -> Standing | None:
        """The first of the same kind on one of these days with the same title or place or one of these people."""
        kinds = family(kind)
        for month in _months(first, last):
            for there in self.months.get(month, ()):
                one = there.activity
                if one.kind not in kinds or one.held_on > last or (one.until_on or one.held_on) < first:
                    continue
                if one.title == title or (place and one.place == place) or not there.people.isdisjoint(people):
                    return there
        return None


def _months(first: date, last: date) -> range:
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def entered_between(bureau_id: int, first: date, last: date) -> Entered:
    """Everything that stands entered in a bureau in a time, with whom it names; two queries however much."""
    found = Activity.objects.filter(bureau=bureau_id, void=False, held_on__lte=last)
    found = found.filter(Q(held_on__gte=first) | Q(until_on__gte=first))
    rows = list(found.select_related("entered_by").order_by("held_on", "pk"))
    people: dict[int, set[int]] = {}
    told = Attendance.objects.filter(activity__in=found.order_by(), void=False).values_list("activity_id", "person_id")
    for pk, person in told:
        people.setdefault(pk, set()).add(person)
    return Entered([Standing(one, frozenset(people.get(one.pk, ()))) for one in rows])
