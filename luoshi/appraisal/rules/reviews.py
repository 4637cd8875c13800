"""年底工作评议 (2.2.4.2, 3.3b): its life, how ballots become a group's score, and parts become a unit's result.

A unit's result is put together from the quarters, from what raters say of it, and from its part in the campaign, with
shares that stand before the year. Every figure is reckoned from the figures printed beside it, so that a hand can do
it again: tallies → an item's mean → a group's score → the evaluation → the result. 不了解 is missing, not nought; a
group with fewer ballots than its least is neither shown apart nor counted, and its weight goes to the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move

HUNDRED, CENT, TENTH = Decimal(100), Decimal("0.01"), Decimal("0.1")
ITEMS_MOST, POINTS, SHARES = 10, 100, 100
RULE = "评议R1"
"""The version of this arithmetic, kept with every result."""


class ReviewState(TextChoices):
    DRAFT = "DRAFT", "起草"
    OPEN = "OPEN", "评议中"
    CLOSED = "CLOSED", "已截止"
    SHOWN = "SHOWN", "公示中"
    APPROVED = "APPROVED", "已审定"
    VOID = "VOID", "已作废"


class Grade(TextChoices):
    GOOD = "GOOD", "好"
    FAIR = "FAIR", "较好"
    PLAIN = "PLAIN", "一般"
    POOR = "POOR", "较差"


SHARE_OF: dict[str, int] = {Grade.GOOD: 100, Grade.FAIR: 85, Grade.PLAIN: 70, Grade.POOR: 50}
"""What a grade is worth of an item's points, in hundredths; printed on the ballot."""
UNKNOWN = "UNKNOWN"
"""不了解: as if the item had not been asked."""
GRADE_WORDS = "、".join(f"{Grade(key).label}得{share}%" for key, share in SHARE_OF.items()) + "，不了解不计"


class PartKey(TextChoices):
    QUARTERS = "QUARTERS", "季度考评"
    EVALUATION = "EVALUATION", "评议得分"
    CAMPAIGN = "CAMPAIGN", "专项活动"


OFFICE, CHIEF, HEAD, RATER, REVIEWER = "office", "chief", "head", "rater", "reviewer"
"""Roles: 局办公室, 主要领导, the head of a reviewed unit, whoever has a ballot, who answers an objection."""

MOVES = {
    "edit": Move(frozenset({ReviewState.DRAFT}), None, frozenset({OFFICE}), "修改评议"),
    "name_raters": Move(frozenset({ReviewState.DRAFT}), None, frozenset({OFFICE}), "确定评议人"),
    "open": Move(frozenset({ReviewState.DRAFT}), ReviewState.OPEN, frozenset({OFFICE}), "开始评议"),
    "rate": Move(frozenset({ReviewState.OPEN}), None, frozenset({RATER}), "评议"),
    "close": Move(frozenset({ReviewState.OPEN}), ReviewState.CLOSED, frozenset({OFFICE}), "截止并计算"),
    "show": Move(frozenset({ReviewState.CLOSED}), ReviewState.SHOWN, frozenset({OFFICE}), "公示"),
    "object": Move(frozenset({ReviewState.SHOWN}), None, frozenset({HEAD}), "提出异议"),
    "answer": Move(frozenset({ReviewState.SHOWN}), None, frozenset({REVIEWER}), "答复异议"),
    "approve": Move(frozenset({ReviewState.SHOWN}), ReviewState.APPROVED, frozenset({OFFICE, CHIEF}), "审定"),
    "void": Move(
        frozenset({ReviewState.DRAFT, ReviewState.OPEN, ReviewState.CLOSED, ReviewState.SHOWN}), ReviewState.VOID,
        frozenset({OFFICE}), "作废", reason=True,
    ),
}  # fmt: skip

NEVER = re.compile(
    "学习|学时|调研天数|蹲点天数|打卡|签到|考勤|在线|时长|登录|点赞|转发|点击|阅读量|上传|录入|填报|台账数|条数|积分"
)
"""Words of what may not be judged: time of study, presence, use of a system, number of entries (domain rules 9)."""


