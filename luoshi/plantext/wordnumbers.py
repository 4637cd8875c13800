"""Automatic numbers of a Word file, which are not part of its text (自动编号).

What a paragraph shows depends on its own list reference, on its style and the styles that one is based on, on the
list's levels with their changes, and on every numbered paragraph before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from luoshi.plantext.listforms import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEPTHS = 9
# Styles and lists may refer to each other; longer chains than this are loops.
_LONGEST_CHAIN = 20
_DASHES = frozenset("—–-―─━")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str
    legal: bool
    restarts_after: int | None


@dataclass(slots=True)
class _Style:
    based_on: str
    number: str | None
    depth: int | None


@dataclass(slots=True)
class Numbering:
    """The lists of one document and where each of them stands; `label` must be asked paragraph by paragraph."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    default_style: str = ""
    shared: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> "Numbering":
        """Read the numbering and style parts; either may be missing."""
        one = cls()
        if styles is not None:
            one._read_styles(styles)
        if numbering is not None:
            one._read_lists(numbering)
        return one

    def _read_styles(self, root: Element) -> None:
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            number, depth = _reference(style)
            self.styles[name] = _Style(_said(style, "basedOn", ""), number, depth)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default_style = name

    def _read_lists(self, root: Element) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        for node in root.iterfind(f"{W}abstractNum"):
            name = node.get(f"{W}abstractNumId", "")
            abstract[name] = {_int(v.get(f"{W}ilvl")): _level(v) for v in node.iterfind(f"{W}lvl")}
            links[name] = _said(node, "numStyleLink", "")
        bases = {node.get(f"{W}numId", ""): _said(node, "abstractNumId", "") for node in root.iterfind(f"{W}num")}
        for node in root.iterfind(f"{W}num"):
            name = node.get(f"{W}numId", "")
            base = self._linked(bases[name], links, bases)
            levels, own = dict(abstract.get(base, {})), False
            for change in node.iterfind(f"{W}lvlOverride"):
                depth, level = _int(change.get(f"{W}ilvl")), change.find(f"{W}lvl")
                if level is not None:
                    levels[depth], own = _level(level), True
                begin = change.find(f"{W}startOverride")
                if begin is not None and depth in levels:
                    levels[depth], own = replace(levels[depth], start=_int(begin.get(f"{W}val"))), True
            self.lists[name] = levels
            self.shared[name] = f"own {name}" if own else f"abstract {base}"

    def _linked(self, base: str, links: dict[str, str], bases: dict[str, str]) -> str:
        """The list that a list defined by a list style really is."""
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(links.get(base, ""))
            if style is None or style.number is None or style.number not in bases:
                break
            base = bases[style.number]
        return base

    def _chain(self, name: str) -> Iterator[tuple[str, _Style]]:
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(name)
            if style is None:
                return
            yield name, style
            name = style.based_on

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and depth of a paragraph: its own, or the nearest of its styles'."""
        number, depth = _reference(paragraph)
        name = _said(paragraph.find(f"{W}pPr"), "pStyle", self.default_style)
        for style, said in self._chain(name):
            if number is not None and depth is not None:
                break
            if number is None and said.number is not None:
                number = said.number
                linked = next((d for d, level in self.lists.get(number, {}).items() if level.style == style), None)
                depth = linked if depth is None else depth
            depth = said.depth if depth is None else depth
        return None if number is None else (number, depth or 0)

    def label(self, paragraph: Element) -> str:
        """The number Word shows before this paragraph, '' where it has none."""
        place = self._place(paragraph)
        if place is None or place[0] not in self.lists:
            return ""
        name, depth = place
        levels = self.lists[name]
        level = levels.get(depth)
        if level is None:
            return ""
        if level.form == "bullet":
            return "——" if level.text and set(level.text) <= _DASHES else ""
        counts = self.counts.setdefault(self.shared[name], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            after = levels[deeper].restarts_after if deeper in levels else None
            if after is None or (after and depth < after):
                del counts[deeper]
        return _shown(level, levels, counts)


def _shown(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    text = level.text
    for depth in range(_DEPTHS):
        if f"%{depth + 1}" in text:
            upper = levels.get(depth, level)
            form = "decimal" if level.legal else upper.form
            text = text.replace(f"%{depth + 1}", numeral(counts.get(depth, upper.start), form))
    # Word sets a tab here; after a bare figure or word the two would grow together.
    return text + " " if text and text[-1].isalnum() and level.form != "none" else text


def _reference(node: Element) -> tuple[str | None, int | None]:
    found = node.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None, None
    number, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    return (
        number.get(f"{W}val", "0") if number is not None else None,
        _int(depth.get(f"{W}val")) if depth is not None else None,
    )


def _level(node: Element) -> _Level:
    after = node.find(f"{W}lvlRestart")
    return _Level(
        start=_int(_said(node, "start", "1")),
        form=_said(node, "numFmt", "decimal"),
        text=_said(node, "lvlText", "")[:40],
        style=_said(node, "pStyle", ""),
        legal=flag(node.find(f"{W}isLgl")),
        restarts_after=None if after is None else _int(after.get(f"{W}val")),
    )


def _said(node: Element | None, tag: str, otherwise: str) -> str:
    found = node.find(f"{W}{tag}") if node is not None else None
    return found.get(f"{W}val", otherwise) if found is not None else otherwise


def flag(node: Element | None) -> bool:
    """Whether a switch of Word's (an element whose value may say otherwise) is on."""
    return node is not None and node.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _int(word: str | None) -> int:
    try:
        return max(0, min(int(word or 0), 100_000))
    except ValueError:
        return 0
