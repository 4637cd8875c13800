"""Which rule holds: precedence of sources, and the value with everything that explains it.

Precedence (house rules): a matter's own date > the plan's clause > the bureau's decision > regulation >
product default. The screen always says which one spoke.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PRECEDENCE = ("PLAN", "BUREAU", "REGULATION", "PRODUCT")


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A rule as it is applied: its typed value, where it comes from, and the version that a running record keeps."""

    slot: str
    value: dict[str, Any]
    source: str
    citation: str
    rule_id: int | None
    number: int
    clause_id: int | None = None
