"""What leaves the house on paper: who took it is on record, by its kind and never by its words."""

from __future__ import annotations

from datetime import date

from luoshi.org.models import Unit, User
from luoshi.records.services import act, record


@act
def take_copy(bureau: Unit, *, what: str, by: User, on: date) -> None:
    """A roster, report, file or circular of this room was taken."""
    record(by, "cadres.take_copy", bureau, bureau=bureau.pk, note=what[:200])
