"""导入预览: each row of a list of past activities, as what it will be recorded, or why it cannot be.

Reads only; `services.importing` does what is shown. What is taken for granted is said beside the row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from luoshi.activities.import_sheet import (
    COLUMNS,
    CONTENT_WORDS,
    EVERYBODY,
    HOURS,
    KINDS,
    read_kind,
    read_long,
    read_names,
    read_when,
    title_of,
)
from luoshi.activities.queries.staff import Seats, Staff, staff_of
from luoshi.activities.rules import COUNTING, TALKS, TRIPS, ActivityKind, Presence, length, most_half_days
from luoshi.activities.services.importing import PastActivity, entered_while, like, reach
from luoshi.matters.readings import bare, person
from luoshi.matters.sheet import Book, Line, said
from luoshi.org.models import Unit, User
from luoshi.org.rules import UnitKind

NAMES_SHOWN = 4
SUMS = frozenset({"合计", "小计", "总计"})


@dataclass(slots=True)
class PastRow:
    """One row that can be taken in, what was taken for granted, and what it looks like."""

    draft: PastActivity
    remarks: list[str] = field(default_factory=list)
    alike: str = ""
    """What stands entered and looks the same; such a row is left out unless it is ticked."""
    who: str = ""

    @property
    def kind(self) -> str:
        return "中心组学习" if self.draft.core_group else str(ActivityKind(self.draft.kind).label)

    @property
    def long(self) -> str:
        return length(self.draft.half_days)


@dataclass(slots=True)
class Intake:
    """All that a sheet would record, and what is refused by its row."""

    rows: list[PastRow] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    """(row, what it calls itself, why)."""
    read: int = 0
    unread: list[str] = field(default_factory=list)

    @property
    def fresh(self) -> list[PastRow]:
        return [one for one in self.rows if not one.alike]

    @property
    def doubtful(self) -> list[PastRow]:
        return [one for one in self.rows if one.alike]

    @property
    def digest(self) -> str:
        """What was shown, to tell whether the same would be saved."""
        told = [(repr(one.draft), one.draft.unit.pk, one.alike) for one in self.rows]
        return hashlib.sha256(repr((told, self.refused)).encode()).hexdigest()


class _Reading:
    """One row being read: its cells, its faults, its remarks."""

    def __init__(self, line: Line, staff: Staff, own: Collection[int] | None, on: date) -> None:
        self.line, self.staff, self.own, self.on = line, staff, own, on
        columns = [one for one in (*COLUMNS, HOURS) if one.name in line.cells]
        self.cells = {one.name: said(one, line.cells[one.name], on) for one in columns}
        self.faults: list[str] = []
        self.remarks: list[str] = []

    def cell(self, name: str) -> str:
        return self.cells.get(name, "")


def take_in(book: Book, *, bureau: Unit, user: User, on: date) -> Intake:
    """Judge every row; a number of queries that does not grow. `NotAllowed` where the person may bring in nothing."""
    own, staff = reach(user, bureau.pk, on), staff_of(bureau)
    intake = Intake(read=len(book.lines), unread=book.unread)
    for line in book.lines:
        told = _Reading(line, staff, own, on)
        if told.cell("title") in SUMS or told.cell("held_on") in SUMS:
            continue
        if {"title", "held_on"} <= line.joined and intake.rows and _follows(intake.rows[-1], line):
            _go_on(intake.rows[-1], told)
            continue
        draft = _draft(told)
        if told.faults or draft is None:
            label = told.cell("title") or told.cell("place") or told.cell("held_on") or "（没有名称）"
            intake.refused.append((line.number, label, "；".join(told.faults)))
        else:
            intake.rows.append(PastRow(draft, told.remarks))
    _compare(intake, bureau)
    for row in intake.rows:
        row.who = _who(row.draft, staff, on)
    return intake


def _follows(row: PastRow, line: Line) -> bool:
    return row.draft.row < line.number


def _go_on(row: PastRow, told: _Reading) -> None:
    """A further line of an activity whose cells were merged: its people join."""
    draft = row.draft
    people = _people(told, draft.held_on)
    if told.faults:
        row.remarks.append(f"第{told.line.number}行的{'；'.join(told.faults)}，没有加上")
    elif "people" not in told.line.joined:
        draft.people |= people
        row.remarks.append(f"第{told.line.number}行是同一次，人员合在一起")


def _draft(told: _Reading) -> PastActivity | None:
    first, until = _when(told)
    kind, core = _kind(told)
    title, place = title_of(kind, told.cell("title"), told.cell("place")), told.cell("place")
    if not title:
        told.faults.append("没有写名称或主题")
    for words, most, name in ((title, 200, "名称"), (place, 120, "地点")):
        if len(words) > most:
            told.faults.append(f"{name}超过{most}字")
    half_days = _long(told, first, until)
    people = _people(told, first or told.on)
    if told.faults or first is None:
        return None
    content, theme, outcome = _content(told)
    return PastActivity(
        row=told.line.number, kind=kind, title=title, held_on=first, until_on=until, half_days=half_days,
        unit=_unit(told, people, first), place=place, content=content, theme=theme, outcome=outcome, core_group=core,
        people=people,
    )  # fmt: skip


def _when(told: _Reading) -> tuple[date | None, date | None]:
    words = told.cell("held_on")
    if not words:
        told.faults.append("没有写日期")
        return None, None
    first, until, remark = read_when(words, told.on)
    if first is None:
        told.faults.append(f"日期“{words[:20]}”看不出是哪一天，请写成 2026-03-05 的样子")
    elif (until or first) > told.on:
        told.faults.append(f"{until or first}还没有到，活动办完再登记")
    elif until is not None and until < first:
        told.faults.append("结束日期早于开始日期")
    elif remark:
        told.remarks.append(remark)
    return first, until if until != first else None


def _kind(told: _Reading) -> tuple[str, bool]:
    words = told.cell("kind")
    kind, core = read_kind(words)
    if not words:
        told.faults.append("没有写类别")
    elif not kind:
        told.faults.append(f"类别“{words[:20]}”没有，可填：{'、'.join(str(one.label) for one in KINDS)}")
    elif kind in TALKS:
        told.faults.append("谈话不能导入，由谈话人在“谈心谈话”里登记")
    elif kind in TRIPS:
        told.faults.append("走出去、请进来不能导入，请在“走出去、请进来”里申请、报成果")
    elif core and told.own is not None:
        told.faults.append("中心组学习由局办公室导入")
    return kind, core


def _long(told: _Reading, first: date | None, until: date | None) -> int:
    words, hours = (told.cell("long"), False) if told.cell("long") else (told.cell("hours"), True)
    if first is None or (until is not None and until < first):
        return 1
    most = most_half_days(first, until)
    if not words:
        taken = most if until else 1
        told.remarks.append(f"没有写时长，按{length(taken)}")
        return taken
    half_days, remark = read_long(words, hours=hours)
    if half_days is None:
        told.faults.append(f"时长“{words[:20]}”看不懂，可填：半天、1天、2小时")
        return 1
    if half_days > most:
        told.faults.append(f"时长{length(half_days)}超过了日期；连续几天的，日期写成 2026-03-05至2026-03-07")
    elif remark:
        told.remarks.append(remark)
    return half_days


def _content(told: _Reading) -> tuple[str, str, str]:
    """学习内容 as one of the list, or as the theme that it was; what is too long joins 收获."""
    words, outcome = told.cell("content"), told.cell("outcome")
    if not words or words in CONTENT_WORDS:
        return str(CONTENT_WORDS.get(words, "")), "", outcome
    line = " ".join(words.split())
    if len(line) > 120:
        return "", line[:120], "\n".join(filter(None, [f"学习内容：{words}", outcome]))
    return "", line, outcome


def _people(told: _Reading, day: date) -> dict[int, str]:
    """Whom a cell names: people, or units for everybody who sat there on that day."""
    found: dict[int, str] = {}
    then, now = told.staff.seats(day), told.staff.seats(told.on)
    names = read_names(told.cell("people"))
    if not names:
        told.faults.append("没有写参加人员")
    for word, part, hint in names:
        for pk in _meant(told, word, hint, then, now):
            if part != Presence.PRESENT or pk not in found:
                found[pk] = part
    if found and not any(part in COUNTING for part in found.values()):
        told.faults.append("没有人参加，全是请假、缺席")
    return found


def _meant(told: _Reading, word: str, hint: str, then: Seats, now: Seats) -> list[int]:
    units = told.staff.unit_names
    if word in EVERYBODY or word in (told.staff.bureau.name, told.staff.bureau.short_name):
        return _all_of(told, word, told.own, then, now)
    if word in units or word.removeprefix("全体") in units or word.removesuffix("全体") in units:
        key = units.get(word) or units.get(word.removeprefix("全体")) or units[word.removesuffix("全体")]
        if told.own is not None and key not in told.own:
            told.faults.append(f"“{word}”不是您负责的单位，请由其单位或局办公室导入")
            return []
        return _all_of(told, word, [key], then, now)
    for seats in (then, now):
        keys = seats.named.get(word, [])
        if hint in units:
            keys = [pk for pk in keys if seats.units[pk] == units[hint]] or keys
        if len(keys) > 1:
            shown = "、".join(f"{word}（{told.staff.units.get(seats.units[pk], told.staff.bureau)}）" for pk in keys)
            told.faults.append(f"“{word}”有{len(keys)}人重名，请写成{shown}")
            return []
        if keys:
            if told.own is not None and seats.units[keys[0]] not in told.own:
                told.faults.append(f"{word}不是您单位的人员，请由其单位或局办公室导入")
                return []
            if seats is now and now is not then:
                told.remarks.append(f"{word}那天的任职没有登记，不归入单位")
            return keys
    near = person(word, {name: keys[0] for name, keys in (now.named | then.named).items()})
    if near.key is not None:
        return _meant(told, (now.people | then.people)[near.key].name, hint, then, now)
    told.faults.append(f"没有名为“{word[:20]}”的人员或单位" + (f"，是不是{'、'.join(near.near)}" if near.near else ""))
    return []


def _all_of(told: _Reading, word: str, wanted: Collection[int] | None, then: Seats, now: Seats) -> list[int]:
    for seats in (then, now):
        found = [pk for pk, unit in seats.units.items() if wanted is None or unit in wanted]
        if found:
            when = "那天" if seats is then else "现在"
            told.remarks.append(f"“{word}”按{when}{len(found)}人")
            return found
    told.faults.append(f"“{word}”没有人员")
    return []


def _unit(told: _Reading, people: dict[int, str], day: date) -> Unit:
    """组织单位: the one unit that all were of; else the bureau. A head's is his own."""
    then, now = told.staff.seats(day), told.staff.seats(told.on)
    units = {then.units.get(pk, now.units.get(pk)) for pk in people}
    one = told.staff.units.get(units.pop() or 0) if len(units) == 1 else None
    if one is not None and (told.own is not None or one.kind in (UnitKind.SECTION, UnitKind.AFFILIATE)):
        return one
    if told.own is not None:
        return told.staff.units.get(min(told.own), told.staff.bureau)
    return told.staff.bureau


def _compare(intake: Intake, bureau: Unit) -> None:
    """What looks like one that stands entered, or like a row above it."""
    drafts = [one.draft for one in intake.rows]
    if not drafts:
        return
    there = entered_while(drafts, bureau)
    above: dict[tuple[str, date, str], int] = {}
    for row in intake.rows:
        one = row.draft
        found = like(one, there)
        key = (one.kind, one.held_on, bare(one.title))
        if found is not None:
            row.alike = found.words
        elif key in above:
            row.alike = f"和第{above[key]}行是同一类、同一天、同一名称"
        above.setdefault(key, one.row)


def _who(draft: PastActivity, staff: Staff, on: date) -> str:
    people = staff.seats(on).people | staff.seats(draft.held_on).people
    names = [people[pk].name for pk, part in draft.people.items() if part in COUNTING]
    away = len(draft.people) - len(names)
    told = "、".join(names[:NAMES_SHOWN]) + (f"等{len(names)}人" if len(names) > NAMES_SHOWN else "")
    return told + (f"（另{away}人请假、缺席）" if away else "")
