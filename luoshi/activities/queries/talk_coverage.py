"""Who has to be talked with, by the division of work, and who has been (2.2.2.1a, b). No word of any talk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from luoshi.activities.models import TalkNote
from luoshi.activities.queries.asked_by import round_since
from luoshi.activities.queries.talks import SECRET
from luoshi.activities.rules import ActivityKind
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One unit head whom a leader talks with: the last talk of this round, and whether both have signed."""

    unit: Unit
    head: User | None
    talked_on: date | None
    signed: bool

    @property
    def done(self) -> bool:
        return self.talked_on is not None and self.signed

    @property
    def words(self) -> str:
        if self.head is None:
            return "暂无负责人"
        if self.talked_on is None:
            return "未谈"
        return "已谈，已签字" if self.signed else "已谈，待签字"


@dataclass(slots=True)
class LeaderLines:
    """A leader and the heads of the units in his charge."""

    leader: User | None
    lines: list[HeadLine] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.lines)

    @property
    def asked(self) -> int:
        return sum(one.head is not None for one in self.lines)


@dataclass(frozen=True, slots=True)
class UnitTalks:
    """谈心谈话 of one unit: how many people, with how many a signed talk was had, with whom not yet."""

    unit: Unit
    people: int
    talked: int
    missing: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class TalkCoverage:
    """The round's first day, the political talks by leader, the heart-to-heart talks by unit."""

    since: date
    leaders: list[LeaderLines]
    units: list[UnitTalks]

    @property
    def done(self) -> int:
        return sum(one.done for one in self.leaders)

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.leaders)


def talk_coverage(bureau_id: int, on: date) -> TalkCoverage:
    """Every unit head by the leader in charge, every person by unit; five queries however large the bureau."""
    since = round_since(bureau_id, on)
    units = list(org.units_of(bureau_id, on).order_by("rank", "pk"))
    posts = Post.objects.filter(org.in_force(on), bureau_id=bureau_id, user__is_active=True)
    posts = posts.exclude(duty__in=ADMINISTRATORS).select_related("user").order_by("user__pinyin", "pk")
    at: dict[int, dict[int, User]] = defaultdict(dict)
    heads: dict[int, User] = {}
    chief: User | None = None
    for post in posts:
        at[post.unit_id].setdefault(post.user_id, post.user)
        if post.duty == Duty.HEAD:
            heads.setdefault(post.unit_id, post.user)
        elif post.duty == Duty.CHIEF:
            chief = chief or post.user
    led = Portfolio.objects.filter(org.in_force(on), unit__in=units).select_related("leader").order_by("pk")
    in_charge = {one.unit_id: one.leader for one in led}
    political, heart = _talked(bureau_id, since)
    return TalkCoverage(
        since,
        _leaders(units, heads, in_charge, chief, political),
        [_unit(unit, at[unit.pk].values(), heart) for unit in units if at[unit.pk]],
    )


def _talked(bureau_id: int, since: date) -> tuple[dict[int, TalkNote], set[int]]:
    """The latest political talk with each person since a day, a signed one before others; and with whom a signed
    heart-to-heart talk was had."""
    rows = TalkNote.objects.filter(activity__bureau=bureau_id, activity__void=False, activity__held_on__gte=since)
    political: dict[int, TalkNote] = {}
    heart: set[int] = set()
    for note in rows.select_related("activity").defer(*SECRET).order_by("activity__held_on", "pk"):
        if note.activity.kind == ActivityKind.POLITICAL_TALK:
            before = political.get(note.partner_id)
            if before is None or note.both_signed or not before.both_signed:
                political[note.partner_id] = note
        elif note.both_signed:
            heart.add(note.partner_id)
    return political, heart


def _leaders(
    units: Iterable[Unit],
    heads: dict[int, User],
    in_charge: dict[int, User],
    chief: User | None,
    political: dict[int, TalkNote],
) -> list[LeaderLines]:
    found: dict[int | None, LeaderLines] = {}
    for unit in units:
        leader = in_charge.get(unit.pk, chief)
        head = heads.get(unit.pk)
        if head is not None and leader is not None and head.pk == leader.pk:
            continue
        note = political.get(head.pk) if head else None
        line = HeadLine(unit, head, note.activity.held_on if note else None, bool(note and note.both_signed))
        found.setdefault(leader.pk if leader else None, LeaderLines(leader)).lines.append(line)
    return list(found.values())


def _unit(unit: Unit, people: Iterable[User], heart: set[int]) -> UnitTalks:
    everyone = list(people)
    missing = tuple(one for one in everyone if one.pk not in heart)
    return UnitTalks(unit, len(everyone), len(everyone) - len(missing), missing)
