"""From a plan's text to clauses, duties and obligations in one reading (编译).

>>> reading = compile_plan("一、工作要求\\n各科室每周召开例会不少于1次。")
>>> [(d.clause, d.actor, d.act) for d in reading.duties]
[('一', '各科室', '每周召开例会不少于1次')]
>>> [(o.comparator, o.quantity, o.unit, o.period) for o in reading.obligations]
[('>=', 1, '次', '每周')]
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from luoshi.plantext.actors import approver, is_somebody, leading_actor, notes
from luoshi.plantext.context import Facts, Setting, facts, note_governor, row_assessors, settings
from luoshi.plantext.duties import read_duties
from luoshi.plantext.grammar import ACT
from luoshi.plantext.model import ClauseRow, Duty, DutyRow, Obligation, ObligationRow, Reading
from luoshi.plantext.obligations import Carry, read_obligations
from luoshi.plantext.outline import Clause, Outline, Stretch, outline
from luoshi.plantext.owners import Placed, hold
from luoshi.plantext.page import Page, view
from luoshi.plantext.sentences import Sentence, brackets, sentences
from luoshi.plantext.slots import slot_of
from luoshi.plantext.titles import is_title, plan_title, title_ends

_SELF_SAID = re.compile(r"(?:[均都也]?(?:要|应当?|必须|须|不得|负责))|[^，。；]{0,6}(?:要|应当|必须|不得)")
_MUSTS = re.compile(
    r"(?:不得|严禁|禁止|不准|应当?|必须|须|要)[^，。；]{0,12}(?:下列|以下|如下)[^，。；]{0,10}(?:行为|条件|要求|规定|事项|义务|职责|情形|工作)(?:之一)?"
)
# What somebody unnamed does to the subject of the sentence before (…要抓好落实。对工作不力的，通报批评).
_TO_OTHERS = re.compile(
    r"(?:约谈|责令|清退|问责|追责|通报批评|严肃处理|予以处理|处分|惩戒|曝光|论处|追究)|取消[^，。]{0,12}(?:资格|评[先优])|"
    r"(?:纳入|列入|作为|计入)[^，。]{0,20}(?:考核|考评|评价|评议|绩效|依据)"
)
_ASKS = re.compile(
    r"(?:现)?请[^。]*(?:前|[之以]?内|尽快|及时)[^。]*"
    r"(?:报送|反馈|发送|函告|函复|回复|答复|提交|会签|报至|报我|报[^。]{0,8}办公室)"
)
_LABELLED = re.compile(r"(?:完成|办结|整改|落实)(?:时限|期限|时间)")
_CONDITIONS = re.compile(r"(?:下列|以下)(?:情形|行为|情况|条件)之一")


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is known of the plan before its sentences are read."""

    page: Page
    tree: Outline
    known: Facts
    lent: list[Setting]
    governor: Callable[[int], str | None]
    closes: dict[int, int]
    titled: list[int]
    assessors: dict[int, str]
    notes_end: frozenset[int]


@dataclass(slots=True)
class _Found:
    """What has been found so far, in bare places, each with who has to act."""

    duties: list[Placed] = field(default_factory=list)
    obligations: list[tuple[Obligation, str | None]] = field(default_factory=list)
    opened: dict[int, tuple[str | None, str]] = field(default_factory=dict)


def compile_plan(text: str) -> Reading:
    """Read a plan. Any text is accepted; a text that is no plan gives a reading with little in it."""
    page = view(text)
    tree = outline(page)
    closes = brackets(page.bare)
    known = facts(page.bare)
    plan = _Plan(
        page,
        tree,
        known,
        settings(page.bare, tree, known),
        note_governor(page.bare, tree),
        closes,
        title_ends(page.bare, tree, closes),
        row_assessors(page.bare, tree),
        frozenset(end for _, end, _ in notes(page.bare, 0, len(page.bare))),
    )
    found, carry = _Found(), Carry([])
    for stretch in tree.stretches:
        _read_stretch(plan, stretch, carry, found)
    return _assemble(plan, found)


