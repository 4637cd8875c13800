"""A quota in plain words: how far, how much is left, what this pace comes to, and why the figure is what it is."""

from __future__ import annotations

from datetime import date

from luoshi.activities.rules.quotas.periods import Period
from luoshi.activities.rules.quotas.spans import ONE, Span, minus
from luoshi.activities.rules.quotas.standing import PRO_RATA, Ask, Standing, State

STATES = {
    State.MET: "已达到",
    State.OPEN: "进行中",
    State.SHORT: "未达到",
    State.VOID: "不计",
    State.AHEAD: "未开始",
}
UNITS = {"DAY": "天", "HOUR": "小时", "TIME": "次", "PERSON": "人", "ITEM": "项"}
RHYTHM_WORDS = {"YEAR": "每年", "HALF_YEAR": "每半年", "QUARTER": "每季度", "MONTH": "每月", "WEEK": "每周"}
_COUNTERS = {"WEEK": "周", "MONTH": "个月", "QUARTER": "个季度", "HALF_YEAR": "个半年", "YEAR": "年"}
_END = {"YEAR": "年底", "HALF_YEAR": "这半年末", "QUARTER": "季末"}


def amount(parts: int, unit: str) -> str:
    """Counted parts in words.

    >>> amount(27, "DAY"), amount(40, "DAY"), amount(1, "TIME"), amount(3, "HOUR")
    ('13.5天', '20天', '1次', '1.5小时')
    """
    number = parts / 2 if unit in ("DAY", "HOUR") else parts
    return f"{number:g}{UNITS[unit]}"


def asks(ask: Ask) -> str:
    """What the rule asks now, in words: that of its last version."""
    number = ask.versions[-1].number
    return f"{RHYTHM_WORDS.get(ask.rhythm, '')}不少于{number:g}{UNITS[ask.unit]}"


def line(one: Standing) -> str:
    """Where a person stands, in one line: how much is on record, how much is asked, what is left."""
    ask = one.ask
    if one.nothing_asked:
        return "今年不计"
    if ask.rhythm == "YEAR":
        over = one.total - one.need
        tail = "已达到" if over >= 0 else f"还差{amount(-over, ask.unit)}"
        return f"已记{amount(one.total, ask.unit)}，应有{amount(one.need, ask.unit)}，{tail}"
    counter = _COUNTERS[ask.rhythm]
    words = f"应计{one.owed}{counter}，已达到{one.met}{counter}"
    return words + (f"，{len(one.short)}{counter}没有达到" if one.short else "")


def so_far(one: Standing) -> str:
    """The same without what is left, for a table that has a column for that."""
    if one.nothing_asked:
        return "今年不计"
    if one.ask.rhythm == "YEAR":
        return f"已记{amount(one.total, one.ask.unit)}，应有{amount(one.need, one.ask.unit)}"
    counter = _COUNTERS[one.ask.rhythm]
    return f"应计{one.owed}{counter}，已达到{one.met}{counter}"


def current(one: Standing) -> str:
    """How the running period stands, in words; empty where none runs.

    The word for a week that asks nothing tells why: there was no working day in it.
    """
    place = one.now
    if place is None:
        return ""
    period, state = one.periods[place], one.state(place)
    if state is State.VOID:
        return f"{period.label}{why_void(one, place)}，不计"
    if state is State.MET:
        return f"{period.label}已达到"
    return f"{period.label}还差{amount(one.left, one.ask.unit)}"


def why_void(one: Standing, place: int) -> str:
    """Why a period asks nothing of this person."""
    period, of = one.periods[place], one.asked.grid.workdays[place]
    if not of:
        return "没有工作日"
    days: tuple[Span, ...] = ((period.first, period.last),)
    if (one.ask.rhythm not in PRO_RATA and one.asked.spoken(place) < of) or not one.asked.spoken(place):
        first = one.asked.speaks[0][0] if one.asked.speaks else period.last
        return "还没有要求" if period.first < first else "已停止要求"
    here = minus(days, minus(days, one.member))
    if not any(one.asked.grid.within(here)):
        return "不在本局"
    if not one.share.days[place]:
        leave = next((two.why for two in one.away if two.first <= period.last and period.first <= two.last), "离岗")
        return f"工作日都在{leave}期间"
    return "在岗不到半数工作日" if one.ask.rhythm not in PRO_RATA else "在岗时间太短"


