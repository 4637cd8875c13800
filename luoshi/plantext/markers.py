"""Markers of clauses: what looks like one, and whether it begins a clause where it stands (条款标记).

A marker counts when it stands where a clause may begin and carries on its own series; so 一、 in
小学一、二年级 is none, and in a text typed as one endless line （二） is one even without a line break.
"""

import re
from dataclasses import dataclass, field

from luoshi.plantext.numerals import ordinal
from luoshi.plantext.page import Page

_CN = "一二三四五六七八九十"
MARKER = re.compile(
    rf"(?P<annex>附件(?P<annex_n>[{_CN}]{{1,3}}|\d{{1,2}})?)"
    rf"|(?P<legal>第(?P<legal_n>[{_CN}百零○]{{1,5}}|\d{{1,3}})(?P<legal_kind>编|部分|章|节|条|阶段))"
    rf"|(?P<cn>(?P<cn_n>[{_CN}]{{1,3}})[、.])"
    rf"|(?P<pcn>（(?P<pcn_n>[{_CN}]{{1,3}})）(?:[.、]|。(?=[\u4e00-\u9fff]))?)"
    r"|(?P<deci>(?P<deci_n>\d{1,2}(?:\.\d{1,2}){1,3})[.、]?(?![\d%‰°]))"
    r"|(?P<cell>(?<=\n)(?P<cell_n>\d{1,3})(?=\n))"
    r"|(?P<num>(?P<num_n>\d{1,3})[.、])"
    r"|(?P<pnum>（(?P<pnum_n>\d{1,2})）[.、]?)"
    r"|(?P<half>(?P<half_n>\d{1,2})）)"
    r"|(?P<ring>(?P<ring_n>[①-⑳]))"
    rf"|(?P<shi>(?P<shi_n>[{_CN}]{{1,2}})是)"
    r"|(?P<dash>——)"
)
RANK = {
    "附件": 0, "编": 1, "部分": 1, "章": 2, "节": 3, "条": 4, "cn": 5, "阶段": 6,
    "pcn": 7, "cell": 7.5, "num": 8, "deci": 9, "pnum": 10, "half": 11, "ring": 12, "shi": 13, "dash": 14,
}  # fmt: skip
# Sorts of which a first item that stands in the middle of a line counts once its second is found.
LATER = frozenset(("cn", "pcn", "num", "pnum"))
_SECOND = re.compile(r"\n(\d{1,2})\.2")
_SECOND_CN = re.compile(r"(?<=[。；！？\n）：])二[、.](?![一二三四五六七八九十])")
_TITLE_AND_ITEM = re.compile(rf"[^，。；、：（\n]{{3,24}}（([{_CN}]{{1,3}})）")
_FIRST = re.compile(r"：\n?1[.、]")
_FIRST_LISTED = re.compile(r"附件：\n?1[.、]")
_ANNEX_BODY = re.compile(r"：[^\n。；]{2,50}\n(?:(?!附件)[^\n]{0,300}\n){0,8}(?:一[、.]|（一）|第一[条章])")
_WORDED = re.compile(r"(?=[^\d\n])[^\n]*[\u4e00-\u9fff]{2}")
_POINTS = re.compile(r"分值|分数|得分|权重|满分")
# What a label names ends where the next marker of a series begins (完成时限：6月底二、…).
_LABELLED = re.compile(r"(?:单位|部门|时限|期限|时间|领导|责任人)：[^。；：]{2,50}$")
_SENTENCE_END = frozenset('。；！？：”》）"')
TITLE_END = re.compile(r"[。；：\n]")
TITLE_LIMIT = 60


@dataclass(slots=True)
class Mark:
    kind: str
    number: int
    label: str
    start: int
    end: int
    parent: int | None = None
    stop: int = 0
    path: str = ""


@dataclass(slots=True)
class Reader:
    """What has been read so far: the open clauses and the last number of each sort of marker."""

    page: Page
    marks: list[Mark] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    passed: dict[str, Mark] = field(default_factory=dict)
    listing: bool = False
    table: int | None = None
    seconds: frozenset[str] | None = None
    next_second: int = -1
    annexes: dict[int, str] | None = None

    def top(self) -> Mark | None:
        return self.marks[self.stack[-1]] if self.stack else None


def cut(page: Page, mark: Mark) -> None:
    """Of figures that a blank parts (a page number, then 7、) only the last are the marker."""
    gap = next((at for at in range(mark.end - 2, mark.start, -1) if page.gap[at]), 0)
    if gap:
        mark.start, mark.label = gap, page.bare[gap : mark.end - 1]
        mark.number = int(mark.label)


def continues(reader: Reader, mark: Mark) -> bool:
    """Whether a second item stands at a sentence's end and its first one was passed over (…制度1、…。2、…)."""
    first = reader.passed.get(mark.kind)
    if first is None or mark.kind in reader.last or (reader.marks and reader.marks[-1].start > first.start):
        return False
    bare = reader.page.bare
    before = bare[first.start - 1 : first.start]
    if (
        (before.isascii() and before.isalnum())
        or before in ("第", "（")
        or bare[first.end : first.end + 1] in "、，。）"
    ):
        return False
    return bare[mark.start - 1] in "。；\n" and not bare[mark.end : mark.end + 1].isdigit()


