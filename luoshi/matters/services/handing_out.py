"""Several steps in one act, where one form says them all: 拟办 and 立项, or 拟办, 立项 and 交办."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from luoshi.matters.models import Matter
from luoshi.matters.services.opening import approve, assign, open_matter
from luoshi.org.models import Unit, User
from luoshi.records.services import act


@act
def open_approved(*, bureau: Unit, by: User, on: date, now: datetime, **words: Any) -> Matter:
    """拟办 and 立项 by a leader's own click; `words` are those of `open_matter`. The office hands it out."""
    matter = open_matter(bureau=bureau, by=by, on=on, now=now, **words)
    return approve(matter, by=by, on=on, now=now, block=words.get("block", ""))


@act
def hand_out(
    *,
    bureau: Unit,
    by: User,
    on: date,
    now: datetime,
    decided_by: User,
    decided_on: date,
    source_note: str = "",
    staged: Sequence[str] = (),
    **words: Any,
) -> Matter:
    """拟办, 立项 and 交办 in one go: the office enters that a leader agreed on paper, with the paper or its source.

    `words` are those of `open_matter`. Each step leaves its event and its entry; all of them or none.
    """
    matter = open_matter(bureau=bureau, by=by, on=on, now=now, **words)
    matter = approve(
        matter,
        by=by,
        on=on,
        now=now,
        block=words.get("block", ""),
        decided_by=decided_by,
        decided_on=decided_on,
        source_note=source_note,
        staged=staged,
    )
    return assign(matter, by=by, on=on, now=now)
