"""Who was of a bureau on which days, as whom, and on long leave when: for everybody in three queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from luoshi.activities.models import Absence
from luoshi.activities.rules import AbsenceKind
from luoshi.activities.rules.quotas import Away
from luoshi.org.models import Post
from luoshi.org.rules import ADMINISTRATORS


@dataclass(slots=True)
class Member:
    """One person of the bureau: the spans of his posts, those of a leader's posts, his leave, his unit of the day."""

    pk: int
    name: str
    here: list[tuple[date, date | None]] = field(default_factory=list)
    leads: list[tuple[date, date | None]] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    unit_id: int = 0

    def spans(self, leader: bool) -> list[tuple[date, date | None]]:
        """The days on which he owes what everybody owes, or what a leader owes."""
        return self.leads if leader else self.here


def members(
    bureau_id: int, first: date, last: date, on: date, leaders: frozenset[str], users: Iterable[int] | None = None
) -> dict[int, Member]:
    """Everybody with a post in the bureau within a stretch of days (of `users` only those), in two queries.

    The separate administrators' accounts hold no business and owe nothing.
    """
    posts = Post.objects.filter(
        Q(until_on=None) | Q(until_on__gte=first), bureau_id=bureau_id, from_on__lte=last, void=False
    ).exclude(duty__in=ADMINISTRATORS)
    if users is not None:
        posts = posts.filter(user_id__in=(wanted := list(users)))
    names = ("user_id", "user__name", "user__joined_on", "user__left_on", "duty", "unit_id", "from_on", "until_on")
    found: dict[int, Member] = {}
    for pk, name, joined, left, duty, unit_id, since, until in posts.order_by("unit__rank", "pk").values_list(*names):
        one = found.get(pk) or found.setdefault(pk, Member(pk, name))
        since = max(since, joined) if joined else since
        if left and (until is None or until >= left):
            until = left - timedelta(days=1)
        if until is not None and until < since:
            continue
        one.here.append((since, until))
        if duty in leaders:
            one.leads.append((since, until))
        if since <= on and (until is None or on <= until) and not one.unit_id:
            one.unit_id = unit_id
    rows = Absence.objects.filter(
        Q(until_on=None) | Q(until_on__gte=first), bureau_id=bureau_id, from_on__lte=last, void=False
    )
    if users is not None:
        rows = rows.filter(person_id__in=wanted)
    for person, kind, since, until in rows.order_by("from_on", "pk").values_list(
        "person_id", "kind", "from_on", "until_on"
    ):
        if person in found:
            found[person].away.append(Away(since, until or date.max, str(AbsenceKind(kind).label)))
    return found
