"""When a closed problem is looked at again, and who is reminded of a running one."""

from __future__ import annotations

import calendar as civil
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luoshi.problems.rules.life import HEAD, LEADER, OWNER
from luoshi.workdays.rules import Calendar, add_workdays, is_workday, told, why, workdays_between

UNITS = {"WORKDAY": "个工作日", "DAY": "日", "MONTH": "个月", "YEAR": "年"}


@dataclass(frozen=True, slots=True)
class LookBack:
    """The day of looking again, and the arithmetic behind it as it is kept with the problem."""

    on: date
    basis: dict[str, Any]


def look_back_day(closed_on: date, number: int, unit: str, calendar: Calendar, *, citation: str = "") -> LookBack:
    """回头看时间: so long after 销号, on a rest day the next working day.

    >>> look_back_day(date(2026, 11, 30), 3, "MONTH", Calendar()).on
    datetime.date(2027, 3, 1)
    >>> look_back_day(date(2026, 11, 26), 10, "WORKDAY", Calendar()).on
    datetime.date(2026, 12, 10)
    """
    if unit == "WORKDAY":
        day = add_workdays(closed_on, number, calendar).due
    elif unit == "DAY":
        day = closed_on + timedelta(days=number)
    else:
        months = closed_on.year * 12 + closed_on.month - 1 + number * (12 if unit == "YEAR" else 1)
        year, month = divmod(months, 12)
        day = date(year, month + 1, min(closed_on.day, civil.monthrange(year, month + 1)[1]))
    counted, rested = day, ""
    while not is_workday(day, calendar):
        rested = rested or why(day, calendar)
        day += timedelta(days=1)
    basis = {
        "citation": citation,
        "closed_on": closed_on.isoformat(),
        "number": number,
        "unit": unit,
        "counted": counted.isoformat(),
        "rested": rested,
        "on": day.isoformat(),
    }
    return LookBack(day, basis)


def why_look_back(basis: dict[str, Any]) -> list[str]:
    """The arithmetic of a day of looking again, in lines.

    >>> found = look_back_day(date(2026, 11, 30), 3, "MONTH", Calendar(), citation="系统默认（先看三个月）")
    >>> for line in why_look_back(found.basis):
    ...     print(line)
    依据：系统默认（先看三个月）
    销号：2026-11-30 周一
    销号后3个月：2027-02-28 周日
    周日休息，顺延至2027-03-01 周一
    """
    if not basis:
        return []
    counted, day = date.fromisoformat(basis["counted"]), date.fromisoformat(basis["on"])
    lines = [f"依据：{basis['citation']}"] if basis.get("citation") else []
    lines.append(f"销号：{told(date.fromisoformat(basis['closed_on']))}")
    lines.append(f"销号后{basis['number']}{UNITS[basis['unit']]}：{told(counted)}")
    if day != counted:
        lines.append(f"{basis['rested']}，顺延至{told(day)}")
    return lines


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is reminded today, and in which words."""

    role: str
    words: str


def rung(due_on: date | None, on: date, calendar: Calendar, *, ahead: int = 2) -> Rung | None:
    """Of a running problem: `ahead` working days before its date the 责任人, on the day the head, after it the leader.

    >>> found = [rung(date(2026, 11, 27), date(2026, 11, day), Calendar()) for day in (24, 25, 26, 27, 30)]
    >>> [one.role if one else "" for one in found]
    ['', 'owner', '', 'head', 'leader']
    """
    if due_on is None:
        return None
    if on > due_on:
        return Rung(LEADER, f"整改已逾期（{due_on:%Y-%m-%d}）")
    left = workdays_between(on, due_on, calendar)
    if left == 0:
        return Rung(HEAD, f"整改今天到期（{due_on:%Y-%m-%d}）")
    return Rung(OWNER, f"整改还剩{left}个工作日（{due_on:%Y-%m-%d}）") if left == ahead else None


def lamp(due_on: date | None, on: date, calendar: Calendar, *, applied_on: date | None = None, ahead: int = 2) -> str:
    """The lamp of a running problem; who applied for closing in time is not late because nobody has checked yet.

    >>> [lamp(date(2026, 11, 27), date(2026, 11, day), Calendar()) for day in (24, 25, 28)]
    ['green', 'amber', 'red']
    >>> lamp(date(2026, 11, 27), date(2026, 12, 28), Calendar(), applied_on=date(2026, 11, 26))
    'green'
    """
    if due_on is None:
        return ""
    at = applied_on or on
    if at > due_on:
        return "red"
    if applied_on is not None:
        return "green"
    return "amber" if due_on <= add_workdays(on, ahead, calendar).due else "green"