def _read_stretch(plan: _Plan, stretch: Stretch, carry: Carry, found: _Found) -> None:
    """Read the sentences of one clause's own text; who acts is handed on from sentence to sentence."""
    bare, clause = plan.page.bare, stretch.clause
    setting = plan.lent[clause] if clause is not None else Setting(None, False, False)
    if setting.problems:
        return
    start, title_end = _body(plan, stretch)
    lent, listed = _opened_above(plan, clause, found)
    if listed == "conditions":
        return
    carried = series = setting.actor or lent
    fresh = True
    # A notice without any heading is read as a whole.
    unread = bool(plan.tree.clauses)
    for sentence in sentences(bare, start, stretch.end, plan.closes):
        rows = read_obligations(bare, sentence, clause, plan.known, carry)
        measured = frozenset(o.piece for o in rows if o.kind != "score")
        heading = sentence.end <= title_end or (clause is None and is_title(bare, sentence))
        quiet = setting.aims or (clause is None and unread and not _decides(bare, sentence))
        note = plan.governor(sentence.start)
        heading = heading or _run_in(bare, sentence, plan.notes_end)
        duties = (
            []
            if heading
            else read_duties(bare, sentence, quiet, measured, listed == "duties", bool(note) and sentence.start > start)
        )
        if clause is None and unread and not measured:
            duties = _preamble(bare, duties)
        named = next((d.actor for d in duties if d.actor), None) or _named_actor(bare, sentence)
        before = current = carried if fresh else series
        for duty in duties:
            carried_on = None if _TO_OTHERS.search(bare, duty.start, duty.end) and not setting.actor else current
            found.duties.append((duty, clause, _who(bare, duty, note) or duty.actor or carried_on))
            if duty.actor and not approver(bare[duty.core[0] : duty.core[1]]):
                current = duty.actor
        for row in rows:
            found.obligations.append((row, _bound(plan, row, sentence, duties, note or before or named, note)))
        if fresh:
            carried = series = current or named
        fresh = sentence.stop != "；"
        carried = carried if not fresh else series
    if clause is not None and bare[stretch.end - 2 : stretch.end].rstrip("\n").endswith("："):
        found.opened[clause] = (series, _opens(bare, start, stretch.end))


def _who(bare: str, duty: Duty, note: str | None) -> str | None:
    """A note of responsibility names who answers for a duty, unless its own words say who must."""
    if note and duty.actor and bare.find(duty.actor, duty.start, duty.core[1]) != -1:
        return duty.actor
    return note


def _opened_above(plan: _Plan, clause: int | None, found: _Found) -> tuple[str | None, str]:
    """What the sentence that opens a list lends to its items: who acts, and what the items are."""
    parent = plan.tree.clauses[clause].parent if clause is not None else None
    return found.opened.get(parent, (None, "")) if parent is not None else (None, "")


def _opens(bare: str, start: int, end: int) -> str:
    """What the items are that a sentence opens: duties (不得有下列行为：), only conditions, or not said."""
    last = max(bare.rfind("。", start, end), bare.rfind("\n", start, end - 2), start)
    if _MUSTS.search(bare, last, end):
        return "duties"
    return "conditions" if _CONDITIONS.search(bare, start, end) else ""


def _body(plan: _Plan, stretch: Stretch) -> tuple[int, int]:
    """Where the words of a stretch begin after its marker, and where the title in them ends."""
    clause, start, bare = stretch.clause, stretch.start, plan.page.bare
    if clause is None or plan.tree.clauses[clause].start != start:
        return start, start
    start += len(plan.tree.clauses[clause].marker)
    while start < stretch.end and bare[start] in ".、：\n":
        start += 1
    return start, plan.titled[clause]


def _decides(bare: str, sentence: Sentence) -> bool:
    """A preamble that decides something (经…研究决定) or a letter that asks for an answer lays down a duty."""
    text = bare[sentence.start : sentence.end]
    return "决定，" in text or _ASKS.match(text) is not None


def _preamble(bare: str, duties: list[Duty]) -> list[Duty]:
    """Of a preamble only what was decided, not the reasons before it."""
    return [d for d in duties if "决定" in bare[max(0, d.core[0] - 60) : d.core[0]]]


def _named_actor(bare: str, sentence: Sentence) -> str | None:
    for start, end in sentence.pieces:
        lead = leading_actor(bare[start:end])
        if lead and not approver(bare[start:end]):
            return lead[0]
    return None


def _run_in(bare: str, sentence: Sentence, notes_end: frozenset[int]) -> bool:
    """Whether a short sentence after a note of responsibility is the heading of the sentences that follow it."""
    if sentence.stop != "。" or len(sentence.pieces) > 1 or not 4 <= sentence.end - sentence.start <= 18:
        return False
    at = sentence.start
    while at and bare[at - 1] in "。\n":
        at -= 1
    more = bare[sentence.end + 1 : sentence.end + 40]
    return at in notes_end and not more.startswith(("（", "\n")) and "（" not in more[:2]


