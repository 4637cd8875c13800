"""How a summary drafts itself: chapters of plain sentences with figures in brackets, out of facts and nothing else.

What did not work is said as plainly as what did; units and clauses are named, people are not. Whatever needs judgement
(causes beyond the recorded ones, what next) is left to the office with a line that says what to write there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

NAMED = 8
"""Clauses, classes or roots named in a sentence; of more it is told how many."""
HINTS = (
    "（请写明下一步怎么办：没有定治本办法的类别、没有记录的条款、仍未销号的问题，各由哪个单位、到什么时候。）",
    "（本期还没有记录。请写明主要做法。）",
    "（本期没有可比的样本。请写明成效。）",
    "（以上由记录得出。请补充分析原因。）",
)
"""What the drafter leaves to the office; with one of them in it a summary is not sent."""
NEXT, WORK, EFFECT, CAUSES = HINTS
ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the plan with the figures that stand under its clause."""

    title: str
    figures: tuple[tuple[str, str, int], ...] = ()
    """(name in brackets, what such records are called, how many)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the draft is made of."""

    plan: str
    document: str = ""
    decided: str = ""
    since: date = date.min
    until: date = date.max
    phases: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)
    """Name in brackets → its number, of every figure that is a count."""
    shares: tuple[str, ...] = ()
    """Names of shares that have a sample."""
    institutions: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    """What was to be held by the bureau or with a unit and was not, each in a sentence; never a person's amount."""
    changes: tuple[str, ...] = ()
    """Indicators that can be compared with the start, each in a sentence."""


def day(one: date) -> str:
    """A day as documents print it.

    >>> day(date(2026, 9, 1))
    '2026年9月1日'
    """
    return f"{one.year}年{one.month}月{one.day}日"


def named(words: Sequence[str], most: int = NAMED) -> str:
    """Some names in a row; of more than fit it is told how many.

    >>> named(["甲", "乙"]), named(list("甲乙丙"), 2)
    ('甲、乙', '甲、乙等3项')
    """
    told = "、".join(words[:most])
    return f"{told}等{len(words)}项" if len(words) > most else told


def ordinal(nth: int) -> str:
    """（一）（二）… as headings within a chapter are numbered.

    >>> ordinal(1), ordinal(12), ordinal(20)
    ('（一）', '（十二）', '（二十）')
    """
    tens, ones = divmod(nth, 10)
    word = ("" if tens == 0 else "十" if tens == 1 else f"{ORDINALS[tens - 1]}十") + (
        ORDINALS[ones - 1] if ones else ""
    )
    return f"（{word}）"


def draft(facts: Facts) -> dict[str, str]:
    """Every chapter's text, by its key.

    >>> told = draft(Facts("两年行动", numbers={"登记问题": 3, "销号问题": 2}, undecided=("值守",)))
    >>> told["cured"].splitlines()[0]
    '共登记问题〔登记问题〕，已销号〔销号问题〕。'
    >>> "值守" in told["lacks"], told["head"].startswith("《两年行动》")
    (True, True)
    """
    return {
        "head": _head(facts),
        "work": _work(facts),
        "cured": _cured(facts),
        "system": _system(facts),
        "effect": _effect(facts),
        "lacks": _lacks(facts),
        "next": NEXT,
    }


def _has(facts: Facts, *labels: str) -> bool:
    return any(facts.numbers.get(one) for one in labels)


def _head(facts: Facts) -> str:
    paper = f"（{facts.document}）" if facts.document else ""
    decided = f"，由{facts.decided}决定" if facts.decided else ""
    first = f"《{facts.plan}》{paper}{decided}。本总结反映{day(facts.since)}至{day(facts.until)}的情况。"
    return "\n".join([first, *(f"{one}。" for one in facts.phases)])


def _work(facts: Facts) -> str:
    told = []
    if _has(facts, "交办事项", "办结事项"):
        told.append("按方案共交办事项〔交办事项〕，办结〔办结事项〕，其中按期办结〔按期办结〕。")
    done = [one for one in facts.measures if one.figures]
    for nth, one in enumerate(done, 1):
        words = "，".join(f"{word}〔{label}〕" for label, word, _ in one.figures)
        told.append(f"{ordinal(nth)}{one.title}。{words}。")
    return "\n".join(told) or WORK


def _cured(facts: Facts) -> str:
    told = ["共登记问题〔登记问题〕，已销号〔销号问题〕。"]
    if _has(facts, "作风问题"):
        told.append("其中作风问题〔作风问题〕。")
    if _has(facts, "反弹"):
        told.append("反弹重办〔反弹〕，均按原编号重新整改。")
    if "反映人满意率" in facts.shares:
        told.append("回访反映人，满意率〔反映人满意率〕。")
    if _has(facts, "办结诉求"):
        told.append("办结群众诉求〔办结诉求〕，其中已解决〔解决诉求〕，其余向群众作了解释说明。")
    return "\n".join(told)


def _system(facts: Facts) -> str:
    told = ["解决一个问题、规范一类问题、完善一批制度：同类问题归为〔问题类别〕，已定治本办法〔已定办法的类别〕。"]
    if _has(facts, "新建制度", "修订制度"):
        told.append("印发制度〔印发制度〕，其中新建〔新建制度〕、修订〔修订制度〕。")
    if _has(facts, "不需新制度的类别"):
        told.append("有〔不需新制度的类别〕认为现有制度够用，已写明理由。")
    if facts.institutions:
        told.append(f"主要有：{named([f'《{one}》' for one in facts.institutions])}。")
    return "\n".join(told)


def _effect(facts: Facts) -> str:
    told = []
    if _has(facts, "改观念", "改方法", "改机制", "改模式"):
        told.append(
            "思想解放方面，四改联动已施行：改观念〔改观念〕、改方法〔改方法〕、改机制〔改机制〕、改模式〔改模式〕。"
        )
    if _has(facts, "采纳借鉴", "成果转化"):
        told.append("采纳外地经验和专家建议〔采纳借鉴〕，调研成果转化〔成果转化〕。")
    rates = "，".join(f"{one}〔{one}〕" for one in facts.shares if one not in ("反映人满意率", "反弹率"))
    if rates:
        told.append(f"效能方面，{rates}。")
    if "反弹率" in facts.shares:
        told.append("作风方面，问题反弹率〔反弹率〕。")
    if facts.changes:
        told.append(f"与起点相比：{'；'.join(facts.changes)}。")
    return "\n".join(told) or EFFECT


def _lacks(facts: Facts) -> str:
    told = []
    if _has(facts, "逾期时限", "逾期未销号问题"):
        told.append("办结时限逾期〔逾期时限〕，仍有〔逾期未销号问题〕过了整改时限没有销号。")
    if facts.undecided:
        told.append(f"问题类别中还没有定治本办法的〔未定办法的类别〕：{named(facts.undecided)}。")
    if facts.idle:
        told.append(f"任务已定、但没有事项、问题和活动记录的条款：{named(facts.idle)}。")
    told += [f"{one}。" for one in facts.missed]
    if facts.roots:
        told.append(f"归类分析的根源：{named([one.rstrip('。') for one in facts.roots], 5)}。")
    told.append(CAUSES)
    return "\n".join(told)
