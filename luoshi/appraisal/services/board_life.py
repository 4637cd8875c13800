"""季度榜的办理: shown to the units, recomputed, approved by its body, published; a correction is a further edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from luoshi.appraisal.models import Board, BoardScope, Score
from luoshi.appraisal.queries import board_windows as windows
from luoshi.appraisal.queries import boards as queries
from luoshi.appraisal.queries.objections import records_of
from luoshi.appraisal.rules import board_life as rules
from luoshi.appraisal.rules.board_life import MOVES, CaseState, Effect, ObjectionState
from luoshi.appraisal.rules.facts import Change
from luoshi.appraisal.rules.words import BoardState
from luoshi.appraisal.services.decisions import decision
from luoshi.appraisal.services.moves import reasoned
from luoshi.appraisal.services.recomputing import next_edition, recompute
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters.queries.people import receivers_by_unit
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record, turn

STATES = {str(value): str(label) for value, label in BoardState.choices}


def may(board: Board, name: str, *, by: User, on: date, unit_id: int | None = None) -> str:
    """The state after a move on a board, or `NotAllowed`; within the caller's act."""
    board.refresh_from_db()
    mine = rules.roles(org.held(by, on), bureau_id=board.bureau_id, unit_id=unit_id)
    return destination(MOVES, name, state=board.state, duties=mine, states=STATES)


@act
def show(board: Board, *, version: int | None, by: User, on: date) -> Board:
    """公示: each unit reads its own score with its basis; the window for objections opens."""
    to = may(board, "show", by=by, on=on)
    scheme = board.scheme
    told = windows.window(windows.OBJECTIONS, board.bureau_id, scheme.plan_id, on, "公示", on)
    turn(board, version, state=to, shown_on=on, objection_until=told.until, objection_basis=told.basis)
    record(by, "appraisal.show", board, bureau=board.bureau_id, note=f"异议期到{told.until:%Y-%m-%d}截止")
    scores = {one.unit_id: one for one in board.scores.select_related("unit").defer("basis")}
    for unit_id, person in receivers_by_unit(scores, on):
        score = scores[unit_id]
        notify(
            [person], bureau=board.bureau_id, kind="appraisal.show", key=f"appraisal:score:{score.pk}:shown",
            title=f"{score.unit}{board.quarter_of}得分公示，异议{told.until:%m-%d}截止", url=score.get_absolute_url(),
        )  # fmt: skip
    return board


@act
def settle(board: Board, *, version: int | None, by: User, on: date) -> Board:
    """复算: the answers go into the scores of the units concerned; without any, the figures stand as shown."""
    to = may(board, "recompute", by=by, on=on)
    refused = rules.why_not_recompute(queries.board_facts(board, on), on)
    if refused:
        raise NotAllowed(refused)
    upheld = list(queries.objections_of(board).filter(state=ObjectionState.UPHELD, applied_on=None))
    changes: dict[int, list[Change]] = {}
    for one in upheld:
        fact, _, key = one.record.partition(":")
        counts = one.effect == Effect.GOOD
        why = f"异议成立，{one.get_effect_display()}：{one.answer}"
        changes.setdefault(one.score.unit_id, []).append(Change(fact, key, counts=counts, good=True, why=why))
    if changes:
        recompute(board, changes=changes, by=by, on=on)
    turn(board, version, state=to)
    for one in upheld:
        turn(one, None, applied_on=on)
    note = f"{len(upheld)}条异议成立，更正{len(changes)}个单位" if upheld else "没有成立的异议，得分与公示一致"
    record(by, "appraisal.settle", board, bureau=board.bureau_id, rows=upheld, note=note)
    chiefs = org.holders(Duty.CHIEF, board.bureau_id, on)
    _tell(board, [one for one in chiefs if one != by], "settle", f"待审定：{board}")
    return board


@act
def approve(
    board: Board,
    *,
    body: str,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
    staged: Sequence[str] = (),
) -> Board:
    """审定 by the body that the plan names; not while objections are open or the window runs."""
    to = may(board, "approve", by=by, on=on)
    facts = queries.board_facts(board, on)
    refused = (rules.why_not_recompute(facts, on) or rules.why_no_case(facts)).replace("复算", "报审定")
    if refused:
        raise NotAllowed(refused)
    told = decision(
        bureau_id=board.bureau_id, by=by, on=on, body=body, decided_by=decided_by, decided_on=decided_on,
        source_note=source_note, staged=staged, not_before=board.objection_until,
    )  # fmt: skip
    turn(
        board, version, state=to, decided_by=told.who, decided_on=told.day, body=told.body, source_note=told.note,
        minutes=told.papers[0] if told.papers else None,
    )  # fmt: skip
    record(
        by, "appraisal.approve", board, bureau=board.bureau_id, rows=told.papers, note=f"{told.body}审定 {told.note}",
        decided_by=told.who, decided_on=told.day,
    )  # fmt: skip
    office = org.holders(Duty.OFFICE, board.bureau_id, on)
    _tell(board, [one for one in office if one != by], "approve", f"已审定，待印发通报：{board}")
    return board


