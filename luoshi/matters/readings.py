"""读法: what the words of a cell mean: a day, units with their parts, a person, two titles alike. Pure."""

from __future__ import annotations

import calendar as civil
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher, get_close_matches

from luoshi.workdays.rules import Calendar, add_workdays

_TAIL = re.compile(r"(?:之前|以前|前|止|内|之内|以内|完成|办结|截止|报送|左右)+$")
_LEAD = re.compile(r"^(?:于|在|截至|截止|到|至|力争|确保|原则上)+")
_FULL = re.compile(r"^((?:20)?\d\d)[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$")
_MONTH_DAY = re.compile(r"^(\d{1,2})[-./月](\d{1,2})[日号]?$")
_MONTH = re.compile(r"^(?:(20\d\d|明|今|本)[年/.-])?(\d{1,2}|本|下|当)个?月(份|初|上旬|中旬|下旬|底|末|月底)?$")
_YEAR = re.compile(r"^(?:(20\d\d|明|今|本)年?度?)?(?:年)?(底|末|终|上半年|下半年|[第]?([一二三四1-4])季度(?:末|底)?)$")
_DAYS = re.compile(r"^(\d{1,3}|[一二三四五六七八九十]{1,2})个?(工作日|日|天|周|月)$")
_DIGITS = {word: place for place, word in enumerate("零一二三四五六七八九十")}
PARTS = {"上旬": 10, "初": 10, "中旬": 20}
"""Where a part of a month ends; every other part ends with the month."""
SERIAL = (36526, 73050)
"""Excel's day numbers for the years 2000 to 2099: a date column copied as numbers."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as read, None where the words name none, and what was taken for granted."""

    on: date | None
    taken: str = ""


def day(words: str, on: date, calendar: Calendar | None = None) -> Day:
    """The day that a cell's words mean: its last day, 前 included (民法典第1259条: 届满包括本数).

    Without a year it is this one, or next year's where this year's is over half a year past.

    >>> today = date(2026, 11, 24)
    >>> [str(day(one, today).on) for one in ("2026.12.31", "12月底前", "12月31日前", "12月中旬", "年底", "46387")]
    ['2026-12-31', '2026-12-31', '2026-12-31', '2026-12-20', '2026-12-31', '2026-12-31']
    >>> day("1月15日", today)
    Day(on=datetime.date(2027, 1, 15), taken='没有写年份，按2027年')
    >>> day("长期坚持", today).on is None, str(day("5个工作日内", today, Calendar()).on)
    (True, '2026-12-01')
    """
    told = re.sub(r"\s|（.*?）|\(.*?\)", "", words)
    told = _LEAD.sub("", _TAIL.sub("", told.removesuffix("00:00:00").rstrip("。；;，,")))
    if told.isascii() and told.replace(".0", "").isdigit() and SERIAL[0] <= int(told.replace(".0", "")) <= SERIAL[1]:
        return Day(date(1899, 12, 30) + timedelta(days=int(told.replace(".0", ""))))
    try:
        return _named(told, on) or _counted(told, on, calendar) or Day(None)
    except (ValueError, OverflowError):
        return Day(None)


def _named(told: str, on: date) -> Day | None:
    if found := _FULL.match(told):
        year = int(found[1])
        return Day(date(year if year > 100 else 2000 + year, int(found[2]), int(found[3])))
    if found := _MONTH_DAY.match(told):
        return _this_or_next(on, int(found[1]), int(found[2]))
    if found := _MONTH.match(told):
        return _month(found, on)
    if found := _YEAR.match(told):
        year = _year(found[1], on)
        if found[3]:
            quarter = _DIGITS.get(found[3]) or int(found[3])
            return Day(date(year, quarter * 3, civil.monthrange(year, quarter * 3)[1]))
        return Day(date(year, 6, 30) if found[2] == "上半年" else date(year, 12, 31))
    return None


def _year(word: str | None, on: date) -> int:
    return int(word) if word and word.isdigit() else on.year + (word == "明")


def _month(found: re.Match[str], on: date) -> Day:
    if not found[2].isdigit():
        first = (on.replace(day=1) + timedelta(days=32)).replace(day=1) if found[2] == "下" else on.replace(day=1)
        return Day(_end(first.year, first.month, found[3]))
    month = int(found[2])
    if found[1]:
        return Day(_end(_year(found[1], on), month, found[3]))
    return _this_or_next(on, month, _end(on.year, month, found[3]).day)


def _end(year: int, month: int, part: str | None) -> date:
    return date(year, month, PARTS.get(part or "", civil.monthrange(year, month)[1]))


def _this_or_next(on: date, month: int, number: int) -> Day:
    last = civil.monthrange(on.year, month)[1]
    this = date(on.year, month, number)
    if (on - this).days > 180:
        year = on.year + 1
        end = civil.monthrange(year, month)[1]
        return Day(date(year, month, end if number == last else number), f"没有写年份，按{year}年")
    return Day(this)


def _counted(told: str, on: date, calendar: Calendar | None) -> Day | None:
    found = _DAYS.match(told)
    if not found:
        return None
    number = int(found[1]) if found[1].isdigit() else sum(_DIGITS[one] for one in found[1])
    if found[2] == "工作日":
        return Day(add_workdays(on, number, calendar).due, "从今天起算") if calendar is not None and number else None
    days = {"周": 7, "月": 30}.get(found[2], 1) * number
    return Day(on + timedelta(days=days), "从今天起算")


