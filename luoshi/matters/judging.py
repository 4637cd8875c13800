"""改表: what the edits of a sheet that came back would do, cell by cell, and why some of them cannot be done.

Reads only; `services.sheet` does what is shown. Each cell that may change belongs to one move of the matter: a draft
is amended as a whole, later only 办结时限 (延期), 承办人 (分办) and 协办单位 (调整协办) may change in a sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters import queries, rules
from luoshi.matters.models import Matter
from luoshi.matters.queries.ledger import PEOPLED, Known, assists_of, known_names, ledger_values
from luoshi.matters.rules import MOVES, OFFICE, PAPER, Block, Source, State
from luoshi.matters.sheet import Book, Edit, Kept, Line, edits, names
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held

DRAFT = ("title", "requirement", "source", "source_title", "block", "lead_unit", "assist_units", "leader", "due_on",
         "urgent")  # fmt: skip
LATER = {"due_on": "extend", "handler": "allot", "assist_units": "adjust_parties"}
ELSEWHERE = {
    "lead_unit": "改牵头单位请到事项页“调整承办”。", "verifier": "核查人在交办时指定，不能在表里改。",
    "state": "状态由办理动作决定，不能在表里改。", "lamp": "灯由期限算出，不能在表里改。",
    "said": "进展请由承办单位反馈，不能在表里改。", "number": "编号在立项时生成，不能改。",
    "handed_out_on": "交办日期由送达时间算出，不能改。", "returns": "退回次数由退回记录得出，不能改。",
}  # fmt: skip
STATES = {str(value): str(label) for value, label in State.choices}
SOURCES = {one.label: one.value for one in Source}
BLOCKS = {one.label: one.value for one in Block}


@dataclass(frozen=True, slots=True)
class Cell:
    """One edit as shown: what was, what will be; and where somebody changed it meanwhile, what it is now."""

    head: str
    was: str
    told: str
    why: str = ""
    """Why it is refused; empty where it will be made."""
    now: str = ""


@dataclass(slots=True)
class Change:
    """What one matter's edits do: the moves with their words, in the order in which they are made."""

    matter: Matter
    version: int
    moves: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Row:
    """One row of the file as shown: the matter and its cells, or why nothing of it can be taken."""

    number: int
    label: str
    url: str = ""
    cells: list[Cell] = field(default_factory=list)
    why: str = ""


@dataclass(slots=True)
class Verdict:
    """All that a sheet would do: rows with edits that will be made, what is refused, and the changes themselves."""

    rows: list[Row] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    paper: bool = False
    """Whether a leader's decision must be entered (延期 by the office)."""
    reasoned: bool = False
    count: int = 0
    read: int = 0

    @property
    def moves(self) -> set[str]:
        return {move for one in self.changes for move in one.moves}

    @property
    def digest(self) -> str:
        """What was shown, to tell whether the same would be saved."""
        told = [(one.number, one.label, [(cell.head, cell.was, cell.told) for cell in one.cells]) for one in self.rows]
        versions = [(one.matter.pk, one.matter.version) for one in self.changes]
        return hashlib.sha256(repr((told, versions)).encode()).hexdigest()


def judge(book: Book, *, bureau: Unit, user: User, held: Sequence[Held], on: date) -> Verdict:
    """Judge every row of a sheet; the number of queries grows with hundreds of rows, not with rows."""
    verdict = Verdict(read=len(book.lines))
    lines = _keyed(book, verdict)
    seen = queries.visible(user, held, on).filter(bureau=bureau)
    keys = list(lines)
    found: dict[UUID, Matter] = {}
    values: dict[int, dict[str, str]] = {}
    assists: dict[int, list[Unit]] = {}
    mine: dict[int, dict[str, str]] = {}
    for start in range(0, len(keys), 500):
        part = list(seen.filter(public_id__in=keys[start : start + 500]).select_related(*PEOPLED))
        found |= {one.public_id: one for one in part}
        values |= ledger_values(part, on)
        assists |= assists_of(part)
        parts = queries.parts_of(part)
        mine |= {one.pk: rules.roles(user.pk, held, parts[one.pk]) for one in part}
    known = known_names(bureau, sorted({one.lead_unit_id for one in found.values()}), on)
    for key, (line, version) in lines.items():
        matter = found.get(key)
        if matter is None:
            verdict.refused.append(_lost(line))
            continue
        facts = _Facts(matter, values[matter.pk], assists.get(matter.pk, []), mine[matter.pk], known, on)
        _row(line, version, book.kept.get(str(key)), facts, verdict)
    verdict.rows.sort(key=lambda one: one.number)
    verdict.refused.sort(key=lambda one: one.number)
    return verdict


