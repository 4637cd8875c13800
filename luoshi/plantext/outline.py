"""The clause tree of a plan: chapters, headings, items and 一是 series (条款).

A marker counts when it stands where a clause may begin and carries on its own series; so 一、 in
小学一、二年级 is none, and in a text typed as one endless line （二） is one even without a line break.

>>> from luoshi.plantext.page import view
>>> [(c.path, c.title) for c in outline(view("一、目标\\n做好。二、要求\\n（一）抓学习。每周学。")).clauses]
[('一', '目标'), ('二', '要求'), ('二/（一）', '抓学习')]
"""

import re
from dataclasses import dataclass, field

from luoshi.plantext.grammar import SUMMING_UP
from luoshi.plantext.numerals import ordinal
from luoshi.plantext.page import Page

_CN = "一二三四五六七八九十"
_MARKER = re.compile(
    rf"(?P<annex>附件(?P<annex_n>[{_CN}]{{1,3}}|\d{{1,2}})?)"
    rf"|(?P<legal>第(?P<legal_n>[{_CN}百零○]{{1,5}}|\d{{1,3}})(?P<legal_kind>编|部分|章|节|条|阶段))"
    rf"|(?P<cn>(?P<cn_n>[{_CN}]{{1,3}})、)"
    rf"|(?P<pcn>（(?P<pcn_n>[{_CN}]{{1,3}})）)"
    r"|(?P<num>(?P<num_n>\d{1,3})[.、])"
    r"|(?P<pnum>（(?P<pnum_n>\d{1,2})）)"
    r"|(?P<ring>(?P<ring_n>[①-⑳]))"
    rf"|(?P<shi>(?P<shi_n>[{_CN}]{{1,2}})是)"
    r"|(?P<dash>——)"
)
_RANK = {
    "附件": 0, "编": 1, "部分": 1, "章": 2, "节": 3, "条": 4, "cn": 5, "阶段": 6,
    "pcn": 7, "num": 8, "pnum": 9, "ring": 10, "shi": 11, "dash": 12,
}  # fmt: skip
_SENTENCE_END = frozenset('。；！？：”》）"')
_TITLE_END = re.compile(r"[。；：\n]")
_TITLE_LIMIT = 60
_SUMMING = re.compile(rf"。(?={SUMMING_UP.pattern})")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: `path` (一/（二）/3), its marker and title, and its span in the bare text with all below it.

    `kind` names the sort of marker; `body` is where the text after marker and title begins.
    """

    path: str
    marker: str
    title: str
    start: int
    end: int
    body: int
    kind: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of bare text that belongs to one clause itself, not to a clause below it (None: before all)."""

    start: int
    end: int
    clause: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The clauses in reading order and the stretches that cover the whole text."""

    clauses: list[Clause]
    stretches: list[Stretch]

    def path(self, clause: int | None) -> str:
        """The path of a clause, `0` for the text before the first heading."""
        return "0" if clause is None else self.clauses[clause].path


@dataclass(slots=True)
class _Mark:
    kind: str
    number: int
    label: str
    start: int
    end: int
    parent: int | None = None
    stop: int = 0
    path: str = ""


@dataclass(slots=True)
class _Reader:
    """What has been read so far: the open clauses and the last number of each sort of marker."""

    page: Page
    marks: list[_Mark] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    listing: bool = False

    def top(self) -> _Mark | None:
        return self.marks[self.stack[-1]] if self.stack else None


def outline(page: Page) -> Outline:
    """Find every clause of a page."""
    reader = _Reader(page)
    for found in _MARKER.finditer(page.bare):
        mark = _mark(found)
        if mark is not None and _begins(reader, mark):
            _push(reader, mark)
    return _finish(reader)


def _mark(found: re.Match[str]) -> _Mark | None:
    kind = found.lastgroup or ""
    for name in ("annex", "legal", "cn", "pcn", "num", "pnum", "ring", "shi", "dash"):
        if found[name] is not None:
            kind = name
    start, end, whole = found.start(), found.end(), found[0]
    if kind == "dash":
        return _Mark("dash", 0, "——", start, end)
    if kind == "annex":
        number = ordinal(found["annex_n"]) if found["annex_n"] else 0
        return _Mark("附件", number or 0, whole, start, end)
    number = ordinal(found[f"{kind}_n"])
    if number is None:
        return None
    if kind == "legal":
        return _Mark(found["legal_kind"], number, whole, start, end)
    label = whole.rstrip(".、") if kind in ("cn", "num") else whole
    return _Mark(kind, number, label, start, end)


def _begins(reader: _Reader, mark: _Mark) -> bool:
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
    titled = (
        top is not None and mark.start - top.end <= _TITLE_LIMIT and not _TITLE_END.search(bare, top.end, mark.start)
    )
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
        return loose and (follows or fresh or skips) and after not in "的第规款之、和及"
    if mark.kind == "阶段":
        return (line or (loose and after in "：（，、——。")) and (follows or fresh)
    if mark.kind == "num":
        return _numbered(reader, mark, line, loose, titled, before, after)
    if mark.kind == "cn" and after in _CN and not line:
        return False
    if mark.kind == "pcn" and before == "第":
        return False
    if loose:
        return follows or fresh or skips
    return (titled and (fresh or follows)) or (follows and before == "，")


def _annex(reader: _Reader, mark: _Mark, line: bool, loose: bool, after: str) -> bool:
    bare, gap = reader.page.bare, reader.page.gap
    if line and after == "：":
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


def _numbered(reader: _Reader, mark: _Mark, line: bool, loose: bool, titled: bool, before: str, after: str) -> bool:
    bare, gap = reader.page.bare, reader.page.gap
    last = reader.last.get("num", 0)
    follows, fresh = mark.number == last + 1, mark.number == 1
    if before.isascii() and (before.isalnum() or before == "."):
        return False
    if after.isdigit():
        year = re.compile(r"\d{4}年").match(bare, mark.end)
        if not ((gap[mark.end] or year) and (line or gap[mark.start] or before in "。；") and (follows or fresh)):
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


def _in_article(reader: _Reader) -> bool:
    """Dash items inside an article are its paragraphs: the article stays the unit that is cited."""
    return any(reader.marks[i].kind == "条" for i in reader.stack)


def _push(reader: _Reader, mark: _Mark) -> None:
    rank = _RANK[mark.kind]
    while reader.stack and _RANK[reader.marks[reader.stack[-1]].kind] >= rank:
        reader.marks[reader.stack.pop()].stop = mark.start
    mark.parent = reader.stack[-1] if reader.stack else None
    if mark.kind == "dash":
        mark.number = reader.last.get("dash", 0) + 1
        mark.label = f"——{mark.number}"
    for kind, other in _RANK.items():
        if other > rank and (kind in ("shi", "dash", "pnum", "ring") or mark.kind == "附件"):
            reader.last.pop(kind, None)
    reader.last[mark.kind] = mark.number
    above = reader.marks[mark.parent].path + "/" if mark.parent is not None else ""
    mark.path = above + mark.label
    reader.stack.append(len(reader.marks))
    reader.marks.append(mark)
    reader.listing = False


def _finish(reader: _Reader) -> Outline:
    bare = reader.page.bare
    for open_mark in reader.stack:
        reader.marks[open_mark].stop = len(bare)
    _close_series(reader)
    clauses = []
    for place, mark in enumerate(reader.marks):
        following = reader.marks[place + 1].start if place + 1 < len(reader.marks) else len(bare)
        title_end = _title_end(reader.page, mark, min(following, mark.stop))
        marker = bare[mark.start : mark.end].rstrip(".、")
        title = bare[mark.end : title_end].strip("：\n，。；")
        clauses.append(Clause(mark.path, marker, title, mark.start, mark.stop, title_end, mark.kind, mark.parent))
    return Outline(clauses, _stretches(reader.marks, len(bare)))


def _close_series(reader: _Reader) -> None:
    """The last item of an 一是 series inside one paragraph ends with its sentence when all before it did."""
    bare, marks = reader.page.bare, reader.marks
    for place, mark in enumerate(marks):
        if mark.kind != "shi" or mark.number < 2:
            continue
        if place + 1 < len(marks) and marks[place + 1].kind == "shi" and marks[place + 1].number > mark.number:
            continue
        before = [
            m for m in marks[max(0, place - mark.number + 1) : place] if m.kind == "shi" and m.parent == mark.parent
        ]
        spans = [bare[m.end : m.stop] for m in before]
        if not spans or any("\n" in span for span in spans):
            stop = bare.find("\n", mark.end, mark.stop)
            if spans and bare[before[0].start - 1 : before[0].start] == "\n" and stop != -1:
                mark.stop = stop
            continue
        summing = _SUMMING.search(bare, mark.end, mark.stop)
        if summing:
            mark.stop = summing.start() + 1
            continue
        ends = "。；" if all(span.rstrip("。；").count("。") == 0 for span in spans) else ""
        stop = min((p for p in (bare.find(e, mark.end, mark.stop) for e in ends + "\n") if p != -1), default=-1)
        if stop != -1:
            mark.stop = stop + 1


def _title_end(page: Page, mark: _Mark, limit: int) -> int:
    start = mark.end
    while start < limit and page.bare[start] in "\n：":
        start += 1
    found = _TITLE_END.search(page.bare, start, min(limit, start + _TITLE_LIMIT))
    end = found.start() if found else min(limit, start + _TITLE_LIMIT)
    for place in range(start + 2, end):
        if page.gap[place]:
            return place
    return end


def _stretches(marks: list[_Mark], length: int) -> list[Stretch]:
    out: list[Stretch] = []
    edges: list[tuple[int, int, int]] = [(m.start, 1, i) for i, m in enumerate(marks)]
    edges += [(m.stop, 0, i) for i, m in enumerate(marks)]
    edges.sort(key=lambda e: (e[0], e[1], e[2] if e[1] else -e[2]))
    at, open_marks = 0, list[int]()
    for place, opens, which in edges:
        if place > at:
            out.append(Stretch(at, place, open_marks[-1] if open_marks else None))
            at = place
        if opens:
            open_marks.append(which)
        elif which in open_marks:
            open_marks.remove(which)
    if at < length:
        out.append(Stretch(at, length, None))
    return out
