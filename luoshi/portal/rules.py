"""Where a clause stands, the columns of the coverage map, and the days that an overview looks back over.

没有责任人 NOBODY · 待确认 UNDECIDED · 未落实 IDLE · 有人管 OWNED · 无任务 NONE
A heading that asks nothing itself stands nowhere: it tells what lies below it.
"""

from __future__ import annotations

import calendar as civil
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices


class Stand(TextChoices):
    NOBODY = "NOBODY", "没有责任人"
    IDLE = "IDLE", "未落实"
    UNDECIDED = "UNDECIDED", "待确认"
    OWNED = "OWNED", "有人管"
    NONE = "NONE", "无任务"


MEANINGS = {
    Stand.NOBODY: "有已确认的任务既没有责任单位，也没有责任领导",
    Stand.IDLE: "任务有人负责，但没有形成规则，也没有交办过事项、登记过问题",
    Stand.UNDECIDED: "还有任务待局办公室确认，或没有读出任务、也没有标为无任务",
    Stand.OWNED: "已确认的任务都有责任单位或责任领导",
    Stand.NONE: "局办公室已确认本条没有任务",
}
MARKS = {
    Stand.NOBODY: "alert", Stand.IDLE: "pause", Stand.UNDECIDED: "clock", Stand.OWNED: "check", Stand.NONE: "done",
}  # fmt: skip
"""The icon beside each word."""


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """What a clause's stand is read from; `whole` where the reader sees all matters of the bureau."""

    no_duty: bool = False
    heads_others: bool = False
    """A heading with clauses below it, or the words before the first clause: they need not ask anything."""
    confirmed: int = 0
    proposed: int = 0
    unowned: int = 0
    moving: int = 0
    """Rules it made, matters handed out and problems registered under it."""
    whole: bool = True


def stand(facts: ClauseFacts) -> Stand | None:
    """Where a clause stands by what was read from itself, the worst first; None for a mere heading.

    Who sees a part of the matters only is not told 未落实: he cannot know.

    >>> [stand(ClauseFacts(confirmed=2, unowned=1, proposed=1)).label, stand(ClauseFacts(proposed=1)).label]
    ['没有责任人', '待确认']
    >>> [stand(ClauseFacts(confirmed=1, whole=whole)).label for whole in (True, False)]
    ['未落实', '有人管']
    >>> stand(ClauseFacts(confirmed=1, moving=1)).label, stand(ClauseFacts(no_duty=True)).label
    ('有人管', '无任务')
    >>> stand(ClauseFacts(heads_others=True)) is None, stand(ClauseFacts()).label
    (True, '待确认')
    """
    if facts.unowned:
        return Stand.NOBODY
    if facts.proposed:
        return Stand.UNDECIDED
    if facts.confirmed:
        return Stand.OWNED if facts.moving or not facts.whole else Stand.IDLE
    if facts.no_duty:
        return Stand.NONE
    return None if facts.heads_others else Stand.UNDECIDED


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the map: the figures it prints, each with its word, under one head."""

    head: str
    figures: tuple[tuple[str, str], ...]
    """(key of `lib.byclause`, the word of one such record)."""
    names: bool = False
    """Prints the names of the figure instead of its number."""


COLUMNS = (
    Column("任务", (("confirmed", "已确认的任务"), ("proposed", "待确认的任务"))),
    Column("责任单位", (("owned", "有责任人的任务"),), names=True),
    Column("规则", (("rules", "现行规则"),)),
    Column(
        "在办",
        (
            ("open", "在办事项"),
            ("problems", "在改的问题"),
            ("promises", "在办的承诺、诉求、实事"),
            ("cadres", "一线锻炼、表扬"),
        ),
    ),
    Column(
        "已办结",
        (
            ("closed", "已办结事项"),
            ("problems_closed", "已销号的问题"),
            ("promises_done", "办结的承诺、诉求、实事"),
            ("cadres_done", "结束的锻炼、已通报的表扬"),
        ),
    ),
    Column(
        "材料",
        (
            ("documents", "佐证和依据材料"),
            ("boards", "季度红黑榜"),
            ("institutions", "制度"),
            ("activities", "活动记录"),
            ("articles", "已发布的稿件"),
        ),
    ),
)
"""Between the clause and its stand. A room to come adds its column here, and itself in `queries.coverage.ROOMS`."""
RECORDS = {key: word for one in COLUMNS for key, word in one.figures} | {
    "unowned": "没有责任人的任务",
    "deadlines": "按本条计算、正在走的时限",
}
"""What a page of records may be asked for, and its title."""

SPANS = {"week": "近一周", "month": "近一月", "quarter": "近一季"}
"""What the overview may look back over; the words are those of its chips."""
MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Span:
    """The days an overview looks back over, both included; the last one is the day it is read."""

    key: str
    since: date
    until: date

    @property
    def label(self) -> str:
        return SPANS[self.key]


def span(key: str, on: date) -> Span:
    """The week, month or quarter that ends with a day; what is not one of them is a week.

    A month goes back to the day after the same day of the month before, or after its last day where it is shorter.

    >>> span("week", date(2026, 11, 24)).since, span("month", date(2026, 3, 31)).since
    (datetime.date(2026, 11, 18), datetime.date(2026, 3, 1))
    >>> span("quarter", date(2026, 1, 15)).since, span("decade", date(2026, 1, 15)).key
    (datetime.date(2025, 10, 16), 'week')
    """
    if key not in MONTHS:
        return Span("week", on - timedelta(days=6), on)
    year, month = divmod(on.year * 12 + on.month - 1 - MONTHS[key], 12)
    last = civil.monthrange(year, month + 1)[1]
    return Span(key, date(year, month + 1, min(on.day, last)) + timedelta(days=1), on)
