"""签收, 退办, 分办, 反馈, 申请办结; 协办单位's 签收 and 配合情况."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from luoshi.matters.models import Matter
from luoshi.matters.services.moves import Form
from luoshi.org.models import User
from luoshi.records.services import act


@act
def accept(matter: Matter, *, by: User, on: date, handler: User | None = None, **form: Unpack[Form]) -> Matter:
    """签收: the lead unit takes it; a handler who signs takes it himself, a head may name the handler at once."""
    raise NotImplementedError


@act
def decline(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """退办: not this unit's remit; back to the office as 已立项."""
    raise NotImplementedError


@act
def allot(matter: Matter, *, handler: User, by: User, on: date, note: str = "", **form: Unpack[Form]) -> Matter:
    """分办: the head of the lead unit names the 承办人 among the unit's people (himself too)."""
    raise NotImplementedError


@act
def feed_back(
    matter: Matter,
    *,
    kind: str,
    done: str,
    by: User,
    on: date,
    progress: int = 0,
    obstacles: str = "",
    next_step: str = "",
    next_on: date | None = None,
    **form: Unpack[Form],
) -> Matter:
    """反馈: PRELIMINARY (the first, where it cannot be finished), STAGE (later), FINAL (= 申请办结, in the same act).

    PRELIMINARY and STAGE name the next date; without `next_on` it is `rules.default_next_on`.
    """
    raise NotImplementedError


@act
def submit(matter: Matter, *, done: str, by: User, on: date, obstacles: str = "", **form: Unpack[Form]) -> Matter:
    """申请办结: the final feedback; the same as `feed_back(kind=FINAL)`."""
    raise NotImplementedError


@act
def receive(matter: Matter, *, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """协办签收: an assisting unit takes its part; the matter's state and version stay."""
    raise NotImplementedError


@act
def contribute(matter: Matter, *, done: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """协办反馈: an assisting unit tells the lead unit what it did; the matter's state and version stay."""
    raise NotImplementedError
