"""并入台账: a row without a key is one problem kept before in Excel: as what it will be taken in, or why it cannot be.

Reads only; `services.sheet` does what is shown. A row is taken whole or not at all; what is taken for granted is
said beside it (`NewRow.remarks`), so that nothing is lost or altered unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from luoshi.matters.readings import bare, person, unit
from luoshi.matters.sheet import Line, names, said
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held
from luoshi.problems import rules
from luoshi.problems.models import Problem
from luoshi.problems.queries.ledger import Known
from luoshi.problems.rules import Channel, Pace, Parts, RaiserAnswer, Source, State, StyleKind
from luoshi.problems.services.sheet import NewProblem
from luoshi.problems.sheet import BY_NAME, COLUMNS, WORDS_OF_PACE, WORDS_OF_SOURCE, WORDS_OF_STATE

TITLE_MOST = 200
SUMS = frozenset({"合计", "小计", "总计"})
STATE_LONGEST = 12
"""A longer text under 完成情况 tells how it goes, not where it stands."""


@dataclass(slots=True)
class NewRow:
    """One row as it will be taken in: the problem, and what was taken for granted."""

    number: int
    draft: NewProblem
    remarks: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        return str(Source(self.draft.source).label)

    @property
    def standing(self) -> str:
        """Where it will stand, in the words of the ledger."""
        if self.draft.state == State.CLOSED:
            return "已解决" if self.draft.looked_on else "已销号，待回头看"
        return str(self.draft.state.label)


@dataclass(frozen=True, slots=True)
class Scene:
    """Who brings the sheet in, where and when, and whom it may name."""

    bureau: Unit
    user: User
    held: Sequence[Held]
    on: date
    known: Known


class _Reading:
    """One row being read: its cells as the sheet writes them, its faults, its remarks."""

    def __init__(self, line: Line, scene: Scene) -> None:
        self.line, self.scene = line, scene
        self.cells = {one.name: said(one, line.cells[one.name], scene.on) for one in COLUMNS if one.name in line.cells}
        self.faults: list[str] = []
        self.remarks: list[str] = []

    def cell(self, name: str) -> str:
        return self.cells.get(name, "")

    def fault(self, name: str, why: str) -> None:
        self.faults.append(f"{BY_NAME[name].head}：{why}")

    def day(self, name: str) -> date | None:
        told = self.cell(name)
        if not told:
            return None
        try:
            return date.fromisoformat(told)
        except ValueError:
            self.fault(name, f"“{told[:20]}”看不出是哪一天，请写成 2026-12-31 的样子")
            return None

    def past_day(self, name: str) -> date | None:
        found = self.day(name)
        if found is not None and found > self.scene.on:
            self.fault(name, f"{found}还没有到")
            return None
        return found

    def listed(self, name: str, choices: Mapping[str, str]) -> str:
        """A value of a closed list: its word, or the only one that has what is typed in it."""
        told = self.cell(name)
        if not told:
            return ""
        if told in choices:
            return choices[told]
        near = {value for word, value in choices.items() if len(told) >= 2 and (told in word or word in told)}
        if len(near) == 1:
            return near.pop()
        self.fault(name, f"“{told[:20]}”不在可选的里面，可填：{'、'.join(dict.fromkeys(choices))}")
        return ""

    def who(self, name: str, pool: Mapping[str, int], word: str) -> User | None:
        """The person whom a cell's word means."""
        found = person(word, pool)
        if found.key is not None:
            return self.scene.known.people[found.key]
        if word in self.scene.known.twice:
            self.fault(name, f"“{word}”有重名，请先在系统里登记这一件，再选人")
        else:
            near = f"，是不是{'、'.join(found.near)}" if found.near else ""
            self.fault(name, f"没有名为“{word[:20]}”的{'局领导' if name == 'leader' else '在册人员'}{near}")
        return None


def read_new(lines: Iterable[Line], ledger: QuerySet[Problem], scene: Scene) -> tuple[list[NewRow], dict[int, str]]:
    """The rows that can be taken in, and why each other cannot, by its number in the sheet; a few queries in all."""
    found: list[NewRow] = []
    refused: dict[int, str] = {}
    seen: dict[tuple[str, int | None], int] = {}
    for line in lines:
        if found and "title" in line.joined and found[-1].number + 1 + len(found[-1].draft.lines) == line.number:
            _continue(found[-1], line, scene)
            continue
        told = _Reading(line, scene)
        if told.cell("title") in SUMS:
            continue
        row = _row(told)
        if told.faults:
            refused[line.number] = "；".join(told.faults)
            continue
        key = (bare(row.draft.title), row.draft.unit.pk if row.draft.unit else None)
        if key in seen:
            refused[line.number] = f"和第{seen[key]}行是同一个问题，请合并成一行"
            continue
        seen[key] = line.number
        found.append(row)
    known = _known_titles(ledger, found)
    for row in list(found):
        if label := known.get((row.draft.title, row.draft.unit.pk if row.draft.unit else None)):
            refused[row.number] = f"台账里已有{label}，是同一个问题；要改内容，请导出台账，在那一行上改"
            found.remove(row)
    return found, refused


