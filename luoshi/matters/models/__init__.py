"""事项: the errand, its parties, its dates with their reasons, its events, and the lists that they come from."""

from luoshi.matters.models.agenda import MeetingItem
from luoshi.matters.models.dates import Deadline, ExtensionRequest, Roadmap, RoadmapStep
from luoshi.matters.models.events import Contribution, EventEvidence, Feedback, MatterEvent
from luoshi.matters.models.lists import Meeting, Recurrence, SavedFilter, TaskList
from luoshi.matters.models.matter import Matter, MatterParty

__all__ = [
    "Contribution",
    "Deadline",
    "EventEvidence",
    "ExtensionRequest",
    "Feedback",
    "Matter",
    "MatterEvent",
    "MatterParty",
    "Meeting",
    "MeetingItem",
    "Recurrence",
    "Roadmap",
    "RoadmapStep",
    "SavedFilter",
    "TaskList",
]
