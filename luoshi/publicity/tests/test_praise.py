"""A published board, a commendation as drafts: the words stand as they were frozen."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.appraisal.models import Board
from luoshi.appraisal.rules import BoardState
from luoshi.cadres.models import Commendation
from luoshi.publicity import queries

SNAPSHOT = {
    "groups": [
        {"group": "机关股室", "lines": [
            {"unit": "规建股", "points": "92.5", "rank": 1, "reason": ""},
            {"unit": "物业股", "points": "", "rank": None, "reason": "任务少于2件"},
        ]},
    ],
    "cases": [
        {"kind": "黑榜", "unit": "质安中心", "title": "塔吊隐患逾期", "words": "两台塔吊超期未改", "cause": "盯得不紧",
         "rectify_by": "2026-12-10", "way_off": "隐患全部销号", "statement": "部件缺货"},
    ],
    "none_red": "没有突出事例", "none_black": "", "approved": ["局党委", "陆远山", "2026-10-15", "局党委会纪要第18期"],
    "correction": "",
}  # fmt: skip


@pytest.mark.clause("2.2.5.4b")
def test_a_published_board_becomes_its_notice():
    board = Board(year=2026, quarter=3, state=BoardState.PUBLISHED, snapshot=SNAPSHOT)
    told = queries.draft_from("board", board)
    assert (told.article_kind, told.unit_id) == ("BOARD", None) and "红黑榜通报" in told.title
    assert told.body.split("\n\n") == [
        "一、得分和排名\n机关股室：第1名规建股，92.5分；物业股不参评（任务少于2件）。",
        "二、红榜事例\n本季度无。没有突出事例。",
        "三、黑榜事例\n质安中心：塔吊隐患逾期。两台塔吊超期未改。原因：盯得不紧。2026-12-10前整改到位。"
        "下榜条件：隐患全部销号。当事单位陈述：部件缺货。",
        "四、审定\n局党委审定，陆远山，2026-10-15，局党委会纪要第18期。",
    ]
    assert "还没有印发" in queries.lacking("board", Board(state=BoardState.SHOWN), date(2026, 10, 1))


@pytest.mark.django_db
@pytest.mark.clause("2.3.2")
def test_a_commendation_becomes_its_notice(cast):
    row = Commendation(
        kind="PRAISE",
        person=cast.handler,
        title="塔吊隐患整改",
        reasons="连续两月蹲守工地",
        body="局党委",
        decided_on=date(2026, 11, 2),
    )
    told = queries.draft_from("commendation", row)
    assert (told.article_kind, told.title) == ("COMMENDATION", "关于表扬林晓舟的通报")
    assert queries.draft_from("commendation", Commendation(kind="REWARD", unit=cast.planning, title="整改")).title == (
        "绩效奖励建议：规建股"
    )
    assert "2026年11月2日，经局党委研究，决定对林晓舟予以表扬：塔吊隐患整改。" in told.body