def why_no_item(words: str) -> str:
    """Why this may not be an item of a review; empty where it may.

    >>> why_no_item("工作成效"), why_no_item("服务群众、办事效率")
    ('', '')
    >>> why_no_item("学习时长")
    '“学习时长”不能作为评议内容：学习时间、打卡签到、登录上传和条数不作为考核依据（国办函〔2026〕12号）。请改为工作成效。'
    """
    if NEVER.search(words):
        never = "学习时间、打卡签到、登录上传和条数不作为考核依据（国办函〔2026〕12号）"
        return f"“{words}”不能作为评议内容：{never}。请改为工作成效。"
    return ""


def why_not_hundred(numbers: Iterable[int], what: str) -> str:
    """Why these do not add up; empty where they make a hundred.

    >>> why_not_hundred([50, 30, 20], "三部分占比"), why_not_hundred([50, 30], "三部分占比")
    ('', '三部分占比合计应为100，现在是80。')
    """
    total = sum(numbers)
    return "" if total == SHARES else f"{what}合计应为{SHARES}，现在是{total}。"


def cents(value: Decimal) -> Decimal:
    """To a hundredth, half up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def tenth(value: Decimal) -> Decimal:
    """To a tenth, half up: how a result is stated.

    >>> tenth(Decimal("88.25")), tenth(Decimal("88.249"))
    (Decimal('88.3'), Decimal('88.2'))
    """
    return value.quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class ItemTally:
    """One item with how many gave it each grade."""

    words: str
    points: int
    counts: Mapping[str, int]

    @property
    def mean(self) -> Decimal | None:
        """The mean of what was given, out of a hundred; None where nobody gave anything.

        >>> ItemTally("成效", 40, {"GOOD": 3, "FAIR": 1}).mean
        Decimal('96.25')
        """
        given = sum(self.counts.get(key, 0) for key in SHARE_OF)
        if not given:
            return None
        return cents(Decimal(sum(SHARE_OF[key] * self.counts.get(key, 0) for key in SHARE_OF)) / given)


def tally(items: Sequence[tuple[str, int]], ballots: Iterable[Mapping[str, str]]) -> list[ItemTally]:
    """Count ballots (item's place → grade) item by item, in whatever order they lie."""
    counts: list[dict[str, int]] = [dict.fromkeys(SHARE_OF, 0) for _ in items]
    for marks in ballots:
        for place in range(len(items)):
            grade = marks.get(str(place + 1), UNKNOWN)
            if grade in SHARE_OF:
                counts[place][grade] += 1
    return [ItemTally(words, points, count) for (words, points), count in zip(items, counts, strict=True)]


def group_score(tallies: Sequence[ItemTally]) -> Decimal | None:
    """A group's score of a unit: the items' means by their points; an item nobody knew is left out with its points.

    >>> one = ItemTally("成效", 60, {"GOOD": 1}), ItemTally("作风", 40, {"FAIR": 1})
    >>> group_score(one), group_score([one[0], ItemTally("作风", 40, {})])
    (Decimal('94.00'), Decimal('100.00'))
    """
    known = [(one.points, one.mean) for one in tallies if one.mean is not None]
    if not known:
        return None
    return cents(sum((points * mean for points, mean in known), Decimal(0)) / sum(points for points, _ in known))


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One group's say on one unit: its weight, whether enough ballots came, its tallies and score where they did."""

    name: str
    weight: int
    least: int
    ballots: int
    tallies: Sequence[ItemTally]

    @property
    def counted(self) -> bool:
        return self.ballots >= self.least and self.score is not None

    @property
    def score(self) -> Decimal | None:
        return group_score(self.tallies) if self.ballots >= self.least else None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a unit's result: its share of a hundred, its value or why there is none, its arithmetic in words."""

    key: str
    share: int
    value: Decimal | None
    words: str


def evaluation(groups: Sequence[GroupCount]) -> tuple[Decimal | None, str]:
    """The raters' part from the counted groups, re-weighted, with its sentence.

    >>> good = [ItemTally("成效", 100, {"GOOD": 5})]
    >>> fair = [ItemTally("成效", 100, {"FAIR": 5})]
    >>> evaluation([GroupCount("班子", 60, 3, 5, good), GroupCount("互评", 40, 3, 5, fair)])
    (Decimal('94.00'), '（班子100.00×60＋互评85.00×40）÷100＝94.00')
    >>> evaluation([GroupCount("班子", 60, 3, 5, good), GroupCount("服务对象", 40, 5, 2, fair)])[1]
    '（班子100.00×60）÷60＝100.00。服务对象的有效票少于5张，不单列、不计入，权重由其他组按比例分担'
    >>> evaluation([GroupCount("班子", 60, 3, 2, good)])
    (None, '班子的有效票少于3张，不单列、不计入，没有评议得分')
    """
    counted = [one for one in groups if one.counted and one.weight]
    left = [f"{one.name}的有效票少于{one.least}张" for one in groups if one not in counted]
    if not counted:
        return None, "、".join(left) + "，不单列、不计入，没有评议得分"
    weights = sum(one.weight for one in counted)
    total = sum((one.weight * (one.score or Decimal(0)) for one in counted), Decimal(0))
    value = cents(total / weights)
    words = "＋".join(f"{one.name}{one.score}×{one.weight}" for one in counted)
    tail = f"。{'、'.join(left)}，不单列、不计入，权重由其他组按比例分担" if left else ""
    return value, f"（{words}）÷{weights}＝{value}{tail}"


def result(parts: Sequence[Part]) -> tuple[Decimal | None, str]:
    """A unit's result from its parts; one without a value is left out with its share, and said so.

    >>> three = [Part("QUARTERS", 50, Decimal("90.00"), ""), Part("EVALUATION", 30, Decimal("94.00"), ""),
    ...          Part("CAMPAIGN", 20, None, "")]
    >>> result(three)[0], result(three)[1].split("。")[0]
    (Decimal('91.5'), '（季度考评90.00×50＋评议得分94.00×30）÷80＝91.5')
    >>> result(three)[1].split("。")[1]
    '专项活动没有数据，不按零分算，占比由其他部分按比例分担'
    >>> result([Part("EVALUATION", 100, None, "")])
    (None, '各部分都没有数据，不参评')
    """
    known = [one for one in parts if one.value is not None and one.share]
    if not known:
        return None, "各部分都没有数据，不参评"
    shares = sum(one.share for one in known)
    value = tenth(sum((one.share * (one.value or Decimal(0)) for one in known), Decimal(0)) / shares)
    words = "＋".join(f"{PartKey(one.key).label}{one.value}×{one.share}" for one in known)
    missing = "、".join(PartKey(one.key).label for one in parts if one.value is None and one.share)
    tail = f"。{missing}没有数据，不按零分算，占比由其他部分按比例分担" if missing else ""
    return value, f"（{words}）÷{shares}＝{value}{tail}"


def ranks(totals: Mapping[int, Decimal | None]) -> dict[int, int | None]:
    """Places within one group: equal results share a place, the next one is left out (1, 1, 3).

    >>> ranks({1: Decimal("90.0"), 2: Decimal("91.5"), 3: Decimal("91.5"), 4: None})
    {1: 3, 2: 1, 3: 1, 4: None}
    """
    values = [one for one in totals.values() if one is not None]
    return {key: None if one is None else 1 + sum(other > one for other in values) for key, one in totals.items()}


def parts_of(facts: Mapping[str, Any]) -> list[Part]:
    """The parts as they were frozen."""
    return [
        Part(one["key"], one["share"], None if one["value"] is None else Decimal(one["value"]), one["words"])
        for one in facts["parts"]
    ]
