"""The text of a summary: figures stand in it as 〔name〕, and its length is counted with the figures in their place.

The name in the brackets is the figure's Chinese name, so that whoever edits reads a sentence and not a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

TOKEN = re.compile(r"〔([^〔〕\n]{1,60})〕")


def pieces(text: str) -> list[tuple[str, str]]:
    """A text as words and figures, in order: ("", words) or (name, "").

    >>> pieces("销号〔销号数〕，反弹〔反弹数〕。")
    [('', '销号'), ('销号数', ''), ('', '，反弹'), ('反弹数', ''), ('', '。')]
    """
    found = []
    for nth, part in enumerate(TOKEN.split(text)):
        if nth % 2:
            found.append((part, ""))
        elif part:
            found.append(("", part))
    return found


def mentioned(text: str) -> list[str]:
    """The figures that a text names, each once.

    >>> mentioned("〔甲〕和〔乙〕，〔甲〕")
    ['甲', '乙']
    """
    return list(dict.fromkeys(TOKEN.findall(text)))


def unknown(text: str, names: Iterable[str]) -> list[str]:
    """The names in brackets that no figure has: 文号 like 〔2026〕 are words and no figures.

    >>> unknown("云住建发〔2026〕18号销号〔销号书〕", ["销号数"])
    ['销号书']
    """
    known = set(names)
    return [one for one in mentioned(text) if one not in known and not one.isdigit()]


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """The text with the figures in their place; a name that no figure has stays as it is.

    >>> filled_in("销号〔销号数〕，云住建发〔2026〕18号", {"销号数": "12件"})
    '销号12件，云住建发〔2026〕18号'
    """
    return TOKEN.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def counted(texts: Iterable[str], values: Mapping[str, str]) -> int:
    """How many characters the texts have on paper: figures in their place, spaces and line ends left out.

    >>> counted(["一、成效 \\n", "销号〔数〕。"], {"数": "12件"})
    10
    """
    return sum(len("".join(filled_in(one, values).split())) for one in texts)


def over(number: int, most: int) -> int:
    """How many characters are to be cut before it may be issued.

    >>> over(5000, 5000), over(5012, 5000)
    (0, 12)
    """
    return max(0, number - most)
