"""并行方案: the bureau decides which plan governs its ordinary work."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import Unit, User
from luoshi.plan.models import Plan, Rule
from luoshi.plan.overlap import GOVERNING
from luoshi.plan.services.ruling import decide_rule
from luoshi.records.services import act


@act
def govern(
    bureau: Unit,
    plan: Plan,
    *,
    citation: str,
    by: User | None,
    on: date,
    from_on: date | None = None,
    decided_by: User | None = None,
    decided_on: date | None = None,
    staged: Iterable[uuid.UUID | str] = (),
) -> Rule:
    """定以哪个方案为准: of several plans that rule one mechanism, this one rules the work that came from none.

    A rule of the bureau like its other decisions: dated, cited, superseded by the next; running dates keep theirs.
    """
    if plan.bureau_id != bureau.pk:
        raise NotAllowed("只能选本局的方案。")
    return decide_rule(
        bureau,
        GOVERNING,
        value={"choice": str(plan.pk), "label": plan.short_name or plan.title},
        citation=citation,
        by=by,
        on=on,
        from_on=from_on,
        decided_by=decided_by,
        decided_on=decided_on,
        staged=staged,
    )
