"""问题类别 and 制度, read: what is grouped, what is decided, what is issued; of problems only what the reader sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.problems.models import Institution, Problem, ProblemClass
from luoshi.problems.queries.access import public
from luoshi.problems.queries.finding import SOLVED
from luoshi.problems.rules import Cure, State
from luoshi.problems.rules.classes import READERS, Told, clusters, lacks, nearest, quarter

LINES, CANDIDATES, TAGGED = 500, 200, 5000


def readable(held: Iterable[Held]) -> set[int]:
    """The bureaus whose classes and institutions a person reads."""
    return {one.bureau_id for one in held if one.duty in READERS}


def classes_seen(held: Iterable[Held]) -> QuerySet[ProblemClass]:
    """The classes that a person reads; withdrawn ones are kept but not shown."""
    return ProblemClass.objects.filter(bureau__in=readable(held), void=False)


def institutions_seen(held: Iterable[Held]) -> QuerySet[Institution]:
    """The institutions that a person reads, withdrawn ones too."""
    return Institution.objects.filter(bureau__in=readable(held))


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of 建章立制清单: 解决一个问题、规范一类问题、完善一批制度."""

    row: ProblemClass
    problems: int
    solved: int
    lacking: str
    """What it still lacks; empty where it is done."""


def class_lines(user: User, held: Sequence[Held], bureau_id: int, on: date) -> list[ClassLine]:
    """The classes of a bureau, what is undecided on top; two queries."""
    rows = classes_seen(held).filter(bureau=bureau_id).select_related("institution", "unit", "decided_by")[:LINES]
    counted = public(user, held, on).exclude(problem_class=None).order_by().values("problem_class")
    numbers = {
        one["problem_class"]: (one["all"], one["good"])
        for one in counted.annotate(all=Count("pk"), good=Count("pk", filter=SOLVED))
    }
    found = [ClassLine(one, *numbers.get(one.pk, (0, 0)), lacking_of(one)) for one in rows]
    order = {"还没定治本办法": 0, "还没有制度": 1, "制度还没印发": 2, "": 3}
    return sorted(found, key=lambda line: (order[line.lacking], line.row.name))


def lacking_of(row: ProblemClass) -> str:
    """What a class still lacks; its institution is to be joined."""
    made = row.institution
    held = made is not None and not made.void
    return lacks(cure=row.cure, institution=held, issued_on=made.issued_on if made is not None and held else None)


@dataclass(frozen=True, slots=True)
class Sum:
    """解决一个问题、规范一类问题、完善一批制度, in figures."""

    grouped: int
    solved: int
    classes: int
    decided: int
    new: int
    revised: int
    none: int
    issued: int


def summed(lines: Sequence[ClassLine], institutions: Iterable[Institution]) -> Sum:
    """The figures over the lines of a page."""
    cures = [one.row.cure for one in lines]
    return Sum(
        grouped=sum(one.problems for one in lines),
        solved=sum(one.solved for one in lines),
        classes=len(lines),
        decided=sum(bool(one) for one in cures),
        new=cures.count(Cure.NEW),
        revised=cures.count(Cure.REVISED),
        none=cures.count(Cure.NONE),
        issued=sum(one.issued_on is not None and not one.void for one in institutions),
    )


def ungrouped(user: User, held: Sequence[Held], bureau_id: int, on: date) -> QuerySet[Problem]:
    """Problems of the ledger that belong to no class yet, newest first."""
    seen = public(user, held, on).filter(bureau=bureau_id, problem_class=None)
    return seen.exclude(state=State.DISMISSED).order_by("-id")


@dataclass(frozen=True, slots=True)
class Group:
    """Problems that look like one class."""

    problems: list[Problem]

    @property
    def alike(self) -> bool:
        return len(self.problems) > 1


def suggested(rows: QuerySet[Problem]) -> list[Group]:
    """The newest ungrouped problems, those that look alike beside each other; one query."""
    known = {one.pk: one for one in rows.select_related("unit")[:CANDIDATES]}
    return [Group([known[one.pk] for one in group]) for group in clusters([told(one) for one in known.values()])]


def alike(row: ProblemClass, inside: Sequence[Problem], rows: QuerySet[Problem]) -> list[Problem]:
    """Of the newest ungrouped problems those that look like a class; one query."""
    known = {one.pk: one for one in rows.select_related("unit")[:CANDIDATES]}
    of = [Told(0, f"{row.name} {row.root_cause}"), *(told(one) for one in inside[:30])]
    return [known[one.pk] for one in nearest(of, [told(one) for one in known.values()])]


def told(problem: Problem) -> Told:
    """A problem as it is compared."""
    return Told(problem.pk, problem.title, tuple(map(str, problem.tags)))


@dataclass(frozen=True, slots=True)
class TagLine:
    """One 作风表现: how many problems in each quarter of a year."""

    tag: str
    quarters: tuple[int, int, int, int]

    @property
    def total(self) -> int:
        return sum(self.quarters)


@dataclass(frozen=True, slots=True)
class TagTable:
    """作风表现 by quarter of one year, the commonest first."""

    year: int
    lines: list[TagLine]
    capped: bool


def tag_table(user: User, held: Sequence[Held], bureau_id: int, year: int, on: date) -> TagTable:
    """How often each 作风表现 was found, by quarter of the day of finding; problems, not people. One query."""
    seen = public(user, held, on).filter(bureau=bureau_id, found_on__year=year).exclude(Q(tags=[]))
    rows = list(seen.exclude(state=State.DISMISSED).order_by("-id").values_list("tags", "found_on")[: TAGGED + 1])
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for tags, day in rows[:TAGGED]:
        for one in tags:
            counts[str(one)][quarter(day) - 1] += 1
    lines = [TagLine(tag, (a, b, c, d)) for tag, (a, b, c, d) in counts.items()]
    return TagTable(year, sorted(lines, key=lambda one: (-one.total, one.tag)), len(rows) > TAGGED)
