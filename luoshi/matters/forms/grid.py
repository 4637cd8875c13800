"""The grid of a list: rows as pasted or typed, each cell with what is wrong or taken for granted beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luoshi.matters.pasting import CELL_MOST, CELLS, COLUMNS_MOST, FIELDS, ROWS_MOST, Draft, Table, drafts, guess, read
from luoshi.matters.queries import Intake

KEY = re.compile(r"[pmd]\d{1,9}")
"""A row's key: p from the pasted text, m by hand, d from a duty of a plan."""
TITLE_MOST = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """One way to mend a cell: the word on the button, and what it writes into which cells."""

    word: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said beside a cell: `error` (not saved like this), `warn` (look at it), `info` (how it was read)."""

    tone: str
    words: str
    picks: tuple[Pick, ...] = ()


@dataclass(slots=True)
class Line:
    """A row of the grid: its words, what is said of each cell, and (where nothing is wrong) what they mean."""

    key: str
    place: int = 0
    words: dict[str, str] = field(default_factory=dict)
    found: dict[str, list[Finding]] = field(default_factory=dict)
    item: dict[str, Any] | None = None

    def say(self, name: str, tone: str, words: str, picks: Iterable[Pick] = ()) -> None:
        self.found.setdefault(name, []).append(Finding(tone, words, tuple(picks)))

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The cells in their order, as the template draws them."""
        return [
            {"name": name, "field": f"{name}-{self.key}", "label": FIELDS[name], "value": self.words.get(name, ""),
             "found": self.found.get(name, []), "bad": any(one.tone == "error" for one in self.found.get(name, ()))}
            for name in CELLS
        ]  # fmt: skip

    @property
    def wrong(self) -> bool:
        return any(one.tone == "error" for several in self.found.values() for one in several)


@dataclass(slots=True)
class Column:
    """A column of the pasted text: its head, a sample, and the field it is read as."""

    name: str
    head: str
    sample: str
    field: str


def _posted(data: Any, name: str) -> str:
    return str(data.get(name, "")).replace("\r\n", "\n")


