"""A score's basis as it is kept and printed: every count, value, weight used, and the arithmetic in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.appraisal.rules.indicators import CRITICISM, EDITION, INDICATORS, PRAISE
from luoshi.appraisal.rules.scoring import BlockResult, Formula, Part, Result, hundredths
from luoshi.matters.rules import Block

ROUNDING = "各步四舍五入到0.01分，得分四舍五入到0.1分"


def plain(value: int) -> str:
    """Hundredths as a short number.

    >>> plain(200), plain(150), plain(8367)
    ('2', '1.5', '83.67')
    """
    return f"{hundredths(value).normalize():f}"


def fixed(value: int) -> str:
    """Hundredths with two places.

    >>> fixed(7500)
    '75.00'
    """
    return str(hundredths(value))


def part_sentence(part: Part, label: str) -> str:
    """One indicator in words.

    >>> part_sentence(Part("on_time", 40, 3, 4, 7500), "按期率")
    '按期率：4件中3件按期，75.00分，占本板块40%'
    >>> part_sentence(Part("on_time", 40, 0, 0, None), "按期率")
    '按期率：本季度没有可计的，不计入（不算零分）'
    """
    if part.value is None:
        return f"{label}：本季度没有可计的，不计入（不算零分）"
    told = INDICATORS[part.key].sentence(part.good, part.counted)
    return f"{label}：{told}，{fixed(part.value)}分，占本板块{part.weight}%"


def block_sentence(block: BlockResult) -> str:
    """One block's arithmetic.

    >>> parts = (Part("completion", 60, 4, 4, 10000), Part("on_time", 40, 3, 4, 7500))
    >>> block_sentence(BlockResult("COUNTY", 40, 9000, parts))
    '县委县政府交办：（100.00×60＋75.00×40）÷100＝90.00分'
    """
    label = Block(block.block).label
    if block.value is None:
        return f"{label}：本季度没有可计的，权重按比例分给其他板块（不算零分，也不白得分）"
    used = [one for one in block.parts if one.value is not None]
    terms = "＋".join(f"{fixed(one.value or 0)}×{one.weight}" for one in used)
    return f"{label}：（{terms}）÷{sum(one.weight for one in used)}＝{fixed(block.value)}分"


def unit_sentence(result: Result, by: Formula) -> str:
    """The whole arithmetic in one sentence.

    >>> blocks = (BlockResult("COUNTY", 40, 9000, ()), BlockResult("KEY_WORK", 25, 8000, ()))
    >>> unit_sentence(Result(blocks, 6, 8615, 100, 200, 8515, 852), Formula(()))
    '（90.00×40＋80.00×25）÷65＝86.15；加分1，扣分2，得85.15，四舍五入为85.2分'
    >>> unit_sentence(Result((), 1, None, 0, 0, None, None, "件数不足2件，不参评"), Formula(()))
    '件数不足2件，不参评'
    """
    if result.base is None or result.raw is None or result.tenths is None:
        return result.reason
    used = [one for one in result.blocks if one.value is not None]
    terms = "＋".join(f"{fixed(one.value or 0)}×{one.weight}" for one in used)
    told = f"（{terms}）÷{sum(one.weight for one in used)}＝{fixed(result.base)}"
    if result.bonus or result.deduction:
        moved = [f"加分{plain(result.bonus)}"] if result.bonus else []
        moved += [f"扣分{plain(result.deduction)}"] if result.deduction else []
        told += f"；{'，'.join(moved)}，得{fixed(result.raw)}"
    return f"{told}，四舍五入为{result.points}分"


def remarks_sentence(praise: int, criticism: int, result: Result, by: Formula) -> list[str]:
    """What superiors' documents added and took, in words.

    >>> remarks_sentence(6, 1, Result((), 2, 8000, 500, 200, 8300, 830), Formula(()))
    ['上级表扬6次，每次加1分，加分以5分为限，加5分', '上级批评1次，每次扣2分，扣2分']
    """
    told = []
    if praise and by.praise and by.bonus_cap:
        told.append(
            f"{PRAISE.label}{praise}次，每次加{plain(by.praise)}分，加分以{plain(by.bonus_cap)}分为限，"
            f"加{plain(result.bonus)}分"
        )
    if criticism and by.criticism:
        told.append(f"{CRITICISM.label}{criticism}次，每次扣{plain(by.criticism)}分，扣{plain(result.deduction)}分")
    return told


def block_row(result: Result) -> list[dict[str, Any]]:
    """What a board's row shows of the blocks."""
    return [
        {"block": one.block, "weight": one.weight, "value": None if one.value is None else fixed(one.value)}
        for one in result.blocks
    ]


def basis(
    result: Result, by: Formula, *, praise: int, criticism: int, digest: str, source: Mapping[str, Any],
    told: Mapping[tuple[str, str], Mapping[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """All that a hand needs to reckon a score again, as plain JSON.

    `source` says under what it was counted (scheme, edition, quarter, cutoff); `told` gives an indicator of a block
    its word and clause.
    """
    blocks = []
    for one in result.blocks:
        parts = []
        for part in one.parts:
            words = told.get((one.block, part.key), {})
            label = words.get("label") or INDICATORS[part.key].label
            parts.append(
                {
                    "key": part.key, "label": label, "weight": part.weight, "good": part.good,
                    "counted": part.counted, "value": None if part.value is None else fixed(part.value),
                    "clause": words.get("clause"), "sentence": part_sentence(part, label),
                }
            )  # fmt: skip
        blocks.append(
            {
                "block": one.block, "label": str(Block(one.block).label), "weight": one.weight,
                "value": None if one.value is None else fixed(one.value), "parts": parts,
                "sentence": block_sentence(one),
            }
        )  # fmt: skip
    return {
        **source, "registry": EDITION, "blocks": blocks, "sample": result.sample, "min_sample": by.min_sample,
        "praise": praise, "criticism": criticism, "bonus": plain(result.bonus), "deduction": plain(result.deduction),
        "remarks": remarks_sentence(praise, criticism, result, by), "rounding": ROUNDING,
        "base": None if result.base is None else fixed(result.base),
        "raw": None if result.raw is None else fixed(result.raw),
        "points": None if result.points is None else str(result.points),
        "sentence": unit_sentence(result, by), "digest": digest,
    }  # fmt: skip
