"""试算: what a scheme would have given, told of units without names, so that the scheme is tried and not the units."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from luoshi.appraisal.rules.scoring import Result, Standing, fixed_or_none, ranks, tenths

STEMS = "甲乙丙丁戊己庚辛壬癸"
ROWS_MOST = 60
"""So many units stand on the page; the distribution is of all."""


def alias(place: int) -> str:
    """The name of a unit in a rehearsal.

    >>> alias(0), alias(9), alias(10)
    ('单位甲', '单位癸', '单位11')
    """
    return f"单位{STEMS[place]}" if place < len(STEMS) else f"单位{place + 1}"


def aliases(units: Sequence[int], seed: str) -> dict[int, str]:
    """A name for each unit, in an order that has nothing to do with their own; the same in all quarters of a run.

    >>> aliases([1, 2, 3], "a") == aliases([3, 2, 1], "a"), sorted(aliases([1, 2, 3], "b").values())
    (True, ['单位丙', '单位乙', '单位甲'])
    """
    shuffled = sorted(units, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())
    return {unit: alias(place) for place, unit in enumerate(shuffled)}


def quarter_result(
    results: Mapping[int, Result], groups: Mapping[int, str], names: Mapping[int, str], tie_rule: str
) -> dict[str, Any]:
    """One quarter of a run as it is stored: the spread, and the units by their aliases with points and rank."""
    places = ranks(
        (Standing(unit, groups[unit], one.tenths, county_of(one)) for unit, one in results.items()), tie_rule
    )
    rated = sorted(one.tenths for one in results.values() if one.tenths is not None)
    order = {name: place for place, name in enumerate(map(alias, range(len(names))))}
    rows = [
        {
            "name": names[unit], "group": groups[unit], "rank": places.get(unit),
            "points": None if one.tenths is None else str(tenths(one.tenths)),
            "blocks": [{"block": block.block, "value": fixed_or_none(block.value)} for block in one.blocks],
            "reason": one.reason,
        }
        for unit, one in results.items()
    ]  # fmt: skip
    rows.sort(key=lambda one: order[str(one["name"])])
    different = {(groups[unit], one.tenths) for unit, one in results.items() if one.tenths is not None}
    return {
        "rated": len(rated), "unrated": len(results) - len(rated), "ties": len(rated) - len(different),
        "spread": spread(rated), "rows": rows[:ROWS_MOST], "more": len(rows) > ROWS_MOST,
    }  # fmt: skip


def county_of(result: Result) -> int | None:
    """县委县政府交办's value of a result."""
    return next((one.value for one in result.blocks if one.block == "COUNTY"), None)


def spread(rated: Sequence[int]) -> dict[str, str]:
    """The lowest, middle and highest points of sorted tenths.

    >>> spread([700, 800, 950])
    {'lowest': '70.0', 'middle': '80.0', 'highest': '95.0'}
    >>> spread([])
    {}
    """
    if not rated:
        return {}
    told = {"lowest": rated[0], "middle": rated[(len(rated) - 1) // 2], "highest": rated[-1]}
    return {name: str(tenths(value)) for name, value in told.items()}
