"""覆盖图: every clause of a plan's text in force with what each room has under it, sums rolled up to the headings.

The rooms are asked once each for all clauses (`lib.byclause`), so the number of queries is the same for 10 clauses
and 300. A figure and the page it opens start from the same query: `records` asks the same rooms for the same key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from uuid import UUID

from luoshi.activities.queries import clauses as activities
from luoshi.appraisal.queries import clauses as appraisal
from luoshi.cadres.queries import clauses as cadres
from luoshi.commitments.queries import clauses as commitments
from luoshi.lib.byclause import NOTHING, Behind, Figure, Line, Room
from luoshi.matters.queries import clauses as matters
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause, Plan, PlanVersion
from luoshi.plan.queries import clauses as plan
from luoshi.plan.queries import visible_to
from luoshi.portal.rules import COLUMNS, ClauseFacts, Stand, stand
from luoshi.problems.queries import clauses as problems
from luoshi.publicity.queries import clauses as publicity

ROOMS: tuple[Room, ...] = (plan, matters, problems, activities, commitments, publicity, appraisal, cadres)
"""Every room that keeps records under clauses; one that is to come is added here."""
MOVING = (
    "rules",
    "open",
    "closed",
    "problems",
    "problems_closed",
    "promises",
    "promises_done",
    "cadres",
    "cadres_done",
)
"""The figures that say that something moves under a clause."""
SEES_ALL = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.VERIFIER, Duty.INSPECTOR, Duty.DISCIPLINE})
"""Duties that see every approved matter of their bureau (`matters.queries.visible`)."""
KEYS = (*(key for one in COLUMNS for key, _ in one.figures), "unowned")


@dataclass(slots=True)
class Row:
    """A clause on the map: its figures with all below it, where it stands itself, and how those below stand."""

    clause: Clause
    depth: int
    figures: dict[str, Figure]
    stand: Stand | None
    below: Counter[Stand] = field(default_factory=Counter)
    heads_others: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """The rows in the order of the text, those of clauses that the text has no more, and the sums of all."""

    version: PlanVersion
    rows: list[Row]
    gone: list[Row]
    total: dict[str, Figure]
    stands: Counter[Stand]
    whole: bool


def sees_whole(user: User, bureau_id: int, on: date) -> bool:
    """Whether a person sees every approved matter of the bureau, and so can know that nothing moves."""
    return bool(org.duties(user, bureau_id, on) & SEES_ALL)


def text_in_force(of: Plan) -> PlanVersion:
    """The text that the map is drawn on."""
    return PlanVersion.objects.select_related("plan__bureau").defer("text").get(pk=plan.texts_in_force([of.pk])[of.pk])


def _figures(lineages: Sequence[UUID], user: User, on: date) -> dict[UUID, dict[str, Figure]]:
    """What all rooms have, one added to the other where they count the same key (材料)."""
    found: dict[UUID, dict[str, Figure]] = {}
    for room in ROOMS:
        for lineage, figures in room.by_clause(lineages, user, on).items():
            mine = found.setdefault(lineage, {})
            for key, figure in figures.items():
                mine[key] = mine.get(key, NOTHING) + figure
    return found


def _sum(lineages: Iterable[UUID], told: dict[UUID, dict[str, Figure]]) -> dict[str, Figure]:
    summed: dict[str, Figure] = {}
    for lineage in lineages:
        for key, figure in told.get(lineage, {}).items():
            summed[key] = summed[key] + figure if key in summed else figure
    return summed


def facts_of(clause: Clause, mine: dict[str, Figure], *, heads_others: bool, whole: bool) -> ClauseFacts:
    """What `rules.stand` reads, out of a clause's own figures."""
    number = {key: figure.number for key, figure in mine.items()}
    return ClauseFacts(
        no_duty=clause.no_duty,
        heads_others=heads_others or clause.path == "0",
        confirmed=number.get("confirmed", 0),
        proposed=number.get("proposed", 0),
        unowned=number.get("unowned", 0),
        moving=sum(number.get(key, 0) for key in MOVING),
        whole=whole,
    )


