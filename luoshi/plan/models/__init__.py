"""A plan's text and what people made of it: clauses verbatim, duties confirmed one by one, rules that cite them."""

from luoshi.plan.models.campaign import (
    GateCheck,
    GateDecision,
    GroupMember,
    LeadingGroup,
    Phase,
    Responsibility,
    ScopeExclusion,
)
from luoshi.plan.models.checking import SetAside
from luoshi.plan.models.ruling import Rule
from luoshi.plan.models.text import Clause, Duty, DutyOrigin, Plan, PlanVersion

__all__ = [
    "Clause",
    "Duty",
    "DutyOrigin",
    "GateCheck",
    "GateDecision",
    "GroupMember",
    "LeadingGroup",
    "Phase",
    "Plan",
    "PlanVersion",
    "Responsibility",
    "Rule",
    "ScopeExclusion",
    "SetAside",
]
