"""负担: how many working days a year all quotas together ask of each kind of person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.plan.lint.findings import Draft, Finding, Limits, Said, short
from luoshi.plan.lint.numbers import Number, numbers_of
from luoshi.plan.slots import RULED
from luoshi.workdays.rules import Calendar, workdays_of

STATUTORY_HOLIDAYS = 13
"""全国年节及纪念日放假办法, from 2025: days off besides the week-ends, where a year's notice is not out."""
ASSUMED = (
    "一天按一个工作日计，半天按0.5天计。",
    "一次（会议、集体学习、走访、蹲点）按半天计。",
    "一小时按八分之一天计，一学时按7.5学时一天计。",
    "每周的要求只算有工作日的周；每月、每季度按12个月、4个季度计。",
    "范围大的人员所承担的，范围小的人员同样承担（如科级领导干部也承担干部职工的）。",
    "单位、股室承担的任务不分摊到人，不计在内。",
)
_PEOPLE = (
    # kind of person, how plans name it, the wider kinds whose quotas it bears too
    ("班子成员", r"班子成员|局领导(?!小组)|党委委员|党组成员|中心组", ("科级领导干部", "领导干部", "党员", "干部职工")),
    ("科级领导干部", r"科级(?:以上)?(?:领导)?干部", ("领导干部", "党员", "干部职工")),
    ("领导干部", r"领导干部", ("党员", "干部职工")),
    ("中层干部", r"中层干部|(?:股室|科室|单位)负责人|负责同志|股长|科长", ("干部职工",)),
    ("窗口人员", r"窗口(?:工作)?人员", ("干部职工",)),
    ("党员", r"党员(?!领导)", ("干部职工",)),
    ("干部职工", r"干部职工|全体(?:干部|人员|职工)|全员|每人|每名|工作人员|职工|干部", ()),
)
_FAMILY = {
    "study_days_year": "study", "study_weekly": "study", "group_study_monthly": "study",
    "research_days_year": "field", "frontline_monthly": "field", "field_visit": "field", "frontline_method": "field",
}  # fmt: skip
_DAYS = {
    "天": 1.0, "日": 1.0, "工作日": 1.0, "个工作日": 1.0, "半天": 0.5, "个半天": 0.5, "周": 5.0,
    "次": 0.5, "场": 0.5, "期": 0.5, "回": 0.5, "场次": 0.5,
    "小时": 0.125, "个小时": 0.125, "学时": 1 / 7.5, "课时": 1 / 7.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One quota's share of a load: its clause and words, the days a year it asks, and the sum behind them."""

    clause: str
    start: int
    end: int
    words: str
    sum: str
    days: float
    family: str
    people: str


@dataclass(frozen=True, slots=True)
class Load:
    """What all quotas ask of one kind of person in a year, against its working days.

    `least` counts only the largest quota of one activity (学习, 调研): what is left where one day may serve several.
    """

    people: str
    days: float
    least: float
    workdays: int
    year: int
    provisional: bool
    parts: tuple[Part, ...]

    @property
    def share(self) -> int:
        """Per cent of the year's working days, to the nearest."""
        return round(self.days * 100 / self.workdays)


def working_year(year: int, calendar: Calendar) -> tuple[int, int, bool]:
    """A year's working days, its weeks with any, and whether both are 暂定 because the notice is not out.

    >>> working_year(2031, Calendar())
    (248, 53, True)
    """
    worked = workdays_of(date(year, 1, 1), date(year, 12, 31), calendar)
    weeks = len({day.isocalendar()[:2] for day in worked})
    known = year in calendar.official_years
    return (len(worked), weeks, False) if known else (len(worked) - STATUTORY_HOLIDAYS, weeks, True)


def people_of(one: Said) -> str:
    """The kind of person that a quota binds; "" for units, bodies and the public.

    >>> people_of(Said("一", 0, 1, "", "学习", actor="全局干部职工"))
    '干部职工'
    >>> people_of(Said("一", 0, 1, "", "通报", actor="局办公室"))
    ''
    """
    for words in (one.owner and one.actor, one.actor) if one.actor else (one.quote,):
        for name, says, _ in _PEOPLE:
            if words and re.search(says, words):
                return name
    return "干部职工" if re.search(r"每人|每名(?:干部|职工)", one.quote) and one.actor == "" else ""


def parts_of(draft: Draft, limits: Limits) -> list[Part]:
    """Every quota that takes people's time, once for each clause and number."""
    _, weeks, _ = working_year(limits.year, limits.calendar)
    often = {"YEAR": 1, "HALF_YEAR": 2, "QUARTER": 4, "MONTH": 12, "WEEK": weeks, "DAY": 0}
    found: dict[tuple[str, str, str], Part] = {}
    for one in draft.duties:
        people = people_of(one)
        for number in numbers_of(one) if people else ():
            part = _part(one, number, people, often)
            if part is not None:
                found.setdefault((part.clause, part.people, part.words), part)
    return list(found.values())


def _part(one: Said, number: Number, people: str, often: dict[str, int]) -> Part | None:
    times, each = often.get(number.period, 0), _DAYS.get(number.unit.removeprefix("个") or number.unit)
    if number.after or number.comparator == "<=" or not times or each is None:
        return None
    days = number.quantity * each * times
    of_each = f"×{each:g}天" if each not in (1.0,) else ""
    summed = f"{number.quantity:g}{number.unit}{of_each}×{times}" if times > 1 or of_each else f"{number.quantity:g}天"
    what = RULED[one.slot].label if one.slot in RULED else short(one.act, 12)
    words = f"{what} {number.words()}"
    return Part(one.clause, one.start, one.end, words, summed, days, _FAMILY.get(one.slot, ""), people)


def loads(draft: Draft, limits: Limits) -> list[Load]:
    """What is asked of each kind of person that the plan binds by a quota, heaviest first."""
    days, _, provisional = working_year(limits.year, limits.calendar)
    parts = parts_of(draft, limits)
    found = []
    for name, _, wider in _PEOPLE:
        own = tuple(one for one in parts if one.people == name or one.people in wider)
        if any(one.people == name for one in own):
            found.append(Load(name, sum(one.days for one in own), _least(own), days, limits.year, provisional, own))
    return sorted(found, key=lambda one: -one.days)


def _least(parts: tuple[Part, ...]) -> float:
    largest: dict[str, float] = {}
    for place, one in enumerate(parts):
        family = one.family or f"={place}"
        largest[family] = max(largest.get(family, 0.0), one.days)
    return sum(largest.values())


def overload(draft: Draft, limits: Limits) -> Iterator[Finding]:
    """Each kind of person of whom the quotas ask more than the bearable share of the year's working days."""
    for one in loads(draft, limits):
        if one.share <= limits.share:
            continue
        first = next(part for part in one.parts if part.people == one.people)
        told = "；".join(f"{part.clause} {part.words}（{part.days:g}天）" for part in one.parts)
        unsure = "（暂定）" if one.provisional else ""
        least = f"；同类活动可以互相冲抵的，最少{one.least:g}天" if one.least < one.days else ""
        said = (
            f"{one.people}每人全年要用{one.days:g}天，占{one.year}年{one.workdays}个工作日{unsure}的{one.share}%"
            f"{least}。其中：{told}。"
        )
        do = f"合并同类要求、降低次数，控制在{limits.share}%以内；保留的，写明一次活动可以同时算哪几项。"
        also = tuple(dict.fromkeys(part.clause for part in one.parts if part.clause != first.clause))
        quote = draft.text[first.start : first.end].strip()
        basis = f"负担上限{limits.share}%：{limits.share_source}"
        yield Finding("overload", first.clause, first.start, first.end, quote, said, do, basis, also=also)
