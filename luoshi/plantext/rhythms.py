"""Obligations without a number: a rhythm (每季度召开会议) or a date alone (6月底前完成) (周期与期限)."""

import re

from luoshi.plantext.grammar import ACT, AIM, NEGATED
from luoshi.plantext.measures import Measure
from luoshi.plantext.model import Obligation
from luoshi.plantext.numerals import Number
from luoshi.plantext.sentences import Sentence, Span
from luoshi.plantext.times import PERIOD, Time, period_name

_RHYTHM_ACTS = "发布|编制|制定|制订|报送|上报|实行|开展|进行|形成|召开|组织|落实|执行|倒排|提交"
_RHYTHM_THINGS = "计划|通报|报告|报表|例会|调度会?|考核|考评|分析|简报|小结|总结|督查|检查|评估|点评|会商"
_ADJECTIVE = re.compile(
    rf"(?:{_RHYTHM_ACTS})[^，。；、]{{0,14}}?(?P<p>月度|季度|月|季|按月|按季|逐月|逐季)[^，。；]{{0,6}}?"
    rf"(?:{_RHYTHM_THINGS})(?!机制|结果|办法)"
    r"|一(?P<r>日|天|周|旬|月|季度?|年)一(?:调度|通报|报告|研判|分析|督查|检查|总结|会商|排名|考核|评比|点评|例会|公示|小结)"
    r"|(?<=[、行持立])(?P<s>日|周|旬|月|季度?|年)(?:调度|通报|报告|报|研判|督查|检查|会商|考核|评比|点评|例会|公示|小结|巡查)"
    r"(?=[、，。；制]|$)"
    r"|(?P<q>按月|按季度?|逐月|逐季|分年度)(?=[\u4e00-\u9fff]{2})(?![^，。；]{0,8}的)"
)
_WORDED = {"月度": "每月", "月": "每月", "按月": "每月", "逐月": "每月", "分年度": "每年"}
_BATCH = re.compile(r"一批|若干|多场次|一系列")
_BOTH = re.compile(r"上下午|早晚")
_NOUN_PERIOD = re.compile(r"(?:每[年月周日天]|每季度?|每学期)[\u4e00-\u9fff]{0,6}?(?:总|时长|工作量|用量|数量|产量)")
_NO_ACT = re.compile(
    r"[早上中下晚午]{0,2}\d{1,2}[时点:](?![\d分之以]{0,4}前)|的|工资|收入|补贴|津贴|奖金|租金|产值|销售|用电|支出|经费|生活费|标准|末|初|底|各|人均|平均|[、”]|为(?!一个)"
)
_DOCUMENT = re.compile(r"(?:方案|办法|计划|规划|意见|通知|细则|纲要|公告|通告|要点|年度|预算|决算|报表)(?:[）》]|$)")
# A label says that a bare date is one to do by (完成时限：2024年6月30日).
_TOLD = re.compile(r"(?:时限|期限|截止时间|截止日期|完成时间)(?:要求)?[：为]{1,2}$")
_SURE = re.compile(r"(?:确保|力争|争取|务必|计划|必须|要)[在于到]?$")
_REACHED = re.compile(r"(?:年?底|年?内)?(?:前)?(?:全面|基本|全部|率先)?(?:实现|完成|建成|达到|消除|解决|清零)")
_PLAN_NAME = re.compile(r"[)）]?》|年?度?[\u4e00-\u9fff]{0,12}(?:规划|方案|计划|纲要|行动)(?:》|（|$)")
_YEAR_END_NOUN = re.compile(
    r"(?:综合|绩效|目标)?(?:考核|考评|总结|述职|奖|评先|评优|决算)(?:的|结果|内容|依据|指标|体系|中|等次|范围|评优)"
)


