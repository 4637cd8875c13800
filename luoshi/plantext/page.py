"""The plan's text as the rules see it: one width of mark, no blanks, no page marks (版面).

Every rule of this room works on `Page.bare`; every result is carried back to the original text by
`Page.index`, so quotes stay exact whatever the typist, the scanner or the page break did.

>>> page = view("不少于 1. 5\u3000米,\\n每年（2次）")
>>> page.bare
'不少于1.5米，每年（2次）'
>>> page.text[page.index[0]:page.origin_end(7)]
'不少于 1. 5\\u3000米'
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain

_PAIRS = {
    "(": "（",
    ")": "）",
    ",": "，",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    "．": ".",
    "﹒": ".",
    "﹣": "-",
}
# Traditional signs that input methods and scans leave behind.
_PAIRS |= dict(zip("後馀標準務爲與於實", "后余标准务为与于实", strict=True))
_PAIRS |= {
    "﹪": "%",
    "〇": "○",
    "Ｏ": "O",
    "～": "-",
    "~": "-",
    "‧": "·",
    "•": "·",
    "─": "—",
    "―": "—",
    "━": "—",
}
_WIDE = {chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF1A)}
_WIDE |= {chr(c): chr(c - 0xFEE0) for c in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0B, 0xFF0D)}
_TABLE = str.maketrans(_PAIRS | _WIDE)
# 1,000 keeps its comma; with a wide comma the two would be two numbers.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# A bar between two cells parts them as a comma does.
_CELLS = re.compile(r"(?<=[^\n|，])\|(?=[^\n|])")
_WIDTH = _TABLE | {1: ","}
_INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff\u00ad\u2060")

_PAGE_MARK = re.compile(
    r"(?m)^[^\S\n]*(?:[-—–·]{1,2}[^\S\n]*\d{1,4}[^\S\n]*[-—–·]{1,2}|第[^\S\n]*\d{1,4}[^\S\n]*页[^\n]{0,20})[^\S\n]*$"
    r"|[-—–][^\S\n]\d{1,4}[^\S\n][-—–]"
)
# Markdown: heads, quotations, bullets, rules, emphasis, links, table bars.
_MARKDOWN = re.compile(
    r"(?m)^[ \t]{0,8}(?:#{1,6}[ \t]{1,8}|>[ \t]?)+|^[ \t]{0,8}[-*+][ \t]{1,8}(?=\S)"
    r"|^[ \t]{0,8}(?:\*{3,}|-{3,}|_{3,}|={3,}|`{3,}\w*)[ \t\r]{0,8}$|\*\*|__(?=\S)|(?<=\S)__"
    r"|^[ \t]{0,8}\|?(?:[ \t]{0,8}:?-{2,}:?[ \t]{0,8}\|)+[ \t]{0,8}(?::?-{2,}:?)?[ \t\r]{0,8}$"
    r"|^[ \t]{0,8}\||\|[ \t\r]{0,8}$"
    r"|!?\[(?=[^\]\n]{1,60}\]\([^()\s]{1,500}\))|\]\([^()\s]{1,500}\)"
)
_SEEMS_MARKDOWN = re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+\S|\*\*\S|^[ \t]*\|.*\|[ \t\r]*$|^[ \t]*[-*+][ \t]+\S")
# A line of a table of contents: leaders and a page number at its end.
_CONTENTS = re.compile(r"(?m)^[^\n]{2,80}?(?:\.{4,}|…{2,}|·{4,}|．{4,})[ \t]*[-—(（]?\d{1,3}[-—)）]?[ \t\r]*$")
_LINE_MARKER = re.compile(
    r"[^\S\n]*(?:附件|附表|专栏|第[一二三四五六七八九十百\d]{1,4}(?:编|部分|章|节|条|阶段)|[一二三四五六七八九十]{1,3}[、是]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.、．]|[①-⑳]|——|数据来源)"
)
_LINE_BLANK = re.compile(r"(?<=[\u4e00-\u9fff。；：）)”？！])[^\S\n]+(?=[\u4e00-\u9fff“（《(\d])")
_SET_APART = re.compile(r"(?:第[一二三四五六七八九十百零\d]{1,5}[编章节条]|\s[\u4e00-\u9fff])$")
_SPREAD = re.compile(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff](?:\s|第)")
_TERMINAL = frozenset("。！？；：;:!?…")
_PROSE = re.compile(r"[，。；、,;]")


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its bare form, and the way back.

    `index[i]` is the code point of `text` where `bare[i]` stands (one more entry than `bare`);
    `gap[i]` is 1 where blanks were dropped just before `bare[i]`.
    """

    text: str
    bare: str
    index: list[int]
    gap: bytearray

    def origin_end(self, end: int) -> int:
        """The code point of `text` just after `bare[end - 1]`."""
        return self.index[end - 1] + 1 if end > 0 else 0

    def quote(self, start: int, end: int) -> str:
        """The original wording of `bare[start:end]`."""
        return self.text[self.index[start] : self.origin_end(end)]


