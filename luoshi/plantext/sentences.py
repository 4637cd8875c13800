"""Sentences and their pieces, with brackets and quotation marks kept whole (句读).

A sentence ends at 。！？； or a paragraph's end, a piece at ，; what stands inside （）, “” or 《》 never
ends either. Offsets are places in the bare text.

>>> from luoshi.plantext.page import view
>>> page = view("召开会议（每季，一次），形成“纪要，清单”。限期整改；报告。")
>>> [[page.bare[a:b] for a, b in s.pieces] for s in sentences(page.bare, 0, len(page.bare), brackets(page.bare))]
[['召开会议（每季，一次）', '形成“纪要，清单”'], ['限期整改'], ['报告']]
"""

import re
from dataclasses import dataclass

_CLOSING = {"（": "）", "《": "》", "〔": "〕", "【": "】", "［": "］", "[": "]"}
_LONGEST = {"（": 400, "《": 120, "〔": 20, "【": 200, "［": 200, "[": 200, "“": 80, '"': 40}
# No sentence of a plan is longer; a text without marks is cut here so that reading stays linear.
_LONGEST_PIECE, _LONGEST_SENTENCE = 1500, 3000
_STOP = frozenset("。！？；\n")
_ANY = re.compile(r"[（）《》〔〕【】［］\[\]“”\"\n]")
_OPENING = frozenset('（《〔【［[“"')
_BREAK = re.compile(
    r"[。！？；\n，（《〔【［\[“\"]|(?<=[\u4e00-\u9fff\d）])(?=(?:牵头|责任|配合|协办|主办|承办|参与)(?:单位|部门|领导)：|(?:完成|办结|整改)(?:时限|期限)：)"
)

Span = tuple[int, int]


def last_match(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The last match of a pattern in `text[start:end]`."""
    found = None
    for found in pattern.finditer(text, start, len(text) if end is None else end):  # noqa: B007
        pass
    return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its pieces; `stop` is the mark that ends it ('' at the end of a clause)."""

    start: int
    end: int
    pieces: list[Span]
    stop: str


def brackets(bare: str) -> dict[int, int]:
    """Where each bracket or quotation mark that opens is closed; unclosed ones are left out."""
    closes: dict[int, int] = {}
    waiting: dict[str, list[int]] = {char: [] for char in _CLOSING}
    opener = {close: char for char, close in _CLOSING.items()}
    quote: int | None = None
    for found in _ANY.finditer(bare):
        char, place = found[0], found.start()
        if char == "\n":
            for stack in waiting.values():
                stack.clear()
            quote = None
        elif char in _CLOSING:
            waiting[char].append(place)
        elif char in opener:
            stack = waiting[opener[char]]
            if stack:
                start = stack.pop()
                if place - start <= _LONGEST[opener[char]]:
                    closes[start] = place
        elif char == "“":
            quote = place
        elif quote is not None and place - quote <= _LONGEST[bare[quote]]:
            closes[quote] = place
            quote = None
        else:
            quote = place if char == '"' else None
    return closes


def sentences(bare: str, start: int, end: int, closes: dict[int, int]) -> list[Sentence]:
    """The sentences of `bare[start:end]`."""
    out: list[Sentence] = []
    pieces: list[Span] = []
    first = at = start
    place = start
    while place < end:
        found = _BREAK.search(bare, place, min(end, at + _LONGEST_PIECE))
        if found is None:
            if at + _LONGEST_PIECE >= end:
                break
            place = at + _LONGEST_PIECE
            out.append(Sentence(first, place, [*pieces, (at, place)], ""))
            pieces, first, at = [], place, place
            continue
        place, char = found.start(), found[0]
        if (
            char == "（"
            and place == at == first
            and place in closes
            and bare[closes[place] + 1 : closes[place] + 2] not in _STOP
        ):
            after = min(closes[place] + 1, end)
            out.append(Sentence(place, after, [(place, after)], ""))
            place = at = first = after
            continue
        if not char:
            if place > at:
                out.append(Sentence(first, place, [*pieces, (at, place)], "；"))
                pieces, first, at = [], place, place
                continue
            place += 1
            continue
        if char in _OPENING:
            place = min(closes.get(place, place) + 1, end)
            continue
        if place > at:
            pieces.append((at, place))
        if char in _STOP or place - first > _LONGEST_SENTENCE:
            if pieces:
                out.append(Sentence(first, place, pieces, char))
            pieces, first = [], place + 1
        place += 1
        at = place
    if end > at:
        pieces.append((at, end))
    if pieces:
        out.append(Sentence(first, end, pieces, ""))
    return out