@act
def give_back(board: Board, *, reason: str, version: int | None, by: User, on: date) -> Board:
    """退回修改: approved too early; the cases may be changed, then it is approved again."""
    to = may(board, "give_back", by=by, on=on)
    why = reasoned(reason, "退回修改")
    turn(board, version, state=to, decided_by=None, decided_on=None, body="", source_note="", minutes=None)
    record(by, "appraisal.give_back", board, bureau=board.bureau_id, note=why)
    return board


@act
def publish(board: Board, *, version: int | None, by: User, on: date) -> Board:
    """印发通报: frozen as it stands with its digest in the chain; everybody in the bureau reads it from now on.

    The room of tolerance (容错) is to come: a black case with a pending application will be refused here.
    """
    to = may(board, "publish", by=by, on=on)
    scope = queries.default_scope(board, on)
    listed = list(board.cases.filter(state=CaseState.PROPOSED))
    for one in listed:
        turn(one, None, state=CaseState.LISTED)
    board.refresh_from_db()
    board.published_on, board.scope = on, scope
    told = queries.snapshot(board)
    turn(
        board, version, state=to, published_by=by, published_on=on, scope=scope, snapshot=told,
        snapshot_digest=queries.snapshot_digest(told),
    )  # fmt: skip
    record(
        by, "appraisal.publish", board, bureau=board.bureau_id, rows=listed, decided_by=board.decided_by,
        decided_on=board.decided_on, note=f"{scope}，摘要{board.snapshot_digest[:16]}",
    )  # fmt: skip
    units = list(org.units_of(board.bureau_id, on).values_list("pk", flat=True))
    heads = [one for one in (org.head_of(unit, on) for unit in units) if one is not None]
    leaders = [*org.holders(Duty.CHIEF, board.bureau_id, on), *org.holders(Duty.LEADER, board.bureau_id, on)]
    _tell(board, [one for one in (*heads, *leaders) if one != by], "publish", f"{board.quarter_of}红黑榜已通报")
    return board


@act
def widen(
    board: Board,
    *,
    scope: str,
    reason: str,
    decided_by: User,
    decided_on: date,
    source_note: str,
    by: User,
    on: date,
    version: int | None,
    staged: Sequence[str] = (),
) -> BoardScope:
    """扩大公开范围: the Party committee decided that this board may be read outside the bureau; with its paper."""
    may(board, "widen", by=by, on=on)
    if scope not in queries.WIDER:
        raise NotAllowed(f"公开范围只能是：{'、'.join(queries.WIDER)}。")
    if scope == board.scope:
        raise NotAllowed("这份通报已经是这个公开范围。")
    why = reasoned(reason, "扩大公开范围")
    if not source_note.strip():
        raise NotAllowed("请写明局党委决定的出处（如局党委会纪要第几期）。")
    told = decision(
        bureau_id=board.bureau_id, by=by, on=on, body=rules.Approver.PARTY, decided_by=decided_by,
        decided_on=decided_on, source_note=source_note, staged=staged,
    )  # fmt: skip
    turn(board, version, scope=scope)
    found = BoardScope.objects.create(
        board=board, scope=scope, reason=why[:300], decided_by=told.who, decided_on=told.day, body=told.body,
        source_note=told.note, paper=told.papers[0] if told.papers else None, entered_by=by, entered_on=on,
    )  # fmt: skip
    record(
        by, "appraisal.widen", board, bureau=board.bureau_id, rows=[found, *told.papers], note=f"{scope}：{why}",
        decided_by=told.who, decided_on=told.day,
    )  # fmt: skip
    return found


@act
def correct(
    board: Board,
    *,
    score: Score,
    correction: str,
    effect: str,
    reason: str,
    version: int | None,
    by: User,
    on: date,
    now: datetime,
) -> Board:
    """更正: a further edition beside the published one, which stays readable as it was; the reason stands on both.

    One record of one unit is corrected; the new edition is shown, contested, approved and published like the first.
    """
    may(board, "correct", by=by, on=on)
    why = reasoned(reason, "更正")
    if score.board_id != board.pk:
        raise NotAllowed("要更正的单位不在这一季度的得分里，请核对。")
    fixed = next((one for one in records_of(score) if one.key == correction), None)
    if fixed is None or effect not in Effect.values:
        raise NotAllowed("请选择更正哪一件记录、怎样更正。")
    if effect == Effect.GOOD and fixed.good:
        raise NotAllowed("这件记录本来就按做到计入，不用更正。请核对所选记录，或选“不计入”。")
    turn(board, version)
    fresh = next_edition(board, reason=why[:300], by=by, on=on, now=now)
    fact, _, key = correction.partition(":")
    told = Change(fact, key, counts=effect == Effect.GOOD, good=True, why=f"更正，{Effect(effect).label}：{why}")
    recompute(fresh, changes={score.unit_id: [told]}, by=by, on=on)
    record(by, "appraisal.correct", board, bureau=board.bureau_id, note=why)
    return fresh


def _tell(board: Board, people: Sequence[User], move: str, title: str) -> None:
    notify(
        dict.fromkeys(people), bureau=board.bureau_id, kind=f"appraisal.{move}",
        key=f"appraisal:board:{board.pk}:{move}:{board.version}", title=title, url=board.get_absolute_url(),
    )  # fmt: skip