def coverage(of: Plan, user: User, on: date) -> Map:
    """The map of a plan as a person may see it."""
    version = text_in_force(of)
    clauses = list(Clause.objects.filter(version=version).order_by("order"))
    here = {one.lineage for one in clauses}
    earlier = Clause.objects.filter(version__plan=of).exclude(version=version).order_by("-version__number", "order")
    lost: dict[UUID, Clause] = {}
    for one in earlier.select_related("version").defer("version__text"):
        if one.lineage not in here:
            lost.setdefault(one.lineage, one)
    told = _figures([*here, *lost], user, on)
    whole = sees_whole(user, of.bureau_id, on)
    parents = {one.parent_id for one in clauses}
    rows = {
        one.pk: Row(
            one,
            one.path.count("/"),
            {},
            stand(facts_of(one, told.get(one.lineage, {}), heads_others=one.pk in parents, whole=whole)),
            heads_others=one.pk in parents,
        )
        for one in clauses
    }
    under: dict[int, set[UUID]] = {one.pk: {one.lineage} for one in clauses}
    for one in reversed(clauses):
        row = rows[one.pk]
        row.figures = _sum(sorted(under[one.pk]), told)
        if one.parent_id is not None:
            under[one.parent_id] |= under[one.pk]
            rows[one.parent_id].below += row.below + Counter([row.stand] if row.stand else [])
    gone = [Row(one, 0, figures, None) for key, one in lost.items() if (figures := told.get(key, {}))]
    return Map(
        version,
        list(rows.values()),
        gone,
        _sum([*here, *lost], told),
        Counter(row.stand for row in rows.values() if row.stand),
        whole,
    )


def lineages_under(of: Plan, clause: Clause | None) -> list[UUID]:
    """The clauses that a row's figure sums: a clause with all below it; without one the whole plan.

    A clause of an earlier text stands for itself alone: what lay below it has its own row.
    """
    if clause is None:
        return list(Clause.objects.filter(version__plan=of).order_by().values_list("lineage", flat=True).distinct())
    if clause.version_id != plan.texts_in_force([of.pk])[of.pk]:
        return [clause.lineage]
    below: dict[int | None, list[tuple[int, UUID]]] = {}
    for pk, parent_id, lineage in Clause.objects.filter(version=clause.version_id).values_list(
        "pk", "parent_id", "lineage"
    ):
        below.setdefault(parent_id, []).append((pk, lineage))
    found, waiting = {clause.lineage}, [clause.pk]
    while waiting:
        for pk, lineage in below.get(waiting.pop(), []):
            found.add(lineage)
            waiting.append(pk)
    return sorted(found)


def records(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind:
    """The records behind a figure, of all rooms that count the key, one room after the other."""
    wanted = list(lineages)
    parts = [found for room in ROOMS if (found := room.behind(key, wanted, user, on)) is not None]

    def lines(start: int, stop: int) -> list[Line]:
        found, at = [], 0
        for part in parts:
            found.append(part.lines(max(start - at, 0), max(stop - at, 0)) if start < at + part.number else [])
            at += part.number
        return list(chain.from_iterable(found))

    return Behind(sum(part.number for part in parts), lines)


def plans_for(user: User, on: date) -> list[Plan]:
    """The plans whose map a person may open, the newest first."""
    return list(visible_to(user, on).select_related("bureau").order_by("-id"))


def row_of_clause(clause: Clause, user: User, on: date) -> Row:
    """One clause as its page tells it: where it stands by its own figures, and its figures with all below it."""
    lineages = lineages_under(clause.version.plan, clause)
    told = _figures(lineages, user, on)
    mine, whole = told.get(clause.lineage, {}), sees_whole(user, clause.version.plan.bureau_id, on)
    heads_others = Clause.objects.filter(parent=clause).exists()
    own = stand(facts_of(clause, mine, heads_others=heads_others, whole=whole))
    return Row(clause, 0, _sum(lineages, told), own, heads_others=heads_others)
