"""The closed registry of indicators: what may be scored at all, and what each counts. Nothing else can be an indicator.

An indicator is a share of a hundred over records of the rooms: of those whose event lies in the quarter (`day`), how
many went well. It names no amount of study, log-ins, entries or uploads (国办函〔2026〕12号; `rules.forbidden`). The
same two sentences (`counted`, `good`) are printed, and written once as expressions in `queries.flags`.
"""

from __future__ import annotations

from dataclasses import dataclass

EDITION = "2026-1"
"""The registry's edition; a score keeps under which one it was counted."""
MATTER, PROBLEM, REMARK = "matter", "problem", "remark"
NO_BLOCK = ""
"""Where what is counted belongs to no block of the plan: a problem of the ledger."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that may be scored."""

    key: str
    label: str
    meaning: str
    kind: str
    """Of which records: matters carry a block, problems do not."""
    day: str
    """Which event's day puts a record into a quarter."""
    counted: str
    """Which records are counted: the denominator."""
    good: str
    """Which of them went well: the numerator."""
    done: str
    """The word of a sentence: 4件中3件…"""
    ids: str
    """The traceability ids it serves."""
    unit: str = "%"

    @property
    def by_block(self) -> bool:
        """Whether it is counted block by block; else it may stand in one block only, or it would count thrice."""
        return self.kind == MATTER

    @property
    def formula(self) -> str:
        """The formula in one sentence.

        >>> INDICATORS["accepted_first_time"].formula
        '没有被退回过的件数÷本季度办结的事项件数×100'
        """
        return f"{self.good}÷{self.counted}×100"

    def sentence(self, num: int, den: int) -> str:
        """What was counted, in words.

        >>> INDICATORS["on_time"].sentence(3, 4)
        '4件中3件按期'
        """
        return f"{den}件中{num}件{self.done}"


_ALL = (
    Indicator(
        "completion", "办结率", "到期的事项办完了没有", MATTER, "办结时限", "本季度到期的事项件数",
        "截至核查宽限日已办结的件数", "办结", "2.2.5.1f 2.2.5.4a",
    ),
    Indicator(
        "on_time", "按期率", "办完的事项是不是按时办完的；批准延期的按延期后的时限算", MATTER, "办结日期",
        "本季度办结的事项件数", "在时限内申请办结的件数", "按期", "2.2.5.1c 2.2.5.4a",
    ),
    Indicator(
        "feedback_on_time", "首次反馈按时率", "交办后有没有按时反馈", MATTER, "首次反馈时限",
        "本季度应首次反馈的事项件数", "在时限内首次反馈的件数", "按时反馈", "2.2.5.1d 2.2.5.4a",
    ),
    Indicator(
        "accepted_first_time", "一次通过率", "办结质量：核查、审核有没有退回过", MATTER, "办结日期",
        "本季度办结的事项件数", "没有被退回过的件数", "一次通过", "2.2.5.1f 2.2.5.4a",
    ),
    Indicator(
        "problems_closed_on_time", "问题按期销号率", "到期的问题按期整改、验收销号了没有", PROBLEM, "整改时限",
        "本季度整改到期的问题件数", "在时限内申请并截至核查宽限日验收销号的件数", "按期销号", "2.2.4.3b 2.2.5.4a",
    ),
    Indicator(
        "problems_held", "回头看未反弹率", "整改好的问题有没有反弹", PROBLEM, "回头看或反弹日期",
        "本季度回头看或反弹的问题件数", "回头看没有反弹的件数", "没有反弹", "2.2.2.2b 2.2.5.4a",
    ),
    Indicator(
        "satisfaction", "反映人满意率", "反映问题的人对结果满不满意；没有联系上的不计", PROBLEM, "回访日期",
        "本季度回访到本人的问题件数", "答复满意、基本满意的件数", "满意", "2.2.2.2b 2.2.5.4a",
    ),
)  # fmt: skip
INDICATORS = {one.key: one for one in _ALL}
"""Every indicator by its key, in the order in which the editor offers them."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """What a superior's document adds or takes, outside of the blocks."""

    key: str
    label: str
    counted: str
    ids: str = "2.2.5.4a"


PRAISE = Remarked("praise", "上级表扬", "本季度上级通报表扬的次数")
CRITICISM = Remarked("criticism", "上级批评", "本季度上级通报批评的次数")
LABELS = {**{key: one.label for key, one in INDICATORS.items()}, "praise": "上级表扬", "criticism": "上级批评"}
"""The word of everything a record may count as."""