def rhythms(
    bare: str,
    sentence: Sentence,
    clause: int | None,
    found: list[Obligation],
    times: list[Time],
    measures: list[Measure],
) -> list[Obligation]:
    """Periods without a number of their own: 每季度召开会议 is once each quarter."""
    out: list[Obligation] = []
    for place, piece in enumerate(sentence.pieces):
        text = bare[piece[0] : piece[1]]
        if NEGATED.search(text):
            continue
        following = sentence.pieces[place + 1] if place + 1 < len(sentence.pieces) else None
        for start, stop, name in _period_words(text, times):
            at, tail = piece[0] + start, text[stop : stop + 40]
            if not tail or _NO_ACT.match(tail) or _NOUN_PERIOD.match(text, start) or text[start - 1 : start] == "“":
                continue
            if _taken(at, name, piece, following, found, times, measures):
                continue
            batch = _BATCH.search(tail)
            quantity: Number | None = None if batch else 2 if _BOTH.match(tail) else 1
            end = piece[0] + min(len(text), stop + 14)
            out.append(
                Obligation(
                    at, end, clause, "=", quantity, None, "批" if batch else "次", name, None, "frequency", 0.78, piece
                )
            )
    return out


def _period_words(text: str, times: list[Time]) -> list[tuple[int, int, str]]:
    """The period words of a piece: 每月, and 月度 or 季度 where a verb makes a rhythm of it."""
    hits = [(m.start(), m.end(), period_name(m[1])) for m in PERIOD.finditer(text)]
    recurring = {t.recurring for t in times}
    for m in _ADJECTIVE.finditer(text):
        group = next(name for name in "pqrs" if m[name])
        place, name = (
            m.start(group),
            period_name(m["r"] or m["s"]) if m["r"] or m["s"] else _WORDED.get(m[group], "每季度"),
        )
        if (
            name in recurring
            or any(a <= place < b for a, b, _ in hits)
            or text[place - 1 : place] in ("上", "下", "本", "个", "当")
        ):
            continue
        hits.append((place, m.end(group), name))
    return hits


def _taken(
    at: int,
    name: str,
    piece: Span,
    following: Span | None,
    found: list[Obligation],
    times: list[Time],
    measures: list[Measure],
) -> bool:
    """Whether a number or a date already holds this period."""
    if any(t.start - 1 <= at < t.end or (t.recurring == name and 0 <= t.start - at <= 8) for t in times):
        return True
    for one in found:
        if one.period != name:
            continue
        if one.piece == following or (one.piece == piece and one.start <= at + 2):
            return True
        if one.piece == piece and any(
            m.start - 12 <= at < m.start and one.start <= m.start < one.end for m in measures
        ):
            return True
    return False


def dated(
    bare: str, sentence: Sentence, clause: int | None, times: list[Time], others: list[Time], cycle: str | None
) -> list[Obligation]:
    """Dates that rule no number get a row of their own."""
    out: list[Obligation] = []
    for time in times:
        told = _TOLD.search(bare, max(0, time.start - 12), time.start)
        if time.sort == "month" and not told:
            continue
        piece = next((p for p in sentence.pieces if p[0] <= time.start < p[1]), (sentence.start, sentence.end))
        if time.sort == "start" and any(t.sort in ("point", "window") for t in others):
            continue
        if not told and not _binds(bare, time, piece, clause):
            continue
        comparator = "=" if time.sort in ("window", "start") else "before"
        kind = "window" if comparator == "=" else "deadline"
        period = cycle if time.recurring == "cycle" else time.recurring
        out.append(
            Obligation(
                piece[0] if time.start - piece[0] <= 30 else time.start - 12,
                piece[1] if piece[1] - time.end <= 24 else time.end + 12,
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


def _binds(bare: str, time: Time, piece: Span, clause: int | None) -> bool:
    before, after = bare[max(piece[0], time.start - 6) : time.start], bare[time.end : time.end + 8]
    if _inside_title(bare, time) or after.startswith(("的通知", "）》", "》", "印发")):
        return False
    if time.sort == "point" and "即日起" in bare[max(piece[0], time.start - 6) : time.start]:
        return True
    if time.sort == "year" and _SURE.search(before) and _REACHED.match(bare, time.end):
        return True
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
        return not _PLAN_NAME.match(bare[time.end : time.end + 20]) and not (
            clause is None and "/" in time.value and time.value[5:10] == "01-01"
        )
    words = bare[time.start : time.end]
    if words in ("年底", "年终", "年末") and (
        _YEAR_END_NOUN.match(bare, time.end) or before.endswith(("列入", "纳入", "作为", "计入", "参加"))
    ):
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
