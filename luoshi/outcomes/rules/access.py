"""Who reads what: the panel of the whole bureau, a draft, an issued summary."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.org.rules import BUSINESS, Duty, Held

OVERSEERS = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.INSPECTOR, Duty.DISCIPLINE})
"""Whoever reads the panel; each sees in it only what he sees in the rooms, a leader the units in his portfolio."""
WHOLE = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.INSPECTOR, Duty.DISCIPLINE})
"""Of these, whoever sees the whole bureau."""
READERS = BUSINESS
"""An issued summary is read by whoever works in the bureau."""
KEEPERS = (Duty.OFFICE,)
"""Drafts, sends, issues, and types the figures that come from outside."""
APPROVERS = (Duty.OFFICE, Duty.CHIEF)
OFFICE, CHIEF = "office", "chief"


def summary_roles(held: Iterable[Held], bureau_id: int) -> frozenset[str]:
    """A person's roles in the summaries of a bureau.

    >>> sorted(summary_roles([Held("OFFICE", 4, 2), Held("CHIEF", 3, 2)], 2)), summary_roles([Held("OFFICE", 4, 2)], 7)
    (['chief', 'office'], frozenset())
    """
    words = {Duty.OFFICE: OFFICE, Duty.CHIEF: CHIEF}
    return frozenset(words[Duty(one.duty)] for one in held if one.bureau_id == bureau_id and one.duty in words)
