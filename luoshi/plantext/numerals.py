"""Chinese and Arabic numerals as numbers (数字).

Only a span that already looks like a numeral is handed to `cn2an`: it must never see running text,
because it would read 一网通办 as a number.

>>> value("三千五百"), value("20"), value("1.5"), value("两"), value("半")
(3500, 20, 1.5, 2, 0.5)
>>> ordinal("二十一"), ordinal("③"), ordinal("12")
(21, 3, 12)
>>> value("网") is None
True
"""

import re

import cn2an

CHINESE = "零○一二三四五六七八九十百千两"
_CHINESE_ONLY = re.compile(rf"[{CHINESE}]+")
_ARABIC = re.compile(r"\d{1,15}(?:\.\d{1,6})?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?")
_DIGITS = {char: place for place, char in enumerate("零一二三四五六七八九")} | {"○": 0, "两": 2}

Number = int | float


def value(word: str) -> Number | None:
    """The number a numeral means, or None where it is none."""
    if word == "半":
        return 0.5
    if _ARABIC.fullmatch(word):
        return _tidy(float(word))
    if _GROUPED.fullmatch(word):
        return _tidy(float(word.replace(",", "")))
    if not _CHINESE_ONLY.fullmatch(word) or len(word) > 12:
        return None
    if len(word) == 1 and word in _DIGITS:
        return _DIGITS[word]
    if all(char in _DIGITS for char in word):
        return int("".join(str(_DIGITS[char]) for char in word))
    try:
        return _tidy(float(cn2an.cn2an(word.replace("○", "零"), "smart")))
    except (ValueError, KeyError, IndexError):
        return None


def ordinal(word: str) -> int | None:
    """The place a marker names: 二十一, 12, ③; None where it is none."""
    if len(word) == 1 and "①" <= word <= "⑳":
        return ord(word) - ord("①") + 1
    number = value(word)
    return None if number is None else int(number)


def _tidy(number: float) -> Number:
    return int(number) if number == int(number) else number
