"""活动台账表格: the columns of a list of past activities kept in Excel, and what its words mean. Pure."""

from __future__ import annotations

import math
import re
from datetime import date

from luoshi.activities.rules import FIELD, TALKS, TRIPS, ActivityKind, Presence, StudyContent, length
from luoshi.matters.readings import day
from luoshi.matters.sheet import KEY_HEAD, Column, Layout

KINDS = tuple(one for one in ActivityKind if one not in TALKS | TRIPS)
"""What a sheet may bring in: a talk is entered by the talker, a trip is asked for first."""
CORE = "中心组学习"
COLUMNS = (
    Column("held_on", "日期", 16, "line"),
    Column("kind", "类别", 12, "line", (*(str(one.label) for one in KINDS), CORE)),
    Column("title", "名称或主题", 36, "line"), Column("place", "地点", 18, "line"),
    Column("long", "时长", 8, "line", ("半天", "1天", "2天")), Column("people", "参加人员", 36, "text"),
    Column("content", "学习内容", 20, "text", tuple(str(one.label) for one in StudyContent)),
    Column("outcome", "收获", 36),
)  # fmt: skip
HOURS = Column("hours", "时长（小时）", 8, "line")
"""A head of older lists whose bare numbers are hours."""
ALSO = {
    "held_on": "时间 活动日期 活动时间 学习日期 学习时间 开展时间 走访时间 走访日期 调研时间 会议时间 举办时间",
    "kind": "活动类别 类型 活动类型 形式 学习形式 活动形式 学习方式 种类",
    "title": "名称 主题 活动名称 活动主题 学习主题 会议名称 题目 标题 名称/主题 活动内容 主要内容 内容 事项",
    "place": "活动地点 学习地点 走访地点 调研地点 会议地点 地址",
    "long": "天数 用时 时间长度 学习时长 活动时长 学习天数",
    "hours": "时长（小时） 学时 小时数 学时数 学习学时",
    "people": "参加人 人员 参会人员 参学人员 参与人员 学习人员 走访人员 调研人员 参加人员名单 姓名 参加对象",
    "content": "学习内容类别 内容类别 学习资料 学习材料",
    "outcome": "成果 成效 收获成果 收获体会 心得体会 学习收获 活动成效 调研成果 取得成效 备注",
}
"""Other heads under which lists in use keep the same."""


class _Heads(dict[str, str]):
    """Heads by which columns are known, a note in brackets or not: 时长（天）."""

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        told = key.replace("(", "（").replace(")", "）")
        return super().get(told) or super().get(re.sub(r"（.*?）|[:：*]", "", told)) or default