def _known_titles(ledger: QuerySet[Problem], rows: Sequence[NewRow]) -> dict[tuple[str, int | None], str]:
    titles = sorted({row.draft.title for row in rows})
    found: dict[tuple[str, int | None], str] = {}
    for start in range(0, len(titles), 500):
        for one in ledger.filter(title__in=titles[start : start + 500]).only(
            "title", "unit_id", "series", "year", "number"
        ):
            found[one.title, one.unit_id] = one.number_label
    return found


def _continue(row: NewRow, line: Line, scene: Scene) -> None:
    """A further line of a problem whose cell was merged: its measures and words go on."""
    told = _Reading(line, scene)
    draft = row.draft
    draft.lines.append(line.number)
    for name in ("measure", "cause", "detail", "said"):
        words = told.cell(name)
        if words and name not in line.joined and words not in getattr(draft, name):
            setattr(draft, name, "\n".join(filter(None, [getattr(draft, name), words])))
    row.remarks.append(f"第{line.number}行是同一个问题，措施合在一起")


def _row(told: _Reading) -> NewRow:
    draft = NewProblem(title="", source=Source.OTHER, found_on=told.scene.on, row=told.line.number)
    _what(told, draft)
    _who(told, draft)
    _when(told, draft)
    _where_it_stands(told, draft)
    return NewRow(told.line.number, draft, told.remarks)


def _what(told: _Reading, draft: NewProblem) -> None:
    title, detail = told.cell("title"), told.cell("detail")
    if not title:
        told.fault("title", "没有写")
    if len(title) > TITLE_MOST:
        short = re.split(r"[。；;\n]", title)[0][:TITLE_MOST]
        detail = "\n".join(filter(None, [title, detail]))
        title = short
        told.remarks.append("问题太长，第一句作题目，全文放在具体表现里")
    draft.title, draft.detail = " ".join(title.split("\n")), detail
    draft.source, draft.source_note = _source(told)
    draft.place, draft.raiser = told.cell("place")[:100], told.cell("raiser")[:100]
    draft.style_kind = told.listed("style_kind", {str(one.label): one.value for one in StyleKind})
    draft.channel = told.listed("channel", {str(one.label): one.value for one in Channel})
    draft.tags = [one[:40] for one in names(told.cell("tags"))]
    draft.cause, draft.measure, draft.said = told.cell("cause"), told.cell("measure"), told.cell("said")
    kind = told.cell("problem_class")
    draft.problem_class = told.scene.known.classes.get(kind)
    if kind and draft.problem_class is None:
        told.remarks.append(f"没有“{kind[:20]}”这一问题类别，类别留空")
    if files := told.cell("proofs"):
        draft.said = "\n".join(filter(None, [draft.said, f"原台账写的佐证：{files}"]))


def _source(told: _Reading) -> tuple[str, str]:
    words, note = told.cell("source"), told.cell("source_note")
    if not words:
        return Source.OTHER, note[:200]
    if words in WORDS_OF_SOURCE:
        return WORDS_OF_SOURCE[words], note[:200]
    both = "　".join(filter(None, [words, note]))[:200]
    for word in sorted(WORDS_OF_SOURCE, key=len, reverse=True):
        if word in words:
            return WORDS_OF_SOURCE[word], both
    told.remarks.append("来源列为“其他”，原来的写法放在来源说明里")
    return Source.OTHER, both


def _who(told: _Reading, draft: NewProblem) -> None:
    """责任领导, 责任单位 and 责任人; one cell may name a unit and its person, or several of them: the first answers."""
    known = told.scene.known
    if word := told.cell("leader"):
        draft.leader = told.who("leader", known.leaders, word)
    also: list[str] = []
    for word in names(told.cell("unit")):
        found = unit(word, known.unit_names, known.shown)
        if found.key is None and person(word, known.names).key is not None:
            if draft.owner is None:
                draft.owner = told.who("unit", known.names, word)
            else:
                also.append(word)
        elif found.key is None:
            near = f"，是不是{'、'.join(filter(None, found.near))}" if any(found.near) else ""
            told.fault("unit", f"没有名为“{word[:20]}”的单位{near}")
        elif draft.unit is None:
            draft.unit = known.units[found.key]
        else:
            also.append(word)
    for nth, word in enumerate(names(told.cell("owner"))):
        if nth == 0:
            draft.owner = told.who("owner", known.names, word)
        else:
            also.append(word)
    if also:
        draft.measure = "\n".join(filter(None, [draft.measure, f"（配合：{'、'.join(also)}）"]))
        told.remarks.append(f"由第一个负责，{'、'.join(also)}写进整改措施作配合")


