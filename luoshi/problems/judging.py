"""改表: what a sheet that came back would do to the ledger, cell by cell, row by row, and why some cannot be done.

Reads only; `services.sheet` does what is shown. A row with a key is a problem of the ledger and only its edited
cells count; a row without one is new (`taking_in`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters.judging import Cell, Row
from luoshi.matters.readings import person, unit
from luoshi.matters.sheet import Book, Edit, Kept, Line, edits, names
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held
from luoshi.problems import queries, rules
from luoshi.problems.models import Problem
from luoshi.problems.queries.ledger import PEOPLED, Known, known_names, ledger_values
from luoshi.problems.queries.listing import in_ledger
from luoshi.problems.rules import MOVES, Channel, Pace, Source, State, StyleKind
from luoshi.problems.sheet import COLUMNS
from luoshi.problems.taking_in import NewRow, Scene, read_new

AMENDED = frozenset({
    "title", "detail", "source", "source_note", "place", "found_on", "raiser", "style_kind", "channel", "tags", "pace",
    "problem_class", "cause", "measure", "leader", "unit", "owner", "due_on",
})  # fmt: skip
STARTED = ("cause", "measure", "due_on", "unit", "owner", "leader", "pace", "problem_class")
"""What 定整改措施 takes, where the cell 状态 was set to 整改中."""
ELSEWHERE = {
    "number": "编号在登记时生成，不能改。", "said": "进展请在问题页填写“整改进展”。",
    "proofs": "佐证请在问题页上传。", "applied_on": "申请销号请责任单位在问题页办理。",
    "closed_by": "验收销号请验收人在问题页办理。", "closed_on": "验收销号请验收人在问题页办理。",
    "answer": "反映人意见在验收销号时填写。", "look_on": "回头看时间按规则算出，不能改。",
    "looked_on": "回头看请在问题页办理。", "looked": "回头看请在问题页办理。",
}  # fmt: skip
LISTED: dict[str, tuple[str, dict[str, str]]] = {
    "source": ("来源", {str(one.label): one.value for one in Source}),
    "style_kind": ("作风问题种类", {str(one.label): one.value for one in StyleKind}),
    "channel": ("查摆渠道", {str(one.label): one.value for one in Channel}),
    "pace": ("整改类型", {str(one.label): one.value for one in Pace}),
}
STATES = {str(value): str(label) for value, label in State.choices}
MOST = {"title": 200, "source_note": 200, "place": 100, "raiser": 100, "detail": 4000, "cause": 4000, "measure": 4000}


@dataclass(slots=True)
class Change:
    """What one problem's edits do: the moves with their words, in the order in which they are made."""

    problem: Problem
    moves: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Verdict:
    """All that a sheet would do: edits, new rows, what is refused."""

    rows: list[Row] = field(default_factory=list)
    new: list[NewRow] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    count: int = 0
    read: int = 0
    unread: list[str] = field(default_factory=list)
    """Heads of columns that nothing is read from."""

    @property
    def reasoned(self) -> bool:
        """Whether a reason must be written (调整整改时限)."""
        return any("reschedule" in one.moves for one in self.changes)

    @property
    def empty(self) -> bool:
        return not self.changes and not self.new

    @property
    def digest(self) -> str:
        """What was shown, to tell whether the same would be saved."""
        told = [(one.number, one.label, [(cell.head, cell.was, cell.told) for cell in one.cells]) for one in self.rows]
        new = [(one.number, one.draft.title, str(one.draft.state), one.remarks) for one in self.new]
        versions = [(one.problem.pk, one.problem.version) for one in self.changes]
        return hashlib.sha256(repr((told, new, versions)).encode()).hexdigest()


