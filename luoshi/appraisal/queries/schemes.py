"""Schemes as they are read: the one that applies to a quarter, as a formula, and what a new one starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet

from luoshi.appraisal.models import Board, Scheme, SchemeIndicator
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.scoring import Formula, formula
from luoshi.appraisal.rules.words import BoardState, Peers, SchemeState
from luoshi.matters.rules import Block
from luoshi.org import queries as org
from luoshi.org.models import Unit
from luoshi.org.rules import UnitKind
from luoshi.plan.models import Clause, Duty, Plan
from luoshi.plan.queries import rule
from luoshi.plan.queries.clauses import texts_in_force

APPLIED = (SchemeState.ADOPTED, SchemeState.SUPERSEDED)


def scheme_for(bureau_id: int, quarter: Quarter) -> Scheme | None:
    """The scheme that applies to a quarter: adopted, begun, and not yet taken over then."""
    year, number = quarter.year, quarter.number
    begun = Q(from_year__lt=year) | Q(from_year=year, from_quarter__lte=number)
    lasts = Q(until_year=None) | Q(until_year__gt=year) | Q(until_year=year, until_quarter__gte=number)
    rows = Scheme.objects.filter(begun, lasts, bureau_id=bureau_id, state__in=APPLIED)
    return rows.order_by("-from_year", "-from_quarter", "-edition").first()


def parts_of(scheme: Scheme) -> list[tuple[Any, list[SchemeIndicator]]]:
    """A scheme's blocks, each with its indicators that hold at the start of the scheme."""
    rows = list(SchemeIndicator.objects.filter(block__scheme=scheme).select_related("clause__version__plan"))
    found = []
    for block in scheme.blocks.all():
        found.append((block, [one for one in rows if one.block_id == block.pk]))
    return found


def formula_of(scheme: Scheme, on: date | None = None) -> Formula:
    """A scheme as it is applied to the quarter that begins on a day; an indicator out of its dates is left out."""
    blocks = []
    for block, indicators in parts_of(scheme):
        holds = [one for one in indicators if on is None or holding(one, on)]
        blocks.append((block.block, block.weight, [(one.key, one.weight) for one in holds]))
    return formula(
        blocks, min_sample=scheme.min_sample, bonus_cap=cents(scheme.bonus_cap), praise=cents(scheme.praise_points),
        criticism=cents(scheme.criticism_points), tie_rule=scheme.tie_rule, peers=scheme.peers,
    )  # fmt: skip


def holding(indicator: SchemeIndicator, on: date) -> bool:
    """Whether an indicator holds on a day."""
    return (indicator.from_on is None or indicator.from_on <= on) and (
        indicator.until_on is None or indicator.until_on >= on
    )


def cents(points: Decimal | int | float) -> int:
    """Points as hundredths."""
    return int(Decimal(points) * 100)


def words_of(scheme: Scheme) -> dict[tuple[str, str], dict[str, Any]]:
    """The word and clause of each indicator in each block."""
    return {
        (block.block, one.key): {"label": one.label, "clause": one.clause_id}
        for block, indicators in parts_of(scheme)
        for one in indicators
    }


def groups_of(bureau_id: int, peers: str, on: date) -> dict[int, str]:
    """The units that are rated on a day, each with its peer group, in the bureau's own order."""
    rows = org.units_of(bureau_id, on).order_by("rank", "pk").values_list("pk", "kind")
    if peers == Peers.TOGETHER:
        return {pk: "ALL" for pk, _ in rows}
    return {pk: "AFFILIATE" if kind == UnitKind.AFFILIATE else "SECTION" for pk, kind in rows}


@dataclass(frozen=True, slots=True)
class Start:
    """What a new scheme starts from: the bureau's decisions that hold, in words too."""

    weights: dict[str, int]
    weights_source: str
    peers: str
    peers_source: str


def start(bureau: Unit, plan: Plan | None, on: date) -> Start:
    """The block weights and peer groups that the plan, the bureau or the product's default say on a day."""
    plan_id = plan.pk if plan is not None else None
    weights = rule("block_weights", bureau_id=bureau.pk, on=on, plan_id=plan_id)
    peers = rule("peer_groups", bureau_id=bureau.pk, on=on, plan_id=plan_id)
    by_label = {str(label): value for value, label in Block.choices}
    told = {by_label[name]: int(part) for name, part in weights.value["weights"] if name in by_label}
    choice = peers.value["choice"]
    return Start(
        {block: told.get(block, 0) for block in BLOCKS}, weights.citation,
        choice if choice in Peers.values else Peers.BY_KIND, peers.citation,
    )  # fmt: skip


BLOCKS: Sequence[str] = (Block.COUNTY, Block.KEY_PROJECT, Block.KEY_WORK)
"""The order of the three blocks on every page."""


SCORING = ("board_cycle", "board_cases", "board_improvement", "appraisal_cycle")
"""The mechanisms whose clause asks for scoring, the nearest first."""


def clause_for(bureau: Unit, slots: Sequence[str] = SCORING) -> Clause | None:
    """The clause of the bureau's plan that asks for scoring: the newest text's, of the nearest mechanism it names."""
    texts = texts_in_force(Plan.objects.filter(bureau=bureau).values("pk"))
    duties = Duty.objects.filter(
        slot__in=slots, state__in=["CONFIRMED", "PROPOSED"], clause__version__in=texts.values()
    ).select_related("clause__version__plan")
    found = sorted(duties, key=lambda one: (-one.clause.version_id, slots.index(one.slot), one.order))
    return found[0].clause if found else None


def next_edition(bureau_id: int) -> int:
    """The number of a bureau's next edition."""
    return (Scheme.objects.filter(bureau_id=bureau_id).aggregate(most=Max("edition"))["most"] or 0) + 1


def boards_on(scheme: Scheme) -> QuerySet[Board]:
    """The boards that were counted by a scheme, void ones left out."""
    return Board.objects.filter(scheme=scheme).exclude(state=BoardState.VOID)
