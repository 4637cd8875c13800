"""The verbs of a plan's campaign page: header and scope, phases and gates, leading group, responsibility list."""

from luoshi.plan.services.campaign.gates import check_gate, choose_checks, sign_gate, withdraw_gate
from luoshi.plan.services.campaign.group import add_member, edit_group, end_group, end_member, set_group
from luoshi.plan.services.campaign.header import edit_plan, exclude_unit, include_unit
from luoshi.plan.services.campaign.phases import add_phase, edit_phase, set_phases, void_phase
from luoshi.plan.services.campaign.responsibilities import (
    edit_responsibility,
    end_responsibility,
    list_responsibilities,
)

__all__ = [
    "add_member",
    "add_phase",
    "check_gate",
    "choose_checks",
    "edit_group",
    "edit_phase",
    "edit_plan",
    "edit_responsibility",
    "end_group",
    "end_member",
    "end_responsibility",
    "exclude_unit",
    "include_unit",
    "list_responsibilities",
    "set_group",
    "set_phases",
    "sign_gate",
    "void_phase",
    "withdraw_gate",
]
