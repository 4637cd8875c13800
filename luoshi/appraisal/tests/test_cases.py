"""红黑榜事例: chosen by people on records; whom it concerns is told and heard; a black one has its way off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.appraisal.models import BoardCase
from luoshi.appraisal.services import board_life, cases
from luoshi.appraisal.services.cases import CaseWords, Grounds
from luoshi.appraisal.tests import quarter
from luoshi.appraisal.tests.life import clean
from luoshi.appraisal.tests.quarter import BLACK, OVER
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.models import Matter
from luoshi.notices.models import Notice
from luoshi.plan import services as plan

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4b")]


@pytest.fixture
def board(official):
    board = quarter.shown(official)
    return board_life.settle(board, version=None, by=official.office, on=OVER)


def test_a_black_case_is_heard_before_it_is_approved_and_comes_off_when_cured(official, board):
    cast = official
    quarter.case(cast, board)
    black = quarter.case(cast, board, "BLACK")
    assert black.links.get().matter is not None
    assert Notice.objects.filter(user=cast.chief, title__contains="拟列入黑榜").count() == 1
    with pytest.raises(NotAllowed, match="还没有登记当事单位的陈述"):
        quarter.approved(cast, board)
    with pytest.raises(NotAllowed, match="没有“登记陈述”的职责"):
        cases.state_case(black, statement="有异议。", version=None, by=cast.neighbour, on=OVER)
    cases.state_case(black, statement="正在返工，11月20日前完成。", version=None, by=cast.chief, on=OVER)
    with pytest.raises(NotAllowed, match="拟列入"):
        cases.take_off(black, words="已整改。", version=None, by=cast.office, on=OVER)
    quarter.approved(cast, board)
    with pytest.raises(NotAllowed, match="已审定"):
        cases.edit_case(black, words=BLACK, version=None, by=cast.office, on=OVER)
    board_life.publish(board, version=None, by=cast.office, on=OVER)
    later = OVER + timedelta(days=30)
    with pytest.raises(NotAllowed, match="写明理由"):
        cases.take_off(black, words="", version=None, by=cast.office, on=later)
    with pytest.raises(NotAllowed, match="没有“下榜”的职责"):
        cases.take_off(black, words="已整改。", version=None, by=cast.chief, on=later)
    cases.take_off(black, words="回访12户满意，核查属实。", version=None, by=cast.office, on=later)
    assert (black.state, black.off_on, black.off_by) == ("OFF", later, cast.office) and clean() == []
    with pytest.raises(NotAllowed, match="红榜事例不用下榜"):
        cases.take_off(board.cases.get(kind="RED"), words="？", version=None, by=cast.office, on=later)


@pytest.mark.parametrize(
    ("kind", "words", "why"),
    [
        ("RED", {"grounds": Grounds()}, "要有依据"),
        ("RED", {"words": CaseWords("", "做了")}, "事例名称和内容"),
        ("BLACK", {"words": CaseWords("拖延", "拖了两月")}, "原因、整改期限和下榜条件"),
        ("BLACK", {"words": CaseWords("拖", "延", "因", OVER - timedelta(days=1), "改")}, "不能早于今天"),
        ("RED", {"by": "chief"}, "没有“列事例”的职责"),
        ("RED", {"unit": "other_unit"}, "不在本季度"),
        ("GREY", {}, "红榜或黑榜"),
    ],
)
def test_a_case_is_refused_with_the_way_out(official, board, kind, words, why):
    told = {key: getattr(official, value) if isinstance(value, str) else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        quarter.case(official, board, kind, **told)
    assert not BoardCase.objects.exists()


def test_a_case_rests_on_records_of_its_own_bureau(official, board):
    row = Matter.objects.filter(bureau=official.bureau).first()
    row.bureau_id = official.county.pk
    with pytest.raises(NotAllowed, match="不属于本局"):
        quarter.case(official, board, grounds=Grounds(matters=[row]))
    assert not BoardCase.objects.exists()


def test_none_this_quarter_is_said_with_a_reason_and_taken_back_by_a_case(official, board):
    cast = official
    with pytest.raises(NotAllowed, match="红榜或黑榜"):
        cases.state_none(board, kind="GREY", words="没有。", version=None, by=cast.office, on=OVER)
    with pytest.raises(NotAllowed, match="写明理由"):
        cases.state_none(board, kind="BLACK", words="", version=None, by=cast.office, on=OVER)
    cases.state_none(board, kind="BLACK", words="没有应列入的。", version=None, by=cast.office, on=OVER)
    black = quarter.case(cast, board, "BLACK")
    board.refresh_from_db()
    assert board.none_black == ""
    with pytest.raises(NotAllowed, match="已有事例"):
        cases.state_none(board, kind="BLACK", words="没有。", version=None, by=cast.office, on=OVER)
    with pytest.raises(Stale):
        cases.drop_case(black, reason="不够典型。", version=8, by=cast.office, on=OVER)
    cases.drop_case(black, reason="不够典型。", version=None, by=cast.office, on=OVER)
    cases.state_none(board, kind="BLACK", words="没有。", version=None, by=cast.office, on=OVER)
    assert black.state == "VOID" and clean() == []


def test_where_the_bureau_wants_both_kinds_none_is_no_answer(official, board):
    both = {"choice": "BOTH_NEEDED", "label": "由人选定，红榜、黑榜每季度都至少一例"}
    plan.decide_rule(
        official.bureau, "board_cases_by", value=both, citation="局党委会纪要第1期", by=official.office, on=OVER
    )
    with pytest.raises(NotAllowed, match="都至少一例"):
        cases.state_none(board, kind="BLACK", words="没有。", version=None, by=official.office, on=OVER)
