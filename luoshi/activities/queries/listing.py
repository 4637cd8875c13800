"""The list of activities, one record, and what stands under one's own name; each a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from luoshi.activities.models import Activity, Attendance, Objection
from luoshi.activities.queries.access import visible
from luoshi.activities.rules import COUNTING, GROUPS, Presence, length
from luoshi.org.models import User
from luoshi.org.rules import Held

PAGE = 50
CAP = 1000


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What the list may be asked for; every value comes from the address and is checked by the form."""

    group: str = ""
    kind: str = ""
    month: date | None = None
    """Its first day."""
    unit_id: int | None = None
    """That held it or whose people took part."""
    person_id: int | None = None
    words: str = ""
    void: bool = False


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as a line: how many took part, and the first of them."""

    activity: Activity
    people: int
    names: tuple[str, ...]

    @property
    def who(self) -> str:
        rest = self.people - len(self.names)
        return "、".join(self.names) + (f"等{self.people}人" if rest > 0 else "")

    @property
    def long(self) -> str:
        return length(self.activity.half_days)


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """A page of the list, the key of the next one, and how many there are in all."""

    lines: list[ActivityLine]
    next_key: str
    total_label: str


def activity_list(
    user: User, held: Sequence[Held], on: date, wanted: ActivityFilter, *, bureau_id: int, after: str = ""
) -> ActivityPage:
    """The activities a person sees in a bureau, the latest day first; four queries a page."""
    found = filtered(visible(user, held, on).filter(bureau=bureau_id), wanted)
    total = len(found.order_by().values_list("pk")[: CAP + 1])
    rows, next_key = _page(found.select_related("unit", "entered_by"), after)
    return ActivityPage(_lines(rows), next_key, f"{CAP}+" if total > CAP else str(total))


def filtered(found: QuerySet[Activity], wanted: ActivityFilter) -> QuerySet[Activity]:
    """The activities that answer a filter."""
    found = found.filter(void=wanted.void)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    elif wanted.group in GROUPS:
        found = found.filter(kind__in=GROUPS[wanted.group][1])
    if wanted.month is not None:
        year, month = divmod(wanted.month.year * 12 + wanted.month.month, 12)
        found = found.filter(held_on__gte=wanted.month, held_on__lt=date(year, month + 1, 1))
    if wanted.unit_id is not None:
        sat = Attendance.objects.filter(unit=wanted.unit_id, void=False).values("activity_id")
        found = found.filter(Q(unit=wanted.unit_id) | Q(pk__in=sat))
    if wanted.person_id is not None:
        sat = Attendance.objects.filter(person=wanted.person_id, void=False).values("activity_id")
        found = found.filter(pk__in=sat)
    if wanted.words.strip():
        found = found.filter(Q(title__icontains=wanted.words.strip()) | Q(place__icontains=wanted.words.strip()))
    return found


def _page(found: QuerySet[Activity], after: str) -> tuple[list[Activity], str]:
    day, _, pk = after.partition(".")
    try:
        if after:
            found = found.filter(Q(held_on__lt=date.fromisoformat(day)) | Q(held_on=day, pk__lt=int(pk)))
    except ValueError:
        pass
    rows = list(found.order_by("-held_on", "-pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return rows, f"{rows[-1].held_on}.{rows[-1].pk}" if more else ""


def _lines(rows: Sequence[Activity], names: int = 3) -> list[ActivityLine]:
    keys = [one.pk for one in rows]
    present = Attendance.objects.filter(activity__in=keys, void=False, presence__in=COUNTING).order_by()
    counts = dict(present.values_list("activity").annotate(number=Count("pk")))
    few = [pk for pk in keys if counts.get(pk, 0) <= names]
    first: dict[int, list[str]] = {}
    for pk, name in present.filter(activity__in=few).order_by("pk").values_list("activity_id", "person__name"):
        first.setdefault(pk, []).append(name)
    return [
        ActivityLine(one, counts.get(one.pk, 0), tuple(first.get(one.pk, [])))
        for one in rows
    ]  # fmt: skip


@dataclass(slots=True)
class UnitPart:
    """Who of one unit took part, who was on leave, who was missing."""

    unit: str
    present: list[Attendance] = field(default_factory=list)
    away: list[Attendance] = field(default_factory=list)


def parts(activity: Activity) -> list[UnitPart]:
    """The people of an activity by the unit they were of; one query."""
    found: dict[int | None, UnitPart] = {}
    rows = activity.attendances.filter(void=False).select_related("person", "unit")
    for one in rows.order_by("unit__rank", "unit_id", "person__pinyin", "pk"):
        part = found.setdefault(one.unit_id, UnitPart(str(one.unit) if one.unit else "当时不在本局任职"))
        (part.present if one.presence in COUNTING else part.away).append(one)
    return list(found.values())


def mine(user: User, *, after: str = "", kind: str = "") -> tuple[list[Attendance], str]:
    """What stands under a person's name, the latest day first, with his objections; two queries a page."""
    rows = Attendance.objects.filter(person=user).select_related("activity__unit", "activity__entered_by", "unit")
    if kind in GROUPS:
        rows = rows.filter(activity__kind__in=GROUPS[kind][1])
    day, _, pk = after.partition(".")
    try:
        if after:
            earlier = Q(activity__held_on=day, pk__lt=int(pk))
            rows = rows.filter(Q(activity__held_on__lt=date.fromisoformat(day)) | earlier)
    except ValueError:
        pass
    told = Prefetch("objections", Objection.objects.select_related("answered_by").order_by("-id"))
    page = list(rows.order_by("-activity__held_on", "-pk").prefetch_related(told)[: PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    return page, f"{page[-1].activity.held_on}.{page[-1].pk}" if more else ""


def last_like(user: User, bureau_id: int, kinds: Sequence[str]) -> Activity | None:
    """The last activity of these kinds that a person entered: what “按上次填” copies."""
    found = Activity.objects.filter(bureau=bureau_id, kind__in=kinds, entered_by=user, void=False)
    return found.order_by("-id").select_related("unit", "meeting", "clause").first()


def sat_in(activity: Activity) -> dict[str, list[int]]:
    """Who took part and how, by presence: what an edit or a copy starts from."""
    found: dict[str, list[int]] = {one: [] for one in Presence.values}
    for person, presence in activity.attendances.filter(void=False).order_by("pk").values_list("person", "presence"):
        found[presence].append(person)
    return found
