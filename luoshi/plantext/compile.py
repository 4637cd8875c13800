"""From a plan's text to clauses, duties and obligations in one reading (编译).

>>> reading = compile_plan("一、工作要求\\n各科室每周召开例会不少于1次。")
>>> [(d.clause, d.actor, d.act) for d in reading.duties]
[('一', '各科室', '每周召开例会不少于1次')]
>>> [(o.comparator, o.quantity, o.unit, o.period) for o in reading.obligations]
[('>=', 1, '次', '每周')]
"""

import re
from dataclasses import asdict, dataclass
from typing import Any

from luoshi.plantext.actors import is_somebody, leading_actor
from luoshi.plantext.context import Facts, Setting, facts, note_governor, settings
from luoshi.plantext.duties import Duty, read_duties
from luoshi.plantext.grammar import ACT
from luoshi.plantext.numerals import Number
from luoshi.plantext.obligations import Carry, Obligation, read_obligations
from luoshi.plantext.outline import Outline, Stretch, outline
from luoshi.plantext.page import Page, view
from luoshi.plantext.sentences import Sentence, Span, brackets, sentences
from luoshi.plantext.slots import slot_of


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause of the plan; `start` and `end` are code points of the text, with all clauses below it."""

    path: str
    marker: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty; `obligations` are indexes into `Reading.obligations`."""

    clause: str
    quote: str
    start: int
    end: int
    actor: str | None
    act: str
    output: str | None
    slot: str | None
    obligations: list[int]


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """A measured part of a duty; fields as in the contract of `luoshi plan compile`."""

    clause: str
    quote: str
    start: int
    end: int
    actor: str | None
    action: str
    comparator: str
    quantity: Number | None
    quantity_max: Number | None
    unit: str | None
    period: str | None
    deadline: str | None
    kind: str
    slot: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan, read: title, clauses, duties, obligations."""

    title: str | None
    clauses: list[ClauseRow]
    duties: list[DutyRow]
    obligations: list[ObligationRow]

    def to_json(self) -> dict[str, Any]:
        """The reading as plain lists and dictionaries, ready for `json.dumps`."""
        return asdict(self)


_NOTE = re.compile(r"（[^（）]{0,280}）?")
_ACTS_FIRST = re.compile(r"(?:集中|组织)?(?:开展|落实|组织|推行|实行|实施)")


@dataclass(slots=True)
class _Found:
    """What has been found so far, in bare places."""

    duties: list[tuple[Duty, int | None, str | None]]
    obligations: list[tuple[Obligation, str | None]]


def compile_plan(text: str) -> Reading:
    """Read a plan. Any text is accepted; a text that is no plan gives a reading with little in it."""
    page = view(text)
    tree = outline(page)
    known = facts(page.bare)
    lent = settings(page.bare, tree)
    found = _Found([], [])
    governor = note_governor(page.bare, tree)
    closes = brackets(page.bare)
    titled = _titled(page.bare, tree, closes)
    carry = Carry([])
    for stretch in tree.stretches:
        setting = lent[stretch.clause] if stretch.clause is not None else None
        _read_stretch(page, tree, stretch, setting, known, closes, carry, governor, found, titled)
    return _assemble(page, tree, found, titled)


def _read_stretch(page, tree, stretch, setting, known, closes, carry, governor, found, titled) -> None:  # type: ignore[no-untyped-def]
    bare: str = page.bare
    start: int = stretch.start
    title_end = start
    if stretch.clause is not None and tree.clauses[stretch.clause].start == start:
        start += len(tree.clauses[stretch.clause].marker)
        while start < stretch.end and bare[start] in ".、：\n":
            start += 1
        title_end = titled[stretch.clause]
    if setting and setting.problems:
        return
    lent: str | None = setting.actor if setting else None
    carried = series = lent
    fresh = True
    for sentence in sentences(bare, start, stretch.end, closes):
        rows = read_obligations(bare, sentence, stretch.clause, known, carry)
        measured = frozenset(o.piece for o in rows if o.kind != "score")
        heading = sentence.end <= title_end
        quiet = heading or stretch.clause is None or bool(setting and setting.aims)
        duties = [] if heading else read_duties(bare, sentence, quiet, measured)
        note = governor(sentence.start)
        named = next((d.actor for d in duties if d.actor), None) or _named_actor(bare, sentence)
        current = carried if fresh else series
        for duty in duties:
            current = duty.actor or current
            found.duties.append((duty, stretch.clause, note or current))
        for row in rows:
            found.obligations.append((row, _obligation_actor(row, duties, note, current or named, known, bare, sentence)))
        if fresh:
            carried = series = current or named
        fresh = sentence.stop != "；"
        carried = carried if not fresh else series


def _named_actor(bare: str, sentence: Sentence) -> str | None:
    for start, end in sentence.pieces:
        lead = leading_actor(bare[start:end])
        if lead:
            return lead[0]
    return None


def _titled(bare: str, tree: Outline, closes: dict[int, int]) -> list[int]:
    """For each clause where its title ends if its first sentence is a title, else its start.

    A first sentence is a title where it is short, stands before more text, and either ends its line or has
    siblings most of which open with a title too; 一是 items that open with an act keep it as a duty.
    """
    firsts: list[Sentence | None] = []
    for clause in tree.clauses:
        at = clause.start + len(clause.marker)
        found = sentences(bare, at, min(clause.end, at + 400), closes)
        firsts.append(found[0] if found else None)
    groups: dict[tuple[int | None, str], list[int]] = {}
    kinds: dict[str, list[int]] = {}
    for place, clause in enumerate(tree.clauses):
        groups.setdefault((clause.parent, clause.kind), []).append(place)
        kinds.setdefault(clause.kind, []).append(place)
    more = [
        bool(f and _NOTE.sub("", bare[f.end : min(c.end, f.end + 300)]).strip("。\n；："))
        for f, c in zip(firsts, tree.clauses, strict=True)
    ]
    size = [f.end - c.start if f else 0 for f, c in zip(firsts, tree.clauses, strict=True)]
    out = []
    for place, clause in enumerate(tree.clauses):
        first, end = firsts[place], clause.start
        if first is not None and more[place]:
            group = groups[(clause.parent, clause.kind)]
            if len(group) < 3:
                group = kinds[clause.kind]
            own_line = first.stop == "\n" and size[place] <= 60
            usual = sum(more[i] and size[i] <= 32 for i in group) * 2 >= len(group) and size[place] <= 44
            acts = clause.kind == "shi" and _ACTS_FIRST.match(bare[first.start : first.end].strip("：、"))
            if (own_line or usual) and not acts:
                end = first.end
        out.append(end)
    return out


def _obligation_actor(
    row: Obligation, duties: list[Duty], note: str | None, carried: str | None, known: Facts, bare: str, sentence: Sentence
) -> str | None:
    if row.kind == "score" and known.assessor:
        return known.assessor
    if note:
        return note
    if row.kind == "window" and sentence.end - row.piece[1] > 1:
        turn = bare[row.piece[1] + 1 : sentence.end].strip("，：")
        if len(turn) <= 90 and not ACT.search(turn.replace("服务", "")) and is_somebody(turn):
            return turn
    for duty in duties:
        if duty.start <= row.start < duty.end and duty.actor:
            return duty.actor
    return carried


def _assemble(page: Page, tree: Outline, found: _Found, titled: list[int]) -> Reading:
    clauses = [
        ClauseRow(
            c.path,
            c.marker,
            page.quote(c.start, c.end)[len(c.marker) :] and c.title,
            page.index[c.start],
            page.origin_end(c.end),
        )
        for c in tree.clauses
    ]
    obligations = [o for o, _ in found.obligations]
    duties = list(found.duties)
    held = _hold(page.bare, tree, found, duties, titled)
    order = sorted(range(len(duties)), key=lambda i: (duties[i][0].start, duties[i][0].end))
    duty_rows = [_duty_row(page, tree, duties[i], held.get(i, [])) for i in order]
    slots = {place: row.slot for row in duty_rows for place in row.obligations}
    actors = {place: row.actor for row in duty_rows for place in row.obligations}
    acts = {place: row.act for row in duty_rows for place in row.obligations}
    rows = [
        ObligationRow(
            tree.path(o.clause), page.quote(o.start, o.end), page.index[o.start], page.origin_end(o.end), _original(page, who) or actors.get(i),
            acts.get(i, ""), o.comparator, o.quantity, o.quantity_max, o.unit, o.period, o.deadline, o.kind,
            slots.get(i), o.confidence,
        )
        for i, (o, who) in enumerate(found.obligations)
    ]  # fmt: skip
    return Reading(_title(page, tree), clauses, duty_rows, rows)


_Placed = tuple[Duty, int | None, str | None]


def _hold(bare: str, tree: Outline, found: _Found, duties: list[_Placed], titled: list[int]) -> dict[int, list[int]]:
    """Which obligations each duty holds.

    A measure inside a duty is its own; one in a heading or in a note at the end of an item rules every duty
    of that clause. What still has no owner becomes a duty itself, which is appended to `duties`.
    """
    held: dict[int, list[int]] = {}
    inside: dict[int | None, list[int]] = {}
    for place, (_, clause, _) in enumerate(duties):
        inside.setdefault(clause, []).append(place)
    for place, (row, actor) in enumerate(found.obligations):
        mine = inside.setdefault(row.clause, [])
        owners = [i for i in mine if duties[i][0].start <= row.start < duties[i][0].end][:1]
        if not owners and (_is_note(bare, row) or _is_title(titled, row)):
            owners = _ruled(bare, duties, mine, row)
        if not owners and row.kind == "score":
            owners = mine[-1:] or _below(tree, duties, row)
        if not owners:
            text = bare[row.piece[0] : row.piece[1]].strip("，、：\n")
            begin = bare.find(text, row.piece[0])
            duties.append((Duty(begin, begin + len(text), None, text, row.piece), row.clause, actor))
            owners = [len(duties) - 1]
            mine.append(owners[0])
        for owner in owners:
            held.setdefault(owner, []).append(place)
    return held


def _below(tree: Outline, duties: list[_Placed], row: Obligation) -> list[int]:
    """The first duty of the clauses below a heading that carries points."""
    if row.clause is None:
        return []
    end = tree.clauses[row.clause].end
    return [i for i, (d, _, _) in enumerate(duties) if row.end <= d.start < end][:1]


def _is_note(bare: str, row: Obligation) -> bool:
    return bare[row.piece[0]] == "（" or bare[row.piece[1] - 1] == "）" and "（" in bare[row.piece[0] : row.start + 1]


def _is_title(titled: list[int], row: Obligation) -> bool:
    return row.clause is not None and row.piece[1] <= titled[row.clause]


def _ruled(bare: str, duties: list[_Placed], mine: list[int], row: Obligation) -> list[int]:
    """The duties of the clause that a heading or a note rules: all after a heading, those up to the note before."""
    after = [i for i in mine if duties[i][0].start >= row.end]
    if bare[row.piece[0]] != "（":
        return after
    return [i for i in mine if duties[i][0].end <= row.start] or after


def _duty_row(page: Page, tree: Outline, duty: tuple[Duty, int | None, str | None], held: list[int]) -> DutyRow:
    one, clause, actor = duty
    quote = page.quote(one.start, one.end)
    context = " ".join(c.title for c in _above(tree, clause))
    return DutyRow(
        tree.path(clause), quote, page.index[one.start], page.origin_end(one.end), _original(page, actor), one.act, _output(one.act),
        slot_of(page.bare[one.start : one.end], context), held,
    )  # fmt: skip


def _original(page: Page, name: str | None) -> str | None:
    """A name as the text writes it (its own width of brackets)."""
    if name is None or not re.search(r"[（），：]", name):
        return name
    at = page.bare.find(name)
    return page.quote(at, at + len(name)) if at != -1 else name


def _above(tree: Outline, clause: int | None) -> list[Any]:
    out = []
    while clause is not None:
        out.append(tree.clauses[clause])
        clause = tree.clauses[clause].parent
    return out


_OUTPUT = re.compile(
    r"(?:形成|建立|制定|编制|列出|制作|印发|发布|出具|提交|报送|设立|成立|组建|作好|做好|建成)[^，。；]{0,24}?([\u4e00-\u9fff“”]{0,10}(?:清单|台账|台帐|报告|方案|目录|计划|机制|制度|名单|名册|档案|办法|预案|记录|纪要|信箱|小组|督查组|窗口|平台|体系|通报))"
)


def _output(act: str) -> str | None:
    found = _OUTPUT.search(act)
    return found[1].lstrip("的了和及并") if found else None


_TITLE = re.compile(
    r"[^\n。；]{4,60}(?:方案|办法|计划|细则|意见|通知|通告|措施|要点|规定|规划)(?:（[^（）\n]{2,16}）)?"
)


def _title(page: Page, tree: Outline) -> str | None:
    """The plan's own title: the last title-like line before the first clause."""
    end = tree.clauses[0].start if tree.clauses else min(len(page.bare), 600)
    lines = [line for line in page.bare[:end].split("\n") if line]
    named = [line for line in lines if len(line) <= 60 and _TITLE.fullmatch(line) and "，" not in line]
    plain = [line for line in named if not re.search(r"关于印发|的通知$", line)]
    chosen = plain[-1] if plain else named[-1] if named else None
    if chosen is None:
        quoted = re.search(r"《([^《》]{4,50}(?:方案|办法|计划|细则|意见|措施))》的(?:通知|函)", page.bare[:end])
        chosen = quoted[1] if quoted else None
    return chosen


__all__ = ["ClauseRow", "DutyRow", "ObligationRow", "Reading", "Setting", "Span", "compile_plan"]
