"""The only writers of problems, by stage: opening, rectifying, closing, looking back.

Every verb takes `by` (who clicks) and `on` (the civil day) and, as keywords shared by all of them, the `moves.Form`.
They raise `NotAllowed` (a sentence: why, and what to do), `Stale` (somebody was first; what happened since) and
`records.services.BadFile` (an upload that is spent).
"""

from luoshi.problems.services.clockwork import remind
from luoshi.problems.services.closing import (
    accept_closing,
    apply_closing,
    hold_look_back,
    rebound,
    return_closing,
)
from luoshi.problems.services.opening import open_problem, see_again, take_copy
from luoshi.problems.services.rectifying import (
    Order,
    amend,
    confirm,
    dismiss,
    order_rectification,
    report_progress,
    reschedule,
    restore,
    start_rectifying,
)

__all__ = [
    "Order",
    "accept_closing",
    "amend",
    "apply_closing",
    "confirm",
    "dismiss",
    "hold_look_back",
    "open_problem",
    "order_rectification",
    "rebound",
    "remind",
    "report_progress",
    "reschedule",
    "restore",
    "return_closing",
    "see_again",
    "start_rectifying",
    "take_copy",
]
