"""The office's table of gaps: people by unit in the bureau's own order, never by amount; and the leaders' table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.activities.models import Shortfall
from luoshi.activities.queries.quotas.book import LEADERS, OWN, Book
from luoshi.activities.queries.quotas.standings import Mine, standings
from luoshi.activities.rules.quotas import Asked, Standing, gap_words
from luoshi.org.models import Post
from luoshi.org.queries import in_force
from luoshi.org.rules import ADMINISTRATORS, Duty, UnitKind


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in the table, with the unit that he sits in."""

    person_id: int
    name: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """One person's line: how he stands with each quota of the table, and the reasons that were given."""

    seat: Seat
    standings: tuple[Standing | None, ...]
    reasons: tuple[Shortfall, ...]

    @property
    def short(self) -> bool:
        """Whether anything is short by the day."""
        return any(gap_words(one) for one in self.standings if one is not None)


@dataclass(frozen=True, slots=True)
class GapTable:
    """A page of the table, the quotas that are its columns, and the key of the next page."""

    asked: tuple[Asked, ...]
    rows: list[GapRow]
    next: int | None
    total: int


def seats(bureau_id: int, on: date, units: Iterable[int] | None = None, *, by_duty: bool = False) -> list[Seat]:
    """Everybody at work in a bureau (in these units) on a day, once each, by unit and pinyin. One query.

    `by_duty` puts them in the order of their duties and posts, as a leading team is listed.
    """
    posts = Post.objects.filter(in_force(on), bureau_id=bureau_id, user__is_active=True).exclude(
        duty__in=ADMINISTRATORS
    )
    if units is not None:
        posts = posts.filter(unit__in=list(units))
    names = ("user_id", "user__name", "unit_id", "unit__short_name", "unit__kind", "duty", "pk")
    rows = list(posts.order_by("unit__rank", "unit_id", "user__pinyin", "user_id", "pk").values_list(*names))
    rows.sort(key=lambda one: one[4] == UnitKind.BUREAU)  # who also sits in a unit is found there
    if by_duty:
        rows.sort(key=lambda one: (list(Duty.values).index(one[5]), one[6]))
    found: dict[int, Seat] = {}
    for pk, name, unit_id, unit, *_ in rows:
        found.setdefault(pk, Seat(pk, name, unit_id, unit))
    return list(found.values())


def gap_table(
    year_book: Book, *, on: date, slots: Sequence[str] = OWN, units: Iterable[int] | None = None,
    only_short: bool = False, after: int = 0, size: int | None = 50,
) -> GapTable:  # fmt: skip
    """People at work on a day with where they stand: a page after the person with key `after`, or all.

    Of everybody's figures only the page's are read, unless only those with a gap are wanted.
    """
    leading = set(slots) <= set(LEADERS)
    people = seats(year_book.bureau_id, on, units, by_duty=leading)
    asked = tuple(one for _, one in year_book.of(slots))
    whole = only_short or leading
    if not whole:
        people = _after(people, after)
        total = len(people)
        page = people[:size] if size else people
        told = standings(year_book, on=on, slots=slots, users=[one.person_id for one in page])
        rows = _rows(year_book, page, asked, told)
        return GapTable(asked, rows, page[-1].person_id if size and total > size else None, total)
    told = standings(year_book, on=on, slots=slots)
    people = [one for one in people if one.person_id in told]
    if only_short:
        people = [one for one in people if any(gap_words(two) for two in told[one.person_id].standings)]
    people = _after(people, after)
    page = people[:size] if size else people
    more = page[-1].person_id if size and len(people) > size else None
    return GapTable(asked, _rows(year_book, page, asked, told), more, len(people))


def _after(people: list[Seat], after: int) -> list[Seat]:
    place = next((n for n, one in enumerate(people, 1) if one.person_id == after), 0)
    return people[place:]


def _rows(year_book: Book, page: list[Seat], asked: tuple[Asked, ...], told: dict[int, Mine]) -> list[GapRow]:
    said: dict[int, list[Shortfall]] = {}
    rows = Shortfall.objects.filter(
        bureau_id=year_book.bureau_id, person__in=[one.person_id for one in page],
        period__startswith=str(year_book.year), slot__in={one.ask.slot for one in asked},
    )  # fmt: skip
    for row in rows.order_by("slot", "period"):
        said.setdefault(row.person_id, []).append(row)
    return [GapRow(one, _by_asked(asked, told.get(one.person_id)), tuple(said.get(one.person_id, ()))) for one in page]


def _by_asked(asked: tuple[Asked, ...], one: Mine | None) -> tuple[Standing | None, ...]:
    own = {id(two.asked): two for two in one.standings} if one else {}
    return tuple(own.get(id(what)) for what in asked)
