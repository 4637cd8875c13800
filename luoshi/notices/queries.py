"""A person's notices, and who is due a digest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from luoshi.lib import clock
from luoshi.notices.models import Notice, OutboxMessage
from luoshi.notices.rules import FAILED
from luoshi.org.models import User

PAGE = 50
MOST = 1000


def visible_to(user: User) -> QuerySet[Notice]:
    """A person's own notices, nobody else's."""
    return Notice.objects.filter(user=user)


def unread(user: User) -> int:
    """How many notices a person has not opened, counted to 1000."""
    return visible_to(user).filter(read_at=None)[:MOST].count()


@dataclass(frozen=True, slots=True)
class DayOf:
    """The notices of one day."""

    on: date
    notices: tuple[Notice, ...]


def by_day(notices: Iterable[Notice]) -> list[DayOf]:
    """Notices grouped by their Shanghai day, in the order they come."""
    found: dict[date, list[Notice]] = {}
    for one in notices:
        found.setdefault(clock.local(one.at).date(), []).append(one)
    return [DayOf(on, tuple(rows)) for on, rows in found.items()]


def page(user: User, *, read: bool, before: int | None = None) -> tuple[list[Notice], int | None]:
    """A page of unread or read notices, newest first, and the key to go on after (None on the last page)."""
    rows = visible_to(user).filter(read_at__isnull=not read)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


@dataclass(frozen=True, slots=True)
class Due:
    """A person whose unread notices hold something not told yet: how many things, up to which notice."""

    user: User
    count: int
    upto: int


def due_digests(bureau_id: int, on: date) -> list[Due]:
    """The people of a bureau with something new since their last digest, who had none on this day."""
    here = Notice.objects.filter(bureau_id=bureau_id, read_at=None, user__is_active=True)
    rows = (  # whoever has something here is told of everything, of his other bureau too
        Notice.objects.filter(read_at=None, user_id__in=here.values("user_id"))
        .exclude(user_id__in=OutboxMessage.objects.filter(on=on, urgent=False).values("user_id"))
        .values("user_id")
        .annotate(things=Count("url", distinct=True), upto=Max("id"))
    )
    found = {one["user_id"]: one for one in rows}
    told = dict(
        OutboxMessage.objects.filter(user_id__in=found)
        .exclude(state=FAILED)
        .values_list("user_id")
        .annotate(Max("upto"))
    )
    fresh = {pk: one for pk, one in found.items() if one["upto"] > told.get(pk, 0)}
    people = User.objects.in_bulk(fresh)
    return [Due(people[pk], one["things"], one["upto"]) for pk, one in sorted(fresh.items())]


def bureaus_with_unread() -> list[int]:
    """The bureaus in which somebody has an unread notice."""
    return list(Notice.objects.filter(read_at=None).values_list("bureau_id", flat=True).distinct())
