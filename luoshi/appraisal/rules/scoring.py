"""How counts become points: whole numbers only, so the same counts give the same points on any machine, to the digit.

    value   of an indicator = good ÷ counted × 100                       (0.01, half up)
    block   = Σ weight × value ÷ Σ weight, over indicators with a sample (0.01, half up)
    base    = Σ weight × block ÷ Σ weight, over blocks with a value      (0.01, half up)
    raw     = base + bonus (capped) − deductions, not below 0, not above 100 + the cap
    points  = raw                                                        (0.1, half up)

Every step is printed as it is used, so a hand reckons the same from the page. What has no sample has no value: it is
neither a free hundred nor a nought; its weight goes to the others in their proportion. Values here are hundredths of
a point. Each step is monotone, so a better result never lowers a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from luoshi.appraisal.rules.indicators import INDICATORS, NO_BLOCK
from luoshi.appraisal.rules.words import Peers, TieRule
from luoshi.matters.rules import Block

Cell = tuple[str, str]
"""(block, indicator): the block is empty for what is not counted by block."""
HUNDRED = 100_00


@dataclass(slots=True)
class Counts:
    """What was counted of one unit in one quarter: (good, counted) of each cell, and superiors' remarks."""

    cells: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    praise: int = 0
    criticism: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """An indicator of a block with its weight."""

    key: str
    weight: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class BlockShare:
    """A block with its weight and indicators."""

    block: str
    weight: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A scheme as it is applied."""

    blocks: tuple[BlockShare, ...]
    min_sample: int = 2
    bonus_cap: int = 500
    praise: int = 100
    criticism: int = 200
    tie_rule: str = TieRule.SHARED
    peers: str = Peers.BY_KIND


def formula(blocks: Iterable[tuple[str, int, Iterable[tuple[str, int]]]], **told: object) -> Formula:
    """A formula from (block, weight, ((indicator, weight), …)); points in it are hundredths.

    >>> one = formula([("COUNTY", 40, [("completion", 100)])])
    >>> one.blocks[0].shares[0].cell
    ('COUNTY', 'completion')
    """
    made = tuple(
        BlockShare(
            block,
            weight,
            tuple(
                Share(key, part, (block if INDICATORS[key].by_block else NO_BLOCK, key)) for key, part in shares
            ),
        )
        for block, weight, shares in blocks
    )  # fmt: skip
    return Formula(made, **told)  # type: ignore[arg-type]


def half_up(above: int, below: int) -> int:
    """A quotient of whole numbers that are not negative, rounded to the nearest, halves up.

    >>> half_up(5, 2), half_up(7, 3), half_up(0, 9)
    (3, 2, 0)
    """
    return (2 * above + below) // (2 * below)


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator's outcome; `value` None where nothing was counted."""

    key: str
    weight: int
    good: int
    counted: int
    value: int | None


@dataclass(frozen=True, slots=True)
class BlockResult:
    """One block's outcome; `value` None where none of its indicators has a sample."""

    block: str
    weight: int
    value: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One unit's outcome in hundredths of a point (`raw`) and tenths (`tenths`); both None where it is 不参评."""

    blocks: tuple[BlockResult, ...]
    sample: int
    base: int | None
    bonus: int
    deduction: int
    raw: int | None
    tenths: int | None
    reason: str = ""

    @property
    def points(self) -> Decimal | None:
        """The points as they are printed.

        >>> Result((), 2, 8370, 0, 0, 8367, 837).points
        Decimal('83.7')
        """
        return None if self.tenths is None else tenths(self.tenths)


def tenths(value: int) -> Decimal:
    """Tenths of a point as a Decimal with one place."""
    return Decimal(value).scaleb(-1)


def hundredths(value: int) -> Decimal:
    """Hundredths of a point as a Decimal with two places.

    >>> hundredths(7500)
    Decimal('75.00')
    """
    return Decimal(value).scaleb(-2)


def fixed_or_none(value: int | None) -> str | None:
    """Hundredths with two places, or nothing."""
    return None if value is None else str(hundredths(value))


