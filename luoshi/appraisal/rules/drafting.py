"""What a scheme is as it is written, and why one cannot stand; the sums say what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.appraisal.rules.forbidden import why_not_indicator
from luoshi.appraisal.rules.indicators import INDICATORS
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.words import BONUS_MOST, INDICATORS_MOST
from luoshi.matters.rules import Block


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as it is written: its weight in each block where it stands."""

    key: str
    weights: Mapping[str, int]
    label: str = ""
    clause_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme as it is written."""

    title: str
    since: Quarter
    blocks: Mapping[str, int]
    rows: Sequence[Row]
    peers: str
    tie_rule: str
    min_sample: int = 2
    grace_days: int = 10
    bonus_cap: Decimal = Decimal(5)
    praise_points: Decimal = Decimal(1)
    criticism_points: Decimal = Decimal(2)
    note: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)


def block_words(blocks: Mapping[str, int]) -> str:
    """What is wrong with the block weights; empty where they make a hundred.

    >>> block_words({"COUNTY": 40, "KEY_PROJECT": 35, "KEY_WORK": 20})
    '三个板块的权重合计应为100，现在是40＋35＋20＝95，请调整。'
    >>> block_words({"COUNTY": 40, "KEY_PROJECT": 35, "KEY_WORK": 25})
    ''
    """
    if set(blocks) != set(Block.values):
        return "三个板块（县委县政府交办、重点项目、重点工作）都要写权重，不用的写0。"
    total = sum(blocks.values())
    if total == 100:
        return ""
    return f"三个板块的权重合计应为100，现在是{'＋'.join(map(str, blocks.values()))}＝{total}，请调整。"


def column_words(block: str, rows: Sequence[Row], weight: int) -> str:
    """What is wrong with the weights of one block's indicators; empty where they make a hundred.

    >>> rows = [Row("completion", {"COUNTY": 60}), Row("on_time", {"COUNTY": 30})]
    >>> column_words("COUNTY", rows, 40)
    '“县委县政府交办”板块的指标权重合计应为100，现在是60＋30＝90，请调整。'
    >>> column_words("KEY_WORK", rows, 0), column_words("KEY_WORK", rows, 25)
    ('', '“重点工作”板块还没有指标，请至少写一项的权重，合计100。')
    """
    told = [one.weights[block] for one in rows if one.weights.get(block)]
    label = Block(block).label
    if not told:
        return f"“{label}”板块还没有指标，请至少写一项的权重，合计100。" if weight else ""
    if sum(told) == 100:
        return ""
    return f"“{label}”板块的指标权重合计应为100，现在是{'＋'.join(map(str, told))}＝{sum(told)}，请调整。"


def row_words(row: Row) -> str:
    """What is wrong with one indicator; empty where nothing is.

    >>> row_words(Row("satisfaction", {"COUNTY": 10, "KEY_WORK": 10}))
    '“反映人满意率”不分板块统计，只能放在一个板块，放在几个板块会把同一件事算几遍。'
    >>> row_words(Row("completion", {}))
    '“办结率”还没有写权重，请填写或删去这一行。'
    """
    refused = why_not_indicator(row.key, row.label)
    if refused:
        return refused
    label = row.label or INDICATORS[row.key].label
    used = [one for one in row.weights.values() if one]
    if not used:
        return f"“{label}”还没有写权重，请填写或删去这一行。"
    if any(not 0 < one <= 100 for one in used):
        return f"“{label}”的权重应为1至100的整数。"
    if not INDICATORS[row.key].by_block and len(used) > 1:
        return f"“{label}”不分板块统计，只能放在一个板块，放在几个板块会把同一件事算几遍。"
    if row.from_on and row.until_on and row.until_on < row.from_on:
        return f"“{label}”的止用日期早于起用日期，请核对。"
    return ""


def why_not(draft: Draft) -> list[str]:
    """Everything that is wrong with a scheme; empty where it can stand."""
    found = [] if draft.title.strip() else ["请填写办法名称。"]
    found += [block_words(draft.blocks), *(row_words(one) for one in draft.rows)]
    keys = [one.key for one in draft.rows]
    found += [f"“{INDICATORS[key].label}”写了两行，请合并。" for key in INDICATORS if keys.count(key) > 1]
    if len(keys) > INDICATORS_MOST:
        found.append(f"指标最多{INDICATORS_MOST}项，现在有{len(keys)}项，请删减。考评不搞千分制。")
    found += [column_words(block, draft.rows, weight) for block, weight in draft.blocks.items()]
    if not 0 <= draft.bonus_cap <= BONUS_MOST:
        found.append(f"加分上限为0至{BONUS_MOST}分。")
    if not 0 <= draft.praise_points <= BONUS_MOST or not 0 <= draft.criticism_points <= 20:
        found.append(f"每次表扬加分为0至{BONUS_MOST}分，每次批评扣分为0至20分。")
    if not 1 <= draft.min_sample <= 50:
        found.append("最少件数为1至50。")
    if not 0 <= draft.grace_days <= 30:
        found.append("季末核查宽限为0至30天。")
    return [one for one in found if one]
