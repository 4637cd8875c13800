"""A decision entered for the body that made it: who, which body, on which day, and where that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.appraisal.rules.board_life import Approver
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.models import Evidence
from luoshi.records.services import keep


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided in which body, when, by which paper."""

    who: User
    day: date
    body: str
    note: str
    papers: list[Evidence]


def decision(
    *,
    bureau_id: int,
    by: User,
    on: date,
    body: str,
    decided_by: User | None,
    decided_on: date | None,
    source_note: str,
    staged: Sequence[str] = (),
    not_before: date | None = None,
) -> Decision:
    """Checked; within the caller's act. 主要领导's own click is his decision; the office enters one with its paper."""
    if body not in Approver.values:
        raise NotAllowed("请选择由哪个机构审定：局党委、领导小组或主要领导。")
    label, note = Approver(body).label, source_note.strip()
    duties = org.duties(by, bureau_id, on)
    own = Duty.CHIEF in duties and decided_by in (None, by)
    if not own and Duty.OFFICE not in duties:
        raise NotAllowed("只有局办公室可以代录审定，请用自己的名义办理。")
    who = by if own else decided_by
    if who is None:
        raise NotAllowed("请填写审定人（集体研究的，填主持会议的主要领导）。")
    day = decided_on or on
    if day > on:
        raise NotAllowed("审定日期不能晚于今天，请核对纪要上的日期。")
    if not_before is not None and day <= not_before:
        raise NotAllowed(f"异议期到{not_before:%Y-%m-%d}才截止，审定日期要在期满以后，请核对纪要上的日期。")
    if Duty.CHIEF not in org.duties(who, bureau_id, day):
        raise NotAllowed(f"{who}在{day:%Y-%m-%d}不是本局主要领导，请核对审定人。")
    if not (own and body == Approver.CHIEF) and not note and not staged:
        raise NotAllowed(f"请写明{label}审定的出处（如局党委会纪要第几期），或上传会议纪要。")
    papers = keep(staged, by=by, bureau=bureau_id) if staged else []
    return Decision(who, day, label, note[:200], list(papers))
