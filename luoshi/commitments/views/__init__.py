"""The pages and acts of this room."""

from luoshi.commitments.views.concern_acts import (
    answer,
    close,
    hand_over,
    list_problem,
    reassign,
    receive,
    void_concern,
)
from luoshi.commitments.views.concerns import concern, concerns
from luoshi.commitments.views.drafting import edit, give_back, new, publish, settle, submit, void
from luoshi.commitments.views.keeping import amend, fulfil, link, progress, proof, unlink, void_progress
from luoshi.commitments.views.livelihood import batch, batches
from luoshi.commitments.views.livelihood_acts import (
    batch_add,
    batch_new,
    item_edit,
    item_finish,
    item_hand_over,
    item_void,
)
from luoshi.commitments.views.pages import detail, fulfilment, listing, notice

__all__ = [
    "amend", "answer", "batch", "batch_add", "batch_new", "batches", "close", "concern", "concerns", "detail", "edit",
    "fulfil", "fulfilment", "give_back", "hand_over", "item_edit", "item_finish", "item_hand_over", "item_void",
    "link", "list_problem", "listing", "new", "notice", "progress", "proof", "publish", "reassign", "receive",
    "settle", "submit", "unlink", "void", "void_concern", "void_progress",
]  # fmt: skip
