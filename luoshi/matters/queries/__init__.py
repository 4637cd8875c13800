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
from luoshi.matters.queries.archive import finished, may_pack
from luoshi.matters.queries.choices import nameable, named, offers
from luoshi.matters.queries.desk import Desk, DeskGroup, desk_facts
from luoshi.matters.queries.extensions import asked_extension, extension_lines
from luoshi.matters.queries.finding import ORDERS, ListFilter
from luoshi.matters.queries.intake import Intake, intake
from luoshi.matters.queries.ledger import ledger_rows, ledger_values
from luoshi.matters.queries.list_sheet import ItemRow, ListFacts, list_facts
from luoshi.matters.queries.lists import (
    Clock,
    MatterPage,
    Row,
    clock_of,
    found_for,
    matter_list,
    next_feedback_on,
    row,
    rows,
)
from luoshi.matters.queries.many import against, outside_hours
from luoshi.matters.queries.parties import (
    PartLine,
    my_parts,
    owing,
    part_facts,
    part_lines,
    returned_to_office,
    to_consolidate,
    unanswered_return,
    unfinished,
)
from luoshi.matters.queries.people import office, part_people, receivers, receivers_by_unit, unit_people, verifiers
from luoshi.matters.queries.recurrence import due_now
from luoshi.matters.queries.roadmap import (
    Coverage,
    RoadmapDue,
    accepted_roadmap,
    changes,
    done_steps,
    dropped,
    proposed_roadmap,
    returned_roadmap,
    roadmap_coverage,
    roadmap_due,
    roadmap_facts,
    roadmap_units,
    step_lines,
    steps_of,
    undone,
    without_roadmap,
)
from luoshi.matters.queries.sheets import DispatchFacts, FeedbackFacts, dispatch_facts, feedback_facts
from luoshi.matters.queries.standing import RUNNING, idle
from luoshi.matters.queries.story import changes_since, deadline_lines, timeline, why
from luoshi.matters.queries.task_lists import (
    agenda,
    item_lines,
    list_lines,
    lists_seen,
    meeting_lines,
    meetings_seen,
    said_of,
    sees_whole,
    stages,
)

__all__ = [
    "ORDERS", "RUNNING", "Clock", "Coverage", "Desk", "DeskGroup", "DispatchFacts", "FeedbackFacts", "Intake",
    "ItemRow", "ListFacts", "ListFilter", "MatterPage", "PartLine", "RoadmapDue", "Row", "accepted_roadmap",
    "against", "agenda", "asked_extension", "assist_units", "changes", "changes_since", "clock_of",
    "deadline_lines", "desk_facts", "dispatch_facts", "done_steps", "dropped", "due_now", "extension_lines",
    "feedback_facts", "finished", "found_for", "idle", "intake", "item_lines", "ledger_rows", "ledger_values",
    "list_facts", "list_lines", "lists_seen", "matter_list", "may_pack", "meeting_lines", "meetings_seen",
    "my_parts", "nameable", "named",
    "next_feedback_on", "offers", "office", "open_moves", "outside_hours", "owing", "part_facts", "part_lines",
    "part_people", "parts_of", "proposed_roadmap", "receivers", "receivers_by_unit", "relation", "returned_roadmap",
    "returned_to_office", "roadmap_coverage", "roadmap_due", "roadmap_facts", "roadmap_units", "roles_of", "row",
    "rows", "said_of", "sees_whole", "stages", "states_seen", "step_lines", "steps_of", "timeline",
    "to_consolidate", "unanswered_return", "undone", "unfinished", "unit_people", "verifiers", "visible",
    "visible_to", "why", "without_roadmap",
]  # fmt: skip