class Grid:
    """The rows between paste and save. Everything a person did stands in the posted data; nothing is kept elsewhere."""

    def __init__(self, data: Mapping[str, Any] | None, facts: Intake) -> None:
        self.facts = facts
        self.raw = _posted(data or {}, "raw")
        self.fields = self._posted_fields(data or {})
        self.lines: list[Line] = []
        self.before: tuple[str, ...] = ()
        self.said = ""
        for key in dict.fromkeys(str((data or {}).get("rows", "")).split(",")):
            if KEY.fullmatch(key):
                self.lines.append(Line(key, words={name: _posted(data, f"{name}-{key}") for name in CELLS}))
        self._place()

    @staticmethod
    def _posted_fields(data: Mapping[str, Any]) -> tuple[str, ...]:
        posted = []
        for at in range(COLUMNS_MOST):
            value = data.get(f"column-{at}")
            if value is None:
                break
            posted.append(value if value in FIELDS else "requirement")
        return tuple(posted)

    def _place(self) -> None:
        for place, one in enumerate(self.lines, start=1):
            one.place = place

    @property
    def keys(self) -> str:
        return ",".join(one.key for one in self.lines)

    @property
    def table(self) -> Table:
        return read(self.raw)

    @property
    def columns(self) -> list[Column]:
        """The mapping that a person may change; none where nothing was pasted."""
        table = self.table
        if not self.raw or len(self.fields) < 2:
            return []
        samples = [next((row[at] for row in table.rows if row[at]), "") for at in range(table.width)]
        heads = table.head or tuple(f"第{at + 1}列" for at in range(table.width))
        return [
            Column(f"column-{at}", head or f"第{at + 1}列", sample[:20], kind)
            for at, (head, sample, kind) in enumerate(zip(heads, samples, self.fields, strict=False))
        ]

    def paste(self, text: str) -> None:
        """Read a text into further rows; rows of an earlier one become rows by hand and keep their words."""
        if not text.strip():
            self.said = "框里还没有内容：请从 Word、Excel 里复制表格，粘贴到框里。"
            return
        for one in self.lines:
            if one.key.startswith("p"):
                one.key = self._fresh()
        self.raw = text
        table = self.table
        self.fields = guess(table, set(self.facts.unit_names), set(self.facts.leader_names))[:COLUMNS_MOST]
        self._read_in(table, len(self.lines))

    def remap(self) -> None:
        """Read the pasted text again with the columns as a person set them; its rows are replaced."""
        at = next((place for place, one in enumerate(self.lines) if one.key.startswith("p")), len(self.lines))
        self.lines = [one for one in self.lines if not one.key.startswith("p")]
        self._read_in(self.table, at)

    def _read_in(self, table: Table, at: int) -> None:
        found = drafts(table, self.fields)
        room = ROWS_MOST - len(self.lines)
        if len(found) > room:
            self.said = f"一份清单最多{ROWS_MOST}项，后面{len(found) - room}行没有读入，请另立一份清单。"
        elif not found:
            self.said = "没有读出事项，请检查复制的内容，或在下面逐行填写。"
        self.before = table.before
        rows = [self._line(f"p{place}", one) for place, one in enumerate(found[:room])]
        self.lines[at:at] = rows
        self._place()

    @staticmethod
    def _line(key: str, draft: Draft) -> Line:
        line = Line(key, words={name: getattr(draft, name) for name in CELLS})
        for name in draft.same:
            line.say(name, "info", "空格，按与上一行相同")
        return line

    def add(self) -> None:
        """One more empty row."""
        self.lines.append(Line(self._fresh(), words=dict.fromkeys(CELLS, "")))
        self._place()

    def take(self, duties: Iterable[Any]) -> None:
        """Confirmed duties of a plan as rows: what is to be done, its sentence, who owns it."""
        known = {one.key for one in self.lines}
        for duty in duties:
            if f"d{duty.pk}" in known or len(self.lines) >= ROWS_MOST:
                continue
            words = {
                "title": duty.act[:TITLE_MOST], "requirement": duty.quote, "assist": "", "due": "",
                "lead": str(duty.owner_unit or ""), "leader": str(duty.leader or ""),
            }  # fmt: skip
            self.lines.append(Line(f"d{duty.pk}", words=words))
        self._place()

    def mend(self, told: str) -> None:
        """One button beside a cell: `drop:p3`, `lead:p3:规建股`, or `word:lead:p3:老名|新名`."""
        what, _, rest = told.partition(":")
        if what == "drop":
            self.lines = [one for one in self.lines if one.key != rest]
            self._place()
            return
        if what == "word":
            name, _, rest = rest.partition(":")
            key, _, rest = rest.partition(":")
            old, _, new = rest.partition("|")
            for one in self.lines:
                if one.key == key and name in CELLS:
                    one.words[name] = one.words[name].replace(old, new, 1)
            return
        key, _, value = rest.partition(":")
        for one in self.lines:
            if one.key == key and what == "lead":
                lead, _, others = value.partition("|")
                one.words["lead"] = lead
                more = [word for word in (*others.split("、"), one.words["assist"]) if word]
                one.words["assist"] = "、".join(dict.fromkeys(more))
            elif one.key == key and what == "title":
                title = one.words["title"]
                one.words["title"] = title[:TITLE_MOST]
                more = [title[TITLE_MOST:], one.words["requirement"]]
                one.words["requirement"] = "\n".join(word for word in more if word)
            elif one.key == key and what in CELLS:
                one.words[what] = value

    def _fresh(self) -> str:
        taken = {one.key for one in self.lines}
        return next(key for at in range(10_000) if (key := f"m{at}") not in taken)

    @property
    def duty_keys(self) -> list[int]:
        return [int(one.key[1:]) for one in self.lines if one.key.startswith("d")]

    @property
    def problems(self) -> list[tuple[Line, str, str, Finding]]:
        """What has to be mended, with its row and cell: line, cell, word of the cell, finding."""
        return self._told("error")

    @property
    def warnings(self) -> list[tuple[Line, str, str, Finding]]:
        return self._told("warn")

    def _told(self, tone: str) -> list[tuple[Line, str, str, Finding]]:
        return [
            (line, name, FIELDS[name], one)
            for line in self.lines
            for name in CELLS
            for one in line.found.get(name, ())
            if one.tone == tone
        ]

    @property
    def ready(self) -> bool:
        """Whether there is something to save and nothing wrong with it."""
        return bool(self.lines) and not self.problems

    @property
    def too_long(self) -> list[str]:
        return [name for line in self.lines for name in CELLS if len(line.words[name]) > CELL_MOST]

    def items(self) -> Sequence[dict[str, Any]]:
        """What every row means, once it was checked and nothing is wrong."""
        return [one.item for one in self.lines if one.item is not None]
