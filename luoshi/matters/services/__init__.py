"""The only writers of matters, by stage: opening, handling, closing, dates, words, clockwork.

Every verb takes `by` (who clicks) and `on` (the civil day) and, as keywords shared by all of them, the
`moves.Form`: `version` (opened on), `now` (the moment), `staged` (tokens of uploads), and for a leader's decision
made off screen and entered by the office `decided_by`, `decided_on`, `source_note` (where it is written down).

They raise `NotAllowed` (a sentence: why, and what to do), `Stale` (somebody was first; what happened since)
and `records.services.BadFile` (an upload that is spent).
"""

from luoshi.matters.services.clockwork import Moved, recompute_provisional, remind
from luoshi.matters.services.closing import archive, close, reopen, send_back, verify
from luoshi.matters.services.dates import extend, resume, suspend
from luoshi.matters.services.handing_out import hand_out, open_approved
from luoshi.matters.services.handling import accept, allot, contribute, decline, feed_back, receive, submit
from luoshi.matters.services.opening import approve, assign, cancel, open_matter, reassign, update_draft
from luoshi.matters.services.words import FollowUp, instruct, read, take_copy, urge

__all__ = [
    "FollowUp", "Moved", "accept", "allot", "approve", "archive", "assign", "cancel", "close", "contribute",
    "decline", "extend", "feed_back", "hand_out", "instruct", "open_approved", "open_matter", "read",
    "reassign", "receive", "recompute_provisional", "remind", "reopen", "resume", "send_back", "submit",
    "suspend", "take_copy", "update_draft", "urge", "verify",
]  # fmt: skip
