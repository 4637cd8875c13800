"""Where a problem stands, in the words of the office."""

from __future__ import annotations

from datetime import date

from luoshi.problems.rules.words import State


def standing(
    state: str, *, applied_on: date | None = None, look_back_on: date | None = None, held: bool | None = None
) -> str:
    """The one word for where a problem stands; closed is not solved until somebody has looked at it again (回头看).

    >>> standing("RECTIFYING"), standing("RECTIFYING", applied_on=date(2026, 11, 20))
    ('整改中', '待验收')
    >>> standing("CLOSED", look_back_on=date(2027, 2, 20)), standing("CLOSED", held=True)
    ('已销号，待回头看', '已解决')
    """
    if state == State.RECTIFYING and applied_on is not None:
        return "待验收"
    if state == State.CLOSED:
        return "已解决" if held or look_back_on is None else "已销号，待回头看"
    return State(state).label
