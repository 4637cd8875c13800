"""台账表格: the columns of the exported list, and which cells of a sheet that came back were edited. Pure.

Other rooms' ledgers are read and written by the same hand: each brings a `Layout` of its own. A sheet carries,
hidden, what each row said when it was exported. An edit is a cell that says something else now; whether it may be
made is judged elsewhere (`queries.ledger`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from luoshi.matters.readings import SERIAL, day

ROWS_MOST = 10_000


class BadSheet(Exception):
    """A file that is no exported list; the message says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the code, its head on paper, its width, and how its cells are read."""

    name: str
    head: str
    width: int
    kind: str = "text"
    """text · line (one line, blanks mean nothing) · day · mark (是 or empty) · names (units, in any order)."""
    choices: tuple[str, ...] = ()
    """Offered as a list in the cell; other words may be typed and are judged when the sheet comes back."""


COLUMNS = (
    Column("number", "编号", 12, "line"), Column("title", "事项", 36), Column("requirement", "办理要求", 36),
    Column("source", "来源", 14, "line"), Column("source_title", "来源文件或会议", 24),
    Column("block", "考评板块", 14, "line"), Column("lead_unit", "牵头单位", 14, "line"),
    Column("assist_units", "协办单位", 20, "names"), Column("leader", "交办领导", 10, "line"),
    Column("handler", "承办人", 10, "line"), Column("verifier", "核查人", 10, "line"),
    Column("urgent", "加急", 6, "mark"),
    Column("handed_out_on", "交办日期", 12, "day"), Column("due_on", "办结时限", 12, "day"),
    Column("state", "状态", 10, "line"), Column("lamp", "灯", 10, "line"), Column("said", "最近进展", 40),
    Column("returns", "退回次数", 8, "line"),
)  # fmt: skip
BY_NAME = {one.name: one for one in COLUMNS}
KEY_HEAD = "系统标识（勿改）"
HEADS = {one.head: one.name for one in COLUMNS} | {KEY_HEAD: "key", "系统标识": "key"}


@dataclass(frozen=True, slots=True)
class Layout:
    """What one ledger's sheet looks like: its columns, by which heads they are known, and what stands for a row."""

    columns: tuple[Column, ...]
    heads: Mapping[str, str]
    """A head as written → the column's name; `key` for the hidden key."""
    marks: frozenset[str]
    """Columns of which all stand in the head of such a sheet, where it carries no key."""
    keyed: bool
    """Whether a row without a key says nothing (False: it is a new one)."""
    no_head: str
    """What to do where no head is found."""


LAYOUT = Layout(
    COLUMNS, HEADS, frozenset({"title", "number"}), keyed=True,
    no_head="没有找到表头（编号、事项……）。请用本页导出的表修改后再导入，不要删去表头一行。",
)  # fmt: skip
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def plain(value: object) -> str:
    """A stored text as a cell holds it: no control characters, one kind of line end, no blanks at the ends.

    >>> plain("一、\\r\\n二、\\x07 "), plain(None)
    ('一、\\n二、', '')
    """
    text = "" if value is None else str(value)
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def said(column: Column, value: Any, on: date) -> str:
    """What a cell says, written as the export writes it; a day that cannot be read stays as it was typed.

    >>> today = date(2026, 11, 24)
    >>> [said(BY_NAME["due_on"], one, today) for one in ("２０２６.１２.３１", "2026年12月31日", 46387.0)]
    ['2026-12-31', '2026-12-31', '2026-12-31']
    >>> said(BY_NAME["urgent"], "√", today), said(BY_NAME["urgent"], "否", today), said(BY_NAME["number"], 7.0, today)
    ('是', '', '7')
    """
    if isinstance(value, bool):
        value = "是" if value else "否"
    if column.kind == "day":
        return _day(value, on)
    if isinstance(value, datetime):
        value = value.date() if (value.hour, value.minute) == (0, 0) else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = plain(value)
    if column.kind == "text":
        return text
    line = " ".join(unicodedata.normalize("NFKC", text).split())
    if column.kind == "mark":
        return "" if line.lower() in ("", "否", "不", "0", "n", "no", "×", "x", "无") else _mark(line)
    return "、".join(names(line)) if column.kind == "names" else line


def _mark(line: str) -> str:
    return "是" if line.lower() in ("是", "√", "✓", "1", "y", "yes", "加急", "急", "对") else line