def _bound(
    plan: _Plan, row: Obligation, sentence: Sentence, duties: list[Duty], carried: str | None, note: str | None
) -> str | None:
    """Who a measure binds."""
    if row.kind == "score":
        assessor = plan.assessors.get(row.clause, plan.known.assessor) if row.clause is not None else None
        if assessor or plan.known.assessor:
            return assessor or plan.known.assessor
    own = next((d for d in duties if d.start <= row.start < d.end), None)
    if note and not _LABELLED.match(plan.page.bare, row.piece[0]):
        return (_who(plan.page.bare, own, note) if own else None) or note
    if note:
        return note
    if row.kind == "window" and sentence.end - row.piece[1] > 1:
        turn = plan.page.bare[row.piece[1] + 1 : sentence.end].strip("，：")
        if len(turn) <= 90 and not ACT.search(turn.replace("服务", "")) and is_somebody(turn):
            return turn
    earlier = [d for d in duties if d.start <= row.start and d.actor]
    if earlier and (earlier[-1].end > row.start or not approver(plan.page.bare[slice(*earlier[-1].core)])):
        return earlier[-1].actor
    return carried


def _assemble(plan: _Plan, found: _Found) -> Reading:
    """Carry everything back to the original text and give each measure to its duties."""
    page, tree = plan.page, plan.tree
    clauses = [ClauseRow(c.path, c.marker, c.title, page.index[c.start], page.origin_end(c.end)) for c in tree.clauses]
    duties = list(found.duties)
    implied = _implied(tree, found.duties)
    held = hold(page.bare, tree, found.obligations, duties, plan.titled)
    order = sorted(range(len(duties)), key=lambda i: (duties[i][0].start, duties[i][0].end))
    rows = [_duty_row(page, tree, duties[i], held.get(i, [])) for i in order]
    owner = {place: row for row in reversed(rows) for place in row.obligations}
    measured = [
        _obligation_row(page, tree, o, who, owner.get(i), implied.get(_chapter(tree, o.clause)))
        for i, (o, who) in enumerate(found.obligations)
    ]
    return Reading(plan_title(page.bare, tree), clauses, rows, measured)


def _implied(tree: Outline, duties: list[Placed]) -> dict[int | None, str]:
    """The subject of each chapter of articles in which one subject has to do most of what is named."""
    chapters: dict[int, Counter[str]] = {}
    for _, clause, who in duties:
        chapter = _chapter(tree, clause)
        if chapter is not None and who:
            chapters.setdefault(chapter, Counter())[who] += 1
    out: dict[int | None, str] = {}
    for chapter, names in chapters.items():
        name, often = names.most_common(1)[0]
        if often >= 5 and often * 2 >= names.total():
            out[chapter] = name
    return out


def _chapter(tree: Outline, clause: int | None) -> int | None:
    """The chapter of an article."""
    while clause is not None and tree.clauses[clause].kind != "章":
        clause = tree.clauses[clause].parent
    return clause


def _obligation_row(
    page: Page, tree: Outline, one: Obligation, who: str | None, duty: DutyRow | None, implied: str | None
) -> ObligationRow:
    said = _original(page, who, one.start) or (duty.actor if duty else None)
    return ObligationRow(
        clause=tree.path(one.clause),
        quote=page.quote(one.start, one.end),
        start=page.index[one.start],
        end=page.origin_end(one.end),
        actor=said or (implied if one.kind != "score" else None),
        action=duty.act if duty else "",
        comparator=one.comparator,
        quantity=one.quantity,
        quantity_max=one.quantity_max,
        unit=one.unit,
        period=one.period,
        deadline=one.deadline,
        kind=one.kind,
        slot=duty.slot if duty else None,
        confidence=one.confidence if said or not implied else min(one.confidence, 0.6),
    )


def _duty_row(page: Page, tree: Outline, duty: Placed, held: list[int]) -> DutyRow:
    one, clause, actor = duty
    words, core = page.bare[one.start : one.end], page.bare[one.core[0] : one.core[1]]
    return DutyRow(
        clause=tree.path(clause),
        quote=page.quote(one.start, one.end),
        start=page.index[one.start],
        end=page.origin_end(one.end),
        actor=_original(page, actor, one.start),
        act=one.act,
        output=_output(one.act),
        slot=slot_of(core, " ".join(c.title for c in _above(tree, clause)), words),
        obligations=held,
    )


def _original(page: Page, name: str | None, near: int) -> str | None:
    """A name as the text writes it (its own width of brackets)."""
    if name is None or not re.search(r"[（），：]", name):
        return name
    at = page.bare.rfind(name, max(0, near - 20_000), near + len(name) + 400)
    return page.quote(at, at + len(name)) if at != -1 else name


def _above(tree: Outline, clause: int | None) -> list[Clause]:
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
