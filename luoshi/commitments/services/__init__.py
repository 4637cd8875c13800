"""The only writers of commitments, concerns and livelihood work."""

from luoshi.commitments.services.clockwork import remind
from luoshi.commitments.services.concerns import (
    answer,
    close,
    hand_over,
    list_problem,
    reassign,
    receive,
    recount_answers,
    void_concern,
)
from luoshi.commitments.services.copies import take_copy
from luoshi.commitments.services.drafting import (
    Words,
    edit_commitment,
    give_back,
    open_commitment,
    publish,
    submit,
    void_commitment,
)
from luoshi.commitments.services.keeping import (
    amend,
    fulfil,
    link,
    note_progress,
    open_matter,
    settle,
    unlink,
    void_progress,
)
from luoshi.commitments.services.livelihood import (
    Work,
    add_works,
    edit_item,
    finish_item,
    hand_item_over,
    open_batch,
    void_item,
)

__all__ = [
    "Words", "Work", "add_works", "amend", "answer", "close", "edit_commitment", "edit_item", "finish_item", "fulfil",
    "give_back", "hand_item_over", "hand_over", "link", "list_problem", "note_progress", "open_batch",
    "open_commitment", "open_matter", "publish", "reassign", "receive", "recount_answers", "remind", "settle", "submit",
    "take_copy", "unlink", "void_commitment", "void_concern", "void_item", "void_progress",
]  # fmt: skip
