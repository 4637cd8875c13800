"""粘贴: pasted or typed text becomes rows of a list. Pure; no cell that is filled is lost.

    text → `read` a table (head found, merged cells filled, broken rows joined) → `guess` which column is what
    → `drafts`, one an item, each value still the words as they stood (`readings` tells what they mean)

>>> table = read("序号\\t工作任务\\t责任单位\\t完成时限\\n1\\t整治占道\\t规建股\\t12月底前")
>>> [one.title for one in drafts(table, guess(table))], guess(table)
(['整治占道'], ('number', 'title', 'lead', 'due'))
>>> typed = read("整治占道 | 规建股 | 质安中心 | 12月31日")
>>> drafts(typed, guess(typed))[0].assist
'质安中心'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

FIELDS = {
    "title": "事项", "requirement": "办理要求", "lead": "牵头单位", "assist": "协办单位", "leader": "交办领导",
    "due": "办结时限", "number": "序号（不用）", "skip": "不要这一列",
}  # fmt: skip
"""What a column may be, and its word in the mapping that a person may change."""
CELLS = ("title", "requirement", "lead", "assist", "leader", "due")
"""The cells of an item, in the order of the grid."""
TYPED = ("title", "lead", "assist", "due")
"""The order of a typed line: 事项 | 牵头 | 协办 | 时限."""
ROWS_MOST, COLUMNS_MOST, CELL_MOST = 200, 20, 2000
"""Items, columns and characters of one cell that are taken at once; what is more is said, not cut."""
HEAD_IN = 6
"""The head is looked for in so many rows."""

_WORDS = (
    ("number", ("序号", "编号", "项次", "序")),
    ("due", ("时限", "期限", "完成时间", "办结时间", "截止", "时间节点", "时间要求", "完成日期", "办结日期")),
    ("leader", ("责任领导", "分管领导", "牵头领导", "挂点领导", "交办领导", "包保领导", "领导")),
    ("assist", ("协办", "配合", "协助", "参与单位", "参加单位")),
    ("lead", ("牵头", "责任单位", "责任部门", "责任股室", "承办", "主办", "主责", "落实单位", "责任科室")),
    ("requirement", ("要求", "备注", "措施", "标准", "说明", "目标", "进度安排", "具体内容")),
    ("title", ("事项", "任务", "内容", "工作", "议题", "项目", "问题")),
)
"""Words of a head, the more telling ones first: 工作要求 is a 要求, 责任领导 is no 责任单位."""
_TRANSLATE = {
    **{full: full - 0xFEE0 for span in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for full in range(*span)},
    0x3000: " ", 0xA0: " ", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0xFEFF: "",
    **{code: "" for code in range(0x20) if code not in (0x09, 0x0A, 0x0B, 0x0C)},
}  # fmt: skip
_NUMBER = (
    r"(?:[（(]\s*(?:[一二三四五六七八九十百]{1,4}|\d{1,3})\s*[）)]、?|(?:[一二三四五六七八九十百]{1,4}|\d{1,3})\s*[、．）)]"
    r"|\d{1,3}\s*\.(?!\d)|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[项条件][：:、，]|[一二三四五六七八九十]{1,3}是(?=[^\s]))"
)
_NUMBERED = re.compile(rf"^\s*{_NUMBER}\s*")
_ONLY_NUMBER = re.compile(
    rf"^\s*(?:{_NUMBER}|\d{{1,4}}|[一二三四五六七八九十百]{{1,4}}|[一二三四五六七八九十]{{1,3}}是)\s*$"
)
_GROUP = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[类部章])"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Pasted rows: the lines above the head, the head (empty where there is none), and the rows, all of one width."""

    before: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    typed: bool = False
    """Typed lines (事项 | 牵头 | 协办 | 时限), not a table."""
    whole: bool = False
    """Merged cells were already written out (`[[merged]]`), so an empty cell is empty and not 同上."""

    @property
    def width(self) -> int:
        return max((len(row) for row in (self.head, *self.rows)), default=0)


@dataclass(frozen=True, slots=True)
class Draft:
    """One item as the words stood; `same` names the cells taken from the row above."""

    title: str = ""
    requirement: str = ""
    lead: str = ""
    assist: str = ""
    leader: str = ""
    due: str = ""
    same: frozenset[str] = frozenset()


MERGED = "[[merged]]"
"""First line of a table whose merged cells were written out by whoever read it (a file, or the page's script)."""


def plain(cell: str) -> str:
    """A cell without what nobody sees: full-width digits and letters made plain, odd spaces and marks gone.

    >>> plain("　２０２６年１２月 \\x07"), plain("a\\r\\n b ")
    ('2026年12月', 'a\\nb')
    """
    lines = (line.strip() for line in cell.replace("\r\n", "\n").replace("\r", "\n").translate(_TRANSLATE).split("\n"))
    return "\n".join(line for line in lines if line)


