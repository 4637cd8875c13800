"""Which rule holds, and where it says so; `parameters.py` has the typed values that a rule may carry.

Precedence (house rules): a matter's own date > the plan's clause > the bureau's decision > regulation >
product default. The screen always says which one spoke, and what it overruled. `slots.py` is the closed
list of slots with the defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from luoshi.lib.lifecycle import Move
from luoshi.plan.parameters import (
    DEADLINE_UNITS,
    NUMBER_UNITS,
    PERIODS,
    QUOTA_UNITS,
    SHAPES,
    BadValue,
    Choice,
    Deadline,
    Ladder,
    Number,
    Parameter,
    Quota,
    Several,
    Table,
    Weights,
    dump,
    parse,
)

__all__ = [
    "DEADLINE_UNITS", "LIVE", "MEMBER_ROLES", "MOVES", "NUMBER_UNITS", "PERIODS", "PRECEDENCE", "QUOTA_UNITS",
    "RESPONSIBILITIES", "SHAPES", "SOURCES", "STATES", "BadValue", "Choice", "Deadline", "Ladder", "Number",
    "Parameter", "Quota", "RuleValue", "Several", "Table", "Weights", "choose", "dump", "explain", "from_obligation",
    "holds", "parse",
]  # fmt: skip

PRECEDENCE = ("MATTER", "PLAN", "BUREAU", "REGULATION", "PRODUCT")
SOURCES = {
    "MATTER": "本事项自定",
    "PLAN": "方案条款",
    "BUREAU": "本局决定",
    "REGULATION": "法规规定",
    "PRODUCT": "系统默认",
}
STATES = {"PROPOSED": "待确认", "CONFIRMED": "已确认", "DROPPED": "不是任务", "REPLACED": "已拆并"}
"""The life of a duty: the reader proposes, the office decides; nothing rules that nobody confirmed."""
_OFFICE = frozenset({"OFFICE"})
MOVES: dict[str, Move] = {
    "confirm": Move(frozenset({"PROPOSED", "DROPPED"}), "CONFIRMED", _OFFICE, "确认"),
    "correct": Move(frozenset({"PROPOSED", "CONFIRMED"}), None, _OFFICE, "修改"),
    "drop": Move(frozenset({"PROPOSED"}), "DROPPED", _OFFICE, "不是任务"),
    "restore": Move(frozenset({"CONFIRMED", "DROPPED"}), "PROPOSED", _OFFICE, "退回待确认"),
    "assign": Move(frozenset({"PROPOSED", "CONFIRMED"}), None, _OFFICE, "指定责任"),
    "merge": Move(frozenset({"PROPOSED"}), "REPLACED", _OFFICE, "合并"),
    "split": Move(frozenset({"PROPOSED"}), "REPLACED", _OFFICE, "拆分"),
    "unmake": Move(frozenset({"PROPOSED", "DROPPED"}), "REPLACED", _OFFICE, "撤销拆并"),
    "revive": Move(frozenset({"REPLACED"}), "PROPOSED", _OFFICE, "恢复原任务"),
}
LIVE = frozenset(STATES) - {"REPLACED"}
"""What the screens show and count: a duty that was merged or split away stays as a row, for undoing and the records."""
MEMBER_ROLES = {
    "HEAD": "组长",
    "DEPUTY": "副组长",
    "MEMBER": "成员",
    "OFFICE_HEAD": "办公室主任",
    "OFFICE": "办公室成员",
}
RESPONSIBILITIES = {"FIRST": "第一责任人", "TEAM": "一岗双责", "UNIT": "单位负责人", "DUTY": "任务责任人"}
"""In the order of the list: leaders stand before staff."""
GATE_KINDS = {"SIGN": "过关", "WITHDRAW": "撤回过关"}


_DEADLINE_WORDS = {"工作日": "WORKDAY", "日": "DAY", "天": "DAY", "月": "MONTH", "年": "YEAR"}
_QUOTA_WORDS = {
    "次": "TIME", "场": "TIME", "期": "TIME", "回": "TIME", "天": "DAY", "日": "DAY", "小时": "HOUR", "人": "PERSON",
    "名": "PERSON", "个": "ITEM", "项": "ITEM", "件": "ITEM",
}  # fmt: skip
_PERIOD_WORDS = {label: key for key, label in PERIODS.items()} | {"每星期": "WEEK", "每季": "QUARTER", "一次性": "ONCE"}
_AFTER = re.compile(r"(?:within )?(\d+) (working days|days|months|years)\b")
_AFTER_UNITS = {"working days": "WORKDAY", "days": "DAY", "months": "MONTH", "years": "YEAR"}


def from_obligation(shape: str, obligation: Mapping[str, Any]) -> Parameter | None:
    """The parameter that a measured part of a duty (contract of `luoshi plan compile`) states, or None.

    >>> from_obligation("DEADLINE", {"quantity": 5, "unit": "个工作日", "deadline": "5 working days after 交办"})
    Deadline(number=5, unit='WORKDAY')
    >>> from_obligation("QUOTA", {"quantity": 0.5, "unit": "天", "period": "每周"})
    Quota(number=0.5, unit='DAY', period='WEEK')
    >>> from_obligation("QUOTA", {"quantity": None, "unit": None, "period": "每年", "deadline": "年底"})
    Quota(number=1, unit='TIME', period='YEAR')
    >>> from_obligation("QUOTA", {"quantity": 3, "unit": "名", "period": None}) is None
    True
    """
    quantity, unit = obligation.get("quantity"), str(obligation.get("unit") or "")
    unit = unit if unit == "个" else unit.removeprefix("个")
    try:
        if shape == Deadline.shape:
            after = _AFTER.match(str(obligation.get("deadline") or ""))
            if after and int(after[1]):
                return Deadline(int(after[1]), _AFTER_UNITS[after[2]])
            if obligation.get("comparator") == "<=" and quantity and unit in _DEADLINE_WORDS:
                return Deadline(quantity, _DEADLINE_WORDS[unit])
            return None
        period = _PERIOD_WORDS.get(str(obligation.get("period") or ""))
        if shape != Quota.shape or period is None:
            return None
        if quantity is None:
            return Quota(1, "TIME", period)
        return Quota(quantity, _QUOTA_WORDS[unit], period) if unit in _QUOTA_WORDS else None
    except BadValue:
        return None


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A rule as it is applied: its typed value, where it comes from, and the version that a running record keeps.

    `rule_id` is None for what stands in the product's own table (regulation and defaults). `overruled` are the
    other rules of the slot that were in force that day and had to give way, highest first. `rank` orders plans that
    speak at once (`plan.overlap`), `because` says why this one goes before the others.
    """

    slot: str
    value: dict[str, Any]
    source: str
    citation: str
    rule_id: int | None
    number: int
    clause_id: int | None = None
    from_on: date = date.min
    until_on: date | None = None
    plan_id: int | None = None
    plan: str = ""
    rank: int = 0
    because: str = ""
    overruled: tuple[RuleValue, ...] = ()

    @property
    def source_label(self) -> str:
        """The source in Chinese: 方案条款, 本局决定, 法规规定, 系统默认."""
        return SOURCES[self.source]