def judge(book: Book, *, bureau: Unit, user: User, held: Sequence[Held], on: date) -> Verdict:
    """Judge every row of a sheet; the number of queries grows with hundreds of rows, not with rows."""
    verdict = Verdict(read=len(book.lines), unread=book.unread)
    ledger = in_ledger(user, held, bureau, on)
    known = known_names(bureau, on)
    lines, fresh = _keyed(book, verdict)
    found: dict[UUID, Problem] = {}
    values: dict[int, dict[str, str]] = {}
    mine: dict[int, dict[str, str]] = {}
    keys = list(lines)
    for start in range(0, len(keys), 500):
        part = list(ledger.filter(public_id__in=keys[start : start + 500]).select_related(*PEOPLED))
        found |= {one.public_id: one for one in part}
        values |= ledger_values(part)
        parts = queries.parts_of(part, on)
        mine |= {one.pk: rules.roles(user.pk, held, parts[one.pk]) for one in part}
    for key, (line, version) in lines.items():
        problem = found.get(key)
        if problem is None:
            verdict.refused.append(Row(line.number, _label(line), why=LOST))
            continue
        facts = _Facts(problem, values[problem.pk], mine[problem.pk], known, on)
        _row(line, version, book.kept.get(str(key)), facts, verdict)
    verdict.new, refused = read_new(fresh, ledger, Scene(bureau, user, held, on, known))
    labels = {line.number: _label(line) for line in fresh}
    verdict.refused += [Row(number, labels[number], why=why) for number, why in refused.items()]
    verdict.rows.sort(key=lambda one: one.number)
    verdict.refused.sort(key=lambda one: one.number)
    return verdict


LOST = "找不到这件问题：标识被改动，或者您已不能查看它。新问题请把“系统标识”一格留空。"
TWICE = "同一件问题在表里有两行，请只留一行；新问题请把“系统标识”一格清空。"


def _label(line: Line) -> str:
    return str(line.cells.get("title") or line.cells.get("number") or "（空）")[:60]


def _keyed(book: Book, verdict: Verdict) -> tuple[dict[UUID, tuple[Line, int | None]], list[Line]]:
    """The rows by the problem they carry, and those without a key; doubled and damaged keys are refused here."""
    found: dict[UUID, tuple[Line, int | None]] = {}
    fresh: list[Line] = []
    twice: set[UUID] = set()
    for line in book.lines:
        name, _, version = line.key.partition(":")
        if not name:
            fresh.append(line)
            continue
        try:
            key = UUID(name)
        except ValueError:
            verdict.refused.append(Row(line.number, _label(line), why=LOST))
            continue
        if key in found or key in twice:
            twice.add(key)
            verdict.refused.append(Row(line.number, _label(line), why=TWICE))
            if (first := found.pop(key, None)) is not None:
                verdict.refused.append(Row(first[0].number, _label(first[0]), why=TWICE))
            continue
        found[key] = (line, int(version) if version.isdigit() else None)
    return found, fresh


@dataclass(frozen=True, slots=True)
class _Facts:
    problem: Problem
    now: Mapping[str, str]
    roles: Mapping[str, str]
    known: Known
    on: date


def _row(line: Line, version: int | None, kept: Kept | None, facts: _Facts, verdict: Verdict) -> None:
    problem = facts.problem
    stale = (kept.version if kept is not None else version) != problem.version
    was = kept.values if kept is not None else facts.now
    told = edits(line, was, facts.on, COLUMNS)
    if kept is None and stale:
        if told:
            why = "表里没有保留导出时的原值，问题又有了变动。请重新导出后再改。"
            verdict.refused.append(_shown(line, problem, why))
        return
    told = [one for one in told if one.told != facts.now.get(one.column.name, "")]  # made already, on screen
    if not told:
        return
    row, no = _shown(line, problem), _shown(line, problem)
    change = Change(problem)
    for one in sorted(told, key=lambda edit: edit.column.name == "state"):
        now = facts.now.get(one.column.name, "")
        try:
            if stale:
                raise NotAllowed("导出后有人改动过这件问题，请看最新情况，需要时重新导出再改。")
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


def _shown(line: Line, problem: Problem, why: str = "") -> Row:
    return Row(line.number, f"{problem.number_label} {problem.title}", problem.get_absolute_url(), why=why)


def _may(move: str, facts: _Facts) -> None:
    destination(MOVES, move, state=facts.problem.state, duties=facts.roles, states=STATES)


