"""Dates, windows and periods as the plan writes them (时间).

Deadlines come out in ISO form (`2025-12-31`, `2022-07-01/2022-12-31`), as `MM-DD` or `25日` where they
recur, or as `5 working days after 交办`. A date without a year takes the plan's own year.

>>> [t.value for t in find_times("到2025年，每年10月底前，2月10日—2月24日", 2020)]
['2025-12-31', '10-31', '2020-02-10/2020-02-24']
"""

import calendar
import re
from dataclasses import dataclass, replace

from luoshi.plantext.numerals import value
from luoshi.plantext.taken import Taken

_DAY = (
    r"(?:(?P<{0}y>(?:19|20)\d{{2}})年)?(?P<{0}m>1[0-2]|0?[1-9])月"
    r"(?P<{0}part>份?(?:上旬|中旬|下旬|底|末|初)|(?P<{0}d>3[01]|[12]\d|0?[1-9])[日号])?"
)
_WINDOW = re.compile(
    r"(?:" + _DAY.format("a") + r"|(?P<ay2>(?:19|20)\d{2})年?)(?:\d{1,2}时)?[-—－至到]{1,2}(?P<next>次年)?"
    r"(?:" + _DAY.format("b") + r"|(?P<by2>(?:19|20)\d{2})年|(?P<bd2>\d{1,2})[日号])"
)
_POINT = re.compile(
    r"(?P<lead>自|从|到|至|于|截至)?(?:"
    + _DAY.format("a")
    + r"|(?P<ay2>(?:19|20)\d{2})年(?P<ypart>年?底|年?末|上半年|下半年|第?[一二三四]季度)?"
    r"|(?P<rel>今年|本年度?|当年|明年)?(?P<yend>年底|年末|年终)"
    r"|(?<=[每个次下当本末])月(?P<md>\d{1,2})[日号])(?:（(?:星期|周)[一二三四五六日天]）)?(?:[上下中]午|晚上?|早上?)?(?:(?:\d{1,2}|零)(?:时|点|:)(?:\d{1,2}分?|半)?)?(?P<tail>之?前|以前|前后|起|开始|止|内|后开始|后|以来)?"
)
_RECURRING = re.compile(r"每年|每两年|每个?考核期|期间每年|每学年|每月|每个月|每季度?")
_RECUR_WINDOW = re.compile(
    r"每年(\d{1,2})月[-—至到](次年)?(\d{1,2})月(?:[和、及](\d{1,2})月[-—至到](次年)?(\d{1,2})月)?"
)
_WITHIN = re.compile(
    r"(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})(?P<u>个?工作日|个?自然日|日|天|个月|年|小时|个?小时|周|分钟)(?P<in>之内|以内|内)"
)
PERIOD = re.compile(
    r"(?:每(?:个|隔)?|(?<![第前近满])(?=[一两三半1-3]个?(?:年|季度?|月|周|天|日)(?:内)?(?:[至到]少)?[\u4e00-\u9fff]{0,3}(?:一|\d)[次轮]))"
    r"(半年|[两二三四五六十]年|\d{1,2}年|两?周(?=[^，]{0,4}[一\d][次轮])|(?:[两二三四六]|[2-6])个月|学年|学期|半个?月|季度?|年度?|月份?|周|星期|日|天|旬|[一1]个?(?:年|季度?|月|周|天|日))(?![度份])"
)
_PERIODS = {"季": "季度", "年度": "年", "月份": "月", "星期": "周", "天": "日", "半个月": "半月"}
_UNIT_WORDS = {
    "工作日": "working days",
    "自然日": "days",
    "日": "days",
    "天": "days",
    "月": "months",
    "年": "years",
}
_UNIT_WORDS |= {"小时": "hours", "周": "weeks", "分钟": "minutes"}


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: its span, its value, what sort it is.

    `sort`: point (do by), window (from–to), start (from), year (a bare year as adverb).
    """

    start: int
    end: int
    value: str
    sort: str
    recurring: str | None = None


def period_name(word: str) -> str:
    """The standard name of a period word: 季 → 每季度, 星期 → 每周."""
    word = re.sub(r"^[一1]个?(?=[年季月周天日])", "", word)
    word = re.sub(r"^(?:二|2)(?=个?[年月周])", "两", word)
    return "每" + _PERIODS.get(word, word)


def find_times(text: str, year: int | None, offset: int = 0) -> list[Time]:
    """Every date and window of a stretch of text, left to right; `offset` is added to the spans."""
    out: list[Time] = []
    taken = Taken()
    for found in _RECUR_WINDOW.finditer(text):
        taken.put(out, _recurring_window(found, offset))
    for found in _WINDOW.finditer(text):
        again = text.endswith("每年", 0, found.start())
        window = _window(found, None if again else year, offset)
        if window and again:
            window = replace(window, recurring="每年")
        taken.put(out, window)
    for found in _POINT.finditer(text):
        taken.put(out, _point(found, text, year, offset))
    return sorted(out, key=lambda t: t.start)


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _iso(year: int | None, month: int, day: int) -> str | None:
    limit = _last(year or 2024, month)
    if day > limit:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"


def _recurring_window(found: re.Match[str], offset: int) -> Time:
    parts = []
    for first, last in ((found[1], found[3]), (found[4], found[6])):
        if first and last and 1 <= int(first) <= 12 and 1 <= int(last) <= 12:
            parts.append(f"{int(first):02d}-01/{int(last):02d}-{_last(2023, int(last)):02d}")
    return Time(found.start() + offset, found.end() + offset, ",".join(parts), "window", "每年")


def _window(found: re.Match[str], year: int | None, offset: int) -> Time | None:
    first_year = int(found["ay"] or found["ay2"] or 0) or None
    last_year = int(found["by"] or found["by2"] or 0) or None
    if found["am"] is None and found["by2"] is None and found["bm"] is None:
        return None
    if found["am"] is None and found["ay2"] and found["by2"] is None and not found["by"]:
        return None
    start_year = first_year or last_year or year
    end_year = last_year or start_year
    if found["next"] and end_year and not last_year:
        end_year += 1
    month = int(found["am"] or 1)
    day = int(found["ad"] or {"中旬": 11, "下旬": 21}.get((found["apart"] or "").removeprefix("份"), 1))
    if found["bd2"]:
        if found["ad"] is None:
            return None
        end_month, end_day = month, int(found["bd2"])
    else:
        end_month = int(found["bm"] or 12)
        end_day = _part_day(found["bd"], found["bpart"], end_year, end_month)
    begin, finish = _iso(start_year, month, day), _iso(end_year, end_month, end_day)
    if begin is None or finish is None or (start_year and end_year and not _sane(start_year, end_year)):
        return None
    return Time(found.start() + offset, found.end() + offset, f"{begin}/{finish}", "window")


def _sane(first: int, last: int) -> bool:
    return 1990 <= first <= last <= 2099 and last - first <= 50


def _part_day(day: str | None, part: str | None, year: int | None, month: int) -> int:
    if day:
        return int(day)
    word = (part or "").removeprefix("份")
    return {"上旬": 10, "中旬": 20, "初": 10}.get(word) or _last(year or 2023, month)


def _point(found: re.Match[str], text: str, year: int | None, offset: int) -> Time | None:
    start, end = found.start() + offset, found.end() + offset
    tail, lead = found["tail"] or "", found["lead"] or ""
    before = text[max(0, found.start() - 14) : found.start()]
    repeats = _RECURRING.search(before)
    if re.match(r"份?的", text[found.end() :][:2]) and not tail and not found["yend"]:
        return None
    if found["yend"] and found.start() and text[found.start() - 1].isdigit():
        return None
    if found["yend"] and text.startswith(("奖", "绩效", "一次性", "决算", "决战"), found.end()):
        return None
    if found["md"]:
        rhythm = "每季度" if before.endswith(("每季度末", "每季末", "季度末")) else "每月"
        return Time(start, end, f"{int(found['md'])}日", "point", rhythm)
    if found["yend"]:
        own = year + 1 if found["rel"] == "明年" and year else year
        recurring = bool(repeats) or not own
        return Time(start, end, "年底" if recurring else f"{own}-12-31", "point", "每年" if recurring else None)
    if found["ay2"]:
        scoped = before.endswith(("对", "将", "把", "以", "比", "较", "按"))
        return None if scoped else _year_point(found, start, end)
    month = int(found["am"])
    named = int(found["ay"]) if found["ay"] else None
    if lead in ("自", "从") or tail in ("起", "开始", "后开始"):
        begin = _iso(named or year, month, int(found["ad"] or 1))
        return Time(start, end, f"from {begin}", "start") if begin else None
    own = named or (None if repeats else year)
    value = _iso(own, month, _part_day(found["ad"], found["apart"], own, month))
    if value is None:
        return None
    part = found["apart"] and not found["ad"]
    sort = "point" if part or tail or lead or (named and not found["ad"]) else "month"
    again = "每年" if repeats and not named else None
    return Time(start, end, value, sort, again)


def _year_point(found: re.Match[str], start: int, end: int) -> Time | None:
    year, part = int(found["ay2"]), found["ypart"] or ""
    if not 1990 <= year <= 2099 or (found["tail"] or "") in ("以来", "后"):
        return None
    if (found["lead"] or "") in ("自", "从") or (found["tail"] or "") in ("起", "开始"):
        return Time(start, end, f"from {year}-01-01", "start")
    value = f"{year}-12-31"
    if part == "上半年":
        value = f"{year}-06-30"
    elif part.endswith("季度"):
        quarter = "一二三四".index(part[-3]) + 1
        value = _iso(year, quarter * 3, _last(year, quarter * 3)) or value
    strong = part or found["lead"] in ("到", "至") or found["tail"] in ("前", "之前", "以前", "内")
    return Time(start, end, value, "point" if strong else "year")


@dataclass(frozen=True, slots=True)
class Within:
    """N工作日内: span, number, unit in the text's words, and the deadline it spells."""

    start: int
    end: int
    number: str
    unit: str
    deadline: str


