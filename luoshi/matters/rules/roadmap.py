"""路线图、时间表: steps read from pasted lines, dates to begin with, and how far a step has slipped (2.2.5.1b)."""

from __future__ import annotations

import calendar as civil
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from luoshi.workdays.rules import Calendar, add_workdays, workdays_between

MOST = 20
"""Steps in one roadmap: one page of a 分解表."""
_DAY = re.compile(
    r"(?:(?P<year>20\d\d)\s*[-./年]\s*)?(?P<month>1[0-2]|0?[1-9])\s*(?:月\s*份?|[-./])\s*"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*[日号]?|(?P<part>底|末|上旬|中旬|下旬))\s*(?:之?前|以前)?"
)
_NUMBERING = re.compile(
    r"^\s*(?:第?[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)、．]|\.(?!\d)|步[:：]?)|[①-⑳])\s*"
)
_EDGES = " \t　,，;；、:：|—"


@dataclass(frozen=True, slots=True)
class StepLine:
    """One pasted line: the step's words, its date and person; what is not there is None or empty."""

    words: str
    on: date | None
    person: str
    unknown: str = ""
    """What stands where a person should, and is nobody of the units concerned."""


def read_day(text: str, on: date) -> tuple[date | None, str, str]:
    """The first date of a line with what stands before and after it; a date without a year is the next one ahead.

    >>> read_day("完成摸排 12月4日前 林晓舟", date(2026, 11, 24))
    (datetime.date(2026, 12, 4), '完成摸排 ', ' 林晓舟')
    >>> read_day("印发清单\\t1月底", date(2026, 11, 24))[0]
    datetime.date(2027, 1, 31)
    >>> read_day("3.5公里管网改造完工 2026.12.18", date(2026, 11, 24))[:2]
    (datetime.date(2026, 12, 18), '3.5公里管网改造完工 ')
    """
    found = None
    for match in _DAY.finditer(text):
        month, year = int(match["month"]), match["year"]
        last = civil.monthrange(int(year or on.year), month)[1]
        part = match["part"]
        day = {"上旬": 10, "中旬": 20}.get(part, last) if part else int(match["day"])
        if day > last:
            continue
        when = date(int(year or on.year), month, day)
        if not year and when < on:
            when = date(on.year + 1, month, min(day, civil.monthrange(on.year + 1, month)[1]))
        plain = not year and not part and "月" not in match.group() and "日" not in match.group()
        if found is None or (found[3] and not plain):
            found = (when, text[: match.start()], text[match.end() :], plain)
        if not plain:
            break
    return (found[0], found[1], found[2]) if found else (None, text, "")


def read_lines(text: str, *, on: date, people: Collection[str]) -> list[StepLine]:
    """Pasted lines as steps: “步骤 日期 责任人” in that order or with the date first, from Word, Excel or typed.

    >>> lines = "步骤\\t时间\\t责任人\\n1、完成摸底\\t2026-12-04\\t林晓舟\\n二、报送方案 12月18日 张三\\n印发清单"
    >>> for one in read_lines(lines, on=date(2026, 11, 24), people={"林晓舟"}):
    ...     print(one.words, one.on, one.person or one.unknown or "—")
    完成摸底 2026-12-04 林晓舟
    报送方案 2026-12-18 张三
    印发清单 None —
    """
    found = []
    for line in text.splitlines():
        line = _NUMBERING.sub("", line.strip(_EDGES + "\r"))
        day, before, after = read_day(line, on)
        if not line.strip() or (
            day is None and re.search(r"步骤|事项|内容", line) and re.search(r"时间|日期|时限", line)
        ):
            continue
        before, after = before.strip(_EDGES), after.strip(_EDGES)
        if not before:  # the date stands first
            before, _, after = _apart(after, people)
        person = after if after in people else ""
        if not after:
            before, _, person = _apart(before, people, known_only=True)
        found.append(StepLine(before[:200], day, person, "" if person else after[:40]))
    return found[:MOST]


def _apart(text: str, people: Collection[str], *, known_only: bool = False) -> tuple[str, str, str]:
    """A line's words and the person at its end, where the last word is one."""
    words, gap, last = text.rpartition("\t") if "\t" in text else text.rpartition(" ")
    if gap and (last in people or ("\t" in text and not known_only)):
        return words.strip(_EDGES), gap, last.strip(_EDGES)
    return text, "", ""


def default_days(on: date, due_on: date | None, number: int, calendar: Calendar) -> list[date]:
    """Dates to begin with: evenly over the working days that are left, the last on 办结时限.

    >>> [day.isoformat() for day in default_days(date(2026, 11, 23), date(2026, 12, 11), 3, Calendar())]
    ['2026-11-30', '2026-12-04', '2026-12-11']
    """
    if due_on is None or due_on <= on:
        return [add_workdays(on, 5 * place, calendar).due for place in range(1, number + 1)]
    left = workdays_between(on, due_on, calendar)
    days = [add_workdays(on, max(1, round(left * place / number)), calendar).due for place in range(1, number)]
    return [*[min(day, due_on) for day in days], due_on]


def slip(original_on: date, actual_on: date, calendar: Calendar, *, paused: int = 0) -> int:
    """Working days that a step is later than first accepted (negative: earlier); an approved pause does not count.

    >>> [slip(date(2026, 11, 23), day, Calendar()) for day in (date(2026, 12, 1), date(2026, 11, 20))]
    [6, -1]
    >>> slip(date(2026, 11, 23), date(2026, 12, 1), Calendar(), paused=6)
    0
    """
    base = add_workdays(original_on, paused, calendar).due if paused else original_on
    return workdays_between(base, actual_on, calendar)


def slip_words(days: int) -> str:
    """How far, in words.

    >>> slip_words(6), slip_words(-1), slip_words(0)
    ('比原定晚6个工作日', '比原定早1个工作日', '')
    """
    if not days:
        return ""
    return f"比原定{'晚' if days > 0 else '早'}{abs(days)}个工作日"
