"""A frozen board reckoned again from its archive alone: no room is read, only the facts kept beside each score."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.appraisal.models import Board, ScoreFacts
from luoshi.appraisal.queries.schemes import formula_of
from luoshi.appraisal.rules import facts as rules
from luoshi.appraisal.rules.scoring import hundredths, ranks, score, standing


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something of a stored score that its own facts do not give."""

    unit_id: int
    what: str
    stored: str
    again: str


def recomputed(board: Board) -> list[Mismatch]:
    """What of a board differs from what its frozen facts give; empty where it holds to the digit."""
    by = formula_of(board.scheme, board.quarter_of.first)
    found: list[Mismatch] = []
    stored, standings = {}, []
    rows = ScoreFacts.objects.filter(score__board=board).select_related("score").order_by("score__unit_id")
    for one in rows.iterator(chunk_size=500):
        told, result = one.score, score(rules.count(one.facts), by)
        digest = rules.digest(one.facts)
        pairs = (
            ("事实摘要", told.digest, digest),
            ("事实摘要", one.digest, digest),
            ("得分", str(told.points), str(result.points)),
            ("取整前得分", str(told.raw), str(None if result.raw is None else hundredths(result.raw))),
        )
        found += [Mismatch(told.unit_id, *pair) for pair in pairs if pair[1] != pair[2]]
        stored[told.unit_id] = told.rank
        standings.append(standing(told.unit_id, told.group, result))
    places = ranks(standings, by.tie_rule)
    found += [
        Mismatch(unit, "名次", str(rank), str(places.get(unit)))
        for unit, rank in stored.items()
        if rank != places.get(unit)
    ]
    return found