def holds(one: RuleValue, on: date) -> bool:
    """Whether a rule is in force on a day; the last day counts."""
    return one.from_on <= on and (one.until_on is None or on <= one.until_on)


def choose(rows: Iterable[RuleValue], on: date) -> RuleValue | None:
    """The rule that speaks on a day among all rows of one slot; None where none is in force.

    A higher source wins; among several plans the lower rank; then the one that began later, then the later version.

    >>> product = RuleValue("feedback_days", {"number": 5, "unit": "WORKDAY"}, "PRODUCT", "系统默认", None, 1)
    >>> bureau = RuleValue("feedback_days", {"number": 3, "unit": "WORKDAY"}, "BUREAU", "局党委会纪要", 7, 1,
    ...                    from_on=date(2026, 10, 1))
    >>> choose([product, bureau], date(2026, 9, 30)).source, choose([product, bureau], date(2026, 10, 1)).source
    ('PRODUCT', 'BUREAU')
    >>> [one.source for one in choose([product, bureau], date(2026, 10, 1)).overruled]
    ['PRODUCT']
    """
    ranked = sorted(
        (one for one in rows if holds(one, on)),
        key=lambda one: (
            PRECEDENCE.index(one.source),
            one.rank,
            -one.from_on.toordinal(),
            -one.number,
            -(one.rule_id or 0),
        ),
    )
    if not ranked:
        return None
    return replace(ranked[0], overruled=tuple(ranked[1:]))


def explain(one: RuleValue, shape: str) -> list[str]:
    """Why this value, in Chinese lines: what it says, who says so, since when, and what gave way.

    >>> one = RuleValue("feedback_days", {"number": 5, "unit": "WORKDAY"}, "BUREAU", "局党委会纪要", None, 1)
    >>> explain(one, "DEADLINE")
    ['5个工作日内', '依据本局决定：局党委会纪要']
    """
    lines = [str(parse(shape, one.value)), f"依据{one.source_label}：{one.citation}"]
    if one.rule_id is not None:
        until = f"至{one.until_on.isoformat()}" if one.until_on else "起"
        lines.append(f"第{one.number}版，{one.from_on.isoformat()}{until}执行")
    for other in one.overruled:
        said = parse(shape, other.value)
        if one.source != "PLAN" or other.source != "PLAN" or other.plan_id == one.plan_id:
            lines.append(f"不采用{other.source_label}（{said}）：{one.source_label}优先")
        elif other.value == one.value:
            lines.append(f"“{other.plan}”同时规定，内容相同")
        else:
            lines.append(f"不采用“{other.plan}”（{said}）：{one.because}")
    return lines
