"""测算: a quarter's scores with their frozen facts; a large bureau's in a thread while the page shows how far it is.

The work is a generator that reads, counts and words; nothing is written until one act at the end keeps the whole board
or nothing. A process that died is simply started again. What is kept is counted from the facts that are kept with it.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, close_old_connections, connection, transaction

from luoshi.appraisal import queries
from luoshi.appraisal.models import Board, Scheme, Score, ScoreFacts
from luoshi.appraisal.rules import facts as frozen
from luoshi.appraisal.rules.facts import Fact
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.scoring import Counts, Formula, Result, hundredths, only, ranks, score, standing
from luoshi.appraisal.rules.wording import basis, block_row
from luoshi.appraisal.rules.words import BoardState
from luoshi.appraisal.services.moves import must_hold, reasoned
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.lib.seal import canonical
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record, turn

log = logging.getLogger("luoshi.appraisal")
AT_ONCE = 120
"""Bureaus of up to so many units are worked while the page waits."""
BROKEN = "系统出错，没有保存任何得分，请重新测算。"
SILENCE = timedelta(seconds=60)
"""After this long without progress a computation is taken to have died and may be started again."""


@act
def open_board(*, bureau: Unit, quarter: Quarter, by: User, on: date, now: datetime) -> Board:
    """发起测算: for a quarter that is over, by the scheme that applies to it; one board at a time."""
    must_hold(Duty.OFFICE, bureau.pk, by=by, on=on, act="季度测算")
    if on <= quarter.last:
        raise NotAllowed(f"{quarter}还没有结束，{quarter.next.first:%Y-%m-%d}起可以测算。")
    scheme = queries.scheme_for(bureau.pk, quarter)
    if scheme is None:
        raise NotAllowed(f"{quarter}没有采用的考评办法，不能打分。请先起草、采用考评办法。")
    rows = Board.objects.filter(bureau=bureau, year=quarter.year, quarter=quarter.number)
    standing_one = rows.exclude(state=BoardState.VOID).order_by("edition").last()
    if standing_one is not None:
        raise NotAllowed(f"{quarter}已经测算，现在是“{standing_one.get_state_display()}”。")
    last = rows.order_by("edition").last()
    units = queries.groups_of(bureau.pk, scheme.peers, quarter.last)
    if not units:
        raise NotAllowed("本局在这个季度没有股室或局直单位，无从考评。")
    try:
        with transaction.atomic():
            board = Board.objects.create(
                bureau=bureau, scheme=scheme, year=quarter.year, quarter=quarter.number,
                edition=last.edition + 1 if last else 1, computed_by=by, computed_on=on,
                cutoff_on=queries.cutoff(quarter, scheme.grace_days, on), total=len(units), beat_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed(f"刚有人发起了{quarter}的测算，请刷新页面查看。") from None
    record(by, "appraisal.open_board", board, bureau=bureau.pk, note=f"按{scheme}")
    return board


@act
def void_board(board: Board, *, reason: str, version: int | None, by: User, on: date) -> Board:
    """作废重算: before it is shown to anybody; the scores stay readable to those who oversee."""
    must_hold(Duty.OFFICE, board.bureau_id, by=by, on=on, act="作废测算")
    why = reasoned(reason, "作废")
    board.refresh_from_db()
    if board.state not in (BoardState.COMPUTING, BoardState.COMPUTED):
        raise NotAllowed("得分已经公示，不能作废。有错的，按异议复核或发布后更正办理。")
    turn(board, version, state=BoardState.VOID, failure=why[:300])
    record(by, "appraisal.void_board", board, bureau=board.bureau_id, note=why)
    return board


def start(board: Board) -> None:
    """Work a small bureau now, a large one in a thread of its own while the page shows how far it is."""
    if board.total <= AT_ONCE:
        work(board.pk)
    else:
        threading.Thread(target=_work_alone, args=(board.pk,), daemon=True, name=f"board-{board.pk}").start()


def revive(board: Board, *, now: datetime) -> bool:
    """Start again a computation whose process died; one caller wins. True where it was started."""
    won = Board.objects.filter(
        pk=board.pk, state=BoardState.COMPUTING, beat_at=board.beat_at, beat_at__lt=now - SILENCE
    ).update(beat_at=now)
    if won:
        start(board)
    return bool(won)


def _work_alone(pk: int) -> None:
    close_old_connections()
    try:
        work(pk)
    finally:
        connection.close()


def work(pk: int) -> None:
    """Carry a board from 计算中 to 已计算, keeping its progress; what cannot be done is said in the board."""
    board = Board.objects.select_related("bureau", "scheme", "computed_by").get(pk=pk)
    if board.state != BoardState.COMPUTING:
        return
    told = time.monotonic()
    ready: list[Ready] = []
    try:
        for one in prepared(board):
            ready.append(one)
            if time.monotonic() - told > 0.5:
                told = time.monotonic()
                Board.objects.filter(pk=pk).update(done=len(ready), beat_at=clock.now())
        compute(board, ready, by=board.computed_by, on=board.computed_on)
    except NotAllowed as why:
        fail(board, why=str(why), by=board.computed_by, on=board.computed_on)
    except Exception:
        log.exception("季度测算未能完成 %s", pk)
        fail(board, why=BROKEN, by=board.computed_by, on=board.computed_on)


@dataclass(slots=True)
class Ready:
    """One unit, counted and worded, before its rank is known."""

    unit_id: int
    group: str
    facts: list[Fact]
    digest: str
    counts: Counts
    result: Result


def points_of(board: Board) -> tuple[Formula, dict[int, str], dict[int, Result], dict[int, Counts]]:
    """The quick path: every unit's result of the quarter, from the database's own counts."""
    quarter, scheme = board.quarter_of, board.scheme
    by = queries.formula_of(scheme, quarter.first)
    groups = queries.groups_of(board.bureau_id, scheme.peers, quarter.last)
    found = queries.counted(board.bureau_id, [quarter], by, grace_days=scheme.grace_days, on=board.computed_on)
    counts = {unit: found[quarter].get(unit) or Counts() for unit in groups}
    return by, groups, {unit: score(told, by) for unit, told in counts.items()}, counts


def prepared(board: Board) -> Iterator[Ready]:
    """Every unit with its facts, unit by unit. What is kept is counted from the facts: the quick counts are checked
    against them, and where a record changed between the two readings the facts decide."""
    by, groups, results, counts = points_of(board)
    rows = queries.records(
        board.bureau_id, groups, board.quarter_of, by, grace_days=board.scheme.grace_days, on=board.computed_on
    )
    for unit_id, facts in rows:
        told, quick = frozen.count(facts), counts[unit_id]
        same = told.cells == only(quick.cells, by) and (told.praise, told.criticism) == (quick.praise, quick.criticism)
        result = results[unit_id] if same else score(told, by)
        yield Ready(unit_id, groups[unit_id], facts, frozen.digest(facts), told, result)


@act
def compute(board: Board, ready: Sequence[Ready], *, by: User, on: date) -> Board:
    """Keep the whole board in one step: each unit's score with its basis and frozen facts, ranked within its peers."""
    must_hold(Duty.OFFICE, board.bureau_id, by=by, on=on, act="季度测算")
    by_formula = queries.formula_of(board.scheme, board.quarter_of.first)
    places = ranks([standing(one.unit_id, one.group, one.result) for one in ready], by_formula.tie_rule)
    source, words = source_of(board), queries.words_of(board.scheme)
    scores = Score.objects.bulk_create(
        [
            Score(
                board=board, unit_id=one.unit_id, group=one.group,
                **columns_of(one.result, one.counts, one.digest, by_formula, source, words),
                rank=places.get(one.unit_id),
            )
            for one in ready
        ],
        batch_size=500,
    )  # fmt: skip
    kept = ScoreFacts.objects.bulk_create(
        [
            ScoreFacts(score=score_, facts=one.facts, digest=one.digest)
            for score_, one in zip(scores, ready, strict=True)
        ],
        batch_size=200,
    )
    won = Board.objects.filter(pk=board.pk, state=BoardState.COMPUTING).update(
        state=BoardState.COMPUTED, version=board.version + 1, done=len(ready), total=len(ready), failure="",
        beat_at=clock.now(), **_sums(ready),
    )  # fmt: skip
    if won != 1:
        raise NotAllowed("这次测算已经完成或作废，请刷新页面查看。")
    board.refresh_from_db()
    batch: list[tuple[Any, list[Any]]] = [
        (Score, [one.pk for one in scores]),
        (ScoreFacts, [one.pk for one in kept]),
    ]
    record(by, "appraisal.compute", board, bureau=board.bureau_id, note=f"{len(ready)}个单位", batch=batch)
    return board


