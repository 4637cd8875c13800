"""参数: the typed values that a rule may carry, as dataclasses and as the JSON of `Rule.value`.

    Deadline  {"number": 5, "unit": "WORKDAY"}                  within five working days
    Quota     {"number": 20, "unit": "DAY", "period": "YEAR"}   at least twenty days every year
    Ladder    {"steps": ["通报", "通报并检讨", …]}                what follows the first, second, third time
    Number    {"number": 20, "unit": "PERCENT"}                 a plain number
    Choice    {"choice": "FLOOR", "label": "只舍不入"}           one of the slot's options, with its words of that day
    Several   {"choices": ["CHIEF"], "labels": ["主要领导"]}      some of them
    Weights   {"weights": [["县交办", 40], …]}                   shares that make a hundred
    Table     {"columns": ["类别", …], "rows": [["咨询", "1"], …]}  rows of words and numbers

A choice keeps its label: a rule is told for ever in the words in which it was decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeAlias

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


MOST_ROWS = 30


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


NUMBER_UNITS = {"PERCENT": "%", "YUAN": "元", "TIME": "次", "PERSON": "人"}


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number with its unit.

    >>> print(Number(20, "PERCENT"))
    20%
    """

    shape: ClassVar[str] = "NUMBER"
    number: float
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in NUMBER_UNITS:
            raise BadValue("数字的单位应为%、元、次或人。")
        if isinstance(self.number, bool) or not isinstance(self.number, int | float) or not 0 <= self.number <= 10**9:
            raise BadValue("请填0以上的数字。")
        if self.unit == "PERCENT" and self.number > 100:
            raise BadValue("百分比不能超过100。")

    def __str__(self) -> str:
        return f"{self.number:g}{NUMBER_UNITS[self.unit]}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a slot's options, with the words in which it was chosen.

    >>> print(Choice("FLOOR", "只舍不入"))
    只舍不入
    """

    shape: ClassVar[str] = "CHOICE"
    choice: str
    label: str

    def __post_init__(self) -> None:
        if not all(isinstance(one, str) and one.strip() for one in (self.choice, self.label)):
            raise BadValue("请从所列的办法中选一种。")

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Several:
    """Some of a slot's options, at least one.

    >>> print(Several(("CHIEF", "LEADER"), ("主要领导", "分管领导")))
    主要领导、分管领导
    """

    shape: ClassVar[str] = "SEVERAL"
    choices: tuple[str, ...]
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.choices or len(set(self.choices)) != len(self.choices) or len(self.choices) != len(self.labels):
            raise BadValue("请至少选一项，不要重复。")
        if not all(isinstance(one, str) and one for one in (*self.choices, *self.labels)):
            raise BadValue("请从所列的各项中选。")

    def __str__(self) -> str:
        return "、".join(self.labels)


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares in per cent that together make a hundred.

    >>> print(Weights((("县交办", 60), ("重点项目", 40))))
    县交办60%、重点项目40%
    """

    shape: ClassVar[str] = "WEIGHTS"
    weights: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        numbers = [share for _, share in self.weights]
        if not numbers or any(isinstance(one, bool) or not isinstance(one, int | float) for one in numbers):
            raise BadValue("每一块都要填权重（数字）。")
        if any(one < 0 for one in numbers):
            raise BadValue("权重不能是负数。")
        if abs(sum(numbers) - 100) > 1e-9:
            raise BadValue(f"权重加起来应为100，现在是{sum(numbers):g}。")

    @property
    def names(self) -> tuple[str, ...]:
        """The blocks in their order."""
        return tuple(name for name, _ in self.weights)

    def __str__(self) -> str:
        return "、".join(f"{name}{share:g}%" for name, share in self.weights)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the slot's columns; every cell is words, a number's too.

    >>> print(Table(("类别", "时限"), (("咨询", "1"), ("投诉", "5"))))
    咨询：1；投诉：5
    >>> print(Table(("种类", "登记起点", "上交起点"), (("礼品", "100", "200"),)))
    礼品：登记起点100，上交起点200
    """

    shape: ClassVar[str] = "TABLE"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.rows) <= MOST_ROWS:
            raise BadValue(f"表里至少填一行，最多{MOST_ROWS}行。")
        for place, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns) or not all(isinstance(cell, str) and cell.strip() for cell in row):
                raise BadValue(f"第{place}行没有填全，请填全或整行清空。")
            if any(len(cell) > 60 for cell in row):
                raise BadValue(f"第{place}行有一格超过60个字，请写短一些。")
        first = [row[0].strip() for row in self.rows]
        again = next((name for name in first if first.count(name) > 1), None)
        if again is not None:
            raise BadValue(f"“{again}”写了两行，请合并成一行。")

    def __str__(self) -> str:
        return "；".join(f"{row[0]}：{self._rest(row)}" for row in self.rows)

    def _rest(self, row: tuple[str, ...]) -> str:
        if len(row) == 2:
            return row[1]
        return "，".join(f"{name}{cell}" for name, cell in zip(self.columns[1:], row[1:], strict=True))


Parameter: TypeAlias = Deadline | Quota | Ladder | Number | Choice | Several | Weights | Table
SHAPES: Mapping[str, type[Parameter]] = {
    one.shape: one for one in (Deadline, Quota, Ladder, Number, Choice, Several, Weights, Table)
}


def parse(shape: str, value: Mapping[str, Any]) -> Parameter:
    """The typed parameter that a JSON value holds; `BadValue` where it does not.

    >>> parse("DEADLINE", {"number": 5, "unit": "WORKDAY"})
    Deadline(number=5, unit='WORKDAY')
    >>> parse("WEIGHTS", {"weights": [["县交办", 60], ["重点项目", 30]]})
    Traceback (most recent call last):
    luoshi.plan.parameters.BadValue: 权重加起来应为100，现在是90。
    >>> parse("DEADLINE", {"number": 5})
    Traceback (most recent call last):
    luoshi.plan.parameters.BadValue: 这条规则的参数不完整。
    """
    kind: Any = SHAPES[shape]
    try:
        return kind(*(_frozen(value[one.name]) for one in fields(kind)))
    except (KeyError, TypeError, ValueError) as why:
        if isinstance(why, BadValue):
            raise
        raise BadValue("这条规则的参数不完整。") from None


def dump(parameter: Parameter) -> dict[str, Any]:
    """A parameter as the JSON that `parse` reads.

    >>> dump(Ladder(("通报",)))
    {'steps': ['通报']}
    """
    return {one.name: _plain(getattr(parameter, one.name)) for one in fields(parameter)}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