def _when(told: _Reading, draft: NewProblem) -> None:
    if told.cell("found_on"):
        draft.found_on = told.past_day("found_on") or told.scene.on
    words = told.cell("due_on")
    pace = next((value for word, value in WORDS_OF_PACE.items() if word in words), None) if words else None
    if pace is not None:
        draft.pace = pace
        if pace == Pace.AT_ONCE:
            told.remarks.append("时限写的是立行立改，没有日期，请确认后补上")
    else:
        draft.due_on = told.day("due_on")
    if told.cell("pace"):
        draft.pace = told.listed("pace", dict(WORDS_OF_PACE))
    draft.applied_on, draft.closed_on = told.past_day("applied_on"), told.past_day("closed_on")


def _where_it_stands(told: _Reading, draft: NewProblem) -> None:
    words = told.cell("state")
    state = _state(words)
    if words == "不作问题处理":
        told.fault("state", "不作问题处理的不用导入")
    if words and state is None:
        draft.said = "\n".join(filter(None, [words, draft.said]))
    if state is None:
        running = draft.measure and (draft.due_on or draft.pace == Pace.STEADY)
        state = State.CLOSED if draft.closed_on else State.RECTIFYING if running else State.FOUND
    scene = told.scene
    mine = rules.roles(
        scene.user.pk,
        scene.held,
        Parts(
            scene.bureau.pk, draft.unit.pk if draft.unit else None, draft.owner.pk if draft.owner else None,
            draft.leader.pk if draft.leader else None, scene.user.pk,
            led_by=scene.known.led.get(draft.unit.pk, frozenset()) if draft.unit else frozenset(),
        ),
    ).keys()  # fmt: skip
    if state == State.CLOSED:
        _closed(told, draft, mine)
    elif state != State.FOUND and not mine & rules.DECIDES:
        told.remarks.append("列为待确认，由责任单位负责人或局办公室确认")
        state = State.FOUND
    elif state == State.RECTIFYING:
        missing = draft.missing
        if missing:
            told.remarks.append(f"没有写{'、'.join(missing)}，先列为已确认，补上后转整改中")
            state = State.CONFIRMED
        elif words == "待验收" or draft.applied_on:
            told.remarks.append("列为整改中，请责任单位在系统里申请销号")
        draft.applied_on = None
    draft.state = state


def _state(words: str) -> State | None:
    if words in WORDS_OF_STATE:
        return State(WORDS_OF_STATE[words])
    if len(words) > STATE_LONGEST:
        return None
    return next((State(WORDS_OF_STATE[one]) for one in sorted(WORDS_OF_STATE, key=len, reverse=True)
                 if len(one) > 1 and words.startswith(one)), None)  # fmt: skip


def _closed(told: _Reading, draft: NewProblem, mine: Iterable[str]) -> None:
    """A problem that was closed on paper: who accepted it and when must be written, and it was another person."""
    if rules.OFFICE not in mine:
        told.fault("state", "已销号的问题只能由局办公室导入")
    if draft.closed_on is None and not told.cell("closed_on"):
        told.fault("closed_on", "已销号的要写销号日期")
    if not told.cell("closed_by"):
        told.fault("closed_by", "已销号的要写验收人（责任人以外的在册人员）")
    else:
        draft.closed_by = told.who("closed_by", told.scene.known.names, names(told.cell("closed_by"))[0])
        if draft.closed_by is not None and draft.closed_by == draft.owner:
            told.fault("closed_by", "验收人不能就是责任人")
    draft.answer = told.listed("answer", {str(one.label): one.value for one in RaiserAnswer})
    draft.look_on, draft.looked_on = told.day("look_on"), told.past_day("looked_on")
    words = told.cell("looked")
    if "反弹" in words and not re.search(r"(没有|没|未|无)(发现|出现)?反弹", words):
        told.fault("looked", "有反弹的要重新整改，请把状态写成整改中")
    elif words and draft.looked_on is None:
        day = re.search(r"20\d\d[-./年]\d{1,2}[-./月]\d{1,2}", words)
        draft.looked_on = _day_in(day[0]) if day else None
        if draft.looked_on is None:
            told.remarks.append("没有写回头看日期，列为待回头看")


def _day_in(words: str) -> date | None:
    try:
        return date(*(int(one) for one in re.findall(r"\d+", words)[:3]))
    except ValueError:
        return None
