"""Whom an entry may name: the people of a bureau by unit, the unit a person was of on a day, names as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from luoshi.activities.models import Activity
from luoshi.activities.rules import NAMES_ANYBODY
from luoshi.org.models import Post, Unit, User
from luoshi.org.queries import in_force
from luoshi.org.rules import ADMINISTRATORS, Duty, Held, UnitKind

SPLIT = re.compile(r"[\s,，、;；]+")
LEADERS = frozenset({Duty.CHIEF, Duty.LEADER})


@dataclass(slots=True)
class Desk:
    """A unit of the picker with its people, each once, in the first unit that he sits in."""

    unit: Unit
    people: list[User] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Roster:
    """Whom somebody may name: the units with their people; two queries however many."""

    desks: list[Desk]
    own_units: frozenset[int]

    @property
    def people(self) -> dict[int, User]:
        return {one.pk: one for desk in self.desks for one in desk.people}

    def of_units(self, wanted: Iterable[int]) -> list[int]:
        """The people of these units, by key."""
        chosen = set(wanted)
        return [one.pk for desk in self.desks if desk.unit.pk in chosen for one in desk.people]

    def named(self, words: str) -> tuple[list[User], list[str]]:
        """The people whose names somebody typed, and what fits nobody or more than one."""
        by_name: dict[str, list[User]] = {}
        for one in self.people.values():
            by_name.setdefault(one.name, []).append(one)
            by_name.setdefault(one.username, []).append(one)
        found: dict[int, User] = {}
        unread = []
        for word in filter(None, SPLIT.split(words.strip())):
            fits = by_name.get(word, [])
            if len(fits) == 1:
                found[fits[0].pk] = fits[0]
            else:
                unread.append(word)
        return list(found.values()), unread


def roster(bureau_id: int, user: User, held: Iterable[Held], on: date, *, there: Activity | None = None) -> Roster:
    """Whom a person may name in an entry: anybody for the office, leaders and heads; else his unit and the leaders.

    With `there` also whoever stands in that activity already, though he has moved or left since: an edit drops nobody.
    """
    mine = [one for one in held if one.bureau_id == bureau_id]
    own = frozenset(one.unit_id for one in mine)
    posts = Post.objects.filter(in_force(on), bureau_id=bureau_id, user__is_active=True)
    posts = posts.exclude(duty__in=ADMINISTRATORS)
    if not any(one.duty in NAMES_ANYBODY for one in mine):
        posts = posts.filter(Q(unit__in=own) | Q(duty__in=LEADERS) | Q(user=user))
    found: dict[int, Desk] = {}
    seated: set[int] = set()
    rows = list(posts.select_related("user", "unit").order_by("unit__rank", "unit_id", "user__pinyin", "id"))
    rows.sort(key=lambda one: one.unit.kind == UnitKind.BUREAU)  # who also sits in a unit is found there
    for post in rows:
        if post.user_id not in seated:
            seated.add(post.user_id)
            found.setdefault(post.unit_id, Desk(post.unit)).people.append(post.user)
    if there is not None:
        sat = there.attendances.filter(void=False).exclude(person__in=seated).select_related("person", "unit")
        for one in sat.order_by("pk"):
            unit = one.unit or there.unit
            found.setdefault(unit.pk, Desk(unit)).people.append(one.person)
    return Roster(list(found.values()), own)


def units_then(bureau_id: int, people: Iterable[int], on: date) -> dict[int, int]:
    """The unit that each of these people sat in on a day; who was not in office then is left out. One query."""
    posts = Post.objects.filter(in_force(on), bureau_id=bureau_id, user__in=list(people))
    found: dict[int, int] = {}
    rows = posts.exclude(duty__in=ADMINISTRATORS).order_by("unit__rank", "unit_id", "id")
    told = list(rows.values_list("user_id", "unit_id", "unit__kind"))
    for person, unit, _ in sorted(told, key=lambda one: one[2] == UnitKind.BUREAU):
        found.setdefault(person, unit)
    return found