def find_within(text: str, offset: int = 0) -> list[Within]:
    """Every "within N days" of a stretch of text with the event it counts from, where the text names one."""
    out = []
    for found in _WITHIN.finditer(text):
        before = text[max(0, found.start() - 24) : found.start()]
        if before.endswith(("前", "近")):
            continue
        number = value(found["n"])
        if number is None:
            continue
        word = next(v for k, v in _UNIT_WORDS.items() if found["u"].endswith(k))
        event = re.search(
            r"(?:自|从)?([\u4e00-\u9fff]{2,16}?)(?:之日|之时|当日)?(?:起|后|之后|以后)(?:的?|，)$", before
        )
        anchor = re.split(r"[于自从在将对向]", event[1])[-1] if event else _trigger(text[: found.start()])
        if event is None and found["u"] == "分钟":
            continue
        spelt = f"{number} {word} after {anchor}" if anchor else f"within {number} {word}"
        out.append(Within(found.start() + offset, found.end() + offset, found["n"], found["u"], spelt))
    return out


def _trigger(before: str) -> str | None:
    found = re.findall(
        r"交办|受理|收到|接到|接诉|发布|印发|送达|立项|办结|移交|签收|验收|公示|通过|竣工", before[-200:]
    )
    return found[-1] if found else None
