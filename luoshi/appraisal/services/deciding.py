"""Who decided: 主要领导 by his own click, or his body's decision that the office enters with its paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.models import Evidence
from luoshi.records.services import keep


@dataclass(frozen=True, slots=True)
class Paper:
    """What the office enters of a decision made off screen."""

    body: str = "局党委"
    decided_by: User | None = None
    decided_on: date | None = None
    source_note: str = ""
    staged: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is kept."""

    body: str
    by: User
    on: date
    note: str
    minutes: Evidence | None


def decision(bureau: Unit, paper: Paper, *, by: User, on: date, after: date | None = None) -> Decision:
    """Check who decided, when, and where that stands; within the caller's act.

    A decision that goes by a body names its minutes, in words or as a file, whoever clicks.
    """
    duties, note = org.duties(by, bureau.pk, on), paper.source_note.strip()
    who = paper.decided_by or by
    day = paper.decided_on or on
    if not duties & {Duty.OFFICE, Duty.CHIEF}:
        raise NotAllowed("由主要领导审定，或由局办公室登记审定结果，您目前没有这项职责。")
    if day > on:
        raise NotAllowed("审定日期不能晚于今天，请核对纪要上的日期。")
    if after is not None and day <= after:
        raise NotAllowed(f"公示到{after:%Y-%m-%d}才满期，审定日期应在这之后。")
    if Duty.CHIEF not in org.duties(who, bureau.pk, day):
        raise NotAllowed(
            f"{who}在{day:%Y-%m-%d}不是本局主要领导。请填写审定人、审定日期，并写明出处（如局党委会纪要）。"
        )
    if not paper.body.strip():
        raise NotAllowed("请写明审定机构（如局党委会）。")
    if not note and not paper.staged:
        raise NotAllowed("请写明出处（如局党委会纪要第几期），或上传会议纪要。")
    files = keep(paper.staged, by=by, bureau=bureau.pk) if paper.staged else []
    return Decision(paper.body.strip()[:60], who, day, note[:200], files[0] if files else None)