def _lost(line: Line) -> Row:
    return Row(line.number, _label(line), why="找不到这件事项：标识被改动，或者您已不能查看它。")


def _label(line: Line) -> str:
    return str(line.cells.get("title") or line.cells.get("number") or "（空）")[:60]


def _keyed(book: Book, verdict: Verdict) -> dict[UUID, tuple[Line, int | None]]:
    """The rows by the matter they carry; added rows and doubled ones are refused here."""
    found: dict[UUID, tuple[Line, int | None]] = {}
    twice: set[UUID] = set()
    for line in book.lines:
        name, _, version = line.key.partition(":")
        try:
            key = UUID(name)
        except ValueError:
            why = "这一行没有系统标识，是新增的行。新事项请用“登记清单”或“新增事项”。"
            verdict.refused.append(Row(line.number, _label(line), why=why if not name else _lost(line).why))
            continue
        if key in found or key in twice:
            twice.add(key)
            verdict.refused.append(Row(line.number, _label(line), why="同一件事项在表里有两行，请只留一行。"))
            if (first := found.pop(key, None)) is not None:
                verdict.refused.append(
                    Row(first[0].number, _label(first[0]), why="同一件事项在表里有两行，请只留一行。")
                )
            continue
        found[key] = (line, int(version) if version.isdigit() else None)
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    matter: Matter
    now: Mapping[str, str]
    assists: Sequence[Unit]
    roles: Mapping[str, str]
    known: Known
    on: date


def _row(line: Line, version: int | None, kept: Kept | None, facts: _Facts, verdict: Verdict) -> None:
    matter = facts.matter
    opened = kept.version if kept is not None else version
    stale = opened != matter.version
    if kept is None and stale:
        if edits(line, facts.now, facts.on):
            verdict.refused.append(
                _shown(line, matter, why="表里没有保留导出时的原值，事项又有了变动。请重新导出后再改。")
            )
        return
    told = edits(line, kept.values if kept is not None else facts.now, facts.on)
    told = [one for one in told if one.told != facts.now.get(one.column.name, "")]  # made already, on screen
    if not told:
        return
    row, no = _shown(line, matter), _shown(line, matter)
    change = Change(matter, matter.version)
    for one in told:
        now = facts.now.get(one.column.name, "")
        try:
            if stale:
                raise NotAllowed("导出后有人改动过这件事项，请看最新情况，需要时重新导出再改。")
            _take(one, facts, change)
        except NotAllowed as why:
            no.cells.append(Cell(one.column.head, one.was, one.told, str(why), now if now != one.was else ""))
        else:
            row.cells.append(Cell(one.column.head, one.was, one.told))
    if no.cells:
        verdict.refused.append(no)
    if row.cells:
        verdict.rows.append(row)
        verdict.changes.append(change)
        verdict.count += len(row.cells)
        for move in change.moves:
            only_office = not (MOVES[move].duties - {OFFICE}) & facts.roles.keys()
            verdict.paper = verdict.paper or (move in PAPER and only_office)
            verdict.reasoned = verdict.reasoned or move in ("extend", "adjust_parties")


def _shown(line: Line, matter: Matter, why: str = "") -> Row:
    return Row(line.number, f"{matter.number_label} {matter.title}", matter.get_absolute_url(), why=why)


