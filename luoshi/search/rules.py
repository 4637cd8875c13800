"""“包含”的含义: text is compared after NFKC and case folding; every word asked for must be contained.

A doc is found by pairs of neighbouring characters (bigrams): whatever contains 老旧小区 contains 老旧, 旧小 and 小区.
Pairs only choose candidates; the folded text decides, so an answer is exact.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

LONGEST = 60
"""Characters that a question may have; longer ones are asked back, never cut."""
WORDS_MOST = 8


@dataclass(frozen=True, slots=True)
class Doc:
    """One thing that may be looked up. `codes` are what it is also known by (a number, pinyin initials), not shown."""

    kind: str
    key: int
    bureau: int
    title: str
    text: str = ""
    codes: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Text as it is compared: NFKC, then case folding; without NUL, which no database keeps.

    >>> fold("ＡＢｃ①　Straße")
    'abc1 strasse'
    """
    return unicodedata.normalize("NFKC", text).casefold().replace("\x00", "")


def words(question: str) -> list[str]:
    """The words of a question, folded, each once; a doc must contain all of them.

    >>> words(" 老旧小区　ＡＰＰ 老旧小区 ")
    ['老旧小区', 'app']
    """
    return list(dict.fromkeys(fold(question).split()))


def refusal(question: str) -> str:
    """Why a question is not looked up, as a sentence that says what to do; empty where it may be.

    >>> refusal("问责"), refusal("。、")
    ('', '只有标点符号，没有可查的字。请输入名称、编号、人名或文中的词。')
    >>> refusal("长" * 61)
    '一次最多查60个字，现在有61个。请只留最关键的词。'
    """
    if len(question) > LONGEST:
        return f"一次最多查{LONGEST}个字，现在有{len(question)}个。请只留最关键的词。"
    asked = words(question)
    if not any(one.isalnum() for word in asked for one in word):
        return "只有标点符号，没有可查的字。请输入名称、编号、人名或文中的词。"
    if len(asked) > WORDS_MOST:
        return f"一次最多查{WORDS_MOST}个词，现在有{len(asked)}个。请只留最关键的词。"
    return ""


def bigrams(folded: str) -> set[str]:
    """Every pair of neighbouring characters without white space.

    >>> sorted(bigrams("a bc\\n小区"))
    ['bc', '小区']
    """
    return {one + two for one, two in pairwise(folded) if not (one.isspace() or two.isspace())}


def head_of(doc: Doc) -> str:
    """A doc's codes and title, folded: what a title hit is looked for in. Each code stands between spaces.

    >>> head_of(Doc("matter", 1, 1, "整治窨井盖", codes=("7", "2026-0007")))
    ' 7 2026-0007 \\n整治窨井盖'
    """
    codes = f" {' '.join(fold(one) for one in doc.codes)} \n" if doc.codes else ""
    return codes + fold(doc.title)


def marked(text: str, asked: list[str], *, width: int = 0) -> list[tuple[str, bool]]:
    """Text in pieces, each with whether it was asked for; with `width` only about that many characters round the first.

    >>> marked("推进老旧小区改造", ["小区"])
    [('推进老旧', False), ('小区', True), ('改造', False)]
    >>> marked("一二三四五六七八九十" * 9 + "ＡＰＰ办理", ["app"], width=12)
    [('…四五六七八九十', False), ('ＡＰＰ', True), ('办理', False)]
    """
    text = " ".join(text.split())
    spans = _spans(text, asked)
    first, last = 0, len(text)
    if width and len(text) > width:
        first = max(0, min(spans[0][0] - width // 3, len(text) - width)) if spans else 0
        last = first + max(width, spans[0][1] - first if spans else 0)
    pieces: list[tuple[str, bool]] = []
    at = first
    for start, end in [one for one in spans if one[0] >= first and one[1] <= last]:
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if last > at:
        pieces.append((text[at:last], False))
    if first > 0:
        pieces = [("…" + pieces[0][0], False), *pieces[1:]] if not pieces[0][1] else [("…", False), *pieces]
    if last < len(text):
        pieces = [*pieces[:-1], (pieces[-1][0] + "…", False)] if not pieces[-1][1] else [*pieces, ("…", False)]
    return pieces


def _spans(text: str, asked: list[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text itself, in order, overlapping ones joined."""
    folded, place = "", []
    for index, one in enumerate(text):
        part = fold(one)
        folded += part
        place += [index] * len(part)
    found = []
    for word in asked:
        at = folded.find(word)
        while at >= 0:
            found.append((place[at], place[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of what may be looked up, as its room tells it: all keys in order, a stretch at a time, and their docs.

    `docs` leaves out a key that is not (or no longer) to be found.
    """

    kind: str
    keys: Callable[[int, int], list[int]]
    docs: Callable[[Sequence[int]], list[Doc]]


def in_order(keys: Any) -> Callable[[int, int], list[int]]:
    """The `keys` of a source from a query set's factory: those after a key, so many, in order."""
    return lambda after, size: list(keys().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])
