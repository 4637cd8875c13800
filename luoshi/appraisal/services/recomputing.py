"""复核后重算: from the frozen facts alone. What is upheld touches its own unit's facts; others only change places."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from luoshi.appraisal import queries
from luoshi.appraisal.models import Board, Score, ScoreFacts
from luoshi.appraisal.rules import facts as frozen
from luoshi.appraisal.rules.facts import BadChange, Change
from luoshi.appraisal.rules.scoring import Standing, ranks, score
from luoshi.appraisal.rules.words import BoardState
from luoshi.appraisal.services.computing import columns_of, source_of
from luoshi.appraisal.services.moves import must_hold, reasoned
from luoshi.lib.lifecycle import NotAllowed
from luoshi.lib.seal import canonical
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record

CORRECTABLE = frozenset({BoardState.COMPUTED, BoardState.SHOWN, BoardState.RECOMPUTED})


@dataclass(frozen=True, slots=True)
class Difference:
    """What a recomputation changed for one unit."""

    unit_id: int
    points_before: Decimal | None
    points: Decimal | None
    rank_before: int | None
    rank: int | None


@act
def recompute(board: Board, *, changes: Mapping[int, Sequence[Change]], by: User, on: date) -> list[Difference]:
    """Apply upheld corrections, by unit, to the frozen facts of those units only; no room is read again.

    Points and basis of every other unit stay as they are, to the letter; its rank may change, and both are shown.
    Returns what changed. The board's own state is its caller's.
    """
    must_hold(Duty.OFFICE, board.bureau_id, by=by, on=on, act="复核后重算")
    board.refresh_from_db()
    if board.state not in CORRECTABLE:
        raise NotAllowed(f"现在是“{board.get_state_display()}”状态，不能重算。发布以后的更正另出新的一版。")
    formula = queries.formula_of(board.scheme, board.quarter_of.first)
    rows = list(Score.objects.select_for_update().filter(board=board).defer("basis"))
    by_unit = {one.unit_id: one for one in rows}
    before = {one.unit_id: (one.points, one.rank) for one in rows}
    unknown = [unit for unit in changes if unit not in by_unit]
    if unknown:
        raise NotAllowed("要更正的单位不在这一季度的得分里，请核对。")
    touched: list[Any] = []
    for unit_id, told in sorted(changes.items()):
        if told:
            touched += _correct(board, by_unit[unit_id], told, formula)
    moved = _rank_again(rows, formula.tie_rule, before)
    found = [
        Difference(one.unit_id, before[one.unit_id][0], one.points, before[one.unit_id][1], one.rank)
        for one in rows
        if (one.points, one.rank) != before[one.unit_id]
    ]
    _sum_up(board)
    touched += [one for one in moved if one not in touched]
    note = f"更正{len([one for one in changes.values() if one])}个单位，{len(found)}个单位得分或名次有变化"
    record(by, "appraisal.recompute", board, bureau=board.bureau_id, rows=touched, note=note)
    return found


def _correct(board: Board, one: Score, told: Sequence[Change], formula: Any) -> list[Any]:
    kept = ScoreFacts.objects.select_for_update().get(score=one)
    try:
        facts = frozen.ordered(frozen.corrected(kept.facts, told))
    except BadChange as why:
        raise NotAllowed(str(why)) from None
    counts, digest = frozen.count(facts), frozen.digest(facts)
    result = score(counts, formula)
    columns = columns_of(result, counts, digest, formula, source_of(board), queries.words_of(board.scheme))
    if not one.corrected:
        columns |= {"previous_points": one.points, "previous_rank": one.rank}
    rank = one.rank if result.tenths is not None and one.rank is not None else 0 if result.tenths is not None else None
    Score.objects.filter(pk=one.pk).update(**columns, corrected=True, rank=rank)
    ScoreFacts.objects.filter(pk=kept.pk).update(facts=facts, digest=digest)
    one.refresh_from_db()
    return [one, kept]


def _rank_again(rows: Sequence[Score], tie_rule: str, before: Mapping[int, tuple[Any, int | None]]) -> list[Score]:
    places = ranks([_standing(one) for one in rows], tie_rule)
    moved = []
    for one in rows:
        place = places.get(one.unit_id)
        if place == one.rank:
            continue
        told: dict[str, Any] = {"rank": place}
        if one.previous_rank is None and not one.corrected:
            told["previous_rank"] = before[one.unit_id][1]
        Score.objects.filter(pk=one.pk).update(**told)
        one.refresh_from_db(fields=list(told))
        moved.append(one)
    return moved


def _standing(one: Score) -> Standing:
    """What a stored score's place is decided by; the block's value as it stands in the row."""
    county = next((block["value"] for block in one.blocks if block["block"] == "COUNTY"), None)
    return Standing(
        one.unit_id, one.group, None if one.points is None else int(one.points * 10),
        None if county is None else int(Decimal(county) * 100),
    )  # fmt: skip


def _sum_up(board: Board) -> None:
    """The board's counts and digest after a correction."""
    rated = Score.objects.filter(board=board, points__isnull=False).count()
    told = sorted(Score.objects.filter(board=board).values_list("unit_id", "digest"))
    total = len(told)
    Board.objects.filter(pk=board.pk).update(
        units=rated, unrated=total - rated, digest=hashlib.sha256(canonical(told).encode()).hexdigest()
    )
    board.refresh_from_db()


@act
def next_edition(board: Board, *, reason: str, by: User, on: date, now: datetime) -> Board:
    """更正: edition 2 beside 1, copied from the frozen archive of what was published; both stay readable."""
    must_hold(Duty.OFFICE, board.bureau_id, by=by, on=on, act="更正季度榜")
    why = reasoned(reason, "更正")
    board.refresh_from_db()
    if board.state != BoardState.PUBLISHED:
        raise NotAllowed("还没有发布的季度榜直接复核重算，不用另出一版。")
    rows = Board.objects.filter(bureau=board.bureau_id, year=board.year, quarter=board.quarter)
    last = rows.aggregate(most=Max("edition"))["most"]
    if rows.exclude(state=BoardState.VOID).filter(edition__gt=board.edition).exists():
        raise NotAllowed("已经有更正的一版，请打开那一版办理。")
    made = Board.objects.create(
        bureau_id=board.bureau_id, scheme_id=board.scheme_id, year=board.year, quarter=board.quarter,
        edition=last + 1, previous=board, state=BoardState.COMPUTED, computed_by=by, computed_on=on,
        cutoff_on=board.cutoff_on, units=board.units, unrated=board.unrated, facts=board.facts, digest=board.digest,
        done=board.done, total=board.total, beat_at=now, correction_reason=why[:300],
    )  # fmt: skip
    kept = list(ScoreFacts.objects.filter(score__board=board).select_related("score").order_by("score_id"))
    scores = Score.objects.bulk_create([_copy(one.score, made) for one in kept], batch_size=500)
    facts = ScoreFacts.objects.bulk_create(
        [
            ScoreFacts(score=score_, facts=one.facts, digest=one.digest)
            for score_, one in zip(scores, kept, strict=True)
        ],
        batch_size=200,
    )
    batch: list[tuple[Any, list[Any]]] = [(Score, [one.pk for one in scores]), (ScoreFacts, [one.pk for one in facts])]
    record(by, "appraisal.next_edition", made, bureau=board.bureau_id, note=why, batch=batch)
    return made


def _copy(one: Score, board: Board) -> Score:
    names = ("unit_id", "group", "points", "raw", "rank", "reason", "blocks", "basis", "digest")
    return Score(board=board, **{name: getattr(one, name) for name in names})
