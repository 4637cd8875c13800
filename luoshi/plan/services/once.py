"""按默认定下: the bureau takes the defaults of all its open once-only decisions in one act, on one paper."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import Unit, User
from luoshi.plan.models import Rule
from luoshi.plan.once import ONCE
from luoshi.plan.services.checks import require_office
from luoshi.plan.slots import RULED
from luoshi.records.models import Evidence
from luoshi.records.services import BadFile, act, keep, record


@act
def accept_defaults(
    bureau: Unit,
    *,
    citation: str,
    by: User | None,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    staged: Iterable[uuid.UUID | str] = (),
) -> list[Rule]:
    """Decide everything that is still open as it stands by default; each can be changed later on its own.

    One paper and one record for all. `NotAllowed` where nothing is open or no paper is named.
    """
    require_office(by, bureau.pk, on)
    if not citation.strip():
        raise NotAllowed("请写明依据，如“局党委会2026年第12号纪要”。")
    mine = Rule.objects.select_for_update().filter(bureau=bureau, plan=None, source="BUREAU", slot__in=ONCE)
    last: dict[str, int] = {}
    settled: set[str] = set()
    for row in mine.order_by("number"):
        last[row.slot] = row.number
        if row.until_on is None and not row.void:
            settled.add(row.slot)
    if settled == set(ONCE):
        raise NotAllowed("各项都已定过，没有可按默认定下的事；要改哪一项，请单独登记。")
    try:
        paper = keep(staged, by=by, bureau=bureau.pk)
    except BadFile as why:
        raise NotAllowed(str(why)) from None
    if len(paper) > 1:
        raise NotAllowed("依据文件只附一份即可。")
    made = []
    for key in ONCE:
        standing = RULED[key].standing()
        if key in settled or standing is None:
            continue
        rule = Rule(
            bureau=bureau, slot=key, source="BUREAU", value=standing.value, citation=citation.strip()[:300],
            number=last.get(key, 0) + 1, from_on=on, paper=paper[0] if paper else None, confirmed_by=by,
            decided_by=decided_by, decided_on=decided_on,
        )  # fmt: skip
        rule.save()
        made.append(rule)
    rows: list[Rule | Evidence] = [*made[1:], *paper]
    record(
        by, "plan.accept_defaults", made[0], bureau=bureau.pk, rows=rows, note=f"按默认定下{len(made)}项",
        decided_by=decided_by, decided_on=decided_on,
    )  # fmt: skip
    return made