def score(counts: Counts, by: Formula) -> Result:
    """One unit's score from its counts.

    Two matters of a block closed, one of them in time; nothing in the other block, whose weight goes to the first:

    >>> by = formula([("COUNTY", 40, [("completion", 50), ("on_time", 50)]), ("KEY_WORK", 60, [("completion", 100)])])
    >>> told = Counts({("COUNTY", "completion"): (2, 2), ("COUNTY", "on_time"): (1, 2)})
    >>> found = score(told, by)
    >>> found.base, found.tenths, found.blocks[1].value
    (7500, 750, None)
    >>> score(Counts({("COUNTY", "completion"): (1, 1)}), by).reason
    '件数不足2件，不参评'
    >>> score(Counts(told.cells, praise=9, criticism=1), by).points
    Decimal('78.0')
    """
    cells, blocks, sample, above, below = counts.cells, [], 0, 0, 0
    for one in by.blocks:
        parts, most, sum_of, weights = [], 0, 0, 0
        for share in one.shares:
            good, counted = cells.get(share.cell, (0, 0))
            value = None
            if counted:
                value = half_up(good * HUNDRED, counted)
                sum_of += share.weight * value
                weights += share.weight
                most = max(most, counted)
            parts.append(Part(share.key, share.weight, good, counted, value))
        block = half_up(sum_of, weights) if weights else None
        if block is not None:
            above += one.weight * block
            below += one.weight
        sample += most
        blocks.append(BlockResult(one.block, one.weight, block, tuple(parts)))
    bonus, deduction = min(by.bonus_cap, counts.praise * by.praise), counts.criticism * by.criticism
    if sample < by.min_sample or not below:
        why = f"件数不足{by.min_sample}件，不参评" if sample < by.min_sample else "没有可计的事项，不参评"
        return Result(tuple(blocks), sample, None, bonus, deduction, None, None, why)
    base = half_up(above, below)
    raw = max(0, min(HUNDRED + by.bonus_cap, base + bonus - deduction))
    return Result(tuple(blocks), sample, base, bonus, deduction, raw, half_up(raw, 10))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a place on the board is decided by."""

    unit_id: int
    group: str
    tenths: int | None
    county: int | None = None


def standing(unit_id: int, group: str, result: Result) -> Standing:
    """Of a result what decides its place."""
    county = next((one.value for one in result.blocks if one.block == Block.COUNTY), None)
    return Standing(unit_id, group, result.tenths, county)


def ranks(rows: Iterable[Standing], tie_rule: str = TieRule.SHARED) -> dict[int, int]:
    """The rank of each rated unit within its group; equal after rounding share one (1, 1, 3).

    >>> rows = [Standing(1, "A", 900), Standing(2, "A", 900), Standing(3, "A", 850), Standing(4, "B", 700)]
    >>> ranks([*rows, Standing(5, "B", None)])
    {1: 1, 2: 1, 3: 3, 4: 1}
    >>> ranks([Standing(1, "A", 900, 8000), Standing(2, "A", 900, 9000)], TieRule.COUNTY_FIRST)
    {2: 1, 1: 2}
    """
    groups: dict[str, list[tuple[int, int, int]]] = {}
    for one in rows:
        if one.tenths is not None:
            second = (one.county if one.county is not None else -1) if tie_rule == TieRule.COUNTY_FIRST else 0
            groups.setdefault(one.group, []).append((-one.tenths, -second, one.unit_id))
    found: dict[int, int] = {}
    for members in groups.values():
        last, place = None, 0
        for nth, (points, second, unit_id) in enumerate(sorted(members), 1):
            if (points, second) != last:
                last, place = (points, second), nth
            found[unit_id] = place
    return found


def cells_of(by: Formula) -> set[Cell]:
    """Which cells a formula reads."""
    return {share.cell for one in by.blocks for share in one.shares}


def keys_of(by: Formula) -> set[str]:
    """Which indicators a formula reads."""
    return {share.key for one in by.blocks for share in one.shares}


def only(counts: Mapping[Cell, tuple[int, int]], by: Formula) -> dict[Cell, tuple[int, int]]:
    """Of the counts those that a formula reads and that are not empty: the same from whichever path they came."""
    wanted = cells_of(by)
    return {cell: told for cell, told in counts.items() if cell in wanted and told[1]}
