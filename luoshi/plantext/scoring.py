"""Points in a scoring rule: one row for each award or deduction (计分).

In 达到95%得7分 the condition is what binds, so its number is the row; in 每降低1个百分点扣1分 the points are.
A cap after a rate (…扣1分，最多扣6分) bounds the rate and makes no row of its own.
"""

import re
from dataclasses import replace
from itertools import pairwise

from luoshi.plantext.measures import Measure
from luoshi.plantext.sentences import Span

_AWARD = re.compile(
    r"(?:得|扣|加|减|奖|计|记)(?:基础|绩效|相应|附加)?(?:分)?\d{1,4}(?:\.\d{1,3})?(?![\d.]|[余多]?[元万亿%‰倍天人]|个|次)|得满分|不得分|满分为?\d|得分\d|\d分以[上下]|（\d{1,4}(?:\.\d{1,3})?分）|低于\d{1,4}分|分值为?\d"
)
_BEFORE_POINTS = re.compile(r"(?:得|扣|加|减|奖|计|记|奖励|分别奖|分别扣)(?:基础|绩效|相应|附加)?分?$")
_RATE = re.compile(
    r"每(?:\d|[\u4e00-\u9fff]?(?:降|提|增|减|少|多|超|低|高|发现|出现|发生|缺|延|逾|查|有|下)|[\u4e00-\u9fff]{0,6}(?:降低|提高|增加|减少|超过|发现))"
)
_CAP = re.compile(r"(?:最多|最高|上限|累计不超过|不超过)[\u4e00-\u9fff]{0,4}$")


def is_score(piece: str) -> bool:
    """Whether a piece awards or takes points."""
    return bool(_AWARD.search(piece))


def score_measures(bare: str, piece: Span, found: list[Measure]) -> list[Measure]:
    """The rows of a scoring piece: the condition's number where it compares, otherwise the points."""
    points = [m for m in found if m.unit == "分"]
    others = [m for m in found if m.unit != "分"]
    text = bare[piece[0] : piece[1]]
    joined = {b.start for a, b in pairwise(points) if bare[a.end : b.start] == "、"}
    awards = [
        m for m in points if _BEFORE_POINTS.search(bare[max(piece[0], m.start - 8) : m.start]) or m.start in joined
    ]
    capped = [m for m in points if _CAP.search(bare[max(piece[0], m.start - 8) : m.start].rstrip("得扣加"))]
    rate = bool(_RATE.search(text))
    if capped and len(capped) == len(points) and not others:
        return []
    if not awards and not re.search(r"得满分|不得分", text):
        return [replace(m, sort="score") for m in points] + [m for m in others if not rate]
    condition = [
        m
        for m in others
        if not rate
        and not re.search(r"(?:少|多|晚|迟|第|前)[\u4e00-\u9fff]{0,3}$", bare[max(piece[0], m.start - 4) : m.start])
    ]
    lower = [replace(m, comparator=">=") if m.comparator == "=" and m.unit != "次" else m for m in condition[:1]]
    if lower:
        return [m if m.unit == "次" else replace(m, sort="score") for m in lower]
    return [replace(m, sort="score") for m in awards if m not in capped] or [
        replace(m, sort="score") for m in points if m not in capped
    ]
