"""One move on many matters with one reason, in one act: each with its own event and record, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries, rules
from luoshi.matters.models import EventEvidence, Matter, MatterEvent
from luoshi.matters.services.bulk import Paper
from luoshi.matters.services.closing import archive
from luoshi.matters.services.dates import extend, suspend
from luoshi.matters.services.handling import allot
from luoshi.matters.services.opening import cancel
from luoshi.matters.services.words import urge
from luoshi.org.models import Unit, User
from luoshi.records.models import Evidence
from luoshi.records.services import act, keep, record

VERBS = {
    "urge": urge, "allot": allot, "extend": extend, "suspend": suspend, "cancel": cancel, "archive": archive,
}  # fmt: skip
"""The moves that may be made on many matters at once."""
MOST = 200


class SomeRefused(Exception):
    """Some of the matters cannot be done; nothing was saved. `why` gives each its reason, by key."""

    def __init__(self, why: Mapping[int, str]) -> None:
        super().__init__("；".join(why.values()))
        self.why = dict(why)


@act
def act_on_many(
    chosen: Sequence[tuple[Matter, int]],
    move: str,
    *,
    bureau: Unit,
    by: User,
    on: date,
    now: datetime,
    words: Mapping[str, Any],
    staged: Sequence[str] = (),
    paper: Paper | None = None,
) -> list[Matter]:
    """Make the move on each matter, opened on its version; `SomeRefused` where any of them is refused or stale.

    `words` are the move's own (reason, handler …). What the office enters for a leader (`paper`) goes with those
    only on which nobody else lets the person act; files that came with it prove each of them.
    """
    if move not in VERBS:
        raise NotAllowed("这个动作不能批量办理，请逐件办理。")
    if not 0 < len(chosen) <= MOST:
        raise NotAllowed(f"一次办理1至{MOST}件，请重新选择。")
    kept = keep(staged, by=by, bureau=bureau.pk) if staged else []
    refused: dict[int, str] = {}
    proofs: list[EventEvidence] = []
    for matter, version in chosen:
        told = {**words, **_paper(matter, move, by, on, paper, kept)}
        try:
            VERBS[move](matter, by=by, on=on, now=now, version=version, **told)  # type: ignore[operator]
        except NotAllowed as why:
            refused[matter.pk] = str(why)
        except Stale as stale:
            refused[matter.pk] = f"您打开后有变动：{'；'.join(stale.changes) or '请看最新进展'}"
        else:
            proofs += _prove(matter, move, kept)
    if refused:
        raise SomeRefused(refused)
    decided = paper or Paper()
    note = str(words.get("reason") or words.get("note") or "")
    record(
        by, "matters.act_on_many", bureau, bureau=bureau.pk, rows=[],
        note=f"批量{rules.MOVES[move].label}{len(chosen)}件{f'：{note}' if note else ''}",
        decided_by=decided.get("decided_by"), decided_on=decided.get("decided_on"),
        batch=[(EventEvidence, [one.pk for one in proofs]), (Evidence, [one.pk for one in kept])],
    )  # fmt: skip
    return [matter for matter, _ in chosen]


def _paper(
    matter: Matter, move: str, by: User, on: date, paper: Paper | None, kept: Sequence[Evidence]
) -> dict[str, Any]:
    """The leader's decision, where the office may make the move on this matter by entering it only."""
    if paper is None or move not in rules.PAPER:
        return {}
    mine = rules.MOVES[move].duties & queries.roles_of(by, matter, on).keys()
    if mine != {rules.OFFICE}:
        return {}
    note = paper.get("source_note") or "、".join(one.name for one in kept)
    return {**paper, "source_note": note[:200]}


def _prove(matter: Matter, move: str, kept: Sequence[Evidence]) -> list[EventEvidence]:
    """The files beside the event just written; within the caller's act."""
    if not kept:
        return []
    event = MatterEvent.objects.filter(matter=matter, move=move).latest("id")
    return [EventEvidence.objects.create(event=event, evidence=one) for one in kept]
