"""Facts for 问题整改台账 and 销号单 on paper: plain values, nothing to look up. Personal lists are never among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luoshi.problems.models import Problem, ProblemEvent, ProblemEvidence
from luoshi.problems.queries.access import PUBLIC
from luoshi.problems.queries.finding import ORDERS, ListFilter, filtered
from luoshi.problems.queries.ledger import PEOPLED, latest_words, proofs_of
from luoshi.problems.queries.people import matters_of, raised_by

LINES_MOST = 300
"""Problems on one print: more are taken as .xlsx."""
SAID_MOST = 120


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One problem as the customary ledger prints it (rule book §8)."""

    place: int
    number: str
    source: str
    title: str
    measure: str
    leader: str
    unit: str
    owner: str
    due_on: date | None
    original_due_on: date | None
    standing: str
    said: str
    proofs: tuple[str, ...]
    applied_on: date | None
    closed_by: str
    closed_on: date | None
    look_on: date | None
    looked_on: date | None
    held: bool | None

    @property
    def looked(self) -> str:
        """回头看 in words, without its day."""
        if self.held is None:
            return ""
        return "没有反弹" if self.held else "有反弹"


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """问题整改台账: whose, under which conditions, as of when, and its lines."""

    bureau: str
    words: str
    made_on: date
    lines: tuple[LedgerLine, ...]


def ledger_facts(ledger: QuerySet[Problem], filters: ListFilter, *, bureau: str, words: str, on: date) -> LedgerFacts:
    """The filtered ledger in its order, `LINES_MOST` at most; three queries whatever its length."""
    order: Any = ORDERS[filters.order]
    found = order.sort(filtered(ledger.filter(PUBLIC), filters, on)).select_related(*PEOPLED)[:LINES_MOST]
    rows = list(found)
    keys = [one.pk for one in rows]
    said, proofs = latest_words(keys), proofs_of(keys)
    return LedgerFacts(
        bureau, words, on,
        tuple(_line(nth, one, said.get(one.pk), proofs.get(one.pk, [])) for nth, one in enumerate(rows, 1)),
    )  # fmt: skip


def _line(place: int, one: Problem, said: tuple[date, str] | None, proofs: Sequence[str]) -> LedgerLine:
    words = f"{said[0]:%m-%d} {said[1]}" if said else ""
    return LedgerLine(
        place=place,
        number=one.number_label,
        source=one.get_source_display(),
        title=one.title,
        measure=one.measure,
        leader=str(one.leader or ""),
        unit=str(one.unit or ""),
        owner=str(one.owner or ""),
        due_on=one.due_on,
        original_due_on=one.original_due_on,
        standing=one.standing,
        said=words if len(words) <= SAID_MOST else f"{words[:SAID_MOST]}……",
        proofs=tuple(proofs),
        applied_on=one.applied_on,
        closed_by=str(one.closed_by or ""),
        closed_on=one.closed_on,
        look_on=one.look_back_on,
        looked_on=one.looked_back_on,
        held=one.look_back_held,
    )


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """销号单: one problem from its source to its closing, who accepted it, what the raiser says, looking back."""

    bureau: str
    number: str
    cycle: int
    title: str
    detail: str
    source: str
    found_on: date
    raisers: tuple[str, ...]
    cause: str
    measure: str
    leader: str
    unit: str
    owner: str
    due_on: date | None
    original_due_on: date | None
    done: tuple[str, ...]
    """整改情况: each report and the words of the application, oldest first."""
    matters: tuple[str, ...]
    """The matters through which it was put right, each with how it ended."""
    proofs: tuple[str, ...]
    returns: int
    applied_by: str
    applied_on: date | None
    accepted: str
    """验收意见, empty until accepted."""
    closed_by: str
    closed_on: date | None
    answer: str
    answer_words: str
    answered_on: date | None
    look_on: date | None
    looked_on: date | None
    looked: str


def closing_facts(problem: Problem) -> ClosingFacts:
    """The facts of a 销号单 as they stand in the present round; four queries."""
    told: dict[str, list[ProblemEvent]] = defaultdict(list)
    events = ProblemEvent.objects.filter(problem=problem, cycle=problem.cycle).select_related("operator")
    for event in events.order_by("id"):
        told[event.move].append(event)
    files = ProblemEvidence.objects.filter(event__problem=problem).order_by("id")
    accepted = told["accept"][-1].note if problem.closed_on and told["accept"] else ""
    looked = told["look_back"][-1].note if told["look_back"] else ""
    held = "" if problem.look_back_held is None else "没有反弹" if problem.look_back_held else "有反弹"
    return ClosingFacts(
        bureau=problem.bureau.name,
        number=problem.number_label,
        cycle=problem.cycle,
        title=problem.title,
        detail=problem.detail,
        source="　".join(filter(None, [problem.get_source_display(), problem.source_note, problem.place])),
        found_on=problem.found_on,
        raisers=tuple(raised_by(problem)),
        cause=problem.cause,
        measure=problem.measure,
        leader=str(problem.leader or ""),
        unit=str(problem.unit or ""),
        owner=str(problem.owner or ""),
        due_on=problem.due_on,
        original_due_on=problem.original_due_on,
        done=tuple(
            f"{one.on:%Y-%m-%d} {one.operator or ''}：{one.note}"
            for one in sorted([*told["report"], *told["apply"]], key=lambda one: one.pk)
            if one.note
        ),
        matters=tuple(
            f"{one.number_label} {one.lead_unit}：{one.title}（{one.get_state_display()}）"
            for one in matters_of(problem)
        ),
        proofs=tuple(dict.fromkeys(files.values_list("evidence__name", flat=True))),
        returns=problem.returns,
        applied_by=str(problem.applied_by or ""),
        applied_on=problem.applied_on,
        accepted=accepted,
        closed_by=str(problem.closed_by or ""),
        closed_on=problem.closed_on,
        answer=problem.get_raiser_answer_display() if problem.raiser_answer else "",
        answer_words=problem.raiser_words,
        answered_on=problem.raiser_answered_on,
        look_on=problem.look_back_on,
        looked_on=problem.looked_back_on,
        looked="：".join(filter(None, [held, looked])),
    )
