"""征求意见表: a line of opinions with how many forms said it (2.2.2.2a)."""

from __future__ import annotations

import re

COUNTED = re.compile(r"^(?P<words>.*?\S)[\s,，:：×xX*(（]+(?P<count>\d{1,5})\s*[份人次条]?\s*[)）]?$")
MOST = 100


def read_line(line: str) -> tuple[str, int]:
    """The opinion and how many said it; one where no number stands at the end.

    >>> read_line("电动车没处停（12份）"), read_line("路灯不亮 3"), read_line("路灯不亮")
    (('电动车没处停', 12), ('路灯不亮', 3), ('路灯不亮', 1))
    >>> read_line("3号楼漏水")
    ('3号楼漏水', 1)
    """
    told = COUNTED.match(line.strip())
    if told is None or not int(told["count"]):
        return line.strip(), 1
    return told["words"], int(told["count"])


def write_line(words: str, count: int) -> str:
    """The same as typed again.

    >>> write_line("路灯不亮", 3), write_line("路灯不亮", 1)
    ('路灯不亮（3份）', '路灯不亮')
    """
    return f"{words}（{count}份）" if count > 1 else words
