"""The verbs of plans: import a text, decide its duties, shape them, say what holds none, let rules arise and end."""

from luoshi.plan.services.accounting import mark_no_duty, unmark_no_duty
from luoshi.plan.services.checking import list_again, set_aside
from luoshi.plan.services.deciding import (
    assign_many,
    confirm_duty,
    confirm_many,
    correct_duty,
    drop_duty,
    drop_many,
    restore_duty,
    restore_many,
)
from luoshi.plan.services.importing import AlreadyImported, adopt_version, import_plan
from luoshi.plan.services.importing.carrying import carry_over
from luoshi.plan.services.once import accept_defaults
from luoshi.plan.services.overlapping import govern
from luoshi.plan.services.ruling import decide_rule, end_rule, keep_rule
from luoshi.plan.services.shaping import add_duty, merge_duties, split_duty, undo_reshape

__all__ = [
    "AlreadyImported", "accept_defaults", "add_duty", "adopt_version", "assign_many", "carry_over", "confirm_duty",
    "confirm_many", "correct_duty", "decide_rule", "drop_duty", "drop_many", "end_rule", "govern", "import_plan",
    "keep_rule", "list_again", "mark_no_duty", "merge_duties", "restore_duty", "restore_many", "set_aside",
    "split_duty", "undo_reshape", "unmark_no_duty",
]  # fmt: skip
