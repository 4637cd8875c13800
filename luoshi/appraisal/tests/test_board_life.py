"""The board's life: who may what in which state; an upheld objection moves its own unit's basis and no other's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.appraisal.models import Board, Score, ScoreFacts
from luoshi.appraisal.queries import boards as queries
from luoshi.appraisal.rules.board_life import MOVES, BoardFacts, next_act, why_no_case
from luoshi.appraisal.services import board_life, cases
from luoshi.appraisal.tests import quarter
from luoshi.appraisal.tests.life import clean
from luoshi.appraisal.tests.quarter import NOTE, OVER, SHOWN, UNTIL
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4b")]


def bases(board: Board) -> dict[int, tuple]:
    rows = Score.objects.filter(board=board)
    facts = dict(ScoreFacts.objects.filter(score__board=board).values_list("score_id", "digest"))
    return {one.unit_id: (one.points, one.digest, one.basis, facts[one.pk]) for one in rows}


@pytest.mark.clause("2.2.5.4a")
def test_the_whole_quarter_with_one_objection_upheld(official):
    cast = official
    board = quarter.shown(cast)
    assert (board.state, board.objection_until) == ("SHOWN", UNTIL)
    assert any("10-17" in one and "不计" in one for one in board.objection_basis["lines"]), "each day with its why"
    assert Notice.objects.filter(user=cast.chief, title__contains="异议10-20截止").count() == 1
    before = bases(board)
    quarter.upheld(cast, quarter.named(cast, quarter.contested(cast, board)))
    board_life.settle(board, version=board.version, by=cast.office, on=OVER)
    after = bases(board)
    changed = {unit for unit in before if before[unit] != after[unit]}
    assert changed == {cast.planning.pk}, "no other unit's basis changes"
    mine = quarter.score(board, cast.planning)
    assert mine.corrected and mine.points > mine.previous_points
    assert board.state == "RECOMPUTED" and clean() == []
    quarter.case(cast, board)
    cases.state_none(board, kind="BLACK", words="没有。", version=None, by=cast.office, on=OVER)
    quarter.approved(cast, board)
    board_life.publish(board, version=None, by=cast.office, on=OVER)
    board.refresh_from_db()
    assert (board.state, board.body, board.scope) == ("PUBLISHED", "局党委", "局内公开")
    assert board.snapshot_digest == queries.snapshot_digest(board.snapshot) and queries.holds(board)
    assert board.cases.get().state == "LISTED" and clean() == []


def test_each_act_is_for_its_own_role_in_its_own_state(official):
    cast = official
    board = quarter.counted(cast)
    acts = {
        "show": lambda by: board_life.show(board, version=None, by=by, on=SHOWN),
        "recompute": lambda by: board_life.settle(board, version=None, by=by, on=OVER),
        "approve": lambda by: quarter.approved(cast, board, by=by),
        "publish": lambda by: board_life.publish(board, version=None, by=by, on=OVER),
    }
    strangers = (
        "chief",
        "neighbour",
        "leader",
        "verifier",
        "discipline",
        "inspector",
        "stranger",
        "auditor",
        "sysadmin",
    )
    for who in strangers:
        for name, do in acts.items():
            with pytest.raises(NotAllowed, match=f"没有“{MOVES[name].label}”的职责"):
                do(getattr(cast, who))
    for name in ("recompute", "approve", "publish"):
        with pytest.raises(NotAllowed, match="已计算，未公示"):
            acts[name](cast.office)
    acts["show"](cast.office)
    with pytest.raises(NotAllowed, match="公示中"):
        acts["show"](cast.office)


def test_nothing_is_decided_while_the_window_runs_an_objection_waits_or_a_case_is_missing(official):
    cast = official
    board = quarter.shown(cast)
    with pytest.raises(NotAllowed, match="异议期到2026-10-20才截止"):
        board_life.settle(board, version=None, by=cast.office, on=UNTIL)
    objection = quarter.contested(cast, board)
    with pytest.raises(NotAllowed, match="1条异议没有答复"):
        board_life.settle(board, version=None, by=cast.office, on=OVER)
    quarter.upheld(cast, quarter.named(cast, objection), upheld=False)
    with pytest.raises(Stale):
        board_life.settle(board, version=1, by=cast.office, on=OVER)
    board_life.settle(board, version=None, by=cast.office, on=OVER)
    for words, why in (
        ({}, "红榜事例"),
        ({"body": "NOBODY"}, "哪个机构"),
        ({"source_note": ""}, "出处"),
        ({"decided_on": UNTIL}, "要在期满以后"),
        ({"decided_on": OVER + timedelta(days=1)}, "不能晚于今天"),
        ({"decided_by": cast.leader}, "不是本局主要领导"),
    ):
        if words:
            board.refresh_from_db()
            Board.objects.filter(pk=board.pk).update(none_red="无", none_black="无")
        with pytest.raises(NotAllowed, match=why):
            quarter.approved(cast, board, **words)
    quarter.approved(cast, board, by=cast.director, body="CHIEF", source_note="", decided_by=None)
    assert (board.body, board.decided_by) == ("主要领导", cast.director)
    board_life.give_back(board, reason="事例再斟酌。", version=None, by=cast.director, on=OVER)
    assert (board.state, board.decided_by) == ("RECOMPUTED", None)


def test_without_an_upheld_objection_recomputing_changes_nothing(official):
    cast = official
    board = quarter.shown(cast)
    before = bases(board)
    board_life.settle(board, version=None, by=cast.office, on=OVER)
    assert bases(board) == before and board.state == "RECOMPUTED"


def test_a_correction_is_edition_two_beside_edition_one(official):
    cast = official
    first = quarter.published(cast)
    kept, snapshot = bases(first), first.snapshot
    one = quarter.score(first, cast.quality)
    point = f"{one.frozen.facts[0]['id']}:on_time"
    told = {"score": one, "correction": point, "effect": "OMITTED", "reason": "这件不属质安中心。", "version": None,
            "by": cast.office, "on": OVER, "now": clock.now()}  # fmt: skip
    another = Score.objects.get(pk=one.pk)
    another.board_id = first.pk + 1
    for words, why in (
        ({"effect": "GOOD"}, "本来就按做到"),
        ({"reason": " "}, "写明理由"),
        ({"correction": "m0:on_time"}, "选择更正哪一件"),
        ({"effect": "DOUBLE"}, "选择更正哪一件"),
        ({"score": another}, "不在这一季度的得分里"),
    ):
        with pytest.raises(NotAllowed, match=why):
            board_life.correct(first, **(told | words))
    second = board_life.correct(first, **told)
    with pytest.raises(NotAllowed, match="已经有更正"):
        board_life.correct(first, **told)
    first.refresh_from_db()
    assert (second.edition, second.previous, first.state, first.snapshot) == (2, first, "PUBLISHED", snapshot)
    assert bases(first) == kept and {unit for unit, told in bases(second).items() if told != kept[unit]} == {
        cast.quality.pk
    }
    board_life.show(second, version=None, by=cast.office, on=OVER)
    later = OVER + timedelta(days=14)
    board_life.settle(second, version=None, by=cast.office, on=later)
    for kind in ("RED", "BLACK"):
        cases.state_none(second, kind=kind, words="照第1版。", version=None, by=cast.office, on=later)
    quarter.approved(cast, second, on=later, decided_on=later)
    board_life.publish(second, version=None, by=cast.office, on=later)
    assert list(queries.published_boards(cast.bureau.pk)) == [second], "the latest edition stands for its quarter"
    lines = {one.unit: one.differs for one in queries.compare(first, second)}
    assert lines["质安中心"] and not lines["规建股"] and clean() == []


def test_wider_than_the_bureau_only_by_a_recorded_decision(official):
    cast = official
    board = quarter.published(cast)
    told = {"scope": "社会公开", "reason": "群众关心。", "decided_by": cast.director, "decided_on": OVER,
            "source_note": NOTE, "version": None, "by": cast.office, "on": OVER}  # fmt: skip
    for words, why in (
        ({"source_note": ""}, "局党委决定的出处"),
        ({"scope": "本人和有关单位"}, "公开范围只能是"),
        ({"by": cast.director}, "没有“扩大公开范围”的职责"),
        ({"reason": ""}, "写明理由"),
    ):
        with pytest.raises(NotAllowed, match=why):
            board_life.widen(board, **(told | words))
    found = board_life.widen(board, **told)
    board.refresh_from_db()
    assert (board.scope, found.body, found.decided_by) == ("社会公开", "局党委", cast.director) and clean() == []
    with pytest.raises(NotAllowed, match="已经是这个公开范围"):
        board_life.widen(board, **told | {"version": None})


@pytest.mark.parametrize(
    ("facts", "act"),
    [
        (BoardFacts("COMPUTED", None), "show"),
        (BoardFacts("SHOWN", UNTIL), "recompute"),
        (BoardFacts("SHOWN", UNTIL, waiting=1), ""),
        (BoardFacts("RECOMPUTED", UNTIL, red=1), "add_case"),
        (BoardFacts("RECOMPUTED", UNTIL, red=1, black=1), "approve"),
        (BoardFacts("APPROVED", UNTIL), "publish"),
        (BoardFacts("PUBLISHED", UNTIL), ""),
    ],
)
def test_the_next_act_of_the_office(facts, act):
    assert next_act(facts, OVER)[0] == act
    assert "按名次" not in why_no_case(facts)