def forecast(one: Standing) -> str:
    """What this pace comes to by the end of the period; empty where it says nothing yet."""
    paced, place = one.pace(), one.now
    if paced is None or place is None:
        return ""
    need, unit = one.share.needs[place], one.ask.unit
    end = _END[one.ask.rhythm]
    if paced >= need:
        return f"按目前进度，到{end}能达到{amount(need, unit)}"
    return f"按目前进度，到{end}约{amount(paced, unit)}，应有{amount(need, unit)}"


def gap_words(one: Standing) -> str:
    """What is short, for the office's table and the reminder; empty where nothing is."""
    if one.ask.rhythm == "YEAR":
        short = one.need - one.total
        return f"差{amount(short, one.ask.unit)}" if short > 0 else ""
    return told_periods(one.short, one.ask.rhythm)


def told_periods(short: tuple[Period, ...], rhythm: str, most: int = 3) -> str:
    """Periods by name, a few of them, and how many in all.

    >>> from luoshi.activities.rules.quotas.periods import periods
    >>> told_periods(periods("MONTH", 2026)[:2], "MONTH"), told_periods(periods("MONTH", 2026)[:5], "MONTH")
    ('1月、2月', '1月、2月、3月等5个月')
    """
    if not short:
        return ""
    names = "、".join(one.label.partition("（")[0] for one in short[:most])
    return names if len(short) <= most else f"{names}等{len(short)}{_COUNTERS[rhythm]}"


def _dates(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first}至{last}"


def explain(one: Standing) -> list[str]:
    """Why the figure is what it is: the rule and its version, the arithmetic, what is not counted, what is."""
    ask = one.ask
    lines = [f"要求：{asks(ask)}"]
    lines += [f"依据：{version.source}" for version in ask.versions]
    if ask.rhythm in PRO_RATA and len(ask.versions) > 1:
        lines.append("期间内规则有改动的，按期初的版次执行到期末")
    lines += _arithmetic(one)
    lines += _left_out(one)
    if ask.whole_days and ask.unit == "DAY":
        lines.append("本局决定按整天记：同一天的半天合并，不足一天的不计")
    if ask.rhythm == "WEEK":
        lines.append("每周按周一至周日算，有工作日的周才计；与年度天数分别计算，互不顶替")
    lines.append(f"已记{amount(one.total, ask.unit)}")
    if one.outside:
        lines.append(f"另有{amount(one.outside, ask.unit)}记在不属本局的日期，未计入")
    return lines


def _arithmetic(one: Standing) -> list[str]:
    if one.ask.rhythm not in PRO_RATA:
        return []
    lines = []
    for place, period in enumerate(one.periods):
        own, of, need = one.share.days[place], one.asked.grid.workdays[place], one.share.needs[place]
        full, unit = one.asked.full(place), one.ask.unit
        if own == of:
            lines.append(f"{period.label}{of}个工作日都应计，应有{amount(need, unit)}")
        elif full:
            down = f"（只舍不入到{amount(one.ask.step, unit)}）" if (full * own) % (of * one.ask.step) else ""
            counted = f"{amount(full, unit)}×应计{own}个工作日÷{of}个工作日＝{amount(need, unit)}{down}"
            lines.append(f"{period.label}按比例：{counted}")
    return lines


def _left_out(one: Standing) -> list[str]:
    grid = one.asked.grid
    year: tuple[Span, ...] = ((grid.first, grid.last),)
    lines = [f"不计：{_dates(*span)}没有这项要求" for span in minus(year, one.asked.speaks)]
    lines += [f"不计：{_dates(*span)}不在本局" for span in minus(year, one.member)]
    for two in one.away:
        first, last = max(two.first, grid.first), min(two.last, grid.last)
        if first <= last:
            lines.append(f"不计：{_dates(first, last)}{two.why}")
    if one.ask.rhythm in PRO_RATA:
        return lines
    empty = [place for place, days in enumerate(grid.workdays) if not days]
    return lines + [f"不计：{grid.periods[place].label}没有工作日" for place in empty]


def closing(one: Standing, within: int) -> bool:
    """Whether the running period ends within some calendar days and still asks for something: time to remind once."""
    place = one.now
    if place is None or one.state(place) is not State.OPEN:
        return False
    return one.on + within * ONE >= one.periods[place].last
