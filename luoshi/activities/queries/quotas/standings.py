"""Where people stand: records added up by the database, one row a person, then held against what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, F, Func, Min, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from luoshi.activities.models import Activity, Attendance, Shortfall, Trip
from luoshi.activities.queries.quotas.book import COUNTS, LEADERS, OWN, Book, book
from luoshi.activities.queries.quotas.members import Member, members
from luoshi.activities.rules import COUNTING, TripState
from luoshi.activities.rules.quotas import Asked, Credit, Standing, standing

_NO_TRIP = (TripState.ASKED, TripState.REFUSED)


class Joined(Aggregate):
    """The values of a group in one text, separated by commas."""

    function, name = "STRING_AGG", "Joined"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", template="%(function)s(%(expressions)s)")


class Told(Func):
    """First day, last day, half-days of an attendance in one short text."""

    arity, output_field = 3, TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s", arg_joiner=" || '~' || ")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s", arg_joiner=" || '~' || ")


_ONE = Told("activity__held_on", Coalesce(Cast("activity__until_on", TextField()), Value("")), "half_days")


def counted(mark: str, bureau_id: int, first: date, last: date, on: date) -> QuerySet[Attendance]:
    """The attendances that count under a mark of their activity: held by the day, taken part in, not withdrawn.

    A trip counts from its approval on; one that was refused never took place.
    """
    # the sum keeps the planners from walking the bureau's activities one by one: they walk the index of attendances
    rows = Attendance.objects.alias(bureau=F("activity__bureau_id") + 0).filter(
        Q(activity__held_on__gte=first) | Q(activity__until_on__gte=first),
        void=False,
        presence__in=COUNTING,
        activity__void=False,
        bureau=bureau_id,
        activity__held_on__lte=min(last, on),
        **{f"activity__{mark}": True},
    )
    return rows.exclude(activity__in=Trip.objects.filter(state__in=_NO_TRIP).values("activity"))


def credits(
    mark: str, bureau_id: int, first: date, last: date, on: date, users: Sequence[int] | None = None
) -> dict[int, list[Credit]]:
    """What is on record under a mark for everybody (or these people), one row a person: one query, or two."""
    rows = counted(mark, bureau_id, first, last, on)
    if users is not None:
        rows = rows.filter(person_id__in=users)
    else:  # what was entered before the year's first activity needs no look-up; the index of attendances holds the key
        year = Activity.objects.filter(Q(held_on__gte=first) | Q(until_on__gte=first), bureau_id=bureau_id)
        rows = rows.filter(activity_id__gte=year.aggregate(least=Min("pk"))["least"] or 0)
    known = _Known()
    told = rows.order_by().values_list("person_id").annotate(all=Joined(_ONE))
    return {pk: [known[token] for token in text.split(",")] for pk, text in told}


class _Known(dict[str, Credit]):
    """Each text of a record read once: many people were at the same sitting."""

    def __missing__(self, token: str) -> Credit:
        since, until, half_days = token.split("~")
        read = Credit(date.fromisoformat(since), date.fromisoformat(until) if until else None, int(half_days))
        self[token] = read
        return read


@dataclass(frozen=True, slots=True)
class Mine:
    """One person's quotas: where he stands with each, and what he or his head said of those not reached."""

    member: Member
    standings: tuple[Standing, ...]
    reasons: tuple[Shortfall, ...] = ()


def standings(
    year_book: Book, *, on: date, slots: Iterable[str] = OWN, users: Sequence[int] | None = None
) -> dict[int, Mine]:
    """Where everybody (or these people) stands with these quotas on a day, by person, in a fixed number of queries.

    Who owes none of them is left out.
    """
    wanted = tuple(slots)
    people = members(year_book.bureau_id, year_book.first, year_book.last, on, year_book.leaders, users)
    leading = any(one.leads for one in people.values())
    asked = [(slot, what) for slot, what in year_book.of(wanted) if leading or slot not in LEADERS]
    marks = sorted({COUNTS[slot] for slot, _ in asked})
    told = {mark: credits(mark, year_book.bureau_id, year_book.first, year_book.last, on, users) for mark in marks}
    found = {}
    for pk, one in people.items():
        owed = ((slot, what) for slot, what in asked if one.spans(slot in LEADERS))
        own = tuple(_stands(one, slot, what, told[COUNTS[slot]], on) for slot, what in owed)
        if own:
            found[pk] = Mine(one, own)
    return found


def _stands(one: Member, slot: str, what: Asked, told: dict[int, list[Credit]], on: date) -> Standing:
    return standing(what, member=one.spans(slot in LEADERS), away=one.away, credits=told.get(one.pk, ()), on=on)


def mine(user_id: int, bureau_id: int, year: int, on: date) -> Mine | None:
    """One person's quotas of a year with the reasons that were given; None where he owes nothing here."""
    found = standings(book(bureau_id, year), on=on, slots=(*OWN, *LEADERS), users=[user_id]).get(user_id)
    if found is None:
        return None
    said = Shortfall.objects.filter(bureau_id=bureau_id, person_id=user_id, period__startswith=str(year))
    return Mine(found.member, found.standings, tuple(said.select_related("said_by")))


def records(one: Standing, user_id: int, bureau_id: int) -> QuerySet[Attendance]:
    """The very records that a person's figure counts, newest first."""
    grid = one.asked.grid
    rows = counted(COUNTS[one.ask.slot], bureau_id, grid.first, grid.last, one.on).filter(person_id=user_id)
    return rows.select_related("activity").order_by("-activity__held_on", "-pk")
