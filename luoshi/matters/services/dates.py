"""延期, 中止, 恢复: the only acts that move a due date; the first one stays readable for ever."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from luoshi.matters.models import Matter
from luoshi.matters.services.moves import Form
from luoshi.org.models import User
from luoshi.records.services import act


@act
def extend(matter: Matter, *, due_on: date, reason: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """延期: a later 办结时限, approved by the leader before the present one has passed."""
    raise NotImplementedError


@act
def suspend(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """中止: approved standstill (grey lamp); running dates wait."""
    raise NotImplementedError


@act
def resume(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """恢复办理: running dates move by the working days that it stood still."""
    raise NotImplementedError
