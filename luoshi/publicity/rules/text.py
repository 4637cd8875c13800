"""The plain text of an article laid out as officials write it, and names hidden in it.

There is no markup: a line that begins 一、 or （一） and is no whole sentence is a heading, all others are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HEAD = re.compile(r"^[一二三四五六七八九十百]{1,4}、\S")
SUBHEAD = re.compile(r"^（[一二三四五六七八九十百]{1,4}）\S")
HEAD_MOST = 40
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "夏侯", "东方", "令狐", "慕容", "司徒", "端木")


@dataclass(frozen=True, slots=True)
class Block:
    """One line: a heading, a heading below it, or a paragraph."""

    kind: str
    words: str


def blocks(text: str) -> list[Block]:
    """The lines of a text as they are laid out; empty lines only part them.

    >>> [one.kind for one in blocks("一、做法\\n（一）先查后改\\n逐条查摆，逐条整改。\\n\\n二、成效明显，群众满意。")]
    ['head', 'subhead', 'line', 'line']
    >>> blocks("<b>一、</b>")
    [Block(kind='line', words='<b>一、</b>')]
    """
    lines = (one.strip().strip("\u3000") for one in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return [Block(_kind(one), one) for one in lines if one]


def _kind(line: str) -> str:
    if len(line) <= HEAD_MOST and line[-1] not in "。！？；：，":
        if HEAD.match(line):
            return "head"
        if SUBHEAD.match(line):
            return "subhead"
    return "line"


def hidden(name: str) -> str:
    """A person's name as a notice prints it.

    >>> hidden("林晓舟"), hidden("苏晴"), hidden("欧阳明")
    ('林某某', '苏某', '欧阳某')
    """
    surname = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
    return surname + "某" * max(1, len(name) - len(surname))


def hide_names(text: str, names: Iterable[str]) -> tuple[str, list[str]]:
    """The text without these names, and the names that stood in it; the longest first, so that none is cut in two.

    >>> hide_names("林晓舟、苏晴收受礼品。", ["苏晴", "林晓舟", "白守正"])
    ('林某某、苏某收受礼品。', ['林晓舟', '苏晴'])
    """
    found = []
    for name in sorted({one for one in names if len(one) >= 2}, key=lambda one: (-len(one), one)):
        if name in text:
            text = text.replace(name, hidden(name))
            found.append(name)
    return text, found


def day_words(on: date) -> str:
    """A day as prose says it.

    >>> day_words(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{on.year}年{on.month}月{on.day}日"


def sentence(text: str) -> str:
    """A text that ends as a sentence does.

    >>> sentence("已更换 "), sentence("已更换。"), sentence("")
    ('已更换。', '已更换。', '')
    """
    told = text.strip()
    return told if not told or told[-1] in "。！？；" else f"{told}。"
