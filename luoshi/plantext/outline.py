"""The clause tree of a plan: chapters, headings, items and 一是 series (条款).

>>> from luoshi.plantext.page import view
>>> [(c.path, c.title) for c in outline(view("一、目标\\n做好。二、要求\\n（一）抓学习。每周学。")).clauses]
[('一', '目标'), ('二', '要求'), ('二/（一）', '抓学习')]
"""

import re
from dataclasses import dataclass

from luoshi.plantext.grammar import SUMMING_UP
from luoshi.plantext.markers import (
    LATER,
    MARKER,
    RANK,
    TITLE_END,
    TITLE_LIMIT,
    Mark,
    Reader,
    begins,
    continues,
    cut,
    mark_of,
    rank_of,
)
from luoshi.plantext.page import Page

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


def outline(page: Page) -> Outline:
    """Find every clause of a page."""
    reader = Reader(page)
    for found in MARKER.finditer(page.bare):
        mark = mark_of(found)
        if mark is None:
            continue
        if mark.kind == "num":
            cut(page, mark)
        if begins(reader, mark):
            _push(reader, mark)
        elif mark.number == 2 and continues(reader, mark):
            _push(reader, reader.passed.pop(mark.kind))
            _push(reader, mark)
        elif mark.number == 1 and mark.kind in LATER and mark.kind not in reader.last:
            reader.passed[mark.kind] = mark
    return _finish(reader)


def _push(reader: Reader, mark: Mark) -> None:
    rank = rank_of(mark)
    while reader.stack and rank_of(reader.marks[reader.stack[-1]]) >= rank:
        reader.marks[reader.stack.pop()].stop = mark.start
    mark.parent = reader.stack[-1] if reader.stack else None
    if mark.kind == "dash":
        mark.number = reader.last.get("dash", 0) + 1
        mark.label = f"——{mark.number}"
    for kind, other in RANK.items():
        if other > rank and (kind in ("shi", "dash", "pnum", "half", "ring") or mark.kind == "附件"):
            reader.last.pop(kind, None)
    reader.last[mark.kind] = mark.number
    above = reader.marks[mark.parent].path + "/" if mark.parent is not None else ""
    mark.path = above + mark.label
    reader.stack.append(len(reader.marks))
    reader.marks.append(mark)
    reader.listing = False


def _finish(reader: Reader) -> Outline:
    bare = reader.page.bare
    for open_mark in reader.stack:
        reader.marks[open_mark].stop = len(bare)
    _close_series(reader)
    clauses = []
    for place, mark in enumerate(reader.marks):
        following = reader.marks[place + 1].start if place + 1 < len(reader.marks) else len(bare)
        title_end = _title_end(reader.page, mark, min(following, mark.stop))
        marker = bare[mark.start : mark.end].rstrip(".、：。")
        title = bare[mark.end : title_end].strip("：\n，。；")
        clauses.append(Clause(mark.path, marker, title, mark.start, mark.stop, title_end, mark.kind, mark.parent))
    return Outline(clauses, _stretches(reader.marks, len(bare)))


def _close_series(reader: Reader) -> None:
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


def _title_end(page: Page, mark: Mark, limit: int) -> int:
    start = mark.end
    while start < limit and page.bare[start] in "\n：":
        start += 1
    found = TITLE_END.search(page.bare, start, min(limit, start + TITLE_LIMIT))
    end = found.start() if found else min(limit, start + TITLE_LIMIT)
    for place in range(start + 2, end):
        if page.gap[place]:
            return place
    return end


def _stretches(marks: list[Mark], length: int) -> list[Stretch]:
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
