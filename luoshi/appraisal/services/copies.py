"""What leaves the house on paper: who took it is on record."""

from __future__ import annotations

from datetime import date

from luoshi.org.models import Unit, User
from luoshi.records.services import act, record


@act
def take_copy(bureau: Unit, *, what: str, by: User, on: date) -> None:
    """A printed board, table or document of this room was taken."""
    record(by, "appraisal.take_copy", bureau, bureau=bureau.pk, note=what[:200])
