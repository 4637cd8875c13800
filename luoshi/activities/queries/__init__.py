"""Reading activities: who sees what, lists, one record, one person."""

from luoshi.activities.queries.access import (
    keeps,
    may_change,
    objections_seen,
    objections_to_answer,
    visible,
    visible_to,
)
from luoshi.activities.queries.alike import AlikeLine, alike
from luoshi.activities.queries.listing import (
    ActivityFilter,
    ActivityLine,
    ActivityPage,
    activity_list,
    last_like,
    mine,
    parts,
    sat_in,
)
from luoshi.activities.queries.people import Roster, roster, units_then

__all__ = [
    "ActivityFilter", "ActivityLine", "ActivityPage", "AlikeLine", "Roster", "activity_list", "alike", "keeps",
    "last_like", "may_change", "mine", "objections_seen", "objections_to_answer", "parts", "roster", "sat_in",
    "units_then", "visible", "visible_to",
]  # fmt: skip
