"""Working days of a board: the objection window, the day of an answer, the day to publish by; each day with its why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.appraisal.models import Board
from luoshi.lib.lifecycle import NotAllowed
from luoshi.plan.queries import rule
from luoshi.plan.rules import RuleValue
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Count, add_workdays, explain, next_workday, roll, told, why

OBJECTIONS, REVIEW = "objection_days", "review_days"
PUBLISH_WITHIN = 20
"""Working days after a quarter's end within which its board is customarily published: a hint, not a rule."""


@dataclass(frozen=True, slots=True)
class Window:
    """A counted period with the rule that made it, ready to be kept with its lines."""

    until: date
    rule: RuleValue
    basis: dict[str, Any]


def window(slot: str, bureau_id: int, plan_id: int | None, began_on: date, what: str, on: date) -> Window:
    """The period of a rule from a day on: that day is day 0, the next working day where it is a rest day."""
    spoke = rule(slot, bureau_id=bureau_id, plan_id=plan_id, on=on)
    if spoke.value["unit"] not in ("WORKDAY", "DAY"):
        raise NotAllowed(f"期限的规则（{spoke.citation}）要按工作日或日计算，请先更正规则。")
    calendar = workdays.calendar(bureau_id)
    start = next_workday(began_on, calendar)
    number = int(spoke.value["number"])
    counting = roll if spoke.value["unit"] == "DAY" else add_workdays
    count: Count = counting(start, number, calendar)
    lines = [f"依据：{spoke.citation}", f"{told(began_on)}{what}"]
    if start != began_on:
        lines.append(f"{why(began_on, calendar)}，按下一工作日{told(start)}起算")
    lines += explain(count)
    basis = {"slot": slot, "number": number, "unit": spoke.value["unit"], "rule": spoke.rule_id, "lines": lines,
             "provisional": count.provisional}  # fmt: skip
    return Window(count.due, spoke, basis)


def publish_by(board: Board) -> tuple[date, list[str]]:
    """The day by which a quarter's board is customarily published, with its arithmetic; told as a hint only."""
    count = add_workdays(board.quarter_of.last, PUBLISH_WITHIN, workdays.calendar(board.bureau_id))
    return count.due, [
        f"按各地做法，季度结束后{PUBLISH_WITHIN}个工作日内通报；方案没有规定，只作提示",
        f"季度末日{told(board.quarter_of.last)}，不计入",
        f"第{PUBLISH_WITHIN}个工作日：{told(count.due)}",
    ]
