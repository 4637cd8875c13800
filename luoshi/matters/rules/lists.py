"""Lists and meetings: who may do what with them. What happens to each matter is `life.MOVES` all the same."""

from __future__ import annotations

from luoshi.org.rules import Duty

MAKERS = frozenset({Duty.OFFICE, Duty.LEADER, Duty.CHIEF})
"""局办公室 and 局领导: who registers lists and meetings."""
LIST_ACTS: dict[str, frozenset[str]] = {
    "open_list": MAKERS,
    "add_items": MAKERS,
    "edit_list": MAKERS,
    "carry_on": MAKERS,
    "archive_list": frozenset({Duty.OFFICE}),
}
"""The acts on a list, and the duties in its bureau that may do them; a leader adds to and edits only what he issued."""
MEETING_ACTS: dict[str, frozenset[str]] = dict.fromkeys(
    ("open_meeting", "edit_meeting", "void_meeting", "go_through"), MAKERS
)
"""The acts on a meeting, and the duties in its bureau that may do them."""
