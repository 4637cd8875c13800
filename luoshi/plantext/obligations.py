"""Obligations: the measured parts of a sentence with comparator, period and deadline (量化要求)."""

import re
from dataclasses import dataclass, replace

from luoshi.plantext.context import Facts
from luoshi.plantext.grammar import ACT, AIM, NEGATED
from luoshi.plantext.measures import Measure, find_measures
from luoshi.plantext.numerals import Number, value
from luoshi.plantext.scoring import is_score, score_measures
from luoshi.plantext.sentences import Sentence, Span, last_match
from luoshi.plantext.times import PERIOD, Time, Within, find_times, find_within, period_name

_EACH = re.compile(
    r"每(?:一)?(?:(?:个|名|家|户|座|所|台|件|项|处|条|节|堂|班|村|镇|校|人|车|次|单|辆)(?!月|季|年|工作日)[\u4e00-\u9fff]{0,4}?(?=至少|不|由|最|一律|都|均|应|须|必须|配|设|建|安排|时|控制|年|可|给|补|[\d，。；、]))"
)
_SUFFIX = re.compile(r"(?:（含[^（）]{0,10}）)?(?:及|或)?(?:以上|以下|以内|之内|左右|上下|内|后)?")
_CADENCE = re.compile(
    r"(?:发布|编制|制定|制订|报送|上报|实行|开展|进行|形成|召开|组织|落实|执行|倒排|提交)[^，。；]{0,14}?(?P<p>月度|季度|月|季|按月|按季|逐月|逐季)[^，。；]{0,6}?(?:计划|通报|报告|报表|例会|调度会?|考核|考评|分析|简报|小结|总结|督查|检查|评估|点评|会商)(?!机制|制度|结果|办法)"
    r"|(?P<q>按月|按季度?|逐月|逐季|分年度)(?=[\u4e00-\u9fff]{2})(?![^，。；]{0,8}的)"
)
_WORDED = {"月度": "每月", "月": "每月", "按月": "每月", "逐月": "每月", "分年度": "每年"}
_BOTH = re.compile(r"上下午|早晚")
_NOUN_PERIOD = re.compile(r"(?:每[年月周日天]|每季度?|每学期)[\u4e00-\u9fff]{0,6}?(?:总|时长|工作量|用量|数量|产量)")
_SPAN_YEARS = re.compile(
    r"(?:利用|用|经过|通过|力争用|计划用|再用)?(?P<n>\d|[一二两三四五六])(?:[至到-](?P<m>\d|[二三四五六]))?年(?:左右)?(?:的?时间|计划|的?努力|内(?!的))"
)
_DOCUMENT = re.compile(r"(?:方案|办法|计划|规划|意见|通知|细则|纲要|公告|通告|要点|年度|预算|决算|报表)(?:[）》]|$)")
_YEAR_END_NOUN = re.compile(r"(?:综合|绩效|目标)?(?:考核|考评|总结|述职|奖|评先|评优|决算)(?:的|结果|内容|依据|指标|体系|中|等次|范围|评优)")
_CYCLE = re.compile(r"考核期第([一二三12３3])年的?")


@dataclass(frozen=True, slots=True)
class Obligation:
    """One measured part. Spans are places in the bare text; what the text does not say is None."""

    start: int
    end: int
    clause: int | None
    comparator: str
    quantity: Number | None
    quantity_max: Number | None
    unit: str | None
    period: str | None
    deadline: str | None
    kind: str
    confidence: float
    piece: Span


@dataclass(slots=True)
class Carry:
    """What one sentence hands to the next (其中…)."""

    times: list[Time]
    period: str | None = None


