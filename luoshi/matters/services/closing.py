"""核查, 退回, 办结, 归档, 反弹重办."""

from __future__ import annotations

from datetime import date, datetime
from typing import Unpack

from luoshi.matters.models import Matter
from luoshi.matters.services.moves import Form
from luoshi.org.models import User
from luoshi.records.services import act


@act
def verify(matter: Matter, *, note: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """核查通过: another person looked; `note` says how (材料核查、现场核查、回访) and what was found."""
    raise NotImplementedError


@act
def send_back(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """退回: not finished; back to 办理中 with the reason, counted in `returns`."""
    raise NotImplementedError


@act
def close(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[Form]) -> Matter:
    """办结: the assigning leader agrees that it is done."""
    raise NotImplementedError


@act
def archive(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[Form]) -> Matter:
    """归档: into the files; nothing moves any more but 反弹重办."""
    raise NotImplementedError


@act
def reopen(
    matter: Matter, *, reason: str, due_on: date, by: User, on: date, now: datetime, **form: Unpack[Form]
) -> Matter:
    """反弹重办: it came up again; same number, next cycle, new day 0 and new dates."""
    raise NotImplementedError
