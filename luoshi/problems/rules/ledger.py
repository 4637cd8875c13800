"""问题台账: what a problem waits for and from whom, and when it counts as stuck."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from luoshi.problems.rules.words import OPEN, State

PATIENCE = timedelta(days=7)
"""So long a problem may wait for a word (确认 or 验收) before the ledger shows it as stuck."""


def waits_for(
    state: str, *, unit: str = "", owner: str = "", applied_on: date | None = None, look_back_on: date | None = None,
    held: bool | None = None, busy: Sequence[str] = (), done: bool = False,
) -> str:  # fmt: skip
    """Who has the next word and which, empty where nothing is waited for.

    `busy` are the units that still have a matter of it, `done` that all such matters are closed.

    >>> waits_for("FOUND"), waits_for("FOUND", unit="规建股"), waits_for("CONFIRMED", unit="规建股")
    ('局办公室确认', '规建股确认', '规建股定措施')
    >>> waits_for("RECTIFYING", unit="规建股", owner="李明"), waits_for("RECTIFYING", applied_on=date(2026, 11, 2))
    ('李明整改', '核查人验收')
    >>> waits_for("RECTIFYING", busy=("质安中心", "物业股")), waits_for("RECTIFYING", unit="规建股", done=True)
    ('质安中心、物业股办结整改事项', '核查人验收')
    >>> waits_for("CLOSED", look_back_on=date(2027, 2, 20)), waits_for("CLOSED", held=True), waits_for("DISMISSED")
    ('2027-02-20回头看', '', '')
    """
    if state == State.FOUND:
        return f"{unit or '局办公室'}确认"
    if state == State.CONFIRMED:
        return f"{unit}定措施" if unit else "局办公室定责任单位"
    if state == State.RECTIFYING:
        if busy:
            return f"{'、'.join(busy[:3])}办结整改事项"
        return "核查人验收" if applied_on is not None or done else f"{owner or unit}整改"
    if state == State.CLOSED and look_back_on is not None and not held:
        return f"{look_back_on}回头看"
    return ""


def overdue(state: str, *, due_on: date | None, applied_on: date | None, on: date) -> bool:
    """Past its date; who applied for closing in time waits for another and is not late.

    >>> day = date(2026, 11, 20)
    >>> overdue("RECTIFYING", due_on=day, applied_on=None, on=date(2026, 11, 21))
    True
    >>> overdue("RECTIFYING", due_on=day, applied_on=day, on=date(2026, 11, 21))
    False
    """
    return state in OPEN and due_on is not None and due_on < (applied_on or on)
