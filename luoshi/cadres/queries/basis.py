"""What a posting or commendation rests on: the clause that asks for it, the rule that dates it, who may be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet

from luoshi.cadres.models import FollowUp
from luoshi.cadres.rules import rhythm, why_due
from luoshi.commitments.queries import chiefs, clause_for
from luoshi.lib.clock import SHANGHAI
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.queries.story import told
from luoshi.matters.rules import Reckoning, reckon
from luoshi.org.directory import people_in_office
from luoshi.org.models import User
from luoshi.plan.queries import rule
from luoshi.plan.rules import RuleValue
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import day_zero

FOLLOW_UP, FRONT_LINE, NOTICE = "cadre_followup", "frontline_cadres", "objection_days"

__all__ = ["FOLLOW_UP", "FRONT_LINE", "Notice", "chiefs", "clause_for", "follow_up_rhythm", "nameable", "notice_days",
           "why_follow_up", "why_notice"]  # fmt: skip


def nameable(bureau_id: int, on: date) -> QuerySet[User]:
    """Who may be posted, be a mentor or examine: the bureau's people in office, by pinyin."""
    return people_in_office(bureau_id, on).order_by("pinyin", "pk")


def follow_up_rhythm(bureau_id: int, plan_id: int | None, on: date) -> tuple[int, RuleValue]:
    """Months from one follow-up to the next by the rule in force."""
    spoke = rule(FOLLOW_UP, bureau_id=bureau_id, plan_id=plan_id, on=on)
    months = rhythm(spoke.value)
    if months is None:
        raise NotAllowed(f"跟踪考察的规则（{spoke.citation}）要按月、季、半年或年计，请先更正规则。")
    return months, spoke


def why_follow_up(follow_up: FollowUp) -> list[str]:
    """The arithmetic of a follow-up's day."""
    return why_due(
        follow_up.basis, follow_up.due_on, follow_up.posting.citation, provisional=follow_up.provisional
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """How long a commendation stands on notice, with the rule that says so."""

    day0: date
    until: Reckoning
    rule: RuleValue


def notice_days(bureau_id: int, plan_id: int | None, on: date) -> Notice:
    """公示期: the rule's days after the day it is put up (day 0, a working day)."""
    calendar = workdays.calendar(bureau_id)
    day0 = day_zero(datetime.combine(on, time(9), SHANGHAI), calendar)
    spoke = rule(NOTICE, bureau_id=bureau_id, plan_id=plan_id, on=on)
    if spoke.value["unit"] not in ("WORKDAY", "DAY"):
        raise NotAllowed(f"公示期的规则（{spoke.citation}）要按工作日或日计算，请先更正规则。")
    basis = {"start": day0.isoformat(), "number": int(spoke.value["number"]), "unit": spoke.value["unit"]}
    return Notice(day0, reckon(basis, calendar), spoke)


def why_notice(basis: dict[str, object], citation: str, until: date, *, provisional: bool) -> list[str]:
    """The arithmetic of a notice's last day."""
    unit = "日" if basis.get("unit") == "DAY" else "个工作日"
    lines = [f"依据：{citation}", f"公示第0日：{told(str(basis['start']))}", f"公示{basis['number']}{unit}，首日不计入"]
    days = basis.get("days")
    for day, nth, reason in days if isinstance(days, list) else []:
        because = f"（{reason}）" if reason and reason != "工作日" else ""
        lines.append(f"{told(day)} " + (f"第{nth}{unit}" if nth else "不计") + because)
    lines.append(f"公示到：{told(until)}")
    if provisional:
        lines.append("暂定：跨入放假安排尚未公布的年度，公布后重新计算")
    return lines
