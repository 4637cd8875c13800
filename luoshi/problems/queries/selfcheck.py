"""个人问题清单, read: one's own lists and those one reviews; for the office who has a list, never what is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty, Held, UnitKind
from luoshi.problems.models import Problem, SelfCheck, SelfCheckRound, Suggestion
from luoshi.problems.rules import CheckState, State, StyleKind
from luoshi.problems.rules.selfcheck import Seat, SuggestionState, members, usual_reviewer


def checks_seen(user: User, held: Iterable[Held]) -> QuerySet[SelfCheck]:
    """A person's own lists and those he reviews, in bureaus where he holds a duty; nobody sees others, whatever his."""
    bureaus = {one.bureau_id for one in held if one.duty not in ADMINISTRATORS}
    return SelfCheck.objects.filter(Q(person=user) | Q(reviewer=user), bureau__in=bureaus)


def rounds_seen(held: Iterable[Held]) -> QuerySet[SelfCheckRound]:
    """The rounds whose coverage a person may see: 局办公室 and 主要领导 of the bureau."""
    bureaus = {one.bureau_id for one in held if one.duty in (Duty.OFFICE, Duty.CHIEF)}
    return SelfCheckRound.objects.filter(bureau__in=bureaus)


def free_title(bureau_id: int, on: date) -> str:
    """A name for a new round that was not used yet: 2026年第四季度查摆, then with 第2轮 …"""
    title = f"{on.year}年第{'一二三四'[(on.month - 1) // 3]}季度查摆"
    used = set(SelfCheckRound.objects.filter(bureau=bureau_id, title__startswith=title).values_list("title", flat=True))
    names = (title if nth == 1 else f"{title}第{nth}轮" for nth in range(1, len(used) + 2))
    return next(one for one in names if one not in used)


def lists_of(round_: SelfCheckRound) -> QuerySet[SelfCheck]:
    """The lists of a round."""
    return SelfCheck.objects.filter(bureau=round_.bureau_id, round=round_.title)


def round_of(check: SelfCheck) -> SelfCheckRound | None:
    """The round that a list belongs to."""
    return SelfCheckRound.objects.filter(bureau=check.bureau_id, title=check.round).first()


def items_of(check: SelfCheck) -> QuerySet[Problem]:
    """The items that stand on a list, in the order they were written."""
    return Problem.objects.filter(self_check=check).exclude(state=State.DISMISSED).order_by("id")


@dataclass(frozen=True, slots=True)
class KindPart:
    """One of the six kinds of a list: its items, or the truthful word that there are none."""

    kind: str
    label: str
    items: list[Problem]
    none: bool

    @property
    def considered(self) -> bool:
        return self.none or bool(self.items)


def parts_by_kind(check: SelfCheck) -> list[KindPart]:
    """The six kinds with what the person wrote under each; two queries."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for one in items_of(check):
        found[one.style_kind].append(one)
    none = set(check.answers.filter(none=True).values_list("kind", flat=True))
    return [KindPart(value, label, found[value], value in none) for value, label in StyleKind.choices]


def seats_of(bureau_id: int, on: date, units: Iterable[int] | None = None) -> list[Seat]:
    """The posts held in a bureau on a day (in these units only), in the bureau's own order."""
    posts = Post.objects.filter(org.in_force(on), bureau_id=bureau_id, user__is_active=True)
    if units is not None:
        posts = posts.filter(unit__in=list(units))
    rows = posts.order_by("unit__rank", "id").values_list("user_id", "unit_id", "duty")
    return [Seat(*one) for one in rows]


def usual_reviewers(bureau_id: int, on: date, units: Iterable[int] | None = None) -> dict[int, int | None]:
    """Everybody who makes a list in a bureau (in these units only), with his usual reviewer; four queries."""
    everybody = seats_of(bureau_id, on)
    heads = {one.unit_id: one.person_id for one in everybody if one.duty == Duty.HEAD}
    chief = next((one.person_id for one in everybody if one.duty == Duty.CHIEF), None)
    led = Portfolio.objects.filter(org.in_force(on), unit__bureau_id=bureau_id, leader__is_active=True)
    leaders = dict(led.order_by("-id").values_list("unit_id", "leader_id"))
    wanted = set(units) if units is not None else None
    return {
        pk: usual_reviewer(mine, heads=heads, leaders=leaders, chief_id=chief)
        for pk, mine in members(everybody).items()
        if wanted is None or any(one.unit_id in wanted for one in mine)
    }


@dataclass(slots=True)
class UnitCover:
    """One unit of a round: who has an accepted list and who has not yet. No number of problems, no order of merit."""

    unit: Unit
    accepted: list[User] = field(default_factory=list)
    waiting: list[User] = field(default_factory=list)
    missing: list[User] = field(default_factory=list)
    """In office today, with no list in this round: came later, or the unit was not chosen."""

    @property
    def total(self) -> int:
        return len(self.accepted) + len(self.waiting) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Cover:
    """Coverage of a round: unit by unit in the bureau's own order, leaders first (3.1b)."""

    units: list[UnitCover]
    accepted: int
    total: int
    leaders_left: int
    """Leaders' lists not yet accepted while one of the staff's already is: the hint that leaders go first."""
    unreviewed: list[SelfCheck]

    @property
    def missing(self) -> int:
        return sum(len(one.missing) for one in self.units)


def cover(round_: SelfCheckRound, on: date) -> Cover:
    """Who of those in office has an accepted list; five queries whatever the number of people."""
    seats = members(seats_of(round_.bureau_id, on))
    lists = {one.person_id: one for one in lists_of(round_).select_related("person")}
    people = User.objects.in_bulk(list(seats))
    units = {one.pk: UnitCover(one) for one in Unit.objects.filter(bureau=round_.bureau_id).order_by("rank", "id")}
    staff_accepted, leaders_left = False, 0
    for pk, mine in seats.items():
        where, one = units[mine[0].unit_id], lists.get(pk)
        leads = where.unit.kind == UnitKind.LEADERSHIP
        if one is None:
            where.missing.append(people[pk])
        elif one.state == CheckState.ACCEPTED:
            where.accepted.append(people[pk])
            staff_accepted = staff_accepted or not leads
        else:
            where.waiting.append(people[pk])
            leaders_left += leads
    rows = sorted((one for one in units.values() if one.total), key=lambda one: one.unit.kind != UnitKind.LEADERSHIP)
    return Cover(
        units=rows,
        accepted=sum(len(one.accepted) for one in rows),
        total=sum(one.total for one in rows),
        leaders_left=leaders_left if staff_accepted else 0,
        unreviewed=[one for pk, one in lists.items() if one.reviewer_id is None and pk in seats],
    )


def reviewers_to_choose(bureau_id: int, on: date) -> QuerySet[User]:
    """Everybody of a bureau's own staff: who may be named to look through a list."""
    return User.objects.filter(pk__in=list(members(seats_of(bureau_id, on)))).order_by("pinyin", "id")


def open_suggestions(check: SelfCheck) -> QuerySet[Suggestion]:
    """What others brought up and the person has not answered yet."""
    return check.suggestions.filter(state=SuggestionState.OPEN)
