"""The verbs of plans: import a text, decide its duties one by one or many at once, let rules arise and end."""

from luoshi.plan.services.deciding import (
    confirm_duty,
    confirm_many,
    correct_duty,
    drop_duty,
    drop_many,
    mark_no_duty,
    restore_duty,
)
from luoshi.plan.services.importing import AlreadyImported, import_plan
from luoshi.plan.services.ruling import decide_rule, end_rule

__all__ = [
    "AlreadyImported",
    "confirm_duty",
    "confirm_many",
    "correct_duty",
    "decide_rule",
    "drop_duty",
    "drop_many",
    "end_rule",
    "import_plan",
    "mark_no_duty",
    "restore_duty",
]
