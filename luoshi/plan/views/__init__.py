"""A plan's pages: the list, importing, the reading screen, a clause, the rules."""

from luoshi.plan.views.browsing import clause, detail, listing, original
from luoshi.plan.views.deciding import confirm, confirm_many, correct, drop, drop_many, no_duty, restore
from luoshi.plan.views.importing import bring_in, preview
from luoshi.plan.views.reading import duty, read
from luoshi.plan.views.ruling import decide, end, paper, rules
from luoshi.plan.views.versions import adopt, carry_over, difference, keep, new_version

__all__ = [
    "adopt",
    "bring_in",
    "carry_over",
    "clause",
    "confirm",
    "confirm_many",
    "correct",
    "decide",
    "detail",
    "difference",
    "drop",
    "drop_many",
    "duty",
    "end",
    "keep",
    "listing",
    "new_version",
    "no_duty",
    "original",
    "paper",
    "preview",
    "read",
    "restore",
    "rules",
]
