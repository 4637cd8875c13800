"""Who enters activities, whom he may name in them, and who reads which (plan 2.1, 2.2.1, 2.2.2)."""

from __future__ import annotations

from luoshi.org.rules import ADMINISTRATORS, Duty

ENTRANTS = frozenset(Duty) - ADMINISTRATORS
"""Everybody at work records: study is every staff member's, the window's too; the administrators do no business."""
NAMES_ANYBODY = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD})
"""Who may name anybody of the bureau; others their own unit's people and the leaders whom they went with."""
KEEPERS = frozenset({Duty.OFFICE})
"""Who may amend and void what others entered, and answer objections."""
WHOLE = frozenset({Duty.OFFICE, Duty.CHIEF})
"""Who reads all of the bureau, of talks that they took place."""
OVERSEERS = frozenset({Duty.INSPECTOR, Duty.VERIFIER, Duty.DISCIPLINE})
"""Who reads all of the bureau but talks."""
OWN_UNIT = frozenset({Duty.HEAD})
"""Who reads what his unit did or took part in."""
GROUPS = {
    "study": ("学习", frozenset({"GROUP_STUDY", "OWN_STUDY", "LECTURE"})),
    "field": ("调研走访", frozenset({"RESEARCH", "FRONTLINE", "VISIT"})),
    "talks": ("谈话", frozenset({"POLITICAL_TALK", "HEART_TALK"})),
    "trips": ("走出去、请进来", frozenset({"OUTGOING", "EXPERT"})),
    "meetings": ("会议", frozenset({"MOBILISATION", "MEETING"})),
}
"""The chips of the list: each a few kinds."""