def cells(text: str) -> list[list[str]]:
    """Tab-separated text as cells; a quoted cell may hold line breaks, as Excel copies them.

    >>> cells('a\\t"b\\nc"\\nd"e\\tf')
    [['a', 'b\\nc'], ['d"e', 'f']]
    """
    rows: list[list[str]] = [[]]
    at, end = 0, len(text)
    while at <= end:
        close = _quoted(text, at)
        if close is None:
            stop = at
            while stop < end and text[stop] not in "\t\n":
                stop += 1
            cell, at = text[at:stop], stop
        else:
            cell, at = text[at + 1 : close].replace('""', '"').replace("\t", " "), close + 1
        rows[-1].append(plain(cell))
        if at < end and text[at] == "\n":
            rows.append([])
        at += 1
    return [row for row in rows if any(row)]


def _quoted(text: str, at: int) -> int | None:
    """Where a quoted cell that begins here closes; None where it is none (a quotation mark in running text)."""
    if not text.startswith('"', at):
        return None
    close = at + 1
    while (close := text.find('"', close)) >= 0:
        if text.startswith('""', close):
            close += 2
        elif close + 1 == len(text) or text[close + 1] in "\t\n":
            return close
        else:
            return None
    return None


def read(text: str) -> Table:
    """Read what was pasted or typed; every cell that is not empty stands in the table or among the lines above it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = text.startswith(MERGED)
    if whole:
        text = text[len(MERGED) :].removeprefix("\n")
    if "\t" not in text:
        return _typed(text, whole)
    rows = cells(text)
    head_at = next((at for at, row in enumerate(rows[:HEAD_IN]) if _is_head(row)), None)
    if head_at is None:
        rows = _joined(rows)
        return Table((), (), _even(rows), whole=whole)
    head, first = rows[head_at], head_at + 1
    if first < len(rows) and _is_second_head(rows[first], head):
        below = rows[first] + [""] * (len(head) - len(rows[first]))
        head = [
            "·".join(one for one in (over, under) if one)
            for over, under in zip(head + [""] * (len(below) - len(head)), below, strict=True)
        ]
        first += 1
    before = tuple(" ".join(dict.fromkeys(cell for cell in row if cell)) for row in rows[:head_at])
    body = _even(_joined(rows[first:], len(head)), len(head))
    width = max((len(row) for row in body), default=len(head))
    return Table(before, tuple(head) + ("",) * (width - len(head)), body, whole=whole)


def _typed(text: str, whole: bool) -> Table:
    """Lines of one's own typing: the bar parts the cells, a line is an item."""
    rows = [re.split(r"[|｜]", line.strip().strip("|｜")) for line in plain(text).split("\n") if line.strip(" |｜-+:")]
    found = [row for row in ([plain(cell) for cell in row] for row in rows) if any(row)]
    if found and _is_head(found[0]):
        return Table((), tuple(found[0]), _even(found[1:], len(found[0])), whole=whole)
    return Table((), (), _even(found), typed=True, whole=whole)


def _even(rows: Sequence[Sequence[str]], width: int = 0) -> tuple[tuple[str, ...], ...]:
    width = max((width, *map(len, rows))) if rows else width
    return tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)


def _is_head(row: Sequence[str]) -> bool:
    """A head names at least two different columns, in short words."""
    return len({kind for cell in row if (kind := heading(cell))} - {""}) >= 2 and all(len(one) <= 20 for one in row)


def _is_second_head(row: Sequence[str], above: Sequence[str]) -> bool:
    """The lower line of a head in two lines: short column words, under head cells or under nothing."""
    filled = [cell for cell in row if cell]
    return bool(filled) and len(row) <= max(len(above), 2) and all(
        len(one) <= 8 and heading(one) in ("lead", "assist", "leader", "due", "requirement") for one in filled
    )  # fmt: skip


def heading(word: str) -> str:
    """Which field a head's word means, empty where none.

    >>> [heading(one) for one in ("序 号", "工作任务", "责任单位", "配合单位", "责任领导", "时限", "责任人", "要求")]
    ['number', 'title', 'lead', 'assist', 'leader', 'due', '', 'requirement']
    """
    told = re.sub(r"[\s*（(：:].*$|\s", "", word.replace(" ", "").replace("\n", ""))
    if not told or len(told) > 16:
        return ""
    return next((kind for kind, words in _WORDS if any(one in told for one in words)), "")


def _joined(rows: list[list[str]], width: int = 0) -> list[list[str]]:
    """Rows that Word broke at a paragraph inside a cell, joined again: 2 cells and then 4 make a row of 5."""
    if not rows:
        return rows
    width = width or Counter(len(row) for row in rows).most_common(1)[0][0]
    found: list[list[str]] = []
    for row in rows:
        last = found[-1] if found else None
        if last is not None and 1 < len(last) < width and len(last) + len(row) - 1 <= width and not _starts(row):
            found[-1] = [*last[:-1], "\n".join(one for one in (last[-1], row[0]) if one), *row[1:]]
        else:
            found.append(list(row))
    return found


def _starts(row: Sequence[str]) -> bool:
    return len(row) > 1 and bool(_ONLY_NUMBER.match(row[0]))


