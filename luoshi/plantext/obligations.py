"""Obligations: the measured parts of a sentence with comparator, period and deadline (量化要求)."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from luoshi.plantext.context import Facts
from luoshi.plantext.grammar import ACT as MAKES
from luoshi.plantext.measures import Measure, find_measures
from luoshi.plantext.model import Obligation
from luoshi.plantext.numerals import value
from luoshi.plantext.rhythms import dated, rhythms
from luoshi.plantext.scoring import is_score, score_measures
from luoshi.plantext.sentences import Sentence, Span, last_match
from luoshi.plantext.times import PERIOD, Time, Within, find_times, find_within, period_name

_EACH = re.compile(
    r"每(?:一)?(?:(?:个|名|家|户|座|所|台|件|项|处|条|节|堂|班|村|镇|校|人|车|次|单|辆|餐|趟)(?!月|季|年|工作日)(?:(?![扣得加减奖罚补计给])[\u4e00-\u9fff]){0,4}?(?=[扣得加减奖罚]|至少|不|由|最|一律|都|均|应|须|必须|配|设|建|安排|时|控制|年|可|给|补|[\d，。；、]))"
)
_SUFFIX = re.compile(r"(?:（含[^（）]{0,10}）)?(?:及|或)?(?:以上|以下|以内|之内|左右|上下|内|后)?")
_SPAN_YEARS = re.compile(
    r"(?:利用|用|经过|通过|力争用|计划用|再用)?(?P<n>\d|[一二两三四五六])(?:[至到-](?P<m>\d|[二三四五六]))?年(?:左右)?(?:的?时间|计划|的?努力|内(?!的))"
)
_SINGLE = re.compile(r"单个(?:项目|企业|园区|平台|基地|主体|单位|产品)")
_YEARLY = re.compile(
    r"(?<![\d一二两三四五六七八九十每近前上去今明全])年(?:均|销售|产值|产量|收入|单笔|补贴额|补助额|利润|处理量|用电量)"
)
# 储存6个月以内的，不超过0.1%: how long is the case, not what is asked.
_CASE = re.compile(r"(?:（[^（）]*）)?(?:(?:以[内上下]|之内)(?:（[^（）]*）)?)?(?:\d*个?[月天日年])?(?:的|者|时)$")
_EXCEEDS = re.compile(r"(?:凡|如|若|累计|连续)*(?:超过|超|逾期|迟到|旷工|缺席)(?:超过)?")
_SPANS = frozenset(("年", "个月", "月", "周", "天", "日", "小时", "个工作日", "分钟"))
# No period stands further before its number.
_FAR = 300
_CYCLE = re.compile(r"考核期第([一二三12３3])年的?")


@dataclass(slots=True)
class Carry:
    """What one sentence hands to the next (其中…)."""

    times: list[Time]


def read_obligations(bare: str, sentence: Sentence, clause: int | None, known: Facts, carry: Carry) -> list[Obligation]:
    """The obligations of one sentence, in order; `carry` is updated for the sentence after it."""
    text = bare[sentence.start : sentence.end]
    if not re.search(r"[\d一二两三四五六七八九十百半每首季月年按逐万]", text):
        carry.times = []
        return []
    times = [_cycle(text, t, sentence.start) for t in find_times(text, known.year, sentence.start)]
    times = _repeated(bare, times)
    spread = _duration(text, sentence.start, known, bare)
    governed = text.startswith("其中") and bool(carry.times)
    if spread:
        times.insert(0, spread)
    taken = [(t.start, t.end) for t in times if t is not spread]
    measures = find_measures(text, sentence.start, taken)
    begins = [m.start for m in measures]
    within = find_within(text, sentence.start)
    out: list[Obligation] = []
    used: set[Time] = set()
    for piece in sentence.pieces:
        mine = measures[bisect_left(begins, piece[0]) : bisect_left(begins, piece[1])]
        scored = is_score(bare[piece[0] : piece[1]])
        if scored:
            mine = score_measures(bare, piece, mine)
        at = piece[0]
        mine = [m for m in mine if scored or not _is_case(bare, m, piece, begins, sentence.end)]
        shared = _respective(bare, times, piece, mine)
        for one in mine:
            time = (
                shared.get(one.start)
                or _governing(times, one, piece, sentence, bare)
                or (carry.times[-1] if governed and carry.times else None)
            )
            used.update(shared.values())
            if time:
                used.add(time)
            out.append(_measured(bare, one, at, piece, clause, time, within, known, sentence))
            at = one.end
    out += rhythms(bare, sentence, clause, out, times, measures)
    alone = [t for t in times if t in used and _alone(bare, t, sentence, measures)]
    free = [t for t in times if (t not in used or t in alone) and t is not spread]
    out += dated(bare, sentence, clause, free, times, known.score_period)
    if times or not governed:
        carry.times = [t for t in times if t.sort in ("point", "window", "year")][-1:]
    out.sort(key=lambda o: (o.start, o.end))
    return out


def _is_case(bare: str, one: Measure, piece: Span, begins: list[int], end: int) -> bool:
    """Whether a length of time only says which case the next number of the sentence is for."""
    if one.unit not in _SPANS:
        return False
    if not _CASE.fullmatch(bare, one.end, piece[1]) and not (
        one.end == piece[1] and _EXCEEDS.fullmatch(bare, piece[0], one.start)
    ):
        return False
    following = bisect_left(begins, piece[1])
    return following < len(begins) and begins[following] < end


def _alone(bare: str, time: Time, sentence: Sentence, measures: list[Measure]) -> bool:
    """Whether a date that is a piece of its own first rules an act without a number (2024年底前，制定方案，…20家)."""
    if time.sort not in ("point", "year") or time.recurring or "前" not in bare[time.start : time.end]:
        return False
    place = next((i for i, p in enumerate(sentence.pieces) if p[0] <= time.start < p[1]), len(sentence.pieces))
    if place + 1 >= len(sentence.pieces) or time.end < sentence.pieces[place][1]:
        return False
    start, end = sentence.pieces[place + 1]
    return MAKES.match(bare, start, end) is not None and not any(start <= m.start < end for m in measures)


def _cycle(text: str, time: Time, offset: int) -> Time:
    """考核期第2年10月底前: the year counts within the cycle, not from the calendar."""
    found = last_match(_CYCLE, text, 0, time.start - offset)
    if found is None or time.start - offset - found.end() > 2 or time.sort != "point":
        return time
    number = value(found[1]) or found[1]
    return replace(time, start=found.start() + offset, value=f"考核期第{number}年{time.value[-5:]}", recurring="cycle")


def _repeated(bare: str, times: list[Time]) -> list[Time]:
    """每年10月底前…，11月底前…: what recurs once in a sentence recurs in the rest of it."""
    out: list[Time] = []
    recurring: str | None = None
    for time in times:
        named = re.match(r"[到至于自从]?(?:19|20)\d\d年", bare[time.start : time.end])
        if recurring == "每年" and not time.recurring and not named and time.sort in ("point", "month"):
            time = replace(time, value=time.value[-5:], recurring=recurring)
        recurring = None if named else time.recurring or recurring
        out.append(time)
    return out


def _duration(text: str, offset: int, known: Facts, bare: str) -> Time | None:
    """三年计划…: the last year of a stated run of years, where the plan's first year is known."""
    found = _SPAN_YEARS.search(text)
    if not found or not known.first_year or (found.start() and text[found.start() - 1] in "前近每第满"):
        return None
    if re.match(r"内", text[found.end() - 1 :]) and not re.match(r"(?:力争|计划|利用|用)", found[0]):
        return None
    years = value(found["m"] or found["n"])
    if not isinstance(years, int):
        return None
    return Time(offset + found.start(), offset + found.end(), f"{known.first_year + years - 1}-12-31", "point")