def read_obligations(bare: str, sentence: Sentence, clause: int | None, known: Facts, carry: Carry) -> list[Obligation]:
    """The obligations of one sentence, in order; `carry` is updated for the sentence after it."""
    text = bare[sentence.start : sentence.end]
    if not re.search(r"[\d一二两三四五六七八九十百半每首季月年按逐万]", text):
        carry.times, carry.period = [], None
        return []
    times = [_cycle(text, t, sentence.start) for t in find_times(text, known.year, sentence.start)]
    times = _repeated(bare, times)
    spread = _duration(text, sentence.start, known, bare)
    governed = text.startswith("其中") and bool(carry.times)
    if spread:
        times.insert(0, spread)
    taken = [(t.start, t.end) for t in times if t is not spread]
    measures = find_measures(text, sentence.start, taken)
    within = find_within(text, sentence.start)
    out: list[Obligation] = []
    used: set[Time] = set()
    for piece in sentence.pieces:
        mine = [m for m in measures if piece[0] <= m.start < piece[1]]
        scored = is_score(bare[piece[0] : piece[1]])
        if scored:
            mine = score_measures(bare, piece, mine)
        at = piece[0]
        shared = _respective(bare, times, piece, mine)
        for one in mine:
            time = shared.get(one.start) or _governing(times, one, piece, sentence, bare) or (
                carry.times[-1] if governed and carry.times else None
            )
            used.update(shared.values())
            if time:
                used.add(time)
            out.append(
                _measured(bare, one, at, piece, clause, time, within, known, sentence, carry if governed else None)
            )
            at = one.end
    out += _cadences(bare, sentence, clause, out, times, measures)
    out += _dated(bare, sentence, clause, times, used, spread)
    if times or not governed:
        carry.times = [t for t in times if t.sort in ("point", "window", "year")][-1:]
    out.sort(key=lambda o: (o.start, o.end))
    return out


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
    joined = all(bare[a.end : b.start] in ("、", "和", "及") for a, b in zip(row, row[1:], strict=False))
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
    return before[-1] if before else None


def _period(bare: str, one: Measure, piece: Span, sentence: Sentence) -> str | None:
    """The period of a number: in its own piece before it, or in the piece before where 其中 or a bare topic carries it on."""
    text = bare[piece[0] : one.start]
    found = last_match(PERIOD, text)
    if found:
        return period_name(found[1])
    each = last_match(_EACH, text + bare[one.start : one.start + 1])
    if each:
        return each[0]
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
    within: list[Within], known: Facts, sentence: Sentence, carry: Carry | None,
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
    if re.search(r"[前近]$", bare[piece[0] : one.start]):
        comparator = "="
    elif comparator == "=" and re.search(r"(?:达到|达|超过)[^，。；]{1,10}的$", bare[piece[0] : one.start]):
        comparator = ">="
    if near:
        deadline, comparator = near.deadline, "<="
    start = max(at, piece[0]) if at < one.start else one.start
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


def _cadences(
    bare: str,
    sentence: Sentence,
    clause: int | None,
    found: list[Obligation],
    times: list[Time],
    measures: list[Measure],
) -> list[Obligation]:
    """Periods without a number of their own: 每季度召开会议 is once each quarter."""
    out: list[Obligation] = []
    for piece in sentence.pieces:
        text = bare[piece[0] : piece[1]]
        if NEGATED.search(text):
            continue
        hits: list[tuple[int, int, str]] = []
        for m in PERIOD.finditer(text):
            hits.append((m.start(), m.end(), period_name(m[1])))
        dated = {t.recurring for t in times}
        for m in _CADENCE.finditer(text):
            if _WORDED.get(m["p"] or m["q"], "每季度") in dated:
                continue
            word = m["p"] or m["q"]
            place = m.start("p") if m["p"] else m.start("q")
            if not any(a <= place < b for a, b, _ in hits) and bare[piece[0] + place - 1] not in "上下本个当":
                hits.append((place, place + len(word), _WORDED.get(word, "每季度")))
        for start, stop, name in hits:
            place = piece[0] + start
            if any(t.start - 1 <= place < t.end or (t.recurring and 0 <= t.start - place <= 8) for t in times):
                continue
            if any(
                o.piece == piece and o.period == name and o.start <= place + 2
                for o in found + out
                if o.kind != "cadence"
            ):
                taken = [o for o in found if o.piece == piece and o.period == name and o.start <= place + 2]
                if taken:
                    continue
            if any(
                m.start - 12 <= place < m.start and m.start < piece[1] and name in _named(found, m) for m in measures
            ):
                continue
            if _NOUN_PERIOD.match(text, start) or text[start - 1 : start] == "“":
                continue
            tail = text[stop : stop + 40]
            if not tail or (
                re.match(r"(?:的|为一个|末|初|底|各|人均|平均|[、”])", tail) and not tail.startswith("为一个")
            ):
                continue
            if sentence.pieces.index(piece) + 1 < len(sentence.pieces) and _carried(bare, sentence, piece, found, name):
                continue
            batch = re.search(r"一批|若干|多场次|一系列", tail)
            both = _BOTH.match(tail)
            quantity: Number | None = None if batch else 2 if both else 1
            unit = "批" if batch else "次"
            end = piece[0] + min(len(text), stop + 14)
            out.append(Obligation(place, end, clause, "=", quantity, None, unit, name, None, "frequency", 0.78, piece))
    return out


