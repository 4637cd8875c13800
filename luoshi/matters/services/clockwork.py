"""What the calendar does: reminders up the ladder, and dates counted again when a year's notice arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from luoshi.org.models import User
from luoshi.records.services import act


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that a newly published calendar moved."""

    matter_id: int
    label: str
    kind: str
    old: date
    new: date


@act
def remind(*, on: date, now: datetime) -> int:
    """Remind up the ladder (承办人 → 单位负责人 → 分管领导); repeating it on the same day does nothing. Returns new notices."""
    raise NotImplementedError


@act
def recompute_provisional(*, on: date, by: User | None) -> list[Moved]:
    """Count again every running 暂定 date whose years are now official; says what moved."""
    raise NotImplementedError
