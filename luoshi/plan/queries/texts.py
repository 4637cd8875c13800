"""A plan's texts: how far they are decided, their outline, a clause in its place, which unit a name means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from luoshi.org import queries as org
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion
from luoshi.plan.rules import LIVE


def clauses_of(version: PlanVersion) -> QuerySet[Clause]:
    """The clauses of a text in its order."""
    return version.clauses.order_by("order")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a text's proposed duties are decided."""

    total: int
    confirmed: int
    dropped: int

    @property
    def decided(self) -> int:
        """Confirmed and dropped together: 73 of `73 / 109`."""
        return self.confirmed + self.dropped

    @property
    def open(self) -> int:
        """What still waits for the office."""
        return self.total - self.decided

    @property
    def share(self) -> int:
        """Per cent decided, rounded down so that 100 means all."""
        return self.decided * 100 // self.total if self.total else 0


def progress(version: PlanVersion) -> Progress:
    """How far a text is decided."""
    return progresses([version.pk])[version.pk]


def progresses(version_ids: Iterable[int]) -> dict[int, Progress]:
    """`progress` of several texts in one query."""
    wanted = list(version_ids)
    counts = (
        Duty.objects.filter(clause__version__in=wanted, state__in=LIVE)
        .values_list("clause__version")
        .annotate(
            all=Count("pk"),
            confirmed=Count("pk", filter=Q(state="CONFIRMED")),
            dropped=Count("pk", filter=Q(state="DROPPED")),
        )
    )
    found = {version_id: Progress(*numbers) for version_id, *numbers in counts}
    return {one: found.get(one, Progress(0, 0, 0)) for one in wanted}


def with_newest(plans: QuerySet[Plan]) -> list[tuple[Plan, PlanVersion, Progress]]:
    """Plans with their newest text and how far it is decided, in three queries."""
    newest: dict[int, PlanVersion] = {}
    texts = PlanVersion.objects.filter(plan__in=plans).defer("text").order_by("number")
    for one in texts.select_related("plan__bureau"):
        newest[one.plan_id] = one
    told = progresses(one.pk for one in newest.values())
    return [(one.plan, one, told[one.pk]) for one in sorted(newest.values(), key=lambda one: -one.plan_id)]


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A heading with its depth and how many duties below it are decided, of how many."""

    clause: Clause
    depth: int
    decided: int
    total: int


def outline(version: PlanVersion) -> list[OutlineLine]:
    """The headings of a text, items like 一是 left out (their duties count for the heading above)."""
    told = {
        one.pk: (one.decided, one.total)
        for one in clauses_of(version).annotate(
            total=Count("read_duties", filter=Q(read_duties__state__in=LIVE)),
            decided=Count("read_duties", filter=Q(read_duties__state__in=LIVE - {"PROPOSED"})),
        )
    }
    rows = list(clauses_of(version))
    sums = {one.pk: [0, 0] for one in rows}
    parents = {one.pk: one.parent_id for one in rows}
    for pk, (decided, total) in told.items():
        at: int | None = pk
        while at is not None:
            sums[at][0] += decided
            sums[at][1] += total
            at = parents[at]
    return [OutlineLine(one, one.path.count("/"), *sums[one.pk]) for one in rows if not one.marker.endswith("是")]


def above(clause: Clause) -> list[Clause]:
    """The clauses that hold a clause, outermost first."""
    parts = clause.path.split("/")
    paths = ["/".join(parts[:place]) for place in range(1, len(parts))]
    return list(Clause.objects.filter(version=clause.version_id, path__in=paths).order_by("order"))


def around(clause: Clause) -> tuple[Clause | None, Clause | None]:
    """The clauses before and after in the text's order."""
    rows = Clause.objects.filter(version=clause.version_id)
    return (
        rows.filter(order__lt=clause.order).order_by("-order").first(),
        rows.filter(order__gt=clause.order).order_by("order").first(),
    )


@dataclass(frozen=True, slots=True)
class ClauseChip:
    """A clause as other rooms show it: its place, its first words, and where it is read."""

    plan: str
    label: str
    sentence: str
    url: str


def clause_chip(clause: Clause) -> ClauseChip:
    """The facts of a clause's chip. Wants `version__plan` selected to cost no query."""
    own = clause.version.text[clause.start : clause.end].strip().replace("\n", "")
    return ClauseChip(str(clause.version.plan), clause.path, own[:120], clause.get_absolute_url())


def unit_names(bureau_id: int, on: date) -> dict[str, int]:
    """Names and short names of a bureau's units, for `unit_named`."""
    found: dict[str, int] = {}
    for unit in org.units_of(bureau_id, on):
        found[unit.name] = found[unit.short_name] = unit.pk
    return found


def unit_named(actor: str, act: str, units: Mapping[str, int]) -> int | None:
    """The one unit that an actor names, or with which an act begins; None for none or several (各单位).

    >>> units = {"局办公室": 4, "规划建设股": 5}
    >>> unit_named("局办公室牵头", "", units), unit_named("", "规划建设股建立整改台账", units)
    (4, 5)
    >>> unit_named("局办公室、规划建设股", "", units) is None
    True
    """
    named = {pk for name, pk in units.items() if (name in actor if actor else act.startswith(name))}
    return named.pop() if len(named) == 1 else None
