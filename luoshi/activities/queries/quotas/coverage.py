"""What was covered in a year: months of group study, talks with unit heads, kinds of places, contents of study.

Counts of what the bureau did; no person's amount stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from luoshi.activities.models import Activity, TalkNote
from luoshi.activities.queries.quotas.book import GROUP, Book
from luoshi.activities.rules import FIELD, ActivityKind, PlaceKind, StudyContent
from luoshi.activities.rules.quotas import Standing, periods, standing
from luoshi.org.models import Portfolio, Post
from luoshi.org.queries import in_force
from luoshi.org.rules import Duty, UnitKind
from luoshi.plan.models import Clause, Plan

TOLD = {"SIGNED": "已谈，已签字", "HELD": "已谈，待签字", "OPEN": "还没有谈"}


@dataclass(frozen=True, slots=True)
class GroupMonths:
    """集体学习 of the 中心组: where the bureau stands, and the sessions of each period."""

    standing: Standing
    sessions: tuple[tuple[Activity, ...], ...]

    @property
    def lines(self) -> list[tuple[int, tuple[Activity, ...]]]:
        """Each period's place with its sessions."""
        return list(enumerate(self.sessions))


def group_months(year_book: Book, on: date) -> list[GroupMonths]:
    """Which months had their session (2.2.1.1a), in one query."""
    asked = year_book.quotas.get(GROUP, ())
    if not asked:
        return []
    rows = list(
        Activity.objects.filter(
            bureau_id=year_book.bureau_id, core_group=True, void=False, held_on__gte=year_book.first,
            held_on__lte=min(on, year_book.last),
        ).order_by("held_on", "pk")
    )  # fmt: skip
    found = []
    for one in asked:
        credits = [(row.held_on, None, row.half_days) for row in rows]
        stands = standing(one, member=[(date.min, None)], credits=credits, on=on)
        by_place: list[list[Activity]] = [[] for _ in one.grid.periods]
        for row in rows:
            place = one.grid.at.get(row.held_on)
            if place is not None:
                by_place[place].append(row)
        found.append(GroupMonths(stands, tuple(tuple(several) for several in by_place)))
    return found


@dataclass(frozen=True, slots=True)
class HeadTalk:
    """One unit head: whether the political talk was held and signed, by whom and when; whose it would be."""

    unit: str
    head: str
    leader: str
    state: str
    talker: str = ""
    held_on: date | None = None

    @property
    def words(self) -> str:
        """The state in words."""
        return TOLD[self.state]


@dataclass(frozen=True, slots=True)
class HeadTalks:
    """Talks with every unit head since a day, the clause that asks for them, and how many there were."""

    since: date
    clause: Clause | None
    lines: list[HeadTalk]

    @property
    def held(self) -> int:
        """How many heads were talked with."""
        return sum(one.state != "OPEN" for one in self.lines)


def head_talks(bureau_id: int, on: date) -> HeadTalks:
    """The round of political talks with the heads of units (2.2.2.1a: every head once), in a handful of queries.

    The round began with the plan whose clause asks for it, else with the year.
    """
    clause = (
        Clause.objects.filter(
            read_duties__slot="political_talk", read_duties__state="CONFIRMED", version__plan__bureau_id=bureau_id
        )
        .select_related("version__plan")
        .order_by("-version__imported_at")
        .first()
    )
    plan: Plan | None = clause.version.plan if clause else None
    since = min(plan.from_on, on) if plan and plan.from_on else date(on.year, 1, 1)
    posts = list(
        Post.objects.filter(
            in_force(on), bureau_id=bureau_id, duty=Duty.HEAD, unit__kind__in=[UnitKind.SECTION, UnitKind.AFFILIATE]
        )
        .select_related("user", "unit")
        .order_by("unit__rank", "unit_id", "pk")
    )
    rows = Portfolio.objects.filter(in_force(on), unit__in=[one.unit_id for one in posts])
    leaders = dict(rows.values_list("unit_id", "leader__name"))
    talks: dict[int, TalkNote] = {}
    notes = TalkNote.objects.filter(
        activity__bureau_id=bureau_id, activity__kind=ActivityKind.POLITICAL_TALK, activity__void=False,
        activity__held_on__gte=since, activity__held_on__lte=on, partner__in=[one.user_id for one in posts],
    )  # fmt: skip
    for note in notes.select_related("activity", "talker").order_by("activity__held_on", "pk"):
        known = talks.get(note.partner_id)
        if known is None or not _signed(known):
            talks[note.partner_id] = note
    return HeadTalks(since, clause, [_talk(post, leaders, talks.get(post.user_id)) for post in posts])