def _take(one: Edit, facts: _Facts, change: Change) -> None:
    """Put one edit into the moves of its matter, or say why it cannot be made."""
    name, state = one.column.name, facts.matter.state
    if state == State.DRAFT and name in DRAFT:
        _may("amend", facts)
        words = change.moves.setdefault("amend", {"changes": {}})
        words["changes"][name] = _value(one, facts)
    elif name in LATER and state != State.DRAFT:
        move = LATER[name]
        _may(move, facts)
        change.moves[move] = _words(move, one, facts)
    elif name in ELSEWHERE:
        raise NotAllowed(ELSEWHERE[name])
    else:
        raise NotAllowed(f"“{STATES[state]}”的事项不能再改{one.column.head}；拟办时才能改。")


def _may(move: str, facts: _Facts) -> None:
    destination(MOVES, move, state=facts.matter.state, duties=facts.roles, states=STATES)


def _words(move: str, one: Edit, facts: _Facts) -> dict[str, Any]:
    """The words of a move that stands for one cell; the reason is asked once for all."""
    if move == "allot":
        person = facts.known.people.get(facts.matter.lead_unit_id, {}).get(one.told.replace(" ", ""))
        if person is None:
            raise NotAllowed(
                f"“{one.told or '空白'}”不是{facts.matter.lead_unit}的人员，或有重名；请写本单位人员的姓名。"
            )
        return {"handler": person}
    if move == "extend":
        due = _date(one)
        if due is None:
            raise NotAllowed("已交办的事项不能没有办结时限。")
        if facts.matter.due_on is not None and due <= facts.matter.due_on:
            raise NotAllowed(f"已交办的事项只能延期：要晚于{facts.matter.due_on:%Y-%m-%d}。")
        if due < facts.on:
            raise NotAllowed(f"{due:%Y-%m-%d}已经过去。")
        return {"due_on": due}
    return {"units": _units(one, facts)}


def _value(one: Edit, facts: _Facts) -> Any:
    """What a cell of a draft means."""
    name, told = one.column.name, one.told
    if (name == "title" and not 0 < len(told) <= 200) or (name == "source_title" and len(told) > 200):
        raise NotAllowed("事项名称不能空，不超过200字。" if name == "title" else "不超过200字。")
    if name == "requirement" and len(told) > 2000:
        raise NotAllowed("办理要求不超过2000字。")
    if name == "source":
        return _listed(told, SOURCES, "来源")
    if name == "block":
        return _listed(told, BLOCKS, "考评板块")
    if name == "urgent":
        if told not in ("", "是"):
            raise NotAllowed("加急请填“是”，不加急留空。")
        return told == "是"
    if name == "due_on":
        return _date(one)
    if name == "assist_units":
        return _units(one, facts)
    if name in ("lead_unit", "leader"):
        pool: Mapping[str, Any] = facts.known.units if name == "lead_unit" else facts.known.leaders
        if (row := pool.get(told.replace(" ", ""))) is None:
            raise NotAllowed(
                f"没有名为“{told or '空白'}”的{'单位' if name == 'lead_unit' else '局领导'}，请写全称或简称。"
            )
        return row
    return told


def _listed(told: str, known: Mapping[str, str], what: str) -> str:
    if told not in known:
        raise NotAllowed(f"“{told or '空白'}”不是{what}的选项，可填：{'、'.join(known)}。")
    return known[told]


def _date(one: Edit) -> date | None:
    if not one.told:
        return None
    try:
        return date.fromisoformat(one.told)
    except ValueError:
        raise NotAllowed(f"“{one.told}”看不出是哪一天，请写成 2026-12-31 的样子。") from None


def _units(one: Edit, facts: _Facts) -> list[Unit]:
    known = facts.known.units | {str(unit): unit for unit in facts.assists}
    missing = [name for name in names(one.told) if name not in known]
    if missing:
        raise NotAllowed(f"没有名为“{'、'.join(missing)}”的单位，请写全称或简称，多个用顿号分开。")
    return [known[name] for name in names(one.told)]
