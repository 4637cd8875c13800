"""When a posting is followed up: by the rhythm of the rule in force, on working days, and at its end (2.2.5.5b)."""

from __future__ import annotations

import calendar as civil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from luoshi.workdays.rules import Calendar, awaited_years, is_workday, next_workday, told, why

MONTHS = {"YEAR": 12, "HALF_YEAR": 6, "QUARTER": 3, "MONTH": 1}
TAIL = timedelta(days=30)
"""A follow-up that would fall within a month of the posting's end is the one at its end."""


def rhythm(value: Mapping[str, Any]) -> int | None:
    """Months from one follow-up to the next; None for a rhythm that counts no months.

    >>> rhythm({"number": 1, "unit": "TIME", "period": "HALF_YEAR"}), rhythm({"number": 2, "period": "YEAR"})
    (6, 6)
    >>> rhythm({"number": 0.5, "period": "YEAR"}), rhythm({"number": 9, "period": "MONTH"}), rhythm({"period": "WEEK"})
    (24, 1, None)
    """
    months = MONTHS.get(str(value.get("period")))
    if months is None:
        return None
    return max(1, int(months / Fraction(str(value["number"]))))


def add_months(day: date, months: int) -> date:
    """The same day some months later, or that month's last day where it is shorter.

    >>> add_months(date(2026, 8, 31), 6), add_months(date(2026, 12, 15), 1)
    (datetime.date(2027, 2, 28), datetime.date(2027, 1, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, civil.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Due:
    """One follow-up: its day, whether a calendar to come may move it (暂定), and its arithmetic."""

    on: date
    provisional: bool
    basis: dict[str, Any]


def followups(from_on: date, until_on: date, months: int, calendar: Calendar) -> list[Due]:
    """The follow-ups of a posting, the last one at its end.

    >>> year = followups(date(2026, 3, 2), date(2027, 3, 1), 6, Calendar())
    >>> [(one.on.isoformat(), one.basis["last"]) for one in year]
    [('2026-09-02', False), ('2027-03-01', True)]
    >>> [one.on.isoformat() for one in followups(date(2026, 8, 1), date(2026, 10, 31), 6, Calendar())]
    ['2026-11-02']
    """
    points: list[tuple[date, bool]] = []
    nth = 1
    while (point := add_months(from_on, months * nth)) < until_on - TAIL:
        points.append((point, False))
        nth += 1
    return [_due(day, last, from_on, months, nth, calendar) for nth, (day, last) in
            enumerate([*points, (until_on, True)], 1)]  # fmt: skip


def _due(point: date, last: bool, from_on: date, months: int, nth: int, calendar: Calendar) -> Due:
    on = next_workday(point, calendar)
    day, waits = point, False
    while day <= on:
        waits = waits or bool(awaited_years(day, calendar))
        day += timedelta(days=1)
    rested = "" if is_workday(point, calendar) else why(point, calendar)
    basis = {"from": from_on.isoformat(), "months": months, "nth": nth, "point": point.isoformat(), "last": last,
             "rested": rested}  # fmt: skip
    return Due(on, waits, basis)


def why_due(basis: Mapping[str, Any], due_on: date, citation: str, *, provisional: bool) -> list[str]:
    """The arithmetic of a follow-up's day, line by line.

    >>> one = followups(date(2026, 8, 1), date(2026, 10, 31), 6, Calendar())[0]
    >>> why_due(one.basis, one.on, "系统默认", provisional=False)[-2:]
    ['2026-10-31 周六（周六休息），顺延到下一个工作日', '考察时间：2026-11-02 周一']
    """
    point = date.fromisoformat(basis["point"])
    lines = [f"依据：{citation}", f"锻炼从{told(date.fromisoformat(basis['from']))}起"]
    if basis["last"]:
        lines.append(f"期满时考察一次：{told(point)}")
    else:
        lines.append(f"每{basis['months']}个月考察一次，第{basis['nth']}次在{told(point)}")
    if basis["rested"]:
        lines.append(f"{told(point)}（{basis['rested']}），顺延到下一个工作日")
    lines.append(f"考察时间：{told(due_on)}")
    if provisional:
        lines.append("暂定：落在放假安排尚未公布的年度，公布后重新计算")
    return lines