def _day(value: Any, on: date) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and SERIAL[0] <= value <= SERIAL[1]:
        return (date(1899, 12, 30) + timedelta(days=int(value))).isoformat()
    words = unicodedata.normalize("NFKC", plain(value)).strip()
    found = day(words, on).on if words else None
    return found.isoformat() if found else words


def names(line: str) -> list[str]:
    """The names in a cell, each once.

    >>> names("质安中心，房保中心 ;质安中心")
    ['质安中心', '房保中心']
    """
    return list(dict.fromkeys(one for one in re.split(r"[、,，;；/\s]+", line) if one))


def same(column: Column, one: str, other: str) -> bool:
    """Whether two writings say the same: names in any order, a number with or without its zeros."""
    if column.kind == "names":
        return set(names(one)) == set(names(other))
    return one == other


@dataclass(frozen=True, slots=True)
class Kept:
    """What a row said when it was exported."""

    version: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number in the sheet, the key that it carries, its cells by column."""

    number: int
    key: str
    cells: Mapping[str, Any]
    joined: frozenset[str] = frozenset()
    """Columns whose cell is one with the row above (merged)."""


@dataclass(slots=True)
class Book:
    """A file as read: its rows, what was exported, and of which bureau when."""

    lines: list[Line]
    kept: dict[str, Kept] = field(default_factory=dict)
    bureau: str = ""
    made: str = ""
    unread: list[str] = field(default_factory=list)
    """Heads of columns that nothing is read from."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that says something else than when it was exported."""

    column: Column
    was: str
    told: str


def edits(line: Line, was: Mapping[str, str], on: date, columns: Sequence[Column] = COLUMNS) -> list[Edit]:
    """The edited cells of a row, in the order of the columns; columns that the sheet no longer has say nothing."""
    found = []
    for column in columns:
        if column.name not in line.cells or column.name not in was:
            continue
        told = said(column, line.cells[column.name], on)
        before = said(column, was[column.name], on) if column.kind != "day" else was[column.name]
        if not same(column, told, before):
            found.append(Edit(column, before, told))
    return found


def heading(value: Any) -> str:
    """A head as it is known: no blanks, no line ends.

    >>> heading(" 责任　单位 ")
    '责任单位'
    """
    return re.sub(r"\s+", "", plain(value))


def head_at(rows: Sequence[Sequence[Any]], layout: Layout = LAYOUT) -> int:
    """Where the head stands: the first of twenty rows that names the key or the marks; `BadSheet` where none does."""
    for at, row in enumerate(rows[:20]):
        known = {layout.heads.get(heading(one)) for one in row}
        if "key" in known or layout.marks <= known:
            return at
    raise BadSheet(layout.no_head)


def unread(rows: Sequence[Sequence[Any]], layout: Layout = LAYOUT) -> list[str]:
    """The heads that mean no column of the layout, or one that stood there before; a running number is none."""
    seen: set[str] = set()
    found = []
    for one in rows[head_at(rows, layout)]:
        name = layout.heads.get(heading(one), "")
        if (not name or name in seen) and heading(one) not in ("", "序号"):
            found.append(heading(one))
        seen.add(name)
    return found


def read(
    rows: Sequence[Sequence[Any]],
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]] = (),
    layout: Layout = LAYOUT,
) -> list[Line]:
    """The rows under the head, merged cells written out, columns found by their heads in whatever order."""
    grid = [list(row) for row in rows]
    at = head_at(grid, layout)
    joined: dict[int, set[int]] = {}
    for (top, left), (bottom, right) in merged:
        if top <= at:
            continue
        for below in range(top, min(bottom + 1, len(grid))):
            for beside in range(left, min(right + 1, len(grid[below]))):
                grid[below][beside] = grid[top][left]
                if below > top:
                    joined.setdefault(below, set()).add(beside)
    places: dict[str, int] = {}
    for place, head in enumerate(grid[at]):
        name = layout.heads.get(heading(head))
        if name and name not in places:
            places[name] = place
    if "key" not in places and layout.keyed:
        raise BadSheet(f"表里没有“{KEY_HEAD}”一列，无法对应到事项。请重新导出，在导出的表上修改。")
    found = []
    for number, row in enumerate(grid[at + 1 :], start=at + 2):
        cells = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        key = plain(cells.pop("key", ""))
        if key or any(plain(one) for one in cells.values()):
            above = joined.get(number - 1, ())
            found.append(Line(number, key, cells, frozenset(name for name in cells if places[name] in above)))
    if len(found) > ROWS_MOST:
        raise BadSheet(f"一次最多导入{ROWS_MOST}行，请分几份导入。")
    return found
