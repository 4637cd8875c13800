"""个人问题清单, pure: what each kind looks like in daily work, who looks through whose list, the usual date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.problems.rules.words import Channel, StyleKind

ROWS_MOST = 30
"""Items of one list at most: more is a list that nobody can keep."""
TITLE_MOST, MEASURE_MOST = 200, 1000
REMIND_BEFORE = 2
"""Working days before the day on which a list is due, when its owner is reminded, once."""
OUTSIDE = ADMINISTRATORS | {Duty.DISCIPLINE}
"""Who makes no list here: the three administrators, and the stationed 派驻组, who belong to another organ."""
SPEAKS_FOR_ORGANISATION = frozenset({Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.OFFICE, Duty.INSPECTOR, Duty.DISCIPLINE})
"""Whose suggestion may come as 组织点."""
HELP = (Channel.PEER, Channel.MASSES, Channel.ORGANISATION)
"""The channels by which others help; 自己找 is one's own."""
HINTS: dict[str, str] = {
    StyleKind.PANIC: "比如：只求不出事，新办法不敢试；新政策、新业务学得慢，遇到没办过的事就推。",
    StyleKind.SHIRK: "比如：该拍板的往上交、往外推；牵头的事等别人先动；不批不答，或不按规定办。",
    StyleKind.DOOR: "比如：态度客气但事情不往前走；一次没说清，让人来回跑；能当场办的拖几天。",
    StyleKind.LOW_BAR: "比如：过得去就行，材料照抄照搬；不跟先进比，几年一个老样子。",
    StyleKind.EASE: "比如：难事放一放，苦活绕着走；上班精力不集中，急事没人应。",
    StyleKind.SENIORITY: "比如：论年头不论活，分工不服；定了的事打折扣，说了不办。",
}
"""In our own words, to help looking; they are no part of the plan (2.2.3.1 to 2.2.3.6)."""


class SuggestionState(TextChoices):
    """What the person did with a problem that others brought up."""

    OPEN = "OPEN", "待处理"
    TAKEN = "TAKEN", "已列入清单"
    DECLINED = "DECLINED", "不列入"


@dataclass(frozen=True, slots=True)
class Seat:
    """One post of one person, as far as it decides who looks through his list."""

    person_id: int
    unit_id: int
    duty: str


def members(seats: Iterable[Seat]) -> dict[int, list[Seat]]:
    """Who makes a list: everybody with a post that is not outside the bureau's own staff.

    >>> list(members([Seat(1, 9, "HANDLER"), Seat(2, 9, "SYSTEM_ADMIN"), Seat(3, 9, "DISCIPLINE")]))
    [1]
    """
    found: dict[int, list[Seat]] = {}
    for one in seats:
        if one.duty not in OUTSIDE:
            found.setdefault(one.person_id, []).append(one)
    return found


def usual_reviewer(
    mine: Iterable[Seat], *, heads: Mapping[int, int], leaders: Mapping[int, int], chief_id: int | None
) -> int | None:
    """Who looks through a list by default: 单位负责人 for staff, 分管领导 for heads, 主要领导 for leaders.

    Nobody reviews himself; where a unit has no head or nobody leads it, the next above does. For the 主要领导 there
    is none: the office names somebody of the team.

    >>> up = {"heads": {7: 20}, "leaders": {7: 30}, "chief_id": 40}
    >>> [usual_reviewer([Seat(pk, 7, duty)], **up) for pk, duty in
    ...  ((10, "HANDLER"), (20, "HEAD"), (30, "LEADER"), (40, "CHIEF"))]
    [20, 30, 40, None]
    >>> usual_reviewer([Seat(10, 8, "HANDLER")], **up)
    40
    """
    seats = list(mine)
    person = seats[0].person_id
    duties = {one.duty for one in seats}
    if Duty.CHIEF in duties:
        return None
    if Duty.LEADER in duties:
        return chief_id
    unit = next((one.unit_id for one in seats if one.duty == Duty.HEAD), seats[0].unit_id)
    above = [leaders.get(unit), chief_id]
    if Duty.HEAD not in duties:
        above.insert(0, heads.get(unit))
    return next((one for one in above if one is not None and one != person), None)


def usual_date(on: date) -> date:
    """The date offered for putting right: the end of this quarter, or of the next where that is less than 30 days off.

    >>> usual_date(date(2026, 10, 8)), usual_date(date(2026, 12, 20))
    (datetime.date(2026, 12, 31), datetime.date(2027, 3, 31))
    """
    end = _quarter_end(on)
    return end if (end - on).days >= 30 else _quarter_end(end + timedelta(days=1))


def _quarter_end(on: date) -> date:
    month = (on.month - 1) // 3 * 3 + 4
    return date(on.year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(days=1)