def _respective(bare: str, times: list[Time], piece: Span, mine: list[Measure]) -> dict[int, Time]:
    """2024年、2025年分别突破…: the n-th date rules the n-th number."""
    row = [t for t in times if piece[0] <= t.start < piece[1] and t.sort in ("year", "point")]
    if len(row) < 2 or len(row) != len(mine) or row[-1].end > mine[0].start:
        return {}
    joined = all(bare[a.end : b.start] in ("、", "和", "及") for a, b in pairwise(row))
    if not joined or "分别" not in bare[row[-1].end : mine[0].start]:
        return {}
    return {one.start: time for one, time in zip(mine, row, strict=True)}


def _governing(times: list[Time], one: Measure, piece: Span, sentence: Sentence, bare: str) -> Time | None:
    """The date that rules a number: the last one before it in the sentence, or one in brackets after it."""
    if one.sort in ("event", "lookback"):
        return None
    after = [t for t in times if one.end <= t.start < piece[1] and "（" in bare[one.end : t.start]]
    if after and after[0].sort in ("window", "point"):
        return after[0]
    before = [t for t in times if t.end <= one.start and t.sort in ("point", "window", "year", "month")]
    if before and _spent(bare, before[-1], one, sentence):
        return None
    return before[-1] if before else None


def _spent(bare: str, time: Time, one: Measure, sentence: Sentence) -> bool:
    """Whether a date has its own act (每月28日前报送月报，逾期每天扣200元) and rules no number of later pieces."""
    if time.sort != "point" or "前" not in bare[time.start : time.end]:
        return False
    own = next((p for p in sentence.pieces if p[0] <= time.start < p[1]), None)
    if own is None or own[0] <= one.start < own[1]:
        return False
    acts = MAKES.search(bare, time.end, own[1]) or re.compile("报").search(bare, time.end, own[1])
    return acts is not None and not find_measures(bare[time.end : own[1]])


