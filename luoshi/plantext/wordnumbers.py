"""Automatic numbers of a Word file, which are not part of its text (自动编号)."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import cn2an

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
     "chineseLegalSimplified", "taiwaneseCountingThousand", "japaneseDigitalTenThousand")
)  # fmt: skip
_RING = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of one document and where each of them stands; `label` must be asked paragraph by paragraph."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> "Numbering":
        """Read the numbering and style parts; either may be missing."""
        one = cls()
        if numbering is not None:
            one._read_lists(numbering)
        if styles is not None:
            one._read_styles(styles)
        return one

    def _read_lists(self, root: Element) -> None:
        abstract = {
            node.get(f"{_W}abstractNumId", ""): {_int(v.get(f"{_W}ilvl")): _level(v) for v in node.iter(f"{_W}lvl")}
            for node in root.iter(f"{_W}abstractNum")
        }
        for node in root.iter(f"{_W}num"):
            name = node.get(f"{_W}numId", "")
            link = node.find(f"{_W}abstractNumId")
            base = link.get(f"{_W}val", "") if link is not None else ""
            levels = dict(abstract.get(base, {}))
            own = False
            for change in node.iter(f"{_W}lvlOverride"):
                place, begin = _int(change.get(f"{_W}ilvl")), change.find(f"{_W}startOverride")
                level = change.find(f"{_W}lvl")
                if level is not None:
                    levels[place] = _level(level)
                    own = True
                if begin is not None and place in levels:
                    levels[place] = _Level(_int(begin.get(f"{_W}val")), levels[place].form, levels[place].text)
                    own = True
            self.lists[name] = levels
            self.shared[name] = name if own else f"abstract {base}"

    def _read_styles(self, root: Element) -> None:
        for style in root.iter(f"{_W}style"):
            found = _reference(style)
            if found:
                self.styles[style.get(f"{_W}styleId", "")] = found

    def label(self, paragraph: Element) -> str:
        """The number Word shows before this paragraph, '' where it has none."""
        found = _reference(paragraph)
        if found is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            found = self.styles.get(style.get(f"{_W}val", "")) if style is not None else None
        if found is None or found[0] == "0" or found[0] not in self.lists:
            return ""
        name, depth = found
        levels = self.lists[name]
        level = levels.get(depth)
        if level is None or level.form in ("none", "bullet"):
            return ""
        counts = self.counts.setdefault(self.shared[name], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        text = level.text
        for place in range(9):
            if f"%{place + 1}" in text:
                upper = levels.get(place, level)
                text = text.replace(f"%{place + 1}", _numeral(counts.get(place, upper.start), upper.form))
        return text


def _reference(node: Element) -> tuple[str, int] | None:
    found = node.find(f"{_W}pPr/{_W}numPr")
    if found is None:
        return None
    number, depth = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
    if number is None:
        return None
    return number.get(f"{_W}val", "0"), _int(depth.get(f"{_W}val")) if depth is not None else 0


def _level(node: Element) -> _Level:
    def said(tag: str, otherwise: str) -> str:
        found = node.find(f"{_W}{tag}")
        return found.get(f"{_W}val", otherwise) if found is not None else otherwise

    return _Level(_int(said("start", "1")), said("numFmt", "decimal"), said("lvlText", ""))


def _int(word: str | None) -> int:
    try:
        return max(0, min(int(word or 0), 100_000))
    except ValueError:
        return 0


def _numeral(number: int, form: str) -> str:
    if form in _CHINESE and number > 0:
        said = str(cn2an.an2cn(number))
        return said.removeprefix("一") if 10 <= number < 20 else said
    if form in _RING and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    return str(number)
