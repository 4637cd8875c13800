"""Who may, who is in charge, who was in charge then."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.org.models import Delegation, Portfolio, Post, Unit, User
from luoshi.org.rules import BUREAU_WIDE, Duty, Held, UnitKind


def standing(on: date) -> Q:
    """The filter for units that exist on a day."""
    return Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def in_force(on: date) -> Q:
    """The filter for posts, portfolios, delegations that hold on a day; one withdrawn on its first day never held."""
    return standing(on) & Q(void=False)


def not_over(on: date) -> Q:
    """The filter for posts, portfolios and delegations that hold on a day or may hold after it."""
    return Q(void=False) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def held(user: User, on: date) -> list[Held]:
    """Every duty a person holds on a day: by own posts, and standing in for a principal (代理)."""
    return held_by([user], on)[user.pk]


def held_by(people: Collection[User], on: date) -> dict[int, list[Held]]:
    """By key what each of several people holds on a day; as many queries for fifty as for one."""
    found: dict[int, list[Held]] = {one.pk: [] for one in people}
    there = [one.pk for one in people if one.is_active and not (one.left_on is not None and one.left_on <= on)]
    if not there:
        return found
    own = Post.objects.filter(in_force(on), user_id__in=there)
    for person, duty, unit_id, bureau_id in own.values_list("user_id", "duty", "unit_id", "bureau_id"):
        found[person].append(Held(duty, unit_id, bureau_id))
    stood_in = list(
        Delegation.objects.filter(in_force(on), deputy_id__in=there, principal__is_active=True).select_related(
            "principal"
        )
    )
    theirs: dict[tuple[int, int, str], list[int]] = {}
    if stood_in:
        posts = Post.objects.filter(in_force(on), user_id__in={one.principal_id for one in stood_in})
        for person, bureau_id, duty, unit_id in posts.values_list("user_id", "bureau_id", "duty", "unit_id"):
            theirs.setdefault((person, bureau_id, duty), []).append(unit_id)
    for one in stood_in:
        found[one.deputy_id] += [
            Held(one.duty, unit_id, one.bureau_id, one.principal.name, one.principal_id)
            for unit_id in theirs.get((one.principal_id, one.bureau_id, one.duty), [])
        ]
    return found


def duties(user: User, bureau_id: int, on: date) -> frozenset[str]:
    """The duties a person holds anywhere in one bureau on a day."""
    return frozenset(one.duty for one in held(user, on) if one.bureau_id == bureau_id)


def held_in(user: User, bureau_id: int, on: date) -> bool:
    """Whether a person is in office in a bureau on a day by an own post."""
    return user.is_active and Post.objects.filter(in_force(on), user=user, bureau_id=bureau_id).exists()


def holders(duty: str, bureau_id: int, on: date) -> QuerySet[User]:
    """Everyone who holds a duty in a bureau on a day by an own post."""
    posts = Post.objects.filter(in_force(on), bureau_id=bureau_id, duty=duty)
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id"))


def head_of(unit_id: int, on: date) -> User | None:
    """单位负责人 of a unit on a day."""
    return User.objects.filter(
        pk__in=Post.objects.filter(in_force(on), unit_id=unit_id, duty=Duty.HEAD).values("user_id")
    ).first()


def leader_of(unit_id: int, on: date) -> User | None:
    """分管领导 of a unit on a day; where nobody is, the bureau's 主要领导."""
    own = User.objects.filter(
        pk__in=Portfolio.objects.filter(in_force(on), unit_id=unit_id).values("leader_id")
    ).first()
    if own is not None:
        return own
    bureau_id = Unit.objects.filter(pk=unit_id).values_list("bureau_id", flat=True).first()
    chiefs = Post.objects.filter(in_force(on), bureau_id=bureau_id, duty=Duty.CHIEF) if bureau_id else None
    return User.objects.filter(pk__in=chiefs.values("user_id")).first() if chiefs is not None else None


def led_units(user: User, on: date) -> list[int]:
    """The units in a leader's portfolio on a day, own or stood in for."""
    leaders = [
        user.pk,
        *Delegation.objects.filter(in_force(on), deputy=user, duty=Duty.LEADER).values_list("principal_id", flat=True),
    ]
    return list(Portfolio.objects.filter(in_force(on), leader_id__in=leaders).values_list("unit_id", flat=True))


def people_of(unit_ids: Iterable[int], on: date) -> QuerySet[User]:
    """The people with a post in any of these units on a day, once each, by pinyin."""
    posts = Post.objects.filter(in_force(on), unit_id__in=list(unit_ids))
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id"))


def bureaus_of(user: User, on: date) -> QuerySet[Unit]:
    """The bureaus in which a person holds a duty on a day."""
    return Unit.objects.filter(pk__in={one.bureau_id for one in held(user, on)})


def units_of(bureau_id: int, on: date) -> QuerySet[Unit]:
    """The working units (股室 and 局直单位) of a bureau on a day, in the bureau's own order."""
    return Unit.objects.filter(standing(on), bureau_id=bureau_id, kind__in=[UnitKind.SECTION, UnitKind.AFFILIATE])


def bureau_wide(found: Iterable[Held], bureau_id: int) -> frozenset[str]:
    """Of the duties held, those that reach over a whole bureau."""
    return frozenset(one.duty for one in found if one.bureau_id == bureau_id and one.duty in BUREAU_WIDE)
