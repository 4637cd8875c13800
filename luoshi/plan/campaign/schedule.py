"""The dates of a plan and its phases: what they say today, what may not be, and where they stand on the chart.

Pure: dates come in as arguments. A plan's state and a phase's state are never stored, they follow from dates and the
gate. Changing a plan's dates moves no date that already runs; the plan's rules end with the plan (`queries.as_value`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

PLAN_STATES = {"DRAFT": "未印发", "ISSUED": "已印发", "RUNNING": "执行中", "OVER": "已结束"}
PHASE_STATES = {
    "UNDATED": "未定日期", "AHEAD": "未开始", "RUNNING": "进行中", "WAITING": "到期未过关", "PASSED": "已过关",
}  # fmt: skip
OPEN, MET, UNMET, DROPPED = "OPEN", "MET", "UNMET", "DROPPED"
FOUND = {OPEN: "未核对", MET: "达到", UNMET: "未达到", DROPPED: "不再要求"}
"""What may be found of a gate check; dropped it is void and no longer shown."""
_MARK = re.compile(r"^第[一二三四五六七八九十]+(?:个)?阶段$")
_BRACKETED = re.compile(r"[（(][^（）()]*\d[^（）()]*[）)]")
_SPAN = re.compile(
    r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?[初底]?(?:\s*(?:至|到|—+|－|–|-|~|～)\s*"
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?[初底]?)?"
)


def plan_state(*, issued_on: date | None, from_on: date | None, until_on: date | None, on: date) -> str:
    """What a plan's dates say on a day (a key of `PLAN_STATES`); the last day still runs.

    >>> nine, two_years = date(2026, 9, 1), date(2028, 9, 30)
    >>> plan_state(issued_on=None, from_on=nine, until_on=two_years, on=date(2026, 11, 24))
    'DRAFT'
    >>> plan_state(issued_on=nine, from_on=nine, until_on=two_years, on=two_years)
    'RUNNING'
    >>> plan_state(issued_on=nine, from_on=None, until_on=None, on=date(2026, 11, 24))
    'ISSUED'
    """
    if issued_on is None or issued_on > on:
        return "DRAFT"
    if until_on is not None and until_on < on:
        return "OVER"
    return "ISSUED" if from_on is None or from_on > on else "RUNNING"


def phase_state(*, from_on: date | None, until_on: date | None, passed: bool, on: date) -> str:
    """What a phase is on a day (a key of `PHASE_STATES`); past its last day and unsigned it waits for its gate.

    >>> phase_state(from_on=date(2026, 9, 1), until_on=date(2026, 10, 31), passed=False, on=date(2026, 11, 1))
    'WAITING'
    """
    if passed:
        return "PASSED"
    if from_on is None:
        return "UNDATED"
    if on < from_on:
        return "AHEAD"
    return "WAITING" if until_on is not None and until_on < on else "RUNNING"


def found_of(*, looked_at: bool, met_on: date | None) -> str:
    """What was found of a gate check so far.

    >>> found_of(looked_at=False, met_on=None), found_of(looked_at=True, met_on=None)
    ('OPEN', 'UNMET')
    """
    return OPEN if not looked_at else UNMET if met_on is None else MET


def is_phase(marker: str) -> bool:
    """Whether a clause's marker names a phase.

    >>> is_phase("第二阶段"), is_phase("第二条"), is_phase("二")
    (True, False, False)
    """
    return bool(_MARK.match(marker))


def phase_name(marker: str, title: str) -> str:
    """A phase as people call it, without the dates in brackets.

    >>> phase_name("第一阶段", "部署发动（2026年9月至10月）")
    '第一阶段 部署发动'
    """
    words = _BRACKETED.sub("", title).strip(" 　：:。，")
    return f"{marker} {words}".strip()[:60]


def period_in(text: str) -> tuple[date | None, date | None]:
    """The first span of dates that a text names, whole months where no day is said; (None, None) where none is.

    >>> [str(one) for one in period_in("部署发动（2026年9月至10月）")]
    ['2026-09-01', '2026-10-31']
    >>> [str(one) for one in period_in("全面推进（2026年10月15日—2028年6月）")]
    ['2026-10-15', '2028-06-30']
    >>> period_in("总结提升")
    (None, None)
    """
    found = _SPAN.search(text)
    if found is None:
        return None, None
    year, month, day, to_year, to_month, to_day = (int(one) if one else None for one in found.groups())
    try:
        begins = date(year or 0, month or 0, day or 1)
        if to_month is None and to_day is None:
            return begins, begins if day else _month_end(begins.year, begins.month)
        last_year, last_month = to_year or begins.year, to_month or begins.month
        ends = date(last_year, last_month, to_day) if to_day else _month_end(last_year, last_month)
    except ValueError:
        return None, None
    return (begins, ends) if ends >= begins else (None, None)


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A phase's name and dates as somebody wants them; `excuse` says why it may overlap the one before."""

    name: str
    from_on: date | None
    until_on: date | None
    excuse: str = ""


