"""A plan's pages: the list, importing, the reading screen, the rules."""

from luoshi.plan.views.browsing import detail, listing, original
from luoshi.plan.views.campaign import campaign, campaign_paper, edit_plan, exclude_unit, include_unit
from luoshi.plan.views.checking import lint, list_again, set_aside
from luoshi.plan.views.deciding import (
    assign,
    confirm,
    confirm_many,
    correct,
    drop,
    drop_many,
    has_duty,
    no_duty,
    restore,
    restore_many,
)
from luoshi.plan.views.group import add_member, edit_group, end_group, end_member, set_group
from luoshi.plan.views.importing import bring_in, preview
from luoshi.plan.views.once import accept_defaults, decisions
from luoshi.plan.views.phases import (
    add_phase,
    check_gate,
    choose_checks,
    edit_phase,
    set_phases,
    sign_gate,
    void_phase,
    withdraw_gate,
)
from luoshi.plan.views.reading import duty, read
from luoshi.plan.views.responsibilities import (
    add_responsibility,
    edit_responsibility,
    end_responsibility,
    propose_responsibilities,
    responsibilities,
    responsibilities_xlsx,
)
from luoshi.plan.views.ruling import decide, end, paper, rules
from luoshi.plan.views.shaping import add, merge, split, unmake
from luoshi.plan.views.versions import adopt, carry_over, difference, govern, keep, new_version

__all__ = [
    "accept_defaults",
    "add",
    "add_member",
    "add_phase",
    "add_responsibility",
    "adopt",
    "assign",
    "bring_in",
    "campaign",
    "campaign_paper",
    "carry_over",
    "check_gate",
    "choose_checks",
    "confirm",
    "confirm_many",
    "correct",
    "decide",
    "decisions",
    "detail",
    "difference",
    "drop",
    "drop_many",
    "duty",
    "edit_group",
    "edit_phase",
    "edit_plan",
    "edit_responsibility",
    "end",
    "end_group",
    "end_member",
    "end_responsibility",
    "exclude_unit",
    "govern",
    "has_duty",
    "include_unit",
    "keep",
    "lint",
    "list_again",
    "listing",
    "merge",
    "new_version",
    "no_duty",
    "original",
    "paper",
    "preview",
    "propose_responsibilities",
    "read",
    "responsibilities",
    "responsibilities_xlsx",
    "restore",
    "restore_many",
    "rules",
    "set_aside",
    "set_group",
    "set_phases",
    "sign_gate",
    "split",
    "unmake",
    "void_phase",
    "withdraw_gate",
]
