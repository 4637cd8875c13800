"""拟办, 立项, 交办, 调整承办, 撤销."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Unpack

from luoshi.matters.models import Matter
from luoshi.matters.services.moves import Form
from luoshi.org.models import Unit, User
from luoshi.plan.models import Clause
from luoshi.records.services import act


@act
def open_matter(
    *,
    bureau: Unit,
    title: str,
    source: str,
    lead_unit: Unit,
    leader: User,
    by: User,
    on: date,
    requirement: str = "",
    source_title: str = "",
    block: str = "",
    clause: Clause | None = None,
    assist_units: Iterable[Unit] = (),
    due_on: date | None = None,
    urgent: bool = False,
    **form: Unpack[Form],
) -> Matter:
    """拟办: write a matter down (DRAFT). The office or a leader of the issuing bureau may."""
    raise NotImplementedError


@act
def update_draft(matter: Matter, *, by: User, on: date, changes: dict[str, Any], **form: Unpack[Form]) -> Matter:
    """修改拟办: change a draft's fields; `changes` holds any of open_matter's words (title … urgent, assist_units)."""
    raise NotImplementedError


@act
def approve(matter: Matter, *, by: User, on: date, block: str = "", **form: Unpack[Form]) -> Matter:
    """立项: the leader (or the office, entering his decision) makes it a matter with a number of the year."""
    raise NotImplementedError


@act
def assign(
    matter: Matter,
    *,
    by: User,
    on: date,
    now: datetime,
    due_on: date | None = None,
    verifier: User | None = None,
    **form: Unpack[Form],
) -> Matter:
    """交办: hand it to the lead unit and the assisting ones; day 0 and both dates are computed here, once.

    `due_on` is the list's own date; where the draft has it, it may be left out.
    """
    raise NotImplementedError


@act
def reassign(matter: Matter, *, lead_unit: Unit, reason: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """调整承办: another lead unit, with the reason; the matter waits as 已立项 to be handed out again."""
    raise NotImplementedError


@act
def cancel(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Matter:
    """撤销: end it without a result, with the reason; its dates stop."""
    raise NotImplementedError