def wrong_dates(spans: Sequence[Span], plan_from: date | None, plan_until: date | None) -> list[str]:
    """What may not be in the phases' dates, each a Chinese sentence that says what to do.

    Phases follow one another, do not overlap unless a word says why, and lie within the plan's period.

    >>> one = Span("第一阶段", date(2026, 9, 1), date(2026, 10, 31))
    >>> two = Span("第二阶段", date(2026, 10, 1), date(2028, 6, 30))
    >>> wrong_dates([one, two], None, None)
    ['第二阶段从2026-10-01起，与第一阶段（到2026-10-31）交叉。请改日期，或写明为什么交叉。']
    >>> wrong_dates([one, Span("第二阶段", date(2026, 10, 1), date(2028, 6, 30), "边部署边推进")], None, None)
    []
    >>> wrong_dates([one], date(2026, 9, 21), None)
    ['第一阶段从2026-09-01起，早于方案的实施起日2026-09-21。请改阶段日期，或先改方案的实施起止。']
    """
    found: list[str] = []
    dated = [one for one in spans if one.from_on is not None or one.until_on is not None]
    for one in dated:
        if one.from_on is None:
            found.append(f"{one.name}写了止日，没有写起日，请补上。")
        elif one.until_on is not None and one.until_on < one.from_on:
            found.append(f"{one.name}的起止日期颠倒了，请核对。")
        elif plan_from is not None and one.from_on < plan_from:
            found.append(
                f"{one.name}从{one.from_on}起，早于方案的实施起日{plan_from}。请改阶段日期，或先改方案的实施起止。"
            )
        elif plan_until is not None and (one.until_on or one.from_on) > plan_until:
            found.append(
                f"{one.name}到{one.until_on or one.from_on}，晚于方案的实施止日{plan_until}。"
                "请改阶段日期，或先改方案的实施起止。"
            )
    if found:
        return found
    for before, after in pairwise(dated):
        assert before.from_on is not None and after.from_on is not None
        if after.from_on < before.from_on:
            found.append(f"{after.name}从{after.from_on}起，早于{before.name}的{before.from_on}。请按先后排。")
        elif (before.until_on is None or after.from_on <= before.until_on) and not after.excuse.strip():
            until = f"到{before.until_on}" if before.until_on else "没有写止日"
            found.append(
                f"{after.name}从{after.from_on}起，与{before.name}（{until}）交叉。请改日期，或写明为什么交叉。"
            )
    return found


HEAD, ROW = 18, 42
"""Pixels of the chart: the line of today's word above, and one phase."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A phase on the chart: where it begins and how long it is, in per cent of the whole width; its place in rows."""

    name: str
    key: str
    begins: float
    length: float
    row: int

    @property
    def state(self) -> str:
        """The state in words."""
        return PHASE_STATES[self.key.upper()]

    @property
    def text_y(self) -> int:
        """Where its name stands, in pixels from the top."""
        return HEAD + self.row * ROW + 12

    @property
    def bar_y(self) -> int:
        """Where its bar lies."""
        return HEAD + self.row * ROW + 18


@dataclass(frozen=True, slots=True)
class Chart:
    """The phases beside each other in time, with marks at the beginning of months and today's line (None: outside)."""

    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]
    today: float | None

    @property
    def foot(self) -> int:
        """Where the bars end, in pixels from the top."""
        return HEAD + len(self.bars) * ROW

    @property
    def height(self) -> int:
        """The whole height, with the line of months below."""
        return self.foot + 20


def chart(phases: Sequence[tuple[str, str, date | None, date | None]], on: date, *, marks: int = 5) -> Chart | None:
    """The chart of phases (name, state's key, from, until); None where no phase has its dates.

    >>> one = chart([("一", "PASSED", date(2026, 1, 1), date(2026, 6, 30)),
    ...              ("二", "RUNNING", date(2026, 7, 1), date(2026, 12, 31))], date(2026, 7, 2))
    >>> [(bar.begins, bar.length) for bar in one.bars], one.today
    ([(0.0, 49.59), (49.59, 50.41)], 50.0)
    >>> one.marks[0], len(one.marks) <= 5
    ((0.0, '2026-01'), True)
    """
    dated = [(name, key, first, last) for name, key, first, last in phases if first is not None and last is not None]
    if not dated:
        return None
    begin, end = min(one[2] for one in dated), max(one[3] for one in dated)
    whole = (end - begin).days + 1

    def at(day: date) -> float:
        return round((day - begin).days * 100 / whole, 2)

    bars = tuple(
        Bar(name, key.lower(), at(first), round(((last - first).days + 1) * 100 / whole, 2), row)
        for row, (name, key, first, last) in enumerate(dated)
    )
    today = round(((on - begin).days + 0.5) * 100 / whole, 2) if begin <= on <= end else None
    today = round(today, 1) if today is not None else None
    return Chart(bars, tuple((at(day), f"{day:%Y-%m}") for day in _months(begin, end, marks)), today)


def _months(begin: date, end: date, most: int) -> list[date]:
    """First days of months from the beginning on, so far apart that at most `most` of them fit; never at the edge."""
    count = (end.year - begin.year) * 12 + end.month - begin.month + 1
    step = next(one for one in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if -(-count // one) <= most)
    first = begin.year * 12 + begin.month - 1 + (begin.day > 1)
    days = [date(at // 12, at % 12 + 1, 1) for at in range(first, first + count, step)]
    kept = [one for one in days if one <= end and (end - one).days * 12 >= (end - begin).days]
    return kept or [begin]