def _named(found: list[Obligation], measure: Measure) -> str:
    return "".join(o.period or "" for o in found if o.start <= measure.start < o.end)


def _carried(bare: str, sentence: Sentence, piece: Span, found: list[Obligation], name: str) -> bool:
    """Whether the number of the next piece (其中…) already holds this period."""
    following = sentence.pieces[sentence.pieces.index(piece) + 1]
    return any(o.piece == following and o.period == name for o in found)


def _dated(
    bare: str, sentence: Sentence, clause: int | None, times: list[Time], used: set[Time], spread: Time | None
) -> list[Obligation]:
    """Dates that rule no number get a row of their own."""
    out: list[Obligation] = []
    rows = [t for t in times if t not in used and t is not spread and t.sort in ("point", "window", "start", "year")]
    for time in rows:
        piece = next((p for p in sentence.pieces if p[0] <= time.start < p[1]), (sentence.start, sentence.end))
        text = bare[piece[0] : piece[1]]
        if time.sort == "start" and any(t is not time and t.sort in ("point", "window") for t in times):
            continue
        if not _binds(bare, time, piece, text, sentence, clause):
            continue
        comparator = "=" if time.sort in ("window", "start") else "before"
        kind = "window" if comparator == "=" else "deadline"
        period = (
            time.recurring
            if time.recurring and time.recurring.startswith("每")
            else "每两年"
            if time.recurring
            else None
        )
        out.append(
            Obligation(
                max(piece[0], time.start - 12),
                min(time.end + 12, piece[1]),
                clause,
                comparator,
                None,
                None,
                None,
                period,
                time.value,
                kind,
                0.85,
                piece,
            )
        )
    return out


def _binds(bare: str, time: Time, piece: Span, text: str, sentence: Sentence, clause: int | None) -> bool:
    before, after = bare[max(piece[0], time.start - 6) : time.start], bare[time.end : time.end + 8]
    if _inside_title(bare, time) or after.startswith(("的通知", "）》", "》", "印发")):
        return False
    if time.sort == "year":
        rest = bare[time.end : piece[1]]
        if (
            time.start != piece[0]
            or clause is None
            or len(rest) < 6
            or _DOCUMENT.search(rest)
            or after[:1] in "的度第、，）—-"
        ):
            return False
        return bool(ACT.search(rest) or AIM.search(rest))
    if time.sort == "window":
        if (
            re.search(r"[《（]$", before)
            and re.match(r"[)）]?(?:[》，。）]|（?(?:送审|征求|试行))", after)
            and _DOCUMENT.search(bare[max(0, time.start - 8) : time.start].rstrip("（"))
        ):
            return False
        return not re.match(
            r"[)）]?》|年?度?[\u4e00-\u9fff]{0,12}(?:规划|方案|计划|纲要|行动)(?:》|（|$)",
            after + bare[time.end + 8 : time.end + 20],
        ) and not (clause is None and "/" in time.value and time.value[5:10] == "01-01")
    words = bare[time.start : time.end]
    if _YEAR_END_NOUN.match(bare, time.end) and words in ("年底", "年终", "年末"):
        return False
    rest = bare[piece[0] : time.start] + bare[time.end : piece[1]]
    if time.sort == "point" and not ("前" in words or "底" in words) and not (ACT.search(rest) or AIM.search(rest)):
        return False
    if clause is None and time.sort == "point" and not re.search(r"前|止|底", bare[time.start : time.end]):
        return False
    return not re.search(r"(?:截至|截止|自|从|根据|按照|第)$", before) or "前" in bare[time.start : time.end]


def _inside_title(bare: str, time: Time) -> bool:
    opened = bare.rfind("《", max(0, time.start - 80), time.start)
    return opened != -1 and "》" not in bare[opened : time.start]
