"""Numbers of duties on one scale, and whether two of them speak of the same people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.plan.lint.findings import Said, who
from luoshi.plan.rules import PERIODS, Deadline, Quota, from_obligation

_LABELS = {label: key for key, label in PERIODS.items()} | {"每星期": "WEEK", "每季": "QUARTER", "每日": "DAY"}
_PLAIN = ("frequency", "count", "limit", "duration", "deadline", "target")
YEARLY = {"DAY": 248.0, "WEEK": 52.0, "MONTH": 12.0, "QUARTER": 4.0, "HALF_YEAR": 2.0, "YEAR": 1.0}
"""How often a period comes round in a year; days are working days."""


@dataclass(frozen=True, slots=True)
class Number:
    """One measured part: lower or upper bound or exact, in its unit, in every period, or within so long after."""

    comparator: str
    quantity: float
    unit: str
    period: str
    after: str

    def words(self) -> str:
        """In a few words.

        >>> Number(">=", 20, "天", "YEAR", "").words(), Number("<=", 5, "WORKDAY", "", "after").words()
        ('每年不少于20天', '5个工作日内')
        """
        if self.after:
            return str(Deadline(int(self.quantity), self.unit))
        bound = {">=": "不少于", "<=": "不超过"}.get(self.comparator, "")
        period = (PERIODS | {"DAY": "每日"}).get(self.period, "")
        return f"{period}{bound}{self.quantity:g}{self.unit}"


def number_of(part: Mapping[str, Any]) -> Number | None:
    """A measured part as a number; None for thresholds, points, dates and what has no number."""
    if part.get("kind") not in (None, *_PLAIN):
        return None
    within = from_obligation("DEADLINE", part)
    if isinstance(within, Deadline):
        after = str(part.get("deadline") or "")
        return Number("<=", within.number, within.unit, "", after.partition(" after ")[2] or "after")
    quantity = part.get("quantity")
    period = _LABELS.get(str(part.get("period") or ""), str(part.get("period") or ""))
    if quantity is None or part.get("deadline"):
        return None
    return Number(str(part.get("comparator") or "="), float(quantity), str(part.get("unit") or ""), period, "")


def numbers_of(one: Said) -> list[Number]:
    """The numbers of a duty: what a person confirmed for its slot, else what was read from its sentence."""
    if isinstance(one.value, Deadline):
        return [Number("<=", one.value.number, one.value.unit, "", "after")]
    found = [number for part in one.measures if (number := number_of(part)) is not None]
    if isinstance(one.value, Quota):
        unit = {"DAY": "天", "TIME": "次", "HOUR": "小时", "PERSON": "人", "ITEM": "项"}[one.value.unit]
        return [Number(">=", one.value.number, unit, one.value.period, "")]
    return found


def bare(name: str) -> str:
    """A name without what only counts heads: 各, 全局, 每名.

    >>> bare("全局各股室"), bare("每名科级领导干部")
    ('股室', '科级领导干部')
    """
    return re.sub(
        r"^(?:全局|全县|全市|全体|局机关|机关|局直|每名|每位|每个|各级|各|局)+", "", re.sub(r"[“”\s]", "", name)
    )


def same_people(one: Said, other: Said) -> bool:
    """Whether two duties may bind the same people: one of them names nobody, or both name the same."""
    first, second = bare(who(one)), bare(who(other))
    return not first or not second or first == second
