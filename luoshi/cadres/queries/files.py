"""实绩档案 and 七种能力: people in the bureau's own order, each with dated results and linked evidence. Never a number.

No page and no function here counts, sums, compares or orders people by what they did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from luoshi.cadres.models import AbilityTag, MeritEntry, Posting
from luoshi.cadres.queries.access import people_seen
from luoshi.cadres.queries.results import Shown, results, shown
from luoshi.cadres.rules import Ability, Fact, MeritState, PostingState
from luoshi.org import queries as org
from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, Held

PAGE = 40
CELL = 2
"""Pieces of evidence a cell shows; the rest stands in the person's file."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in the bureau's order: unit and title of his post."""

    person: User
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class Seats:
    """A page of people and the place of the next."""

    seats: list[Seat]
    next: int | None


def seats(
    user: User, held: Iterable[Held], bureau: Unit, on: date, *, unit: int | None = None, start: int = 0
) -> Seats:
    """The people whose files somebody reads, by unit and pinyin."""
    rows = Post.objects.filter(
        org.in_force(on), bureau=bureau, user__in=people_seen(user, held, bureau.pk, on).values("pk")
    ).exclude(duty__in=ADMINISTRATORS)
    if unit is not None:
        rows = rows.filter(unit=unit)
    found: dict[int, Seat] = {}
    for post in rows.select_related("user", "unit").order_by("unit__rank", "unit_id", "user__pinyin", "user_id"):
        found.setdefault(post.user_id, Seat(post.user, str(post.unit), post.title))
    whole = list(found.values())
    after = start + PAGE
    return Seats(whole[start:after], after if len(whole) > after else None)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One person on the list of files: where he is posted and what came of his work last."""

    seat: Seat
    posting: Posting | None
    latest: Shown | None


def file_lines(rows: Sequence[Seat], user: User, held: Sequence[Held], bureau: Unit, on: date) -> list[FileLine]:
    """The list of files; a fixed number of queries a page."""
    keys = [one.person.pk for one in rows]
    postings: dict[int, Posting] = {}
    for one in Posting.objects.filter(bureau=bureau, cadre__in=keys, state=PostingState.ASSIGNED).order_by("pk"):
        postings[one.cadre_id] = one
    last: dict[int, Fact] = {}
    for pk, facts in results(keys, bureau.pk, date(on.year - 1, 1, 1), on).items():
        if facts:
            last[pk] = facts[-1]
    told = {one.fact.key: one for one in shown(last.values(), user, held, on)}
    return [
        FileLine(seat, postings.get(seat.person.pk), told[fact.key] if (fact := last.get(seat.person.pk)) else None)
        for seat in rows
    ]


@dataclass(frozen=True, slots=True)
class TagLine:
    """One piece of evidence of an ability, as a link where the reader may open it."""

    tag: AbilityTag
    words: str
    url: str


@dataclass(slots=True)
class MatrixRow:
    """One person with the evidence of each ability, in the plan's order of abilities."""

    seat: Seat
    cells: list[tuple[Ability, list[TagLine], bool]] = field(default_factory=list)


def tag_lines(
    keys: Iterable[int], bureau: Unit, user: User, held: Sequence[Held], on: date
) -> dict[int, list[TagLine]]:
    """The evidence of these people, in the order of its days of entry."""
    rows = AbilityTag.objects.filter(bureau=bureau, person__in=list(keys), void_reason="").filter(
        Q(merit__isnull=True) | Q(merit__state=MeritState.KEPT)
    )
    tags = list(rows.select_related("merit", "matter", "problem", "posting__cadre", "by").order_by("on", "pk"))
    facts = [_as_fact(one) for one in tags]
    told = shown(facts, user, held, on)
    found: dict[int, list[TagLine]] = defaultdict(list)
    for tag, one in zip(tags, told, strict=True):
        found[tag.person_id].append(TagLine(tag, one.words, one.url))
    return found


def _as_fact(tag: AbilityTag) -> Fact:
    if tag.merit is not None:
        return Fact(f"t{tag.pk}", "MERIT", tag.merit.happened_on, tag.merit.title, "merit", tag.merit.pk)
    if tag.matter is not None:
        return Fact(f"t{tag.pk}", "MATTER_CLOSED", tag.on, str(tag.matter), "matter", tag.matter.pk)
    if tag.problem is not None:
        return Fact(f"t{tag.pk}", "PROBLEM_CLOSED", tag.on, str(tag.problem), "problem", tag.problem.pk)
    assert tag.posting is not None
    return Fact(f"t{tag.pk}", "POSTED", tag.on, tag.posting.post, "posting", tag.posting.pk)


def matrix(rows: Sequence[Seat], bureau: Unit, user: User, held: Sequence[Held], on: date) -> list[MatrixRow]:
    """七种能力 by evidence: each cell the newest pieces and whether there are further ones."""
    told = tag_lines([one.person.pk for one in rows], bureau, user, held, on)
    found = []
    for seat in rows:
        row = MatrixRow(seat)
        for ability in Ability:
            mine = [one for one in told[seat.person.pk] if one.tag.ability == ability][::-1]
            row.cells.append((ability, mine[:CELL], len(mine) > CELL))
        found.append(row)
    return found


@dataclass(frozen=True, slots=True)
class PersonFile:
    """One person's file for a year: dated results, postings, entries that wait, evidence by ability."""

    person: User
    year: int
    lines: list[Shown]
    postings: list[Posting]
    waiting: list[MeritEntry]
    abilities: list[tuple[Ability, list[TagLine]]]


def person_file(
    person: User, bureau: Unit, year: int, user: User, held: Sequence[Held], on: date, *, whole: bool
) -> PersonFile:
    """The file as its reader sees it; `whole` with the entries that are not reviewed yet."""
    facts = results([person.pk], bureau.pk, date(year, 1, 1), date(year, 12, 31))[person.pk]
    decided = [PostingState.ASSIGNED, PostingState.ENDED]
    postings = Posting.objects.filter(bureau=bureau, cadre=person, state__in=decided).select_related("unit", "mentor")
    waiting = MeritEntry.objects.filter(bureau=bureau, person=person).exclude(state=MeritState.KEPT)
    tags = tag_lines([person.pk], bureau, user, held, on)[person.pk]
    return PersonFile(
        person=person,
        year=year,
        lines=shown(facts, user, held, on),
        postings=list(postings.order_by("-from_on", "-pk")[:20]),
        waiting=list(waiting.order_by("-pk")[:20]) if whole else [],
        abilities=[(one, [tag for tag in tags if tag.tag.ability == one]) for one in Ability],
    )


def taggable(person: User, bureau: Unit, user: User, held: Sequence[Held], on: date) -> list[tuple[str, str]]:
    """What of a person's file of this and the last year may be marked as evidence, as choices."""
    facts = results([person.pk], bureau.pk, date(on.year - 1, 1, 1), on)[person.pk]
    found: dict[str, str] = {}
    for one in reversed(shown(facts, user, held, on)):
        if one.fact.source in ("matter", "problem", "merit", "posting") and one.url:
            found.setdefault(f"{one.fact.source}:{one.fact.pk}", f"{one.fact.on:%Y-%m-%d} {one.words}")
    return list(found.items())