def _period(bare: str, one: Measure, piece: Span, sentence: Sentence) -> str | None:
    """The period of a number: in its own piece before it, or in the piece before where 其中 carries it on."""
    text = bare[max(piece[0], one.start - _FAR) : one.start]
    # The number itself may be what makes a period of the word before it (一周通报一次).
    found = last_match(PERIOD, bare[max(piece[0], one.start - _FAR) : one.end])
    if found and found.end() <= len(text):
        return period_name(found[1])
    each = last_match(_EACH, text + bare[one.start : one.start + 1])
    if each:
        return each[0][:2] if each[0].startswith(("每次", "每人")) else each[0]
    single = last_match(_SINGLE, text)
    if single:
        return "每" + single[0][1:]
    if (one.comparator == "<=" and "全年" in text) or _YEARLY.search(text):
        return "每年"
    if one.comparator == "<=" and "当月" in text:
        return "每月"
    if re.search(r"年度(?!计划|预算)", text) and one.unit in ("个月", "次", "元", "万元"):
        return "每年"
    place = sentence.pieces.index(piece)
    if place and (text.startswith("其中") or one.unit in ("次", "遍", "场", "分钟", "小时")):
        earlier = bare[sentence.pieces[place - 1][0] : sentence.pieces[place - 1][1]]
        found = last_match(PERIOD, earlier)
        if found and not find_measures(earlier):
            return period_name(found[1])
        lesson = re.search(r"每(?:节|堂)课", earlier)
        if lesson and text.startswith("其中"):
            return lesson[0]
    tail = re.match(r"/(年|月|周|日|天|季度?|学期)", bare[one.end : one.end + 4])
    return period_name(tail[1]) if tail else None


def _measured(
    bare: str, one: Measure, at: int, piece: Span, clause: int | None, time: Time | None,
    within: list[Within], known: Facts, sentence: Sentence,
) -> Obligation:  # fmt: skip
    end = one.end + len((_SUFFIX.match(bare[one.end : one.end + 16]) or [""])[0])
    end = min(max(end, one.end), piece[1])
    unit, period = one.unit, _period(bare, one, piece, sentence)
    rate = re.fullmatch(r"(.+)/(年|月|周|日|天|季度?|学期)", unit)
    if rate:
        unit, period = rate[1], period_name(rate[2])
    if one.sort == "score":
        period = (
            period if period and not period.startswith("每个") and known.score_period is None else known.score_period
        )
    deadline = time.value if time else None
    if time and time.recurring and not period:
        period = time.recurring if time.recurring.startswith("每") else known.score_period
    near = next((w for w in within if w.start <= one.start < w.end), None)
    comparator = one.comparator
    if re.search(r"(?:(?<!提)前|近)$", bare[piece[0] : one.start]):
        comparator = "="
    elif comparator == "=" and re.search(r"(?:达到|达|超过)[^，。；]{1,10}的$", bare[piece[0] : one.start]):
        comparator = ">="
    if near:
        deadline, comparator = near.deadline, "<="
    start = max(at, piece[0]) if at < one.start else one.start
    row = bare.rfind("、", start, one.start) if at > piece[0] else -1
    start = row if row != -1 and one.start - row <= 12 else start
    while start < one.start and bare[start] in "，、：；\n":
        start += 1
    kind = _kind(one, period, near is not None, bare[piece[0] : piece[1]])
    sure = 0.92 if comparator != "=" or period else 0.8
    return Obligation(
        start, end, clause, comparator, one.quantity, one.quantity_max, unit, period, deadline, kind, sure, piece
    )


def _kind(one: Measure, period: str | None, within: bool, text: str) -> str:
    if one.sort == "score":
        return "score"
    if within:
        return "deadline"
    if one.sort == "event":
        return "threshold"
    if re.search(r"前\d+[天日]内|近[\d一二三四五]+年", text):
        return "lookback"
    if period and one.unit in ("次", "场", "天", "期", "小时", "学时", "篇", "轮", "遍"):
        return "frequency"
    if one.comparator == "<=":
        return "limit"
    if one.unit in ("%", "‰"):
        return "target"
    if one.unit in ("年", "个月", "天", "周", "小时", "分钟"):
        return "duration"
    return "target" if one.comparator == ">=" else "count"
