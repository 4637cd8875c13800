"""走出去、请进来: who sees them, the list, who decides, how often; lessons with the unanswered on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from luoshi.activities.models import Activity, Attendance, Lesson, Trip
from luoshi.activities.queries.access import visible
from luoshi.activities.rules import ActivityKind, TripState
from luoshi.activities.rules.travelling import YEAR, often
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held

PAGE = 50
MOST = 2000
"""Lessons at most in a printed table or a file."""
GONE = Q(activity__void=True) & ~Q(state=TripState.REFUSED)


def seen(user: User, held: Sequence[Held], on: date) -> QuerySet[Trip]:
    """The trips a person sees: those whose activity he sees."""
    return Trip.objects.filter(activity__in=visible(user, held, on))


def deciders(activity: Activity, on: date) -> list[User]:
    """Who is asked to decide: the leader in charge of the unit unless he goes himself, else the chief."""
    goes = set(activity.attendances.filter(void=False).values_list("person_id", flat=True))
    leader = org.leader_of(activity.unit_id, on)
    chiefs = list(org.holders(Duty.CHIEF, activity.bureau_id, on))
    return [leader] if leader is not None and leader.pk not in goes else chiefs


def to_decide(user: User, held: Sequence[Held], on: date) -> QuerySet[Trip]:
    """The requests that wait for a person's answer: a leader's of his units, a chief's of the bureau."""
    chief = {one.bureau_id for one in held if one.duty == Duty.CHIEF}
    wanted = Q(activity__bureau__in=chief)
    if any(one.duty == Duty.LEADER for one in held):
        goes = Attendance.objects.filter(person=user, void=False).values("activity_id")
        wanted |= Q(activity__unit__in=org.led_units(user, on)) & ~Q(activity__in=goes)
    rows = Trip.objects.filter(wanted, state=TripState.ASKED, activity__void=False)
    return rows.select_related("activity__unit", "asked_by").order_by("activity__held_on", "pk")


def to_report(user: User, on: date) -> QuerySet[Trip]:
    """What a person asked for, was approved and is over: its outcome is to be told."""
    rows = Trip.objects.filter(Q(asked_by=user), state=TripState.APPROVED, activity__void=False)
    over = Q(activity__until_on__lt=on) | Q(activity__until_on=None, activity__held_on__lt=on)
    return rows.filter(over).select_related("activity").order_by("activity__held_on", "pk")


@dataclass(frozen=True, slots=True)
class TripLine:
    """A trip as a line: how many people, how many lessons and how many of them answered."""

    trip: Trip
    people: int
    lessons: int
    answered: int
    owes_report: bool


def trip_page(
    found: QuerySet[Trip], on: date, *, kind: str = "", state: str = "", after: str = ""
) -> tuple[list[TripLine], str]:
    """The trips, the latest first; three queries a page."""
    if kind in (ActivityKind.OUTGOING, ActivityKind.EXPERT):
        found = found.filter(activity__kind=kind)
    if state in TripState.values:
        found = found.filter(state=state).exclude(GONE)
    if after.isdecimal() and len(after) < 18:
        found = found.filter(pk__lt=int(after))
    rows = list(found.select_related("activity__unit", "asked_by").order_by("-pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    keys = [one.activity_id for one in rows]
    people = Attendance.objects.filter(activity__in=keys, void=False).order_by().values_list("activity_id")
    counts = dict(people.annotate(number=Count("pk")))
    lessons = Lesson.objects.filter(trip__in=rows, void=False).order_by().values_list("trip_id")
    told = {
        pk: (number, done)
        for pk, number, done in lessons.annotate(number=Count("pk"), done=Count("pk", filter=~Q(answer="")))
    }
    lines = [
        TripLine(one, counts.get(one.activity_id, 0), *told.get(one.pk, (0, 0)), owes_report=owes(one, on))
        for one in rows
    ]
    return lines, str(rows[-1].pk) if more else ""


def owes(trip: Trip, on: date) -> bool:
    """Approved and over, its outcome not told yet."""
    over = (trip.activity.until_on or trip.activity.held_on) < on
    return trip.state == TripState.APPROVED and not trip.activity.void and over


def frequency(trip: Trip) -> list[str]:
    """How often in the twelve months before it: by the bureau, to this place, by these people; three queries."""
    activity = trip.activity
    if activity.kind != ActivityKind.OUTGOING:
        return []
    since = activity.held_on - timedelta(days=YEAR)
    before = Trip.objects.filter(
        activity__bureau=activity.bureau_id, activity__kind=ActivityKind.OUTGOING, activity__void=False,
        activity__held_on__gt=since, activity__held_on__lte=activity.held_on,
    ).exclude(pk=trip.pk)  # fmt: skip
    told = before.aggregate(total=Count("pk"), there=Count("pk", filter=Q(host=trip.host)))
    goes = list(activity.attendances.filter(void=False).values_list("person_id", flat=True))
    went = Attendance.objects.filter(activity__in=before.values("activity_id"), person__in=goes, void=False)
    people = went.values_list("person__name").annotate(number=Count("pk")).order_by("-number", "person__name")
    return often(told["total"], trip.host, told["there"], list(people))


def year_count(bureau_id: int, on: date) -> int:
    """走出去 of a bureau in the last twelve months, for the page that asks for one more."""
    rows = Activity.objects.filter(bureau=bureau_id, kind=ActivityKind.OUTGOING, void=False, trip__isnull=False)
    return rows.filter(held_on__gt=on - timedelta(days=YEAR)).count()


def lessons_of(found: QuerySet[Trip], kind: str) -> QuerySet[Lesson]:
    """The lessons of trips somebody sees; of one kind where it is named."""
    rows = Lesson.objects.filter(trip__in=found, trip__activity__void=False, void=False)
    if kind in (ActivityKind.OUTGOING, ActivityKind.EXPERT):
        rows = rows.filter(trip__activity__kind=kind)
    return rows.select_related(
        "trip__activity__bureau", "unit", "decided_by", "matter__bureau", "institution", "entered_by"
    )


def lesson_page(rows: QuerySet[Lesson], *, after: str = "") -> tuple[list[Lesson], list[Lesson], str]:
    """What is not answered yet (on the first page), then what is, the latest first."""
    answered = rows.exclude(answer="")
    if after.isdecimal() and len(after) < 18:
        answered = answered.filter(pk__lt=int(after))
    waiting = [] if after else list(rows.filter(answer="").order_by("pk")[:200])
    done = list(answered.order_by("-pk")[: PAGE + 1])
    more, done = len(done) > PAGE, done[:PAGE]
    return waiting, done, str(done[-1].pk) if more else ""


def whole_table(rows: QuerySet[Lesson]) -> list[Lesson]:
    """All of them for paper, the unanswered on top."""
    waiting = list(rows.filter(answer="").order_by("pk")[:MOST])
    return waiting + list(rows.exclude(answer="").order_by("-pk")[: MOST - len(waiting)])


def unanswered(held: Sequence[Held]) -> QuerySet[Lesson]:
    """The lessons that wait for an answer which somebody with these duties gives or enters."""
    who = (Duty.OFFICE, Duty.CHIEF)
    bureaus = {one.bureau_id for one in held if one.duty in who}
    rows = Lesson.objects.filter(trip__activity__bureau__in=bureaus, trip__activity__void=False, void=False, answer="")
    return rows.select_related("trip__activity").order_by("pk")