def _take(one: Edit, facts: _Facts, change: Change) -> None:
    """Put one edit into the moves of its problem, or say why it cannot be made."""
    name, problem = one.column.name, facts.problem
    if name in ELSEWHERE:
        raise NotAllowed(ELSEWHERE[name])
    if name == "state":
        _stand(one, facts, change)
    elif name == "due_on" and problem.state == State.RECTIFYING:
        _may("reschedule", facts)
        day = _date(one)
        if day is None:
            raise NotAllowed("整改中的问题不能没有整改时限。")
        if day < facts.on:
            raise NotAllowed(f"{day:%Y-%m-%d}已经过去。")
        if why := queries.idle(problem, "reschedule", facts.on):
            raise NotAllowed(why)
        change.moves["reschedule"] = {"due_on": day}
    else:
        _may("amend", facts)
        value = _value(one, facts)
        change.moves.setdefault("amend", {"changes": {}})["changes"][name] = value


def _stand(one: Edit, facts: _Facts, change: Change) -> None:
    """状态 may be set forward to 已确认 or 整改中; every other move has its own form on the problem's page."""
    problem = facts.problem
    if one.told == STATES[State.CONFIRMED] and problem.state == State.FOUND:
        _may("confirm", facts)
        change.moves["confirm"] = {}
        return
    if one.told != STATES[State.RECTIFYING] or problem.state not in (State.FOUND, State.CONFIRMED):
        raise NotAllowed("在表里只能把待确认改为已确认，或把未开始整改的改为整改中；其他请在问题页办理。")
    _may("start", facts)
    changed = change.moves.get("amend", {"changes": {}})["changes"]
    words = {name: changed.get(name, getattr(problem, name)) for name in STARTED}
    missing = [
        word for name, word in (("cause", "原因"), ("measure", "整改措施"), ("due_on", "整改时限")) if not words[name]
    ]
    if words["unit"] is None and words["owner"] is None:
        missing.append("责任单位或责任人")
    if missing:
        raise NotAllowed(f"转整改中要先写{'、'.join(missing)}。")
    if words["due_on"] < facts.on:
        raise NotAllowed(f"整改时限{words['due_on']:%Y-%m-%d}已经过去，请改成今后的日期。")
    for name in STARTED:
        changed.pop(name, None)
    if "amend" in change.moves and not changed:
        del change.moves["amend"]
    change.moves["start"] = words


def _value(one: Edit, facts: _Facts) -> Any:
    """What a cell means."""
    name, told = one.column.name, one.told
    if len(told) > MOST.get(name, 10_000):
        raise NotAllowed(f"不超过{MOST[name]}字。")
    if name == "title" and not told:
        raise NotAllowed("问题不能空。")
    if name in LISTED:
        what, choices = LISTED[name]
        if told not in choices and (told or name == "source"):
            raise NotAllowed(f"“{told or '空白'}”不是{what}的选项，可填：{'、'.join(choices)}。")
        return choices.get(told, "")
    if name in ("found_on", "due_on"):
        day = _date(one)
        if name == "found_on" and (day is None or day > facts.on):
            raise NotAllowed("发现日期不能空，也不能晚于今天。")
        if name == "due_on" and day is not None and day < facts.on:
            raise NotAllowed(f"{day:%Y-%m-%d}已经过去。")
        return day
    if name == "tags":
        return names(told)
    if name == "problem_class":
        if told and told not in facts.known.classes:
            raise NotAllowed(f"没有“{told[:20]}”这一问题类别，请先在“类别和制度”里建立。")
        return facts.known.classes.get(told)
    if name in ("unit", "owner", "leader"):
        return _named(name, told, facts)
    return told


def _named(name: str, told: str, facts: _Facts) -> Any:
    known = facts.known
    if not told:
        if facts.problem.state == State.RECTIFYING and not (name == "leader"):
            raise NotAllowed("整改中的问题不能没有责任单位或责任人，请写清楚。")
        return None
    if name == "unit":
        found = unit(told, known.unit_names, known.shown)
        if found.key is not None:
            return known.units[found.key]
    else:
        found = person(told, known.leaders if name == "leader" else known.names)
        if found.key is not None:
            return known.people[found.key]
    what = {"unit": "单位", "owner": "在册人员", "leader": "局领导"}[name]
    near = f"，是不是{'、'.join(filter(None, found.near))}" if any(found.near) else ""
    raise NotAllowed(f"没有名为“{told[:20]}”的{what}，或有重名{near}。")


def _date(one: Edit) -> date | None:
    if not one.told:
        return None
    try:
        return date.fromisoformat(one.told)
    except ValueError:
        raise NotAllowed(f"“{one.told}”看不出是哪一天，请写成 2026-12-31 的样子。") from None
