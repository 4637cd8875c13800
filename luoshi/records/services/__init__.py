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

__all__ = [
    "Actor", "Altered", "BadFile", "FormKey", "Repeated", "act", "earlier", "keep", "keep_typed",
    "record", "sent_form", "stage", "sweep",
]  # fmt: skip
