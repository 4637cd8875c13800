"""One slot (机制): its name, the shape of its parameter, its default with the source, what a value of it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.plan.rules import (
    BadValue,
    Choice,
    Deadline,
    Number,
    Parameter,
    RuleValue,
    Several,
    Table,
    Weights,
    dump,
    parse,
)
from luoshi.plantext.slots import SLOTS as MECHANISMS

GROUPS = ("交办督办", "学习调研", "问题整改", "信访投诉", "审批服务", "考评结果", "廉政作风", "机构文书", "其他机制")


@dataclass(frozen=True, slots=True)
class Option:
    """One way that may be chosen: its stored key, its words, and what it means in practice."""

    key: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading; `number` where only numbers stand, `options` where one of these words does."""

    name: str
    number: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One mechanism: its name on screen, the shape of its parameter ("" has none), and the default with its source.

    `ids` are the traceability ids it serves; `group` the heading under which the rules page lists it.
    """

    key: str
    label: str
    group: str = "其他机制"
    shape: str = ""
    ids: str = ""
    default: Parameter | None = None
    source: str = "PRODUCT"
    citation: str = ""
    since: date = date.min
    optional: bool = False
    """True where a bureau may decide that it is not asked for: the number 0."""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def read_from_text(self) -> bool:
        """Whether a duty's sentence may state this parameter: the reader knows the mechanism."""
        return self.key in MECHANISMS and self.shape in ("DEADLINE", "QUOTA")

    @property
    def by_clause(self) -> bool:
        """Whether a clause may rule it: a plan's duty is matched only to what its sentence can state."""
        return self.shape in ("", "DEADLINE", "QUOTA", "LADDER")

    def words(self, value: Mapping[str, Any]) -> str:
        """A value of this slot in Chinese."""
        return str(parse(self.shape, value))

    def read(self, value: Mapping[str, Any]) -> Parameter:
        """The typed parameter of a value; `BadValue` where it is none, or asks for nothing where that cannot be."""
        found = parse(self.shape, value)
        if isinstance(found, Deadline) and not found.number and not self.optional:
            raise BadValue("时限应为1至3660之间的整数。")
        return found

    def checked(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """A value in the one spelling of this slot; `BadValue` where it is none of the slot's own.

        >>> kind = Slot("rounding", "取整", shape="CHOICE", options=(Option("FLOOR", "只舍不入"),))
        >>> kind.checked({"choice": "FLOOR", "label": "?"})
        {'choice': 'FLOOR', 'label': '只舍不入'}
        >>> kind.checked({"choice": "UP", "label": "?"})
        Traceback (most recent call last):
        luoshi.plan.parameters.BadValue: 请从所列的办法中选一种。
        """
        found = self.read(value)
        labels = {one.key: one.label for one in self.options}
        if isinstance(found, Choice) and self.options:  # without listed ways the caller knows what may be chosen
            if found.choice not in labels:
                raise BadValue("请从所列的办法中选一种。")
            found = Choice(found.choice, labels[found.choice])
        elif isinstance(found, Several):
            if any(one not in labels for one in found.choices):
                raise BadValue("请从所列的各项中选。")
            kept = tuple(one for one in labels if one in found.choices)
            found = Several(kept, tuple(labels[one] for one in kept))
        elif isinstance(found, Number | Weights) and self.default is not None:
            self._like_default(found)
        elif isinstance(found, Table):
            found = Table(tuple(one.name for one in self.columns), tuple(map(self._row, found.rows)))
        return dump(found)

    def _like_default(self, found: Parameter) -> None:
        """A number keeps its unit, and weights their blocks: only the figures are the bureau's to decide."""
        default = self.default
        if isinstance(found, Number) and isinstance(default, Number) and found.unit != default.unit:
            raise BadValue("单位不能改，只改数字。")
        if isinstance(found, Weights) and isinstance(default, Weights) and found.names != default.names:
            raise BadValue("各块的名称不能改，只改权重。")

    def _row(self, row: tuple[str, ...]) -> tuple[str, ...]:
        if len(row) != len(self.columns):
            raise BadValue("表的列数不对，请刷新页面再填。")
        for cell, column in zip(row, self.columns, strict=True):
            if column.number and not cell.strip().isdecimal():
                raise BadValue(f"“{row[0]}”的“{column.name}”应填整数。")
            if column.options and cell.strip() not in column.options:
                raise BadValue(f"“{row[0]}”的“{column.name}”应为{'、'.join(column.options)}之一。")
        return tuple(cell.strip() for cell in row)

    def standing(self) -> RuleValue | None:
        """What holds where neither a plan nor the bureau has spoken."""
        if self.default is None:
            return None
        return RuleValue(self.key, dump(self.default), self.source, self.citation, None, 1, from_on=self.since)


def day(key: str, label: str, group: str, ids: str, number: int, unit: str, why: str) -> Slot:
    """A time that the product proposes, and why."""
    return Slot(key, label, group, "DEADLINE", ids, Deadline(number, unit), "PRODUCT", f"系统默认（{why}）")


def law(key: str, label: str, group: str, ids: str, number: int, unit: str, which: str, at: str) -> Slot:
    """A time that a regulation sets, from the day it came into force."""
    title, since = LAWS[which]
    return Slot(key, label, group, "DEADLINE", ids, Deadline(number, unit), "REGULATION", f"{title}{at}", since)


def quota(key: str, label: str, group: str, ids: str) -> Slot:
    """A rhythm that only a clause or the bureau sets."""
    return Slot(key, label, group, "QUOTA", ids)


LAWS = {
    # title as cited, in force since
    "LETTERS": ("《信访工作条例》", date(2022, 5, 1)),
    "PERMIT": ("《行政许可法》", date(2019, 4, 23)),
    "REVIEW": ("参照《政府督查工作条例》", date(2021, 2, 1)),
    "GIFTS": ("中办发〔1995〕7号", date(1995, 4, 30)),
}
