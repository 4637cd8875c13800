"""台账 leaves and comes back: who took the list is on record; the edits of a sheet are made in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries, rules
from luoshi.matters.models import Matter, MatterParty
from luoshi.matters.rules import PartyRole
from luoshi.matters.services.bulk import Paper
from luoshi.matters.services.dates import extend
from luoshi.matters.services.handling import allot
from luoshi.matters.services.many import SomeRefused
from luoshi.matters.services.opening import update_draft
from luoshi.matters.services.parties import Part, adjust_parties
from luoshi.org.models import Unit, User
from luoshi.records.models import Evidence
from luoshi.records.services import act, keep, record

Moves = Mapping[str, Mapping[str, Any]]


@act
def take_list(*, bureau: Unit, words: str, count: int, by: User) -> None:
    """The list leaves the house as a file: who took which rows is on record."""
    record(by, "matters.take_list", bureau, bureau=bureau.pk, note=f"导出台账{count}件：{words}"[:500])


@act
def apply_sheet(
    changes: Sequence[tuple[Matter, int, Moves]],
    *,
    bureau: Unit,
    token: UUID | str,
    reason: str,
    by: User,
    on: date,
    now: datetime,
    paper: Paper | None = None,
) -> int:
    """Make the edits of a sheet through the ordinary verbs, all of them or none; the sheet itself is kept as evidence.

    `SomeRefused` names the matters that cannot be done. Each gets its events and records; one more record tells
    of the sheet. `reason` goes with every 延期 and 调整协办.
    """
    if not changes:
        raise NotAllowed("没有要保存的改动。")
    refused: dict[int, str] = {}
    for matter, version, moves in changes:
        try:
            _change(matter, version, moves, reason=reason, by=by, on=on, now=now, paper=paper)
        except NotAllowed as why:
            refused[matter.pk] = str(why)
        except Stale as stale:
            refused[matter.pk] = f"您打开后有变动：{'；'.join(stale.changes) or '请看最新进展'}"
    if refused:
        raise SomeRefused(refused)
    kept = keep([token], by=by, bureau=bureau.pk)
    note = f"改表导入{len(changes)}件：{kept[0].name}{f'。{reason}' if reason else ''}"
    record(
        by, "matters.apply_sheet", bureau, bureau=bureau.pk, note=note[:500],
        batch=[(Evidence, [one.pk for one in kept])],
    )  # fmt: skip
    return len(changes)


def _change(
    matter: Matter, version: int, moves: Moves, *, reason: str, by: User, on: date, now: datetime, paper: Paper | None
) -> None:
    """The moves of one matter in turn; only the first is held against the version that was shown."""
    told: dict[str, Any] = {"by": by, "on": on, "now": now, "version": version}
    for move, words in moves.items():
        if move == "amend":
            update_draft(matter, changes=dict(words["changes"]), **told)
        elif move == "allot":
            allot(matter, **words, note=reason, **told)
        elif move == "extend":
            only = rules.MOVES[move].duties & queries.roles_of(by, matter, on).keys() == {rules.OFFICE}
            extend(matter, **words, reason=reason, **told, **(paper or {} if only else {}))
        elif move == "adjust_parties":
            adjust_parties(matter, parts=_parts(matter, words["units"]), reason=reason, **told)
        else:
            raise TypeError(f"no sheet makes this move: {move}")
        told["version"] = matter.version


def _parts(matter: Matter, units: Sequence[Unit]) -> list[Part]:
    """The assisting units of the cell; who stays keeps what he was asked for."""
    present = MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None).select_related("unit")
    asked = {one.unit_id: one for one in present}
    return [
        Part(unit, asked[unit.pk].task, asked[unit.pk].due_on) if unit.pk in asked else Part(unit) for unit in units
    ]
