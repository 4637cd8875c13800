"""Boards with scores as rows, for tests that read them: what computing makes of records has its own tests."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from luoshi.appraisal.models import Board, Scheme, Score
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.lib.clock import SHANGHAI


def part(key: str, label: str, value: str | None) -> dict:
    return {"key": key, "label": label, "value": value, "weight": 50, "good": 3, "counted": 4,
            "sentence": f"{label}：4件中3件，{value}分"}  # fmt: skip


def basis(on_time: str | None = "75.00") -> dict:
    parts = [part("completion", "办结率", "100.00"), part("on_time", "按期率", on_time)]
    return {"blocks": [{"block": "COUNTY", "label": "县委县政府交办", "weight": 100, "value": "87.50", "parts": parts}]}


def board(cast, quarter: Quarter, *, state: str = "PUBLISHED", edition: int = 1) -> Board:
    scheme = Scheme.objects.filter(bureau=cast.bureau).first() or Scheme.objects.create(
        bureau=cast.bureau, title="季度考评办法", from_year=2026, from_quarter=1, drafted_by=cast.office,
        drafted_on=quarter.first,
    )  # fmt: skip
    decided = {"decided_by": cast.director, "decided_on": quarter.next.first}
    published = {"published_on": quarter.next.first, "snapshot_digest": "x" * 64} if state == "PUBLISHED" else {}
    return Board.objects.create(
        bureau=cast.bureau, scheme=scheme, year=quarter.year, quarter=quarter.number, edition=edition, state=state,
        computed_by=cast.office, computed_on=quarter.next.first, cutoff_on=quarter.last,
        beat_at=datetime.combine(quarter.last, datetime.min.time(), SHANGHAI), **decided, **published,
    )  # fmt: skip


def score(made: Board, unit, points: str | None, rank: int | None, **words) -> Score:
    told = {"reason": "" if points else "件数不足2件，不参评", "group": "SECTION", "basis": basis(), "digest": "d"}
    return Score.objects.create(
        board=made, unit=unit, points=None if points is None else Decimal(points), rank=rank, **(told | words)
    )


Q1, Q2, Q3 = Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3)
__all__ = ["Q1", "Q2", "Q3", "basis", "board", "score"]