def mark_of(found: re.Match[str]) -> Mark | None:
    kind = found.lastgroup or ""
    for name in ("annex", "legal", "cn", "pcn", "deci", "cell", "num", "pnum", "half", "ring", "shi", "dash"):
        if found[name] is not None:
            kind = name
    start, end, whole = found.start(), found.end(), found[0]
    if kind == "dash":
        return Mark("dash", 0, "——", start, end)
    if kind == "annex":
        number = ordinal(found["annex_n"]) if found["annex_n"] else 0
        return Mark("附件", number or 0, whole, start, end)
    if kind == "deci":
        return Mark("deci", int(found["deci_n"].rpartition(".")[2]), found["deci_n"], start, end)
    number = ordinal(found[f"{kind}_n"])
    if number is None:
        return None
    if kind == "legal":
        return Mark(found["legal_kind"], number, whole, start, end)
    label = whole.rstrip(".、。") if kind in ("cn", "num", "pcn", "pnum") else whole
    return Mark(kind, number, label, start, end)


def begins(reader: Reader, mark: Mark) -> bool:
    """Whether a marker begins a clause where it stands."""
    bare, gap = reader.page.bare, reader.page.gap
    before = bare[mark.start - 1] if mark.start else "\n"
    after = bare[mark.end] if mark.end < len(bare) else "\n"
    line = before == "\n"
    top = reader.top()
    adjacent = top is not None and top.end == mark.start
    if adjacent:
        return False
    loose = line or before in _SENTENCE_END or bool(gap[mark.start])
    if not loose and mark.number == reader.last.get(mark.kind, 0) + 1 and mark.kind in LATER:
        loose = bool(_LABELLED.search(bare, max(0, mark.start - 60), mark.start)) and after not in _CN
    titled = top is not None and mark.start - top.end <= TITLE_LIMIT and not TITLE_END.search(bare, top.end, mark.start)
    last = reader.last.get(mark.kind, 0)
    follows = mark.number == last + 1
    fresh = mark.number == 1
    skips = line and last < mark.number <= last + 3
    if mark.kind == "附件":
        return _annex(reader, mark, line, loose, after)
    if mark.kind == "dash":
        return (line or before in "。；：") and not _in_article(reader)
    if mark.kind == "shi":
        if fresh and "二是" not in bare[mark.end : mark.end + 3000]:
            return False
        return (line or before in "。；：，！？”" or bool(gap[mark.start]) or titled) and (follows or fresh)
    if mark.kind in ("编", "部分", "章", "节", "条"):
        return _legal(reader, mark, loose, titled, after) and (follows or fresh or skips)
    if mark.kind == "阶段":
        return (line or (loose and after in "：（，、——。")) and (follows or fresh)
    if mark.kind == "deci":
        return _decimal(reader, mark, line)
    if mark.kind == "cell":
        return follows and _row(reader, mark)
    if mark.kind == "half":
        later = f"{mark.number + 1}）" in bare[mark.end : mark.end + 1500]
        return loose and not before.isalnum() and (follows or (fresh and later))
    if mark.kind == "num":
        return _numbered(reader, mark, line, loose, titled, before, after)
    if mark.kind == "cn" and after in _CN and not line:
        return False
    if mark.kind == "pcn" and before == "第":
        return False
    if loose:
        return follows or fresh or skips
    if mark.kind == "cn" and follows and _heads_item(reader, mark):
        return True
    if mark.kind == "cn" and fresh and last == 0 and _opens_series(reader, mark, before, after):
        return True
    return (titled and (fresh or follows)) or (follows and before == "，")


def _heads_item(reader: Reader, mark: Mark) -> bool:
    """Whether a short title after 二、 is followed at once by the next （一） (…目标表二、调整结构（三）…)."""
    item = _TITLE_AND_ITEM.match(reader.page.bare, mark.end)
    return item is not None and ordinal(item[1]) in (1, reader.last.get("pcn", 0) + 1)


def _opens_series(reader: Reader, mark: Mark, before: str, after: str) -> bool:
    """Whether 一、 that stands right after a title typed without a break is answered by a 二、 at a sentence's end."""
    if before in "第（" or (before.isascii() and before.isalnum()) or after in "，。、）；" or after in _CN:
        return False
    if reader.next_second < mark.end:
        found = _SECOND_CN.search(reader.page.bare, mark.end)
        reader.next_second = found.start() if found else len(reader.page.bare)
    return mark.end < reader.next_second < len(reader.page.bare)


