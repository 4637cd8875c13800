"""A matter's pages: the list, one matter, writing one down, and one address for each act."""

from luoshi.matters.views.acts import ACTS
from luoshi.matters.views.bulk import bulk
from luoshi.matters.views.filters import filter_drop, filter_rename, filters
from luoshi.matters.views.intake import list_add, list_new
from luoshi.matters.views.listing import listing
from luoshi.matters.views.lists import (
    list_archive,
    list_carry_on,
    list_edit,
    list_paper,
    task_list,
    task_lists,
)
from luoshi.matters.views.meetings import (
    meeting,
    meeting_edit,
    meeting_item,
    meeting_minutes,
    meeting_new,
    meeting_void,
    meetings,
)
from luoshi.matters.views.opening import amend, open_new
from luoshi.matters.views.page import detail, evidence
from luoshi.matters.views.recurrence import recurrence_change, recurrence_end, recurrence_new, recurrences
from luoshi.matters.views.sheet import export, sheet

__all__ = [
    "ACTS", "amend", "bulk", "detail", "evidence", "export", "filter_drop", "filter_rename", "filters", "list_add",
    "list_archive", "list_carry_on", "list_edit", "list_new", "list_paper", "listing", "meeting", "meeting_edit",
    "meeting_item", "meeting_minutes", "meeting_new", "meeting_void", "meetings", "open_new", "recurrence_change",
    "recurrence_end", "recurrence_new", "recurrences", "sheet", "task_list", "task_lists",
]  # fmt: skip
