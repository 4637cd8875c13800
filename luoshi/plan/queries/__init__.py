"""Reading plans: who sees what, the texts and their progress, the rules; what a clause has to show (`clauses`)."""

from luoshi.plan.queries.access import clauses_for, duties_for, rules_for, set_asides_for, versions_for, visible_to
from luoshi.plan.queries.accounting import (
    STANDINGS,
    Accounting,
    accounting,
    innermost,
    made_of,
    made_with,
    numbers,
)
from luoshi.plan.queries.checking import Checkup, checkup, clause_keys, draft_of, limits_of
from luoshi.plan.queries.clauses import unowned_clauses
from luoshi.plan.queries.once import OnceLine, last_citation, once_lines, undecided
from luoshi.plan.queries.over import Speaks, rules_over
from luoshi.plan.queries.ruling import NoRule, as_value, find_rule, history, rule, rules_by_duty, rules_of, stated_value
from luoshi.plan.queries.texts import (
    ClauseChip,
    OutlineLine,
    Progress,
    above,
    around,
    clause_chip,
    clauses_of,
    outline,
    progress,
    progresses,
    unit_named,
    unit_names,
    with_newest,
)

__all__ = [
    "STANDINGS", "Accounting", "Checkup", "ClauseChip", "NoRule", "OnceLine", "OutlineLine", "Progress", "Speaks",
    "above", "accounting", "around", "as_value", "checkup", "clause_chip", "clause_keys", "clauses_for", "clauses_of",
    "draft_of", "duties_for", "find_rule", "history", "innermost", "last_citation", "limits_of", "made_of",
    "made_with", "numbers", "once_lines", "outline", "progress", "progresses", "rule", "rules_by_duty", "rules_for",
    "rules_of", "rules_over", "set_asides_for", "stated_value", "undecided", "unit_named", "unit_names",
    "unowned_clauses", "versions_for", "visible_to", "with_newest",
]  # fmt: skip
