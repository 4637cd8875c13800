"""The only writers of problems, by stage: opening, rectifying, closing, looking back.

Every verb takes `by` (who clicks) and `on` (the civil day) and, as keywords shared by all of them, the `moves.Form`.
They raise `NotAllowed` (a sentence: why, and what to do), `Stale` (somebody was first; what happened since) and
`records.services.BadFile` (an upload that is spent).
"""

from luoshi.problems.services.opening import open_problem, see_again

__all__ = ["open_problem", "see_again"]