LAYOUT = Layout(
    COLUMNS,
    _Heads(
        {one.head: one.name for one in COLUMNS}
        | {head: name for name, heads in ALSO.items() for head in heads.split()}
        | {KEY_HEAD: "key", "系统标识": "key"}
    ),
    frozenset({"held_on", "people"}),
    keyed=False,
    no_head="没有找到表头：至少要有“日期”和“参加人员”两列。请不要删去表头一行，或先下载空表，把内容贴进去。",
)
KIND_WORDS: dict[str, str] = {str(one.label): one.value for one in ActivityKind} | {
    word: value
    for value, words in {
        ActivityKind.GROUP_STUDY: "中心组学习 理论学习 集中学习 支部学习 学习 学习会 党员学习 业务学习 党委中心组学习",
        ActivityKind.OWN_STUDY: "个人自学 自主学习",
        ActivityKind.LECTURE: "培训 专题讲座 讲课 辅导 专题辅导 党课 大讲堂",
        ActivityKind.RESEARCH: "调查研究 实地调研 专题调研",
        ActivityKind.FRONTLINE: "驻点 一线蹲点 蹲点调研 下基层 入企业",
        ActivityKind.VISIT: "走访调研 实地走访 大走访 入户走访",
        ActivityKind.MOBILISATION: "动员会 部署会 动员部署",
        ActivityKind.MEETING: "会议 例会 座谈会 工作会 专题会",
        ActivityKind.HEART_TALK: "谈话 谈心 谈心谈话活动",
        ActivityKind.OUTGOING: "外出考察 外出学习 考察学习",
        ActivityKind.EXPERT: "专家授课 请专家",
    }.items()
    for word in words.split()
}
"""What lists in use call a kind."""
CORE_WORDS = frozenset({CORE, "党委中心组学习", "理论中心组学习"})
CONTENT_WORDS = {str(one.label): one.value for one in StudyContent} | {
    "理论": StudyContent.THEORY, "技能": StudyContent.SKILL, "业务": StudyContent.BUSINESS,
}  # fmt: skip
PART_WORDS = {
    "请假": Presence.LEAVE, "缺席": Presence.ABSENT, "未到": Presence.ABSENT, "主讲": Presence.SPEAKER,
    "主持": Presence.SPEAKER,
}  # fmt: skip
EVERYBODY = frozenset({"全局", "全体", "全体人员", "全体干部职工", "全局干部职工", "全体职工", "全局人员", "全体干部"})
_RANGE = re.compile(r"\s*(?:至|到|~|—+|--)\s*")
_MONTH_DAY = re.compile(r"^(\d{1,2})[-./月](\d{1,2})[日号]?$")
_ONLY_DAY = re.compile(r"^(\d{1,2})[日号]?$")
_HALF_OF_DAY = re.compile(r"(?:上午|下午|全天|晚上|晚|周[一二三四五六日天]|星期[一二三四五六日天]|\d{1,2}[:：]\d\d.*)$")
_LONG = re.compile(r"^(\d+(?:\.\d+)?|半|一|两|二|三|四|五)个?(小时|学时|课时|h|天|日|工作日)?(半)?$", re.IGNORECASE)
_COUNT = {"半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_LONE = re.compile(r"(?<![一-鿿])([一-鿿])[ 　]+([一-鿿])(?![一-鿿])")
_BETWEEN = re.compile(r"[、,，;；/\s]+")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_REST = re.compile(r"等?(?:共)?\d+(?:名|个)?人$|等(?:人|同志)?$|(?<=.)同志$")


def read_when(words: str, on: date) -> tuple[date | None, date | None, str]:
    """First day, last day where there are several, and what was taken for granted; (None, None, "") where unreadable.

    Without a year it is the last such day that was: a list of the past names no day to come.

    >>> today = date(2026, 11, 24)
    >>> [str(read_when(one, today)[0]) for one in ("2026.3.5", "2026年3月5日（周四）上午", "46387", "12月1日", "3月")]
    ['2026-03-05', '2026-03-05', '2026-12-31', '2025-12-01', 'None']
    >>> [str(one) for one in read_when("2026-03-05至07日", today)]
    ['2026-03-05', '2026-03-07', '']
    """
    told = _HALF_OF_DAY.sub("", re.sub(r"[（(].*?[）)]", "", words).removesuffix("00:00:00").strip()).strip()
    first_words, *rest = _RANGE.split(told, maxsplit=1)
    first, remark = _one_day(first_words, on)
    if first is None or not rest or not rest[0]:
        return first, None, remark
    if only := _ONLY_DAY.match(rest[0]):
        last = _made(first.year, first.month, int(only[1]))
    elif found := _MONTH_DAY.match(rest[0]):
        last = _made(first.year, int(found[1]), int(found[2]))
    else:
        last, _ = _one_day(rest[0], on)
    return (first, last, remark) if last is not None else (None, None, "")


def _one_day(words: str, on: date) -> tuple[date | None, str]:
    if found := _MONTH_DAY.match(words):
        made = _made(on.year, int(found[1]), int(found[2]))
        if made is None or made > on:
            made = _made(on.year - 1, int(found[1]), int(found[2]))
        return made, f"没有写年份，按{made.year}年" if made is not None else ""
    named = len(re.findall(r"\d+", words)) == 3 or re.fullmatch(r"\d{5}(?:\.0)?", words)
    return (day(words, on).on, "") if named else (None, "")


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def read_long(words: str, *, hours: bool = False) -> tuple[int | None, str]:
    """Half-days, and what was taken for granted; None where the words say no length. Up to four hours are half a day.

    >>> [read_long(one)[0] for one in ("半天", "1天", "两天半", "1.5天", "2小时", "6学时", "一会儿")]
    [1, 2, 5, 3, 1, 2, None]
    >>> read_long("2"), read_long("2", hours=True)
    ((4, '“2”按2天'), (1, '2小时按半天'))
    """
    found = _LONG.match(words.strip().replace(" ", "").replace("两个半天", "一天").replace("一个半天", "半天"))
    if not found:
        return None, ""
    number = float(_COUNT.get(found[1]) or found[1]) + (0.5 if found[3] else 0)
    if (found[2] or "").lower() in ("小时", "学时", "课时", "h") or (hours and not found[2]):
        half_days = max(1, math.ceil(number / 4))
        return half_days, f"{number:g}小时按{length(half_days)}"
    half_days = round(number * 2)
    return half_days, "" if found[2] or found[1] == "半" else f"“{words}”按{length(half_days)}"


def read_kind(words: str) -> tuple[str, bool]:
    """The kind that a cell means (empty: unknown), and whether it is 中心组学习.

    >>> read_kind("中心组学习"), read_kind("走访调研"), read_kind("支部集体学习"), read_kind("团建")
    (('GROUP_STUDY', True), ('VISIT', False), ('GROUP_STUDY', False), ('', False))
    """
    told = re.sub(r"\s|[（(].*?[）)]", "", words)
    if told in KIND_WORDS:
        return str(KIND_WORDS[told]), told in CORE_WORDS
    near = {str(value) for word, value in KIND_WORDS.items() if len(word) > 1 and word != "学习" and word in told}
    return (near.pop(), "中心组" in told) if len(near) == 1 else ("", False)


def read_names(cell: str) -> list[tuple[str, str, str]]:
    """The names in a cell, each with his part and the unit that stands in brackets behind it.

    >>> read_names("沈知行、陆远山（请假），方宁(规建股)等3人")
    [('沈知行', 'PRESENT', ''), ('陆远山', 'LEAVE', ''), ('方宁', 'PRESENT', '规建股')]
    >>> read_names("陆 山 方宁同志")
    [('陆山', 'PRESENT', ''), ('方宁', 'PRESENT', '')]
    """
    found = []
    for word in _BETWEEN.split(_LONE.sub(r"\1\2", cell)):
        part, unit = str(Presence.PRESENT), ""
        for note in _BRACKETS.findall(word):
            said = next((value for key, value in PART_WORDS.items() if key in note), None)
            part, unit = (str(said), unit) if said else (part, note)
        name = _REST.sub("", _BRACKETS.sub("", word).strip("。.：: "))
        if name:
            found.append((name, part, unit))
    return found


def title_of(kind: str, title: str, place: str) -> str:
    """The title: as written; a visit without one is named after its place.

    >>> title_of("VISIT", "", "河东片区"), title_of("LECTURE", "", "会议室")
    ('走访河东片区', '')
    """
    return title or (f"{ActivityKind(kind).label}{place}" if kind in FIELD and place else "")
