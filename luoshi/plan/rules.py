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

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias

PRECEDENCE = ("MATTER", "PLAN", "BUREAU", "REGULATION", "PRODUCT")
SOURCES = {
    "MATTER": "本事项自定",
    "PLAN": "方案条款",
    "BUREAU": "本局决定",
    "REGULATION": "法规规定",
    "PRODUCT": "系统默认",
}
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
    """To be done within `number` units after the event (day 0).

    >>> print(Deadline(5, "WORKDAY"))
    5个工作日内
    """

    shape: ClassVar[str] = "DEADLINE"
    number: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in DEADLINE_UNITS:
            raise BadValue("时限的单位应为工作日、日、月或年。")
        if isinstance(self.number, bool) or not isinstance(self.number, int) or not 0 < self.number <= 3660:
            raise BadValue("时限应为1至3660之间的整数。")

    def __str__(self) -> str:
        return f"{self.number}{DEADLINE_UNITS[self.unit]}内"


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
    first = ranked[0]
    return RuleValue(
        first.slot, first.value, first.source, first.citation, first.rule_id, first.number, first.clause_id,
        first.from_on, first.until_on, first.plan_id, tuple(ranked[1:]),
    )  # fmt: skip


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
