"""The day by which a concern is answered: counted from its receipt by the rule in force, each day with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from luoshi.commitments.models import Concern
from luoshi.lib.clock import SHANGHAI
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.queries.story import told
from luoshi.matters.rules import Reckoning, reckon
from luoshi.plan.queries import rule
from luoshi.plan.rules import RuleValue
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import day_zero, why

SLOT = "promise_answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """The reckoned date with the rule that made it."""

    day0: date
    due: Reckoning
    rule: RuleValue


def count_answer(bureau_id: int, plan_id: int | None, received_on: date, on: date) -> Answer:
    """Day 0 is the working day of receipt (民法典第201条), the next one where it came on a rest day."""
    calendar = workdays.calendar(bureau_id)
    day0 = day_zero(datetime.combine(received_on, time(9), SHANGHAI), calendar)
    spoke = rule(SLOT, bureau_id=bureau_id, plan_id=plan_id, on=on)
    if spoke.value["unit"] not in ("WORKDAY", "DAY"):
        raise NotAllowed(f"答复时限的规则（{spoke.citation}）要按工作日或日计算，请先更正规则。")
    reached = f"{told(received_on)}收到"
    if day0 != received_on:
        reached += f"，{why(received_on, calendar)}，按下一工作日{day0}起算"
    basis = {"start": day0.isoformat(), "reached": reached, "number": int(spoke.value["number"]),
             "unit": spoke.value["unit"]}  # fmt: skip
    return Answer(day0, reckon(basis, calendar), spoke)


def why_answer(concern: Concern) -> list[str]:
    """The whole arithmetic of the date, line by line."""
    basis = concern.basis
    unit = "日" if basis.get("unit") == "DAY" else "个工作日"
    lines = [f"依据：{concern.citation}", f"起算日（第0日）：{told(concern.day0_on)}", basis["reached"]]
    lines.append(f"期限：{basis['number']}{unit}，起算日不计入")
    for day, nth, reason in basis.get("days", []):
        because = f"（{reason}）" if reason and reason != "工作日" else ""
        lines.append(f"{told(day)} " + (f"第{nth}{unit}" if nth else "不计") + because)
    lines += basis.get("counted", [])
    lines.append(f"答复时限：{told(concern.answer_due_on)}")
    if concern.provisional:
        lines.append("暂定：跨入放假安排尚未公布的年度，公布后重新计算")
    return lines