def _signed(note: TalkNote) -> bool:
    return note.paper_id is not None or (note.talker_signed_on is not None and note.partner_signed_on is not None)


def _talk(post: Post, leaders: dict[int, str], note: TalkNote | None) -> HeadTalk:
    told = (str(post.unit), post.user.name, leaders.get(post.unit_id, "主要领导"))
    if note is None:
        return HeadTalk(*told, "OPEN")
    return HeadTalk(*told, "SIGNED" if _signed(note) else "HELD", note.talker.name, note.activity.held_on)


@dataclass(frozen=True, slots=True)
class Covered:
    """One kind of place or content: how often in each quarter, when last, and how often led by a leader."""

    key: str
    label: str
    quarters: tuple[int, int, int, int]
    last: date | None = None
    lessons: int = 0

    @property
    def total(self) -> int:
        """How often in the year."""
        return sum(self.quarters)


def places(bureau_id: int, year: int, on: date) -> list[Covered]:
    """Which kinds of places visits went to (2.2.2.2a), every kind of the list, in one query."""
    rows = _year(bureau_id, year, on).filter(kind__in=FIELD).values("place_kind")
    told: dict[str, Any] = {one["place_kind"]: one for one in rows.annotate(last=Max("held_on"), **_quarters(year))}
    return [_covered(key, str(label), told.get(key)) for key, label in PlaceKind.choices]


def contents(bureau_id: int, year: int, on: date) -> list[Covered]:
    """Which of the three contents were studied, and where a leader taught himself (2.2.1.1d), in one query."""
    rows = _year(bureau_id, year, on).filter(as_study=True).values("content")
    lessons = Count("pk", filter=Q(leader_lesson=True))
    told: dict[str, Any] = {
        one["content"]: one for one in rows.annotate(last=Max("held_on"), lessons=lessons, **_quarters(year))
    }
    kinds = [*StudyContent.choices, ("", "没有写明内容")]
    return [_covered(key, str(label), told.get(key)) for key, label in kinds if key or key in told]


def themes(bureau_id: int, year: int, on: date, most: int = 20) -> list[tuple[str, int]]:
    """What was studied of late, by theme (where none was named, by title), with how often."""
    rows = _year(bureau_id, year, on).filter(as_study=True)
    told = rows.values(name=Coalesce(NullIf("theme", Value("")), "title")).annotate(
        number=Count("pk"), latest=Max("held_on")
    )
    return [(one["name"], one["number"]) for one in told.order_by("-latest", "name")[:most]]


def _year(bureau_id: int, year: int, on: date) -> QuerySet[Activity]:
    last = min(date(year, 12, 31), on)
    rows = Activity.objects.filter(bureau_id=bureau_id, void=False, held_on__gte=date(year, 1, 1), held_on__lte=last)
    return rows.order_by()


def _quarters(year: int) -> dict[str, Count]:
    found = {}
    for place, one in enumerate(periods("QUARTER", year), 1):
        found[f"q{place}"] = Count("pk", filter=Q(held_on__gte=one.first, held_on__lte=one.last))
    return found


def _covered(key: str, label: str, told: dict[str, Any] | None) -> Covered:
    if told is None:
        return Covered(key, label, (0, 0, 0, 0))
    quarters = (told["q1"], told["q2"], told["q3"], told["q4"])
    return Covered(key, label, quarters, told["last"], told.get("lessons", 0))
