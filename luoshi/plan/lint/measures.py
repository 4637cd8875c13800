"""没有数量或时限: duties that promise a rhythm or a date and give none; the rest is only counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.plan.lint.findings import Draft, Finding, Said, at, short
from luoshi.plan.slots import RULED

_PROMISES = re.compile(
    r"定期|不定期|及时|限期|经常性?|常态化|适时|尽快|尽早|按时|按期|如期|近期|阶段性|分阶段|一批|第一时间|立即|迅速|长期"
)
_OF_ITSELF = re.compile(r"及时雨|长期性|长期以来|不及时|随时")
_LOOSE = re.compile(r"(?:第一时间|立即|迅速)")
"""Words that name their own date: no rhythm is missing there unless the act's slot wants a parameter."""


def wanting(one: Said) -> str:
    """Why a duty should give a number or a date and does not: the word that promises it, or its mechanism; else "".

    >>> wanting(Said("一", 0, 1, "", "定期进行跟踪考察")), wanting(Said("一", 0, 1, "", "设立意见箱"))
    ('定期', '')
    """
    if one.value is not None or any(_measured(part) for part in one.measures):
        return ""
    words = _OF_ITSELF.sub("", one.act)
    found = next((hit[0] for hit in _PROMISES.finditer(words) if not _LOOSE.fullmatch(hit[0])), "")
    if found:
        return found
    return RULED[one.slot].label if one.slot in RULED and RULED[one.slot].read_from_text else ""


def _measured(part: object) -> bool:
    told = part if isinstance(part, dict) else {}
    return told.get("quantity") is not None or bool(told.get("deadline")) or bool(told.get("period"))


def no_measure(draft: Draft) -> Iterator[Finding]:
    """Duties that promise a rhythm or a date without giving one; and mechanisms that are measured nowhere."""
    wanted = [(one, word) for one in draft.duties if (word := wanting(one))]
    settled = {one.slot for one in draft.duties if one.slot in RULED and not _open(one)}
    for one, word in wanted:
        if not _by_slot(one, word):
            settled.add(one.slot)
            yield at(one, "no_measure", *_told(one, word, by_slot=False))
    for one, word in wanted:
        if _by_slot(one, word) and one.slot not in settled:
            settled.add(one.slot)
            yield at(one, "no_measure", *_told(one, word, by_slot=True), severity="LOW")


def _by_slot(one: Said, word: str) -> bool:
    return one.slot in RULED and word == RULED[one.slot].label


def _open(one: Said) -> bool:
    return one.value is None and not any(_measured(part) for part in one.measures)


def _told(one: Said, word: str, *, by_slot: bool) -> tuple[str, str]:
    standing = RULED[one.slot].standing() if one.slot in RULED else None
    quote = short(one.act)
    if by_slot:
        said = f"“{quote}”属于“{word}”，按其性质要有次数或期限，条款里没有写。"
    elif word == "一批":
        said = f"“{quote}”只说“一批”，没有写多少，做到什么程度算完成无从核对。"
    else:
        said = f"“{quote}”说了“{word}”，没有写多久一次或到哪一天。"
    if standing is not None and one.slot in RULED:
        return said, f"写明数字；不写的，系统按{RULED[one.slot].words(standing.value)}掌握（{standing.citation}）。"
    return said, "写明多少、多久一次或截止到哪一天；确实不宜量化的，换一个不许诺时间的说法。"


def unmeasured(draft: Draft) -> int:
    """How many further duties have no number and no date and need none: they are summed in one line."""
    return sum(not wanting(one) and _open(one) for one in draft.duties)