@act
def fail(board: Board, *, why: str, by: User, on: date) -> None:
    """Say that a computation broke off; nothing was kept, the office starts another."""
    won = Board.objects.filter(pk=board.pk, state=BoardState.COMPUTING).update(
        state=BoardState.VOID, failure=why[:300], version=board.version + 1
    )
    if won != 1:
        return
    board.refresh_from_db()
    record(by, "appraisal.compute", board, bureau=board.bureau_id, note=board.failure)


def source_of(board: Board) -> dict[str, Any]:
    """Under what a score was counted, as its basis tells it."""
    scheme: Scheme = board.scheme
    return {
        "scheme": scheme.pk, "title": scheme.title, "edition": scheme.edition, "quarter": board.quarter_of.key,
        "cutoff": f"{board.cutoff_on:%Y-%m-%d}", "computed": f"{board.computed_on:%Y-%m-%d}",
    }  # fmt: skip


def columns_of(
    result: Result, counts: Counts, digest: str, formula: Formula, source: dict[str, Any], words: dict[Any, Any]
) -> dict[str, Any]:
    """A score's columns but its rank, from its result."""
    return {
        "points": result.points, "raw": None if result.raw is None else hundredths(result.raw),
        "reason": result.reason, "blocks": block_row(result), "digest": digest,
        "basis": basis(result, formula, praise=counts.praise, criticism=counts.criticism, digest=digest, source=source,
                       told=words),
    }  # fmt: skip


def _sums(ready: Sequence[Ready]) -> dict[str, Any]:
    rated = sum(one.result.tenths is not None for one in ready)
    told = sorted((one.unit_id, one.digest) for one in ready)
    return {
        "units": rated, "unrated": len(ready) - rated, "facts": sum(len(one.facts) for one in ready),
        "digest": hashlib.sha256(canonical(told).encode()).hexdigest(),
    }  # fmt: skip
