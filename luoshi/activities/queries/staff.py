"""Who sat where on any day of the past: the posts of a bureau in one query, for lists that name many days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, UnitKind


@dataclass(frozen=True, slots=True)
class Seats:
    """A day's people, each with the unit he sat in, as `units_then` finds it."""

    people: dict[int, User]
    units: dict[int, int]
    named: dict[str, list[int]]
    """The people by name; several where they share it."""


@dataclass(slots=True)
class Staff:
    """All posts that a bureau ever had; `seats` answers for a day without asking again."""

    bureau: Unit
    posts: list[Post]
    units: dict[int, Unit]
    _days: dict[date, Seats] = field(default_factory=dict)

    @property
    def unit_names(self) -> dict[str, int]:
        """The units by full and short name, those that are no more too."""
        return {name: pk for pk, one in self.units.items() for name in (one.name, one.short_name) if name}

    def seats(self, day: date) -> Seats:
        """Who was in office on a day, and where."""
        if day not in self._days:
            people: dict[int, User] = {}
            units: dict[int, int] = {}
            for post in self.posts:
                if post.from_on <= day and (post.until_on is None or post.until_on >= day):
                    people.setdefault(post.user_id, post.user)
                    units.setdefault(post.user_id, post.unit_id)
            named: dict[str, list[int]] = defaultdict(list)
            for pk, one in people.items():
                named[one.name].append(pk)
            self._days[day] = Seats(people, units, dict(named))
        return self._days[day]


def staff_of(bureau: Unit) -> Staff:
    """The posts of a bureau but the administrators', withdrawn ones left out; two queries."""
    posts = Post.objects.filter(bureau=bureau, void=False).exclude(duty__in=ADMINISTRATORS)
    rows = list(posts.select_related("user", "unit").order_by("unit__rank", "unit_id", "user__pinyin", "id"))
    rows.sort(key=lambda one: one.unit.kind == UnitKind.BUREAU)  # who also sits in a unit is found there
    units = {one.pk: one for one in Unit.objects.filter(bureau=bureau).exclude(pk=bureau.pk)}
    return Staff(bureau, rows, units)
