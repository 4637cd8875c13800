"""Reading a holiday notice: the notice's own sentences as pasted, or a table (date, off or worked, reason).

Nothing here touches a database. What cannot be read is named line by line; one bad line and nothing is loaded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from luoshi.workdays.rules import WEEKDAYS

HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
"""The seven holidays that every full notice arranges (全国年节及纪念日放假办法第二条)."""
OFF = {"放假", "休", "休息", "放假调休", "否", "假"}
WORKED = {"上班", "班", "工作", "调休上班", "是", "补班"}
LONGEST_HOLIDAY = 15
NUMBER = re.compile(r"国办发(?:明电)?\s*[〔\[(]\s*(\d{4})\s*[〕\])]\s*(\d+)\s*号")
YEAR = re.compile(r"(\d{4})年部分节假日安排")
_SENTENCE = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、])?\s*(?P<name>[^:,。\d]{2,20}):(?P<rest>.*放假.*)$")
_DATE = re.compile(r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})日(?:\((?P<p>[^)]*)\))?")
_TYPED = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?(?:\s*00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
_TOTAL = re.compile(r"共(\d+)天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be taken: its number as typed, its words, and why with what to do."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class Table:
    """What was read: the exceptional days, the faults, and what the text says of itself (year, number, date)."""

    days: dict[date, tuple[bool, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    year: int | None = None
    number: str = ""
    on: date | None = None
    _lines: dict[date, int] = field(default_factory=dict)


class _Bad(Exception):
    pass


def read(text: str, year: int | None, *, complete: bool = True) -> Table:
    """Read a pasted notice or a table for a year; with `complete`, all seven holidays must be there.

    >>> table = read("一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月9日（周六）上班。", 2027, complete=False)
    >>> [(day.isoformat(), works, name) for day, (works, name) in table.days.items()][-1], table.faults
    (('2027-01-09', True, '元旦'), [])
    """
    lines = [(number, _plain(one)) for number, one in enumerate(text.splitlines(), 1) if one.strip()]
    table = Table()
    _about_itself(table, lines)
    year = year or table.year
    if year is None:
        table.faults.append(Fault(0, "", "没有写明是哪一年的安排，请填写年度。"))
        return table
    prose = any(_SENTENCE.match(one) for _, one in lines)
    for number, line in lines:
        if prose and not _SENTENCE.match(line):
            continue  # the notice's greeting, closing words, signature
        if not prose and "日期" in line and not _TYPED.search(line):
            continue  # the table's head
        try:
            for day, works, name in _sentence(line, year) if prose else _row(line, year):
                _take(table, number, day, works, name, year)
        except _Bad as why:
            table.faults.append(Fault(number, line[:60], str(why)))
    _whole(table, year, complete)
    return table


def _plain(line: str) -> str:
    return unicodedata.normalize("NFKC", line).replace("〔", "[").replace("〕", "]").strip()


def _about_itself(table: Table, lines: list[tuple[int, str]]) -> None:
    for _, line in lines:
        found = NUMBER.search(line)
        if found and not table.number:
            table.number = f"国办发明电〔{found[1]}〕{found[2]}号"
        found = YEAR.search(line)
        if found and table.year is None:
            table.year = int(found[1])
    signed = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", lines[-1][1]) if lines else None
    if signed:
        table.on = _date(int(signed[1]), int(signed[2]), int(signed[3]))


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _Bad(f"没有{year}年{month}月{day}日这一天，请核对。") from None


def _sentence(line: str, year: int) -> Iterator[tuple[date, bool, str]]:
    """春节:2月5日(周五)至13日放假调休,共9天。2月14日(周日)上班。"""
    found = _SENTENCE.match(line)
    assert found is not None
    name = found["name"].strip()
    name = name if name.endswith(("节", "旦")) else f"{name}"
    for part in re.split(r"[。;]", found["rest"]):
        if "放假" in part:
            days = _span(_dates(part.split("放假")[0], year), part)
            total = _TOTAL.search(part)
            if total and int(total[1]) != len(days):
                raise _Bad(f"写明共{total[1]}天，按起止日期是{len(days)}天，请核对。")
            yield from ((day, False, name) for day in days)
        if "上班" in part:
            yield from ((day, True, name) for day in _dates(part.split("放假")[-1].split("上班")[0], year))


def _dates(part: str, year: int) -> list[date]:
    days: list[date] = []
    month: int | None = None
    at = year
    for one in _DATE.finditer(part):
        at = int(one["y"]) if one["y"] else at
        month = int(one["m"]) if one["m"] else month
        if month is None:
            raise _Bad(f"“{one[0]}”缺少月份，请补上。")
        if month == 12 and not one["y"] and "元旦" in part:
            raise _Bad("跨年的日期请写明年份。")
        day = _date(at, month, int(one["d"]))
        stated = _WEEKDAY.search(one["p"] or "")
        if stated and stated[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
            raise _Bad(f"{day}写的是周{stated[1]}，实际是周{WEEKDAYS[day.weekday()]}，请核对年度和日期。")
        days.append(day)
    if not days:
        raise _Bad("没有读到日期，请写成“1月1日”的样子。")
    return days


def _span(days: list[date], part: str) -> list[date]:
    if "至" not in part or len(days) != 2:
        return days
    return _range(days[0], days[1])


def _range(first: date, last: date) -> list[date]:
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST_HOLIDAY:
        raise _Bad(f"起止日期{first}至{last}不合理，请核对。")
    return [first + timedelta(days=n) for n in range(length)]


def _row(line: str, year: int) -> Iterator[tuple[date, bool, str]]:
    """2027-02-05 放假 春节, in any order, parted by tabs, commas or spaces; a span as 2027-02-05至2027-02-13."""
    days: list[date] = []
    works: bool | None = None
    name = ""
    for word in (one for one in re.split(r"[\t,;|]+|\s+(?!00:)", line) if one.strip()):
        found = _typed(word, year)
        if found and not days:
            days = found
        elif word in OFF or word in WORKED:
            works = word in WORKED
        elif not _WEEKDAY.fullmatch(word):
            name = name or word
    if not days:
        raise _Bad("没有读到日期，请写成2027-01-01或1月1日的样子。")
    if works is None:
        raise _Bad("没有写明“放假”还是“上班”。")
    if not name:
        raise _Bad("没有写明事由，例如“春节”。")
    yield from ((day, works, name[:60]) for day in days)


def _typed(word: str, year: int) -> list[date]:
    parts = [one for one in re.split(r"至|到|~|—|–", word) if one]
    if not 1 <= len(parts) <= 2:
        return []
    found = []
    for one in parts:
        match = _TYPED.fullmatch(one)
        if match is None:
            return []
        y, m, d = (match[4], match[5], match[6]) if match[4] else (match[1], match[2], match[3])
        found.append(_date(int(y) if y else year, int(m), int(d)))
    return _range(found[0], found[1]) if len(found) == 2 else found


def _take(table: Table, line: int, day: date, works: bool, name: str, year: int) -> None:
    if not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
        raise _Bad(f"{day}不在{year}年（可含上年12月）之内，请核对年份。")
    if works and day.weekday() < 5:
        raise _Bad(f"{day}是周{WEEKDAYS[day.weekday()]}，本来就上班，不必调休，请核对日期。")
    if day in table._lines:
        raise _Bad(f"{day}与第{table._lines[day]}行重复，请删去一行。")
    table._lines[day] = line
    table.days[day] = (works, name)


def _whole(table: Table, year: int, complete: bool) -> None:
    if not table.days and not table.faults:
        table.faults.append(Fault(0, "", "没有读到任何一天，请粘贴通知正文，或按“日期、放假或上班、事由”填写。"))
    elif complete and not table.faults:
        names = "".join(name for works, name in table.days.values() if not works)
        missing = [one for one in HOLIDAYS if one not in names]
        if missing:
            told = "、".join(missing)
            table.faults.append(Fault(0, "", f"没有读到{told}的放假安排，{year}年的通知应当齐全，请补上。"))