def guess(table: Table, units: Collection[str] = (), people: Collection[str] = ()) -> tuple[str, ...]:
    """Which field each column is: by its head; without a head by what stands in it (`units` and `people` are known).

    >>> guess(read("1\\t整治占道经营\\t规建股\\t2026.12.31"), units={"规建股"})
    ('number', 'title', 'lead', 'due')
    """
    if table.typed:
        return tuple((*TYPED, *["requirement"] * COLUMNS_MOST)[: table.width])
    if table.head:
        return _settled([heading(word) for word in table.head], table)
    kinds = []
    for at in range(table.width):
        column = [row[at] for row in table.rows if row[at]]
        many = max(1, len(column) * 2 // 3)
        if not column:
            kinds.append("requirement")
        elif sum(bool(_ONLY_NUMBER.match(one)) for one in column) >= many:
            kinds.append("number")
        elif sum(_dated(one) for one in column) >= many:
            kinds.append("due")
        elif sum(any(unit in one for unit in units) and len(one) <= 60 for one in column) >= many:
            kinds.append("lead" if "lead" not in kinds else "assist")
        elif sum(any(name in one for name in people) and len(one) <= 20 for one in column) >= many:
            kinds.append("leader")
        else:
            kinds.append("")
    return _settled(kinds, table)


def _dated(cell: str) -> bool:
    return len(cell) <= 16 and bool(re.search(r"\d{1,2}\s*月|20\d\d\D\d{1,2}\D|年底|月底|个工作日|季度", cell))


def _settled(kinds: list[str], table: Table) -> tuple[str, ...]:
    """One 事项, one 牵头, one 时限: a second column of a kind becomes the nearest that may stand twice."""
    if "title" not in kinds:
        free = [at for at, kind in enumerate(kinds) if kind in ("", "requirement")]
        if free:
            kinds[max(free, key=lambda at: sum(len(row[at]) for row in table.rows))] = "title"
    seen: set[str] = set()
    found = []
    for kind in kinds:
        if kind in ("title", "lead", "leader", "due") and kind in seen:
            kind = "assist" if kind == "lead" else "requirement"
        seen.add(kind)
        found.append(kind or "requirement")
    return tuple(found)


def drafts(table: Table, fields: Sequence[str]) -> list[Draft]:
    """The rows as items. Merged cells are filled down, headings between rows go to the items below them, a numbering
    in front of a title falls away, and columns of no other use join 办理要求 under their own word.

    >>> told = read("事项\\t牵头单位\\t时限\\n清查\\t规建股\\t12月底\\n上报\\t\\t")
    >>> [(one.title, one.lead, sorted(one.same)) for one in drafts(told, guess(told))]
    [('清查', '规建股', []), ('上报', '规建股', ['due', 'lead'])]
    """
    fields = (*fields[: table.width], *["requirement"] * (table.width - len(fields)))
    extra = [at for at, field in enumerate(fields) if field == "requirement"]
    found: list[Draft] = []
    group, last, used = "", Draft(), True
    for row in table.rows:
        filled = {at for at, cell in enumerate(row) if cell}
        if not table.typed and len({row[at] for at in filled}) == 1 and len(fields) > 2:
            cell = next(row[at] for at in filled)
            if _GROUP.match(cell) and fields[min(filled)] in ("title", "number"):
                group = cell if used else f"{group} {cell}"
                used = False
                continue
        if all(fields[at] == "number" and _ONLY_NUMBER.match(row[at]) for at in filled):
            continue
        told = {name: _together(row, fields, name) for name in ("title", "lead", "assist", "leader", "due")}
        if not table.whole and not table.typed:
            same = {name for name in ("title", "lead", "leader", "due") if not told[name] and getattr(last, name)}
            told |= {name: getattr(last, name) for name in same}
        else:
            same = set()
        told["title"] = _NUMBERED.sub("", told["title"], count=1).strip() or told["title"]
        notes = [_under(table, at, row[at], len(extra)) for at in extra if at in filled]
        notes += [row[at] for at, field in enumerate(fields) if field == "number" and _speaks(row[at])]
        if group:
            notes.append(f"所属类别：{group}")
            used = True
        last = Draft(**told, requirement="\n".join(notes), same=frozenset(same))
        found.append(last)
    return found if used else [*found, Draft(title=group)]


def _together(row: Sequence[str], fields: Sequence[str], name: str) -> str:
    joined = "\n" if name == "title" else "、"
    return joined.join(cell for cell, field in zip(row, fields, strict=False) if field == name and cell)


def _under(table: Table, at: int, cell: str, columns: int) -> str:
    """A cell of 办理要求; one of several columns brings its own word: 责任人：林晓舟."""
    word = table.head[at].replace("\n", "") if table.head else ""
    return f"{word}：{cell}" if word and (columns > 1 or not heading(word)) else cell


def _speaks(cell: str) -> bool:
    return bool(cell) and not _ONLY_NUMBER.match(cell)
