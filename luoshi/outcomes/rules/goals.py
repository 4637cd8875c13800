"""成效对照: the plan's three goals as indicators, what a figure says, and how it stands against the start.

Missing is not zero: a share of nothing is 无样本 and is compared with nothing. No indicator counts study, log-ins,
entries or uploads, and none is of a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from luoshi.cadres.rules.words import Ability

NONE = "无样本"
KINDS_OF_FAULT = {"fear": "怕", "slow": "慢", "sham": "假", "dull": "庸", "loose": "散"}
"""怕慢假庸散 (1.2): the key of each and the tag that problems carry."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of the plan, the rows of the trace that it answers, and its name."""

    key: str
    label: str
    lead: str
    ids: tuple[str, ...]


GOALS = (
    Goal("mind", "思想解放", "四改联动：改观念、改方法、改机制、改模式，以采纳并施行为准", ("1.1",)),
    Goal("style", "作风转变", "怕慢假庸散问题发现多少、改了多少、反弹多少", ("1.2",)),
    Goal("effect", "效能提升", "群众满不满意、按不按期、七种能力有没有佐证", ("1.3a", "1.3b")),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the panel: `part` of `whole` (sets of records by their keys), or how many `part` where no whole.

    `outside` names a figure that comes from elsewhere.
    """

    key: str
    goal: str
    label: str
    unit: str
    clause: str
    means: str
    part: str = ""
    whole: str = ""
    outside: str = ""
    better: str = ""
    """more, fewer, or empty where neither is better by itself."""


def _count(key: str, goal: str, label: str, clause: str, means: str, unit: str = "件", better: str = "") -> Indicator:
    return Indicator(key, goal, label, unit, clause, means, part=key, better=better)


INDICATORS = (
    _count("reform_mind", "mind", "改观念", "1.1", "登记为“改观念”、在本季度施行的制度", "项", "more"),
    _count("reform_method", "mind", "改方法", "1.1", "登记为“改方法”、在本季度施行的制度", "项", "more"),
    _count("reform_mechanism", "mind", "改机制", "1.1", "登记为“改机制”、在本季度施行的制度", "项", "more"),
    _count("reform_model", "mind", "改模式", "1.1", "登记为“改模式”、在本季度施行的制度", "项", "more"),
    _count("lessons", "mind", "采纳的借鉴和建议", "1.1", "走出去、请进来的借鉴、建议，本季度采纳的", "条", "more"),
    _count("conversions", "mind", "调研成果转化", "1.1", "走访调研在本季度转为事项、问题、制度或建议的", "项", "more"),
    _count("faults", "style", "作风问题", "1.2", "本季度发现、记有怕慢假庸散等作风表现的问题（不作问题处理的不算）"),
    *(
        _count(f"fault_{key}", "style", f"其中“{tag}”", "1.2", f"本季度发现、作风表现记有“{tag}”的问题")
        for key, tag in KINDS_OF_FAULT.items()
    ),
    Indicator(
        "rebounds", "style", "反弹率", "%", "1.2", "本季度回头看或发现反弹的问题里，反弹的占多少",
        part="rebounds", whole="looked", better="fewer",
    ),
    _count("cured", "style", "用制度管住的问题类别", "1.2", "治本的制度在本季度印发的问题类别", "类", "more"),
    Indicator(
        "raisers", "effect", "反映人满意率", "%", "1.3b", "本季度回访到的问题反映人里，满意和基本满意的占多少",
        part="raisers_content", whole="raisers_asked", better="more",
    ),
    Indicator(
        "concerns", "effect", "群众诉求按期答复率", "%", "1.3b", "答复时限在本季度的群众诉求里，按期答复的占多少",
        part="concerns_in_time", whole="concerns_due", better="more",
    ),
    Indicator(
        "solved", "effect", "群众诉求解决率", "%", "1.3b", "本季度办结的群众诉求里，已解决的占多少，其余为解释说明",
        part="concerns_solved", whole="concerns_closed", better="more",
    ),
    Indicator(
        "in_time", "effect", "事项按期办结率", "%", "1.3b", "本季度办结的事项里，按期的占多少（批准延期的按延期后）",
        part="matters_in_time", whole="matters_closed", better="more",
    ),
    Indicator(
        "feedback", "effect", "首次反馈按期率", "%", "1.3b", "首次反馈时限在本季度的事项里，按期反馈的占多少",
        part="feedback_in_time", whole="feedback_due", better="more",
    ),
    Indicator(
        "missed", "effect", "办结时限逾期率", "%", "1.3b", "本季度到期的办结时限里，没有按期办到的占多少",
        part="dates_missed", whole="dates_due", better="fewer",
    ),
    Indicator(
        "approval_days", "effect", "审批平均用时", "个工作日", "1.3b", "由审批系统、上级通报给出，局办公室登记出处",
        outside="APPROVAL_DAYS", better="fewer",
    ),
    Indicator(
        "bad_reviews", "effect", "差评", "件", "1.3b", "由好差评系统或上级通报给出，局办公室登记并注明出处",
        outside="BAD_REVIEWS", better="fewer",
    ),
    Indicator(
        "survey", "effect", "第三方满意度测评", "%", "1.3b", "由第三方测评或上级通报给出，局办公室登记并注明出处",
        outside="SURVEY", better="more",
    ),
    *(
        Indicator(
            f"ability_{one.lower()}", "effect", one.label, "条", "1.3a", f"登记的“{one.label}”佐证，不分人、不排名",
            part=f"ability_{one.lower()}",
        )
        for one in Ability
    ),
)  # fmt: skip
"""Every line of the panel, in its order."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of one period: its number (None: no sample), how it prints, and the counts it is made of."""

    number: Decimal | None
    words: str
    part: int | None = None
    whole: int | None = None

    @property
    def missing(self) -> bool:
        return self.number is None


MISSING = Value(None, NONE)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count_of(number: int, unit: str) -> Value:
    """How many: nothing found is a true nought.

    >>> count_of(3, "件").words, count_of(0, "件").missing
    ('3件', False)
    """
    return Value(Decimal(number), f"{number}{unit}", part=number)


def share_of(part: int, whole: int) -> Value:
    """A share to one decimal; of nothing there is none.

    >>> share_of(2, 3).words, share_of(3, 3).words, share_of(0, 0).words
    ('66.7%', '100%', '无样本')
    >>> share_of(0, 4).number, share_of(1, 8).number
    (Decimal('0.0'), Decimal('12.5'))
    """
    if not whole:
        return Value(None, NONE, part=part, whole=whole)
    number = (Decimal(part * 100) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Value(number, f"{_plain(number)}%", part=part, whole=whole)


def average_of(number: Decimal | None, unit: str) -> Value:
    """A figure as it was told from outside.

    >>> average_of(Decimal("3.50"), "个工作日").words, average_of(None, "件").words
    ('3.5个工作日', '无样本')
    """
    return MISSING if number is None else Value(number, f"{_plain(number)}{unit}")


@dataclass(frozen=True, slots=True)
class Change:
    """The last figure against the first: in words, and whether it is for the better."""

    words: str
    tone: str
    """better, worse, same, or empty where it cannot be said."""


def change(first: Value | None, last: Value | None, indicator: Indicator) -> Change:
    """What became of it since the start.

    >>> rate = next(one for one in INDICATORS if one.key == "in_time")
    >>> change(share_of(1, 2), share_of(3, 4), rate)
    Change(words='+25个百分点，变好', tone='better')
    >>> change(share_of(0, 0), share_of(3, 4), rate).words
    '起点无样本，不作比较'
    >>> change(share_of(3, 4), share_of(3, 4), rate).words, change(None, share_of(1, 1), rate).words
    ('持平', '只有一期，不作比较')
    >>> faults = next(one for one in INDICATORS if one.key == "faults")
    >>> change(count_of(5, "件"), count_of(2, "件"), faults)
    Change(words='-3件', tone='')
    """
    if first is None or last is None:
        return Change("只有一期，不作比较", "")
    if first.number is None:
        return Change("起点无样本，不作比较", "")
    if last.number is None:
        return Change("本期无样本，不作比较", "")
    moved = last.number - first.number
    if not moved:
        return Change("持平", "same")
    unit = "个百分点" if indicator.unit == "%" else indicator.unit
    told = f"{'+' if moved > 0 else '-'}{_plain(abs(moved))}{unit}"
    if not indicator.better:
        return Change(told, "")
    good = (moved > 0) == (indicator.better == "more")
    return Change(f"{told}，{'变好' if good else '变差'}", "better" if good else "worse")
