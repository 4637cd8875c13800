"""The reading screen's data: the text cut into blocks and marked pieces, and one prepared row for each duty.

Everything is prepared here in one pass, so that a text of 40,000 characters with 300 duties is a plain loop in
the template and a constant number of queries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from luoshi.plan.models import Clause, Duty, Rule
from luoshi.plan.queries import STANDINGS
from luoshi.plan.rules import STATES, parse
from luoshi.plan.slots import RULED, SLOTS
from luoshi.plan.spans import EDGES, Span, piece_spans, sentence_spans

SIGNS = {"PROPOSED": "", "CONFIRMED": "✓", "DROPPED": "×", "REPLACED": "→"}
_COMPARED = {">=": "不少于", "<=": "不超过", "=": "", "before": ""}
_RELATIVE = re.compile(r"(?:within )?(\d+) (working days|days|months|years)(?: after (.+))?")
_UNITS = {"working days": "个工作日", "days": "日", "months": "个月", "years": "年"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `duty` is the row whose sentence it belongs to, `first` where that sentence begins.

    `of` names all duties that share the stretch, by their keys; `head` is a clause's marker and title.
    """

    text: str
    duty: dict[str, Any] | None = None
    first: bool = False
    head: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text as it is shown: a clause's beginning carries its anchor, its depth and how it stands."""

    clause: Clause | None
    depth: int
    pieces: tuple[Piece, ...]
    start: int = 0
    end: int = 0
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How a clause stands, beside its heading: 有任务, 无任务, 待处理."""

    pk: int
    standing: str
    title: str

    @property
    def word(self) -> str:
        return STANDINGS[self.standing]


def marks_of(clauses: Iterable[Clause], standing: Mapping[int, str]) -> list[Mark]:
    """The marks of some clauses."""
    rows = [one for one in clauses if one.pk in standing]
    return [Mark(one.pk, standing[one.pk], f"{one.marker} {one.title[:24]}") for one in rows]


def deadline_words(deadline: str) -> str:
    """A deadline of the reader's contract in Chinese.

    >>> deadline_words("5 working days after 交办"), deadline_words("2026-09-01/2026-10-31"), deadline_words("年底")
    ('交办后5个工作日内', '2026-09-01至2026-10-31', '年底')
    """
    found = _RELATIVE.fullmatch(deadline)
    if found is None:
        return deadline.replace("/", "至")
    return f"{found[3] + '后' if found[3] else ''}{found[1]}{_UNITS[found[2]]}内"


def measure_words(obligation: Mapping[str, Any]) -> str:
    """A measured part in a few words.

    >>> measure_words({"comparator": ">=", "quantity": 20, "unit": "天", "period": "每年", "deadline": None})
    '每年不少于20天'
    """
    period, deadline = obligation.get("period") or "", obligation.get("deadline") or ""
    quantity = obligation.get("quantity")
    if deadline:
        return f"{period}{deadline_words(deadline)}"
    if quantity is None:
        return str(period)
    upper = obligation.get("quantity_max")
    number = f"{quantity:g}至{upper:g}" if upper is not None else f"{quantity:g}"
    return f"{period}{_COMPARED.get(obligation.get('comparator') or '', '')}{number}{obligation.get('unit') or ''}"


def made_words(origins: Sequence[int]) -> str:
    """How a duty was made of read ones.

    >>> made_words([12]), made_words([3, 4])
    ('由第12项拆出', '由第3、4项合并')
    """
    numbers = "、".join(str(one) for one in dict.fromkeys(origins))
    return f"由第{numbers}项{'合并' if len(origins) > 1 else '拆出'}" if origins else ""


def row_of(
    duty: Duty,
    value: Mapping[str, Any] | None,
    rule: Rule | None,
    *,
    number: str = "",
    origins: Sequence[int] = (),
) -> dict[str, Any]:
    """One duty as its row shows it. `value` is the parameter it states for its slot, `rule` the one it made;
    `number` as the screen counts it, `origins` the read duties it was made of."""
    slot = SLOTS.get(duty.slot)
    shape = RULED[duty.slot].shape if duty.slot in RULED else ""
    measured = [str(parse(shape, value))] if value and shape else [measure_words(one) for one in duty.obligations]
    return {
        "pk": duty.pk,
        "number": number or str(duty.order),
        "made": made_words(origins),
        "added": duty.by_person and not origins,
        "version": duty.version,
        "pick": f"{duty.pk}:{duty.version}",
        "act": duty.act,
        "actor": duty.actor,
        "owner": duty.owner_unit,
        "leader": duty.leader,
        "slot": slot.label if slot else "",
        "measures": "；".join(dict.fromkeys(one for one in measured if one)),
        "wants_value": bool(shape) and value is None,
        "says_the_same": bool(shape) and value is not None and rule is None,
        "state": duty.state,
        "state_label": STATES[duty.state],
        "sign": SIGNS[duty.state],
        "reason": duty.reason,
        "decided_by": duty.decided_by,
        "decided_at": duty.decided_at,
        "clause_id": duty.clause_id,
        "path": duty.clause.path,
        "rule": rule_facts(rule) if rule else None,
    }


def rule_facts(rule: Rule) -> dict[str, Any]:
    """A stored rule as a row shows it: what it says, its version, its dates."""
    slot = RULED[rule.slot]
    return {
        "pk": rule.pk,
        "slot": slot.label,
        "words": str(parse(slot.shape, rule.value)),
        "number": rule.number,
        "from_on": rule.from_on,
        "until_on": rule.until_on,
        "void": rule.void,
        "source": rule.get_source_display(),
        "citation": rule.citation,
        "clause_id": rule.clause_id,
        "by": rule.confirmed_by,
        "paper": rule.paper,
    }


def blocks(
    text: str,
    clauses: Sequence[Clause],
    rows: Sequence[dict[str, Any]],
    duties: Sequence[Duty],
    standing: Mapping[int, str] | None = None,
) -> list[Block]:
    """The whole text in blocks: a new one at every line's end and where a clause begins. Nothing is left out.

    A sentence that several duties share carries the tag of each; the stretch between belongs to the last begun.
    """
    starts = {one.start: one for one in clauses if one.path != "0"}
    marks = {one.pk: one for one in marks_of(starts.values(), standing or {})}
    cuts = {0, len(text), *starts}
    cuts |= {place + 1 for place, char in enumerate(text) if char == "\n"}
    edges = sorted(cuts)
    spans = sorted(((one.start, one.end, row) for one, row in zip(duties, rows, strict=True)), key=lambda one: one[:2])
    found: list[Block] = []
    running: list[tuple[int, int, dict[str, Any]]] = []  # those that reach into the block, in the order of beginning
    following = 0
    for start, end in pairwise(edges):
        while following < len(spans) and spans[following][0] < end:
            running.append(spans[following])
            following += 1
        running = [span for span in running if start < span[1]]
        if not text[start:end].strip():
            continue
        clause = starts.get(start)
        head = _head_end(text, clause) if clause else start
        pieces = tuple(_pieces(text, start, end, head, running))
        depth = clause.path.count("/") if clause else 0
        found.append(Block(clause, depth, pieces, start, end, marks.get(clause.pk) if clause else None))
    return found


def add_choices(text: str, clause: Clause, duties: Sequence[Duty], below: Sequence[Clause]) -> list[tuple[Span, str]]:
    """The sentences of a clause's own text, and of each what is known: 已有第12项, 标题, or nothing."""
    end = min((one.start for one in below), default=clause.end)
    found = []
    for span in sentence_spans(text, _head_end(text, clause, bare=True), end):
        held = [one for one in duties if one.start < span[1] and span[0] < one.end and one.state != "DROPPED"]
        told = "、".join(str(one.order) for one in held)
        title = text[span[0] : span[1]] == clause.title.strip(EDGES)
        found.append((span, f"已有第{told}项" if held else "标题" if title else ""))
    return found


