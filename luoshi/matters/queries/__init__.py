"""Reading matters: who sees and may do what, the desk, lists, one matter's story, facts for documents."""

from luoshi.matters.queries.access import (
    assist_units,
    open_moves,
    parts_of,
    relation,
    roles_of,
    states_seen,
    visible,
    visible_to,
)
from luoshi.matters.queries.desk import Desk, DeskGroup, desk_facts
from luoshi.matters.queries.lists import (
    Clock,
    ListFilter,
    MatterPage,
    Row,
    clock_of,
    matter_list,
    next_feedback_on,
    row,
)
from luoshi.matters.queries.people import office, receivers, unit_people, verifiers
from luoshi.matters.queries.sheets import DispatchFacts, FeedbackFacts, dispatch_facts, feedback_facts
from luoshi.matters.queries.story import changes_since, deadline_lines, timeline, why

__all__ = [
    "Clock", "Desk", "DeskGroup", "DispatchFacts", "FeedbackFacts", "ListFilter", "MatterPage", "Row",
    "assist_units", "changes_since", "clock_of", "deadline_lines", "desk_facts", "dispatch_facts",
    "feedback_facts", "matter_list", "next_feedback_on", "office", "open_moves", "parts_of", "receivers",
    "relation", "roles_of", "row", "states_seen", "timeline", "unit_people", "verifiers", "visible",
    "visible_to", "why",
]  # fmt: skip
