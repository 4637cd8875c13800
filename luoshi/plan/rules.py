"""Which rule holds, what its parameter means, and where it says so.

参数 (typed, kept as JSON in `Rule.value`):
    Deadline  {"number": 5, "unit": "WORKDAY"}                  within five working days
    Quota     {"number": 20, "unit": "DAY", "period": "YEAR"}   at least twenty days every year
    Ladder    {"steps": ["通报", "通报并检讨", …]}                what follows the first, second, third time

Precedence (house rules): a matter's own date > the plan's clause > the bureau's decision > regulation >
product default. The screen always says which one spoke, and what it overruled. `slots.py` is the closed
list of slots with the defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, ClassVar, TypeAlias

from luoshi.lib.lifecycle import Move

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
DEADLINE_UNITS = {"WORKDAY": "个工作日", "DAY": "日", "MONTH": "个月", "YEAR": "年"}
QUOTA_UNITS = {"TIME": "次", "DAY": "天", "HOUR": "小时", "PERSON": "人", "ITEM": "项"}
PERIODS = {
    "YEAR": "每年",
    "HALF_YEAR": "每半年",
    "QUARTER": "每季度",
    "MONTH": "每月",
    "WEEK": "每周",
    "ONCE": "活动期间",
}


class BadValue(ValueError):
    """A value is not a parameter of its slot; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """To be done within `number` units after the event (day 0); 0 asks for nothing, where the slot may be left out.

    >>> print(Deadline(5, "WORKDAY"), Deadline(0, "WORKDAY"))
    5个工作日内 不作要求
    """

    shape: ClassVar[str] = "DEADLINE"
    number: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in DEADLINE_UNITS:
            raise BadValue("时限的单位应为工作日、日、月或年。")
        if isinstance(self.number, bool) or not isinstance(self.number, int) or not 0 <= self.number <= 3660:
            raise BadValue("时限应为1至3660之间的整数。")

    def __str__(self) -> str:
        return f"{self.number}{DEADLINE_UNITS[self.unit]}内" if self.number else "不作要求"


@dataclass(frozen=True, slots=True)
class Quota:
    """At least `number` units in every period; halves are allowed (半天 is 0.5 DAY).

    >>> print(Quota(0.5, "DAY", "WEEK"))
    每周不少于0.5天
    """

    shape: ClassVar[str] = "QUOTA"
    number: float
    unit: str
    period: str

    def __post_init__(self) -> None:
        if self.unit not in QUOTA_UNITS or self.period not in PERIODS:
            raise BadValue("次数要求要写明单位（次、天、小时、人、项）和周期（年、半年、季、月、周、活动期间）。")
        if isinstance(self.number, bool) or not isinstance(self.number, int | float) or not 0 < self.number <= 10_000:
            raise BadValue("次数应大于0且不超过10000。")
        if self.number * 2 != int(self.number * 2):
            raise BadValue("次数应为整数或半数（如0.5）。")

    def __str__(self) -> str:
        return f"{PERIODS[self.period]}不少于{self.number:g}{QUOTA_UNITS[self.unit]}"


@dataclass(frozen=True, slots=True)
class Ladder:
    """What follows the first, second, third time, in words.

    >>> print(Ladder(("通报", "通报并检讨")))
    第1次：通报；第2次：通报并检讨
    """

    shape: ClassVar[str] = "LADDER"
    steps: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.steps) <= 9 or not all(isinstance(one, str) and one.strip() for one in self.steps):
            raise BadValue("分级处理至少写明一级，每级写明怎么处理。")

    def __str__(self) -> str:
        return "；".join(f"第{place}次：{step}" for place, step in enumerate(self.steps, 1))


Parameter: TypeAlias = Deadline | Quota | Ladder
SHAPES: Mapping[str, type[Parameter]] = {one.shape: one for one in (Deadline, Quota, Ladder)}


def parse(shape: str, value: Mapping[str, Any]) -> Parameter:
    """The typed parameter that a JSON value holds; `BadValue` where it does not.

    >>> parse("DEADLINE", {"number": 5, "unit": "WORKDAY"})
    Deadline(number=5, unit='WORKDAY')
    >>> parse("DEADLINE", {"number": 5})
    Traceback (most recent call last):
    luoshi.plan.rules.BadValue: 这条规则的参数不完整。
    """
    try:
        if shape == Ladder.shape:
            return Ladder(tuple(value["steps"]))
        if shape == Quota.shape:
            return Quota(value["number"], value["unit"], value["period"])
        return Deadline(value["number"], value["unit"])
    except (KeyError, TypeError):
        raise BadValue("这条规则的参数不完整。") from None


def dump(parameter: Parameter) -> dict[str, Any]:
    """A parameter as the JSON that `parse` reads.

    >>> dump(Ladder(("通报",)))
    {'steps': ['通报']}
    """
    value = asdict(parameter)
    return {"steps": list(value["steps"])} if "steps" in value else value


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
    other rules of the slot that were in force that day and had to give way, highest first.
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

    A higher source wins; within one source the one that began later, then the later version, wins.

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
        key=lambda one: (PRECEDENCE.index(one.source), -one.from_on.toordinal(), -one.number, -(one.rule_id or 0)),
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
        lines.append(f"不采用{other.source_label}（{parse(shape, other.value)}）：{one.source_label}优先")
    return lines