def split_pieces(text: str, duty: Duty) -> list[Span]:
    """The pieces between which a duty may be split."""
    return piece_spans(text, duty.start, duty.end)


def _head_end(text: str, clause: Clause, *, bare: bool = False) -> int:
    """Where a clause's marker and title end; `bare`: where its marker alone ends."""
    if bare:
        return clause.start + (len(clause.marker) if text.startswith(clause.marker, clause.start) else 0)
    at = text.find(clause.title, clause.start, clause.start + len(clause.marker) + len(clause.title) + 8)
    return at + len(clause.title) if clause.title and at >= 0 else clause.start + len(clause.marker)


def _pieces(
    text: str, start: int, end: int, head: int, spans: Sequence[tuple[int, int, dict[str, Any]]]
) -> Iterable[Piece]:
    cuts = {start, end, min(head, end), *(at for begin, stop, _ in spans for at in (begin, stop) if start < at < end)}
    edges = sorted(cuts)
    for begin, stop in pairwise(edges):
        holding = [span for span in spans if span[0] <= begin and stop <= span[1]]
        first = [span for span in holding if span[0] == begin]
        for span in first[:-1]:  # several duties of one sentence: a tag for each
            yield Piece("", span[2], True)
        yield Piece(
            text[begin:stop].strip("\n"),
            holding[-1][2] if holding else None,
            bool(first),
            stop <= head,
            " ".join(str(span[2]["pk"]) for span in holding),
        )