_BETWEEN = re.compile(r"[、，,；;/\n]+|\s{1,}|(?<=[股室中心站局所队办委])(?:和|及|与|会同)")
_ROLE = re.compile(
    r"^(牵头|主办|责任单位|牵头单位|配合|协办|配合单位|协办单位|协助)[:：]|[（(](牵头|主办|配合|协办|协助)[)）]$"
)
_ASSIST = {"配合", "协办", "配合单位", "协办单位", "协助"}
EVERYBODY = re.compile(r"^(?:局?(?:机关)?各|局属|全局|全体|局直各|所有|相关|有关)")
"""各股室, 局属各单位, 相关单位: nobody in particular."""


def parties(lead: str, assist: str) -> tuple[list[str], list[str]]:
    """The words for 牵头 and 协办 of one item, as their two cells name them, brackets and 牵头： understood.

    >>> parties("规建股（牵头）、质安中心", "房保中心")
    (['规建股'], ['质安中心', '房保中心'])
    >>> parties("牵头：规建股；配合：质安中心、房保中心", "")
    (['规建股'], ['质安中心', '房保中心'])
    >>> parties("规建股、质安中心", "")
    (['规建股', '质安中心'], [])
    """
    leads: list[str] = []
    rest: list[str] = []
    named = False
    role = ""
    for word in _words(lead):
        told = _ROLE.search(word)
        if told:
            role = told[1] or ""
            here = told[1] or told[2]
            word = _ROLE.sub("", word)
            named = named or here not in _ASSIST
        else:
            here = role
        if word:
            (rest if here in _ASSIST else leads).append(word)
            if named and not here and len(leads) > 1:
                rest.append(leads.pop())
    for word in _words(assist):
        if plain := _ROLE.sub("", word):
            rest.append(plain)
    return list(dict.fromkeys(leads)), [one for one in dict.fromkeys(rest) if one not in leads]


def _words(cell: str) -> list[str]:
    return [word for one in _BETWEEN.split(cell) if (word := one.strip(" 　。等"))]


@dataclass(frozen=True, slots=True)
class Named:
    """The key that a word names, None for none or several; then `near` are those it may have meant."""

    key: int | None
    near: tuple[str, ...] = ()


def unit(word: str, names: Mapping[str, int], shown: Mapping[int, str]) -> Named:
    """The unit that a word means: by full or short name, by pinyin initials, by a part that only one name has.

    >>> names = {"规划建设股": 5, "规建股": 5, "gjg": 5, "规划服务中心": 6, "gh": 6}
    >>> unit("规建股", names, {}), unit("GJG", names, {}), unit("建设股", names, {}).key
    (Named(key=5, near=()), Named(key=5, near=()), 5)
    >>> unit("规划", names, {5: "规建股", 6: "规划中心"})
    Named(key=None, near=('规建股', '规划中心'))
    """
    told = word.strip().lower()
    for one in (told, told.removeprefix("县").removeprefix("局"), told.removeprefix("局机关")):
        if one in names:
            return Named(names[one])
    spoken = {name: key for name, key in names.items() if not name.isascii()}
    part = {
        key for name, key in spoken.items() if len(told) >= 2 and (told in name or (len(name) > 2 and name in told))
    }
    if len(part) == 1:
        return Named(part.pop())
    near = [spoken[one] for one in get_close_matches(told, spoken, n=6, cutoff=0.3)]
    wanted = list(dict.fromkeys([*sorted(part), *near]))[:3]
    return Named(None, tuple(shown.get(key, "") for key in wanted))


def person(word: str, names: Mapping[str, int]) -> Named:
    """The person whose name stands in the words: 沈知行副局长.

    >>> person("沈知行副局长", {"沈知行": 7}), person("沈局长", {"沈知行": 7, "陆远山": 8})
    (Named(key=7, near=()), Named(key=None, near=('沈知行',)))
    """
    told = re.sub(r"\s", "", word)
    found = [key for name, key in names.items() if name in told or name == told.lower()]
    if len(set(found)) == 1:
        return Named(found[0])
    spoken = [name for name in names if not name.isascii()]
    near = [name for name in spoken if name in told] or [name for name in spoken if told[:1] == name[:1]]
    return Named(None, tuple(near or get_close_matches(told, spoken, n=3, cutoff=0.3))[:3])


_MARKS = re.compile(r"[\s，。、；：！？“”‘’（）《》\"'(),.;:!?—\-·]+")
_FIGURES = re.compile(r"\d+|[一二三四五六七八九十]+(?=期|标段|号|季度|月|批|类|组|片区)")
ALIKE = 0.82


def bare(title: str) -> str:
    """A title without blanks and marks, for comparing."""
    return _MARKS.sub("", title).lower()


def alike(title: str, others: Collection[str]) -> str:
    """The one of the other (bare) titles that says the same, empty where none does.

    >>> alike(bare("整治锦绣家园消防通道占用"), [bare("整治锦绣家园小区消防通道占用。"), "编制计划"])
    '整治锦绣家园小区消防通道占用'
    """
    if title in others:
        return title
    figures = _FIGURES.findall(title)
    for other in others:
        if _FIGURES.findall(other) != figures:  # 第1标段 and 第2标段 are two things
            continue
        match = SequenceMatcher(None, title, other, autojunk=False)
        if match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE:
            return other
    return ""
