"""The writers of records: acts (entries, idempotency keys, drafts) and files (evidence)."""

from luoshi.records.services.acts import (
    Actor,
    Altered,
    FormKey,
    Repeated,
    act,
    earlier,
    keep_typed,
    record,
    sent_form,
    sweep,
)
from luoshi.records.services.files import BadFile, keep, stage
from luoshi.records.services.turning import said_of, turn

__all__ = [
    "Actor", "Altered", "BadFile", "FormKey", "Repeated", "act", "earlier", "keep", "keep_typed",
    "record", "said_of", "sent_form", "stage", "sweep", "turn",
]  # fmt: skip
