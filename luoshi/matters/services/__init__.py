"""The only writers of matters, by stage: opening, handling, closing, dates, words, clockwork.

Every verb takes `by` (who clicks) and `on` (the civil day) and, as keywords shared by all of them, the
`moves.Form`: `version` (opened on), `now` (the moment), `staged` (tokens of uploads), and for a leader's decision
made off screen and entered by the office `decided_by`, `decided_on`, `source_note` (where it is written down).

They raise `NotAllowed` (a sentence: why, and what to do), `Stale` (somebody was first; what happened since)
and `records.services.BadFile` (an upload that is spent).
"""

from luoshi.matters.services.bulk import Paper
from luoshi.matters.services.clockwork import Moved, recompute_provisional, remind
from luoshi.matters.services.closing import archive, close, reopen, send_back, verify
from luoshi.matters.services.dates import extend, resume, suspend
from luoshi.matters.services.extensions import ask_extension, grant_extension, refuse_extension, withdraw_extension
from luoshi.matters.services.filters import drop_filter, keep_filter, rename_filter
from luoshi.matters.services.handing_out import hand_out, open_approved
from luoshi.matters.services.handling import accept, allot, decline, feed_back, submit
from luoshi.matters.services.lists import (
    Item,
    add_items,
    archive_list,
    carry_on,
    edit_list,
    open_list,
    take_list_copy,
)
from luoshi.matters.services.many import MOST as MANY_MOST
from luoshi.matters.services.many import VERBS as MANY_VERBS
from luoshi.matters.services.many import SomeRefused, act_on_many
from luoshi.matters.services.meetings import copy_minutes, edit_meeting, go_through, open_meeting, void_meeting
from luoshi.matters.services.opening import approve, assign, cancel, open_matter, reassign, update_draft
from luoshi.matters.services.parties import (
    Part,
    adjust_parties,
    allot_part,
    contribute,
    receive,
    return_part,
    urge_part,
)
from luoshi.matters.services.recurrence import (
    change_recurrence,
    end_recurrence,
    hand_out_recurring,
    open_recurrence,
)
from luoshi.matters.services.roadmap import (
    StepWords,
    accept_roadmap,
    finish_step,
    propose_roadmap,
    return_roadmap,
    undo_step,
)
from luoshi.matters.services.sheet import apply_sheet, take_list
from luoshi.matters.services.words import FollowUp, instruct, read, take_copy, urge

__all__ = [
    "MANY_MOST", "MANY_VERBS", "FollowUp", "Item", "Moved", "Paper", "Part", "SomeRefused", "StepWords", "accept",
    "accept_roadmap", "act_on_many", "add_items", "adjust_parties", "allot", "allot_part", "apply_sheet", "approve",
    "archive", "archive_list", "ask_extension", "assign", "cancel", "carry_on", "change_recurrence", "close",
    "contribute", "copy_minutes", "decline", "drop_filter", "edit_list", "edit_meeting", "end_recurrence", "extend",
    "feed_back", "finish_step", "go_through", "grant_extension", "hand_out", "hand_out_recurring", "instruct",
    "keep_filter", "open_approved", "open_list", "open_matter", "open_meeting", "open_recurrence",
    "propose_roadmap", "read", "reassign", "receive", "recompute_provisional", "refuse_extension", "remind",
    "rename_filter", "reopen", "resume", "return_part", "return_roadmap", "send_back", "submit", "suspend",
    "take_copy", "take_list", "take_list_copy", "undo_step", "update_draft", "urge", "urge_part", "verify",
    "void_meeting", "withdraw_extension",
]  # fmt: skip