def _legal(reader: Reader, mark: Mark, loose: bool, titled: bool, after: str) -> bool:
    """Whether a chapter or an article begins: after a sentence, or where a blank after it sets it off."""
    gap = reader.page.gap
    if after in "的第规款之、和及，。；：）》”":
        return False
    chapter = titled and reader.marks[reader.stack[-1]].kind in ("编", "部分", "章", "节")
    return loose or (bool(gap[mark.end]) and reader.page.bare[mark.start - 1] not in "《“、和及至到") or chapter


def _row(reader: Reader, mark: Mark) -> bool:
    """Whether a figure alone on its line is the serial number of a table pasted as text, not a row's points."""
    bare = reader.page.bare
    if reader.table is None:
        reader.table = bare.find("序号")
    head = reader.table
    if not 0 <= head < mark.start or not _WORDED.match(bare, mark.end + 1):
        return False
    rows = [m for m in reader.marks[-4:] if m.kind == "cell"]
    scored = rows and _POINTS.search(bare, head, head + 120)
    return not (scored and bare.count("\n", rows[-1].end, mark.start) <= 2)


def _decimal(reader: Reader, mark: Mark, line: bool) -> bool:
    """Whether 2.1 or 2.1.3 begins: at a line's head, under its own upper number, one after the other."""
    upper, _, _ = mark.label.rpartition(".")
    labels = [reader.marks[i].label for i in reader.stack]
    if not line or reader.page.bare[mark.end : mark.end + 1] in "，。、）至-~":
        return False
    if mark.number == 1:
        if reader.seconds is None:
            reader.seconds = frozenset(_SECOND.findall(reader.page.bare))
        return upper in labels or (mark.label.count(".") == 1 and upper in reader.seconds)
    return f"{upper}.{mark.number - 1}" in labels


def _annex(reader: Reader, mark: Mark, line: bool, loose: bool, after: str) -> bool:
    bare, gap = reader.page.bare, reader.page.gap
    named = _annexes(reader).get(mark.number, "")
    if len(named) >= 4 and bare.startswith(named, mark.end + (bare[mark.end : mark.end + 1] in "\n：")):
        return True
    if line and after == "：" and _ANNEX_BODY.match(bare, mark.end):
        return mark.number in (0, 1, reader.last.get("附件", 0) + 1) and bool(reader.marks)
    if after == "：" and (line or _FIRST.match(bare, mark.end)):
        reader.listing = True
        return False
    if after in "：）的中）、，。和及":
        return False
    if mark.label == "附件":
        return line and after == "\n" and mark.end < len(bare) - 1
    if line and after == "." and bare[mark.end + 1 : mark.end + 2] != "\n":
        return mark.number == reader.last.get("附件", 0) + 1 and bool(reader.marks)
    last = reader.last.get("附件", 0)
    return (
        (line or (loose and not gap[mark.end])) and (mark.number == last + 1 or mark.number == 1) and bool(reader.marks)
    )


def _annexes(reader: Reader) -> dict[int, str]:
    """How the list of annexes under a letter names each of them (附件：1.责任清单2.检查表)."""
    if reader.annexes is None:
        bare, out = reader.page.bare, dict[int, str]()
        told = _FIRST_LISTED.search(bare)
        at = told.end() - 2 if told else len(bare)
        for number in range(1, 20):
            found = re.compile(rf"(?<!\d){number}[.、]《?([^\n，。；《》\d]{{4,6}})").search(bare, at, at + 200)
            if found is None:
                break
            out[number], at = found[1], found.end()
        reader.annexes = out
    return reader.annexes


def _numbered(reader: Reader, mark: Mark, line: bool, loose: bool, titled: bool, before: str, after: str) -> bool:
    bare, gap = reader.page.bare, reader.page.gap
    last = reader.last.get("num", 0)
    follows, fresh = mark.number == last + 1, mark.number == 1
    if before.isascii() and (before.isalnum() or before == ".") and not (gap[mark.start] and follows):
        return False
    if after.isdigit():
        year = re.compile(r"\d{4}年").match(bare, mark.end)
        if not (
            (gap[mark.end] or year) and (line or titled or gap[mark.start] or before in "。；") and (follows or fresh)
        ):
            return False
    if reader.listing:
        if line and not fresh and not follows:
            reader.listing = False
        else:
            reader.last["num"] = mark.number
            return False
    if bare[mark.end - 1] == "、" and not (line or gap[mark.start] or before in "。；："):
        return False
    if line:
        return follows or fresh or last < mark.number <= last + 3
    if loose:
        return follows or fresh
    return (titled and (fresh or follows)) or (
        follows and before == "，" and any(reader.marks[i].kind == "num" for i in reader.stack)
    )


def _in_article(reader: Reader) -> bool:
    """Dash items inside an article are its paragraphs: the article stays the unit that is cited."""
    return any(reader.marks[i].kind == "条" for i in reader.stack)


def rank_of(mark: Mark) -> float:
    """How deep a marker stands; 1.1.2 is deeper than 1.1."""
    return RANK[mark.kind] + (mark.label.count(".") / 10 if mark.kind == "deci" else 0)
