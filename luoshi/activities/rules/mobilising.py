"""动员部署: the county's meeting, the bureau's within its days, one sitting or relay a unit (2.1.1-2.1.4)."""

from __future__ import annotations

from luoshi.activities.rules.words import Relay

BY_KIND = {"AFFILIATE": "召开动员会或参加联合会议", "SECTION": "学习会议精神"}
"""What is asked of a unit of a kind: 局直单位 hold or join a meeting, 股室 study its spirit. One, not one a layer."""
COUNTY = "县委"
"""Whose meeting starts it, where nothing else is written."""


def missing(kind: str, held: bool) -> str:
    """What a unit still owes, in words; empty where nothing.

    >>> missing("AFFILIATE", False), missing("SECTION", True)
    ('未见召开动员会或参加联合会议', '')
    """
    return "" if held else f"未见{BY_KIND.get(kind, BY_KIND['SECTION'])}"


def relay_words(relay: str, kind: str) -> str:
    """How a unit did it, in words; a section that passed the meeting on has studied its spirit.

    >>> relay_words("RELAYED", "SECTION"), relay_words("JOINT", "AFFILIATE")
    ('传达学习', '合并召开')
    """
    return Relay(relay).label if relay in Relay.values else ""
