"""The directory as pages show it: which units and people somebody sees, the tree, and who was in charge when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.org.models import Delegation, Portfolio, Post, Unit, User
from luoshi.org.queries import held, in_force, standing
from luoshi.org.rules import ADMINISTRATORS, Duty, UnitKind, clash


def sees_all(user: User, on: date) -> bool:
    """Whether somebody sees the accounts of the whole installation: the three administrators, and nobody else."""
    return any(one.duty in ADMINISTRATORS for one in held(user, on))


def bureaus_seen(user: User, on: date) -> list[int]:
    """The bureaus whose directory somebody may open."""
    if sees_all(user, on):
        return list(Unit.objects.filter(bureau__isnull=False).values_list("bureau_id", flat=True).distinct())
    return list(dict.fromkeys(one.bureau_id for one in held(user, on)))


def visible_units(user: User, on: date) -> QuerySet[Unit]:
    """The units whose page somebody may open, closed ones included."""
    if sees_all(user, on):
        return Unit.objects.all()
    return Unit.objects.filter(bureau_id__in=bureaus_seen(user, on))


def visible_people(user: User, on: date) -> QuerySet[User]:
    """The people whose page somebody may open: who sits or sat in one's own bureaus, and oneself."""
    if sees_all(user, on):
        return User.objects.all()
    posts = Post.objects.filter(void=False, bureau_id__in=bureaus_seen(user, on))
    return User.objects.filter(Q(pk__in=posts.values("user_id")) | Q(pk=user.pk))


def managed_units(user: User, on: date) -> QuerySet[Unit]:
    """The units of the bureaus whose people somebody manages: his own as office, all as administrator."""
    rows = Unit.objects.filter(standing(on), bureau__isnull=False).exclude(kind=UnitKind.BUREAU)
    mine = held(user, on)
    if any(one.duty in (Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN) for one in mine):
        return rows
    return rows.filter(bureau_id__in=[one.bureau_id for one in mine if one.duty == Duty.OFFICE])


def people_in_office(bureau_id: int, on: date) -> QuerySet[User]:
    """The people with a post in a bureau on a day, by pinyin."""
    posts = Post.objects.filter(in_force(on), bureau_id=bureau_id).exclude(duty__in=ADMINISTRATORS)
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id"))


@dataclass(slots=True)
class Branch:
    """A unit in the tree, how deep it stands, and how many people sit in it today."""

    unit: Unit
    depth: int
    people: int = 0
    chosen: bool = False


def tree(bureau_ids: Iterable[int], on: date, chosen: int | None = None) -> list[Branch]:
    """The units of these bureaus that exist on a day, parents before children, in the bureau's own order."""
    units = list(Unit.objects.filter(standing(on), bureau_id__in=list(bureau_ids)).order_by("rank", "id"))
    counts: dict[int, set[int]] = {}
    rows = Post.objects.filter(in_force(on), unit__in=units, user__is_active=True)
    for unit_id, bureau_id, user_id in rows.values_list("unit_id", "bureau_id", "user_id"):
        counts.setdefault(unit_id, set()).add(user_id)
        counts.setdefault(bureau_id, set()).add(user_id)
    below: dict[int | None, list[Unit]] = {}
    known = {one.pk for one in units}
    for one in units:
        below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
    found: list[Branch] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in below.get(parent, []):
            found.append(Branch(one, depth, len(counts.get(one.pk, ())), one.pk == chosen))
            walk(one.pk, depth + 1)

    walk(None, 0)
    return found


@dataclass(slots=True)
class Line:
    """A person in a list: where and as what he sits on that day."""

    user: User
    posts: list[Post] = field(default_factory=list)

    @property
    def units(self) -> list[str]:
        """Where the person sits, each unit once."""
        return list(dict.fromkeys(str(one.unit) for one in self.posts))


def people(bureau_ids: Iterable[int], on: date, *, unit: Unit | None = None, words: str = "") -> list[Line]:
    """The people in office in these bureaus on a day, by unit and pinyin; `words` matches name, initials or number."""
    posts = Post.objects.filter(in_force(on), bureau_id__in=list(bureau_ids)).exclude(user__is_active=False)
    if unit is not None:
        posts = posts.filter(unit=unit)
    sought = words.strip()
    if sought:
        posts = posts.filter(
            Q(user__name__icontains=sought)
            | Q(user__pinyin__startswith=sought.lower())
            | Q(user__username__startswith=sought)
        )
    found: dict[int, Line] = {}
    for post in posts.select_related("user", "unit").order_by("unit__rank", "unit_id", "user__pinyin", "id"):
        found.setdefault(post.user_id, Line(post.user)).posts.append(post)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class History:
    """Everything dated about a person or a unit, newest first: who was in charge of what, and when."""

    posts: list[Post]
    portfolios: list[Portfolio]
    delegations: list[Delegation]


def history_of_person(person: User, bureau_ids: Iterable[int]) -> History:
    """A person's posts, portfolios and delegations in these bureaus."""
    seen = list(bureau_ids)
    latest = ("-from_on", "-id")
    delegations = Delegation.objects.filter(Q(principal=person) | Q(deputy=person), bureau_id__in=seen, void=False)
    return History(
        list(Post.objects.filter(user=person, bureau_id__in=seen, void=False).select_related("unit").order_by(*latest)),
        list(
            Portfolio.objects.filter(leader=person, bureau_id__in=seen, void=False)
            .select_related("unit")
            .order_by(*latest)
        ),
        list(delegations.select_related("principal", "deputy").order_by(*latest)),
    )


def history_of_unit(unit: Unit) -> History:
    """A unit's posts and the leaders in charge of it (分管); its heads come first in each day."""
    return History(
        list(Post.objects.filter(unit=unit, void=False).select_related("user").order_by("-from_on", "-id")),
        list(Portfolio.objects.filter(unit=unit, void=False).select_related("leader").order_by("-from_on", "-id")),
        [],
    )


def heads_over_time(unit: Unit) -> list[Post]:
    """单位负责人 of a unit, newest first."""
    posts = Post.objects.filter(unit=unit, duty=Duty.HEAD, void=False)
    return list(posts.select_related("user").order_by("-from_on", "-id"))


def delegations_of(bureau_id: int, on: date) -> list[Delegation]:
    """The delegations of a bureau that hold or will hold, the nearest end first."""
    rows = Delegation.objects.filter(bureau_id=bureau_id, void=False, until_on__gte=on)
    return list(rows.select_related("principal", "deputy").order_by("until_on", "id"))


def illegal_combinations(on: date) -> list[tuple[User, str]]:
    """Accounts that hold what one account may not hold (set by raw SQL, say), each with the reason; for `verify`."""
    suspects = Post.objects.filter(in_force(on), duty__in=ADMINISTRATORS).values_list("user_id", flat=True)
    found = []
    for user in User.objects.filter(pk__in=set(suspects)):
        why = clash({one.duty for one in held(user, on)})
        if why:
            found.append((user, why))
    return found
