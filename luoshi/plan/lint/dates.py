"""Dates: on a rest day, before the plan begins, after it ends, phases out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luoshi.plan.lint.findings import Draft, Finding, Limits, Said, at, short
from luoshi.workdays.rules import awaited_years, is_workday, next_workday, told, why

_SIGNED = re.compile(r"^\s*(20\d\d)年(\d{1,2})月(\d{1,2})日\s*$", re.M)
_UNTIL = re.compile(r"(?:有效期|执行期|实施期限|实施期)[^，。；]{0,12}?至(20\d\d)年(\d{1,2})月(?:(\d{1,2})日|底)")


def day_of(text: str) -> date | None:
    """An ISO date, None for anything else.

    >>> day_of("2026-10-03"), day_of("年底")
    (datetime.date(2026, 10, 3), None)
    """
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def signed_on(text: str) -> date | None:
    """The day a plan was signed: the last line of the text that is nothing but a date."""
    found = list(_SIGNED.finditer(text))
    if not found:
        return None
    return day_of(f"{found[-1][1]}-{int(found[-1][2]):02}-{int(found[-1][3]):02}")


def ends_on(text: str) -> date | None:
    """The day until which a plan says it holds."""
    found = _UNTIL.search(text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12:
        return None
    if found[3]:
        return day_of(f"{year}-{month:02}-{int(found[3]):02}")
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _dates(one: Said) -> Iterator[tuple[dict[str, object], date | None, date]]:
    for part in one.measures:
        first, _, last = str(part.get("deadline") or "").rpartition("/")
        end = day_of(last)
        if end is not None:
            yield dict(part), day_of(first), end


def rest_days(draft: Draft, limits: Limits) -> Iterator[Finding]:
    """A deadline that names a day on which no office works. Ends of months and years are no such day."""
    told_: set[tuple[str, date]] = set()
    for one in draft.duties:
        for part, _, end in _dates(one):
            words = str(part.get("quote") or one.quote)
            if (one.clause, end) in told_ or not re.search(rf"(?<!\d)0?{end.day}\s*[日号]", words):
                continue
            if is_workday(end, limits.calendar):
                continue
            told_.add((one.clause, end))
            waits = awaited_years(end, limits.calendar)
            unsure = f"（{end.year}年放假安排没有公布，按周一至周五推算，暂定）" if waits else ""
            after = next_workday(end, limits.calendar)
            said = f"时限{told(end)}是休息日：{why(end, limits.calendar)}{unsure}。"
            do = f"改为工作日，或写明顺延到{told(after)}。"
            yield at(one, "rest_day", said, do, basis="国务院办公厅放假安排")


def out_of_order(draft: Draft, limits: Limits) -> Iterator[Finding]:
    """A deadline before the plan's first day or after its last; a phase outside them or before the phase it follows."""
    begins = draft.from_on or signed_on(draft.text)
    ends = draft.until_on or ends_on(draft.text)
    known = "落款" if begins == signed_on(draft.text) else "实施起"
    told_: set[tuple[str, date]] = set()
    for one in draft.duties:
        for _, _, end in _dates(one):
            if (one.clause, end) in told_:
                continue
            told_.add((one.clause, end))
            if begins and end < begins:
                said = f"“{short(one.act, 24)}”的时限{end}早于方案的{known}日期{begins}。"
                yield at(one, "before_start", said, "核对年份；已经做完的，改写为完成情况。")
            elif ends and end > ends:
                said = f"“{short(one.act, 24)}”的时限{end}晚于方案的截止日期{ends}。"
                yield at(one, "after_end", said, "核对时限，或延长方案的实施期限。")
    yield from _phases(draft, begins, ends)


def _phases(draft: Draft, begins: date | None, ends: date | None) -> Iterator[Finding]:
    spans = {one.path: one for one in draft.clauses}
    before: tuple[str, date] | None = None
    for one in draft.phases:
        place = spans.get(one.clause)
        where = (one.clause, place.start, min(place.end, place.start + 60)) if place else (one.clause or "0", 0, 0)
        quote = draft.text[where[1] : where[2]].split("\n")[0]
        spot = (where[0], where[1], where[1] + len(quote), quote)
        if begins and one.until_on and one.until_on < begins:
            said = f"{one.name}到{one.until_on}结束，早于方案开始的{begins}。"
            yield Finding("before_start", *spot, said, "核对阶段的起止日期。")
        elif ends and one.until_on and one.until_on > ends:
            said = f"{one.name}到{one.until_on}结束，晚于方案截止的{ends}。"
            yield Finding("after_end", *spot, said, "核对阶段的起止日期，或延长方案的实施期限。")
        if before and one.from_on and one.from_on < before[1]:
            said = f"{one.name}从{one.from_on}开始，早于{before[0]}的开始日期{before[1]}。"
            yield Finding("conflict", *spot, said, "核对各阶段的次序和日期。")
        if one.from_on:
            before = (one.name, one.from_on)