def view(text: str) -> Page:
    """Build the page of a text; never raises, takes time in proportion to the text."""
    dropped = _dropped_marks(text)
    blanks = _line_blanks(text)
    joined = _joined_breaks(text, dropped)
    wide = _THOUSANDS.sub("\x01", text).translate(_WIDTH)
    if "|" in wide:
        wide = _CELLS.sub("，", wide)
    bare: list[str] = []
    index: list[int] = []
    gap = bytearray()
    blank = False
    for place, char in enumerate(wide):
        if dropped[place] or char in _INVISIBLE:
            continue
        if char in "\n\r\u2028\u2029\x0b\x0c\x85":
            if place in joined or not bare or bare[-1] == "\n":
                blank = True
                continue
            char = "\n"
        elif place in blanks and bare and bare[-1] != "\n":
            char = "\n"
        elif char.isspace():
            blank = True
            continue
        bare.append(char)
        index.append(place)
        gap.append(1 if blank else 0)
        blank = False
    index.append(len(text))
    gap.append(1)
    return Page(text, _digit_marks("".join(bare)), index, gap)


# A full stop between two signs of a sentence is one of its own (scanned texts).
_WESTERN_STOP = re.compile(r"(?<=[\u4e00-\u9fff）”])(?<![一二三四五六七八九十])\.(?=[\u4e00-\u9fff（“])")


def _digit_marks(bare: str) -> str:
    """Give back the colon that stands between digits (8:30)."""
    bare = _WESTERN_STOP.sub("。", bare)
    return re.sub(r"(?<=\d)：(?=\d{2}(?!\d))", ":", bare)


def _line_blanks(text: str) -> set[int]:
    """The blanks that stand for line breaks in a text typed as one endless line."""
    if text.count("\n") * 1500 > len(text):
        return set()
    # Blanks after 第一条 and inside 总　则 only set words apart.
    places = {
        found.start()
        for found in _LINE_BLANK.finditer(text)
        if not _SET_APART.search(text, max(0, found.start() - 12), found.start())
        and not _SPREAD.match(text, max(0, found.start() - 1))
    }
    return places if len(places) >= 5 and len(places) * 20 < len(text) else set()


def _dropped_marks(text: str) -> bytearray:
    dropped = bytearray(len(text))
    patterns = [_PAGE_MARK, _CONTENTS]
    if _SEEMS_MARKDOWN.search(text):
        patterns.append(_MARKDOWN)
    for found in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        dropped[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    for start, end in _running_heads(text):
        dropped[start:end] = b"\x01" * (end - start)
    return dropped


def _running_heads(text: str) -> list[tuple[int, int]]:
    """The lines beside page marks that say the same on two pages or more (页眉)."""
    beside: dict[str, list[tuple[int, int]]] = {}
    for found in _PAGE_MARK.finditer(text):
        for start, end in (_line_after(text, found.end()), _line_before(text, found.start())):
            words = text[start:end].strip()
            if 4 <= len(words) <= 40 and not _PROSE.search(words) and words[-1] not in _TERMINAL:
                beside.setdefault(words, []).append((start, end))
    return [span for spans in beside.values() if len(set(spans)) > 1 for span in set(spans)]


def _line_after(text: str, place: int) -> tuple[int, int]:
    start = place
    while start < min(len(text), place + 6) and text[start] in "\r\n ":
        start += 1
    stop = text.find("\n", start, start + 60)
    return start, stop if stop != -1 else min(len(text), start)


def _line_before(text: str, place: int) -> tuple[int, int]:
    end = place
    while end > max(0, place - 6) and text[end - 1] in "\r\n ":
        end -= 1
    start = text.rfind("\n", max(0, end - 60), end) + 1
    return (start, end) if start else (end, end)


def _joined_breaks(text: str, dropped: bytearray) -> set[int]:
    """The line breaks that only wrap a sentence."""
    lines: list[tuple[int, int]] = []
    start = 0
    for found in re.finditer(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]|$", text):
        lines.append((start, found.start()))
        start = found.end()
    lengths = Counter(end - begin for begin, end in lines if end - begin >= 16)
    width = 0
    if lengths:
        common, _ = lengths.most_common(1)[0]
        if sum(lengths[common + d] for d in (-2, -1, 0, 1)) >= max(5, len(lines) // 4):
            width = common
    joined: set[int] = set()
    previous: tuple[int, int] | None = None
    between: list[int] = []
    for begin, end in lines:
        if previous is not None:
            between.extend(range(previous[1] if not between else between[-1] + 1, begin))
        body = text[begin:end]
        marked = begin < end and dropped[begin] and dropped[end - 1]
        if not body.strip():
            if previous is not None and begin < len(text):
                previous = None if not _page_broken(text, dropped, begin) else previous
            if previous is None:
                between = []
            continue
        if marked:
            between.extend(range(begin, end))
            continue
        if previous is not None and _wraps(text[previous[0] : previous[1]], body, width):
            joined.update(between)
        previous, between = (begin, end), []
    return joined


def _page_broken(text: str, dropped: bytearray, place: int) -> bool:
    """Whether a blank line stands beside a page mark, so that the sentence may go on after it."""
    near = dropped[max(0, place - 4) : place + 4]
    return any(near)


def _wraps(line: str, following: str, width: int) -> bool:
    line = line.rstrip()
    if not line or line[-1] in _TERMINAL or _LINE_MARKER.match(following):
        return False
    if following[:1] in "\u3000\t" or following.startswith("  "):
        return False
    if line[-1] in "，、,":
        return True
    if width and len(line) >= width - 2:
        return True
    if _LINE_MARKER.match(line) and not re.search(r"[。；]", line):
        # A heading holds no row of clauses; 2.建立台账，设立公示牌，公布排污 goes on in the next line.
        parts = re.split(r"[，,]", line)
        return len(parts) > 2 and max(len(part) for part in parts) > 8
    return len(line) >= 12 and bool(_PROSE.search(line))
