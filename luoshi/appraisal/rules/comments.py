"""点评和改进: what was said of a unit between boards, and what grew out of it; the problem's ledger holds the rest.

A weak item becomes an improvement only where the office picks it. The improvement opens one problem (2.2.2.2b), and
where that problem stands is where the improvement stands: measure, deadline, acceptance by another person and 回头看
are told once, in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luoshi.org.rules import Duty

WORDS_MOST, TITLE_MOST = 500, 120
SPEAKERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER)
"""Who comments: 局办公室 and 班子成员; the office also enters what one of these said off screen."""


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator of a score: its place in the basis, its words, its value, the arithmetic."""

    key: str
    label: str
    value: Decimal | None
    sentence: str

    @property
    def words(self) -> str:
        """How a list offers it.

        >>> Item("COUNTY:on_time", "县委县政府交办·按期率", Decimal("75.00"), "").words
        '县委县政府交办·按期率 75.00分'
        """
        return f"{self.label} {self.value}分" if self.value is not None else f"{self.label} 本季度没有可计的"


def items(basis: Mapping[str, Any]) -> list[Item]:
    """The indicators of a score's basis, in its order; what had nothing to count has no value and is not zero.

    >>> part = {"key": "on_time", "label": "按期率", "value": "75.00", "sentence": "按期率：4件中3件按期"}
    >>> [one.words for one in items({"blocks": [{"block": "COUNTY", "label": "县交办", "parts": [part]}]})]
    ['县交办·按期率 75.00分']
    >>> items({})
    []
    """
    return [
        Item(
            key=f"{block['block']}:{part['key']}",
            label=f"{block['label']}·{part['label']}",
            value=None if part["value"] is None else Decimal(part["value"]),
            sentence=str(part["sentence"]),
        )
        for block in basis.get("blocks", [])
        for part in block["parts"]
    ]


def item_of(basis: Mapping[str, Any], key: str) -> Item | None:
    """One indicator by its key; None where the basis has none such."""
    return next((one for one in items(basis) if one.key == key), None)


def why_not_comment(words: str) -> str:
    """Why a comment may not be made; empty where it may.

    >>> why_not_comment(" ")
    '请写明点评的内容：看到什么、要怎样改进。'
    >>> why_not_comment("进度比上季度快，材料还要补齐。")
    ''
    """
    if not words.strip():
        return "请写明点评的内容：看到什么、要怎样改进。"
    if len(words.strip()) > WORDS_MOST:
        return f"点评不超过{WORDS_MOST}字，请写要点。"
    return ""
