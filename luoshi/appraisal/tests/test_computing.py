"""A quarter counted, kept, corrected and reckoned again from its archive."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from luoshi.appraisal import queries, services
from luoshi.appraisal.models import Board, Score, ScoreFacts
from luoshi.appraisal.rules.facts import Change
from luoshi.appraisal.services import computing
from luoshi.appraisal.tests.life import AFTER, DAY, Q3, Q4, adopted, clean, computed
from luoshi.appraisal.tests.scattered import scatter
from luoshi.lib.clock import SHANGHAI
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Matter
from luoshi.problems.models import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4a")]
NOW = datetime.combine(AFTER, time(10), SHANGHAI)


@pytest.fixture
def board(cast) -> Board:
    scatter(cast, 7)
    return computed(cast)


def open_it(cast, **words):
    told = {"bureau": cast.bureau, "quarter": Q3, "by": cast.office, "on": AFTER, "now": NOW}
    return services.open_board(**(told | words))


def points(board) -> dict[int, tuple]:
    return {one.unit_id: (one.points, one.rank, one.basis, one.digest) for one in board.scores.all()}


def test_a_board_is_kept_with_its_facts_and_holds_to_the_digit(cast, board):
    assert board.state == "COMPUTED" and board.done == board.total > 3
    assert board.units + board.unrated == board.total == Score.objects.filter(board=board).count()
    assert board.facts == sum(len(one.facts) for one in ScoreFacts.objects.filter(score__board=board)) > 50
    assert queries.recomputed(board) == []
    ranked = [one for one in board.scores.all() if one.points is not None]
    assert ranked and all(one.rank for one in ranked)
    told = ranked[0].basis
    assert told["edition"] == 1 and told["cutoff"] == "2026-10-10" and told["digest"] == ranked[0].digest
    assert told["sentence"].endswith(f"四舍五入为{ranked[0].points}分") and "占本板块" in str(told["blocks"])


def test_what_changes_in_the_rooms_later_does_not_reach_the_archive(cast, board):
    before = points(board)
    Matter.objects.update(returns=5, block="COUNTY")
    Problem.objects.update(raiser_answer="BAD")
    assert queries.recomputed(board) == [] and points(board) == before
    one = board.scores.exclude(points=None).first()
    Score.objects.filter(pk=one.pk).update(points=one.points - 1)
    assert {"得分"} == {bad.what for bad in queries.recomputed(board)}


def test_an_upheld_correction_touches_its_own_unit_only(cast, board):
    before = points(board)
    score = board.scores.filter(unit=cast.planning).get()
    fact = next(one for one in queries.frozen(score) if 0 in one["as"].values())
    key = next(key for key, good in fact["as"].items() if not good)
    found = services.recompute(
        board,
        changes={cast.planning.pk: [Change(fact["id"], key, good=True, why="异议1成立")]},
        by=cast.office,
        on=AFTER,
    )
    after = points(board)
    for unit, told in before.items():
        if unit != cast.planning.pk:
            assert (after[unit][0], *after[unit][2:]) == (told[0], *told[2:])  # all but the rank
    score.refresh_from_db()
    assert score.corrected and score.previous_points == before[cast.planning.pk][0] <= score.points
    assert cast.planning.pk in {one.unit_id for one in found} or score.points == score.previous_points
    kept = next(one for one in queries.frozen(score) if one["id"] == fact["id"])
    assert kept["was"] == {key: 0} and kept["why"] == "异议1成立" and queries.recomputed(board) == []
    with pytest.raises(NotAllowed, match="不在这个单位固定的事实"):
        services.recompute(board, changes={cast.planning.pk: [Change("m999999", key)]}, by=cast.office, on=AFTER)
    with pytest.raises(NotAllowed, match="由局办公室办理"):
        services.recompute(board, changes={}, by=cast.leader, on=AFTER)


def test_a_correction_of_what_was_published_is_a_second_edition(cast, board):
    with pytest.raises(NotAllowed, match="没有发布"):
        services.next_edition(board, reason="漏计", by=cast.office, on=AFTER, now=NOW)
    Board.objects.filter(pk=board.pk).update(
        state="PUBLISHED", decided_by=cast.director, decided_on=AFTER, published_on=AFTER, snapshot_digest="x"
    )
    second = services.next_edition(board, reason="漏计一件", by=cast.office, on=AFTER, now=NOW)
    assert (second.edition, second.previous) == (2, board) and points(second) == points(board)
    assert queries.recomputed(second) == []
    with pytest.raises(NotAllowed, match="已经有更正的一版"):
        services.next_edition(board, reason="再来", by=cast.office, on=AFTER, now=NOW)
    with pytest.raises(NotAllowed, match="不能重算"):
        services.recompute(board, changes={}, by=cast.office, on=AFTER)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"by": "leader"}, "由局办公室办理"),
        ({"by": "chief"}, "由局办公室办理"),
        ({"quarter": Q4}, "还没有结束"),
        ({"quarter": Q3.previous}, "没有采用的考评办法"),
    ],
)
def test_a_board_is_opened_by_the_office_for_a_quarter_that_is_over(cast, words, why):
    adopted(cast, since=Q3)
    told = {key: getattr(cast, value) if key == "by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        open_it(cast, **told)
    assert not Board.objects.exists()


def test_a_quarter_is_computed_once_and_what_was_voided_leaves_room_for_another(cast, board):
    with pytest.raises(NotAllowed, match="已经测算"):
        open_it(cast)
    services.void_board(board, reason="数据补录", version=board.version, by=cast.office, on=AFTER)
    again = open_it(cast)
    services.start(again)
    again.refresh_from_db()
    assert (again.edition, again.state) == (2, "COMPUTED") and clean() is not None
    Board.objects.filter(pk=again.pk).update(state="SHOWN", shown_on=AFTER)
    with pytest.raises(NotAllowed, match="已经公示"):
        services.void_board(again, reason="再来", version=None, by=cast.office, on=AFTER)


def test_a_unit_without_enough_work_is_not_rated(cast):
    board = computed(cast)
    assert board.units == 0 and board.unrated == board.total
    assert set(board.scores.values_list("points", "rank", "reason")) == {(None, None, "件数不足2件，不参评")}
    assert clean() == []


def test_what_breaks_off_keeps_nothing_and_says_so(cast, monkeypatch):
    adopted(cast, since=Q3)
    board = open_it(cast)
    monkeypatch.setattr(computing, "prepared", lambda board: iter([None]))
    services.start(board)
    board.refresh_from_db()
    assert board.state == "VOID" and "请重新测算" in board.failure and not Score.objects.exists()
    assert open_it(cast).edition == 2


def test_a_large_bureau_is_worked_in_a_thread_and_a_dead_one_started_again(cast, monkeypatch):
    adopted(cast, since=Q3)
    board = open_it(cast)
    begun = []
    monkeypatch.setattr(computing, "AT_ONCE", 0)
    monkeypatch.setattr(
        computing.threading, "Thread", lambda **told: type("T", (), {"start": lambda self: begun.append(told)})()
    )
    services.start(board)
    assert begun[0]["args"] == (board.pk,) and not services.revive(board, now=NOW)
    assert services.revive(board, now=NOW + computing.SILENCE * 2) and len(begun) == 2
    assert DAY < AFTER
