"""The story of the quarterly board: one published with an objection upheld, the last one shown to the units."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from luoshi.appraisal import services as appraisal
from luoshi.appraisal.models import Board, Score
from luoshi.appraisal.queries.objections import records_of
from luoshi.appraisal.rules.quarters import Quarter, quarter_of
from luoshi.appraisal.services import board_life, cases, objections, remarks
from luoshi.appraisal.services.cases import CaseWords, Grounds
from luoshi.lib.clock import SHANGHAI
from luoshi.matters.models import Matter
from luoshi.workdays.rules import next_workday

RED = CaseWords(
    "深基坑隐患逐处复查", "逐工地核对监测数据和现场照片，发现两份报告编号重复，当场责令重测，隐患全部复查到位。"
)


def tell(story: Any) -> None:
    """Told after the scores were counted; where today lies too near the quarter's end, nothing is published yet."""
    cast, last = story.cast, quarter_of(story.today).previous
    day = _work(story, last.previous.last + timedelta(days=11))
    remarks.enter_remark(
        bureau=cast.bureau, unit=cast.quality, kind="PRAISE", issuer="市住建局", number="市建通〔2026〕8号",
        document="关于在建工地质量安全工作的通报", issued_on=_work(story, last.first + timedelta(days=20)),
        words="深基坑隐患复查做法扎实，点名表扬。", by=cast.office, on=_work(story, last.first + timedelta(days=25)),
    )  # fmt: skip
    _published(cast, story, last.previous, day)
    counted = Board.objects.filter(bureau=cast.bureau, year=last.year, quarter=last.number, state="COMPUTED").first()
    if counted is not None:
        board_life.show(counted, version=None, by=cast.office, on=story.back(1).on)


def _work(story: Any, day: date) -> date:
    return next_workday(day, story.calendar)


def _published(cast: SimpleNamespace, story: Any, quarter: Quarter, counted: date) -> None:
    """One objection upheld, one red case, no black one."""
    now = datetime.combine(counted, time(9), SHANGHAI)
    board = appraisal.open_board(bureau=cast.bureau, quarter=quarter, by=cast.office, on=counted, now=now)
    appraisal.start(board)
    board_life.show(board, version=None, by=cast.office, on=counted)
    mine = Score.objects.select_related("board__scheme", "unit").get(board=board, unit=cast.quality)
    late = next(one for one in records_of(mine) if not one.good and one.key.endswith(":on_time"))
    raised = _work(story, counted + timedelta(days=1))
    objection = objections.raise_objection(
        mine, point=late.key, ground="复查期间暴雨停工三天，已报分管领导同意顺延，漏登。", by=cast.neighbour, on=raised
    )
    objections.designate(objection, reviewer=cast.verifier, version=None, by=cast.office, on=raised)
    objections.answer(
        objection, upheld=True, words="查到分管领导同意顺延的签批，在顺延期内办结，按期计。", correction=late.key,
        effect="GOOD", version=None, by=cast.verifier, on=_work(story, raised + timedelta(days=2)),
    )  # fmt: skip
    until = board.objection_until
    assert until is not None
    over = _work(story, until + timedelta(days=1))
    board_life.settle(board, version=None, by=cast.office, on=over)
    fact = next(one["id"] for one in mine.frozen.facts if one["id"][0] == "m")
    ground = Matter.objects.get(pk=int(fact[1:]))
    cases.add_case(
        board, kind="RED", unit=cast.quality, words=RED, grounds=Grounds(matters=[ground]), by=cast.office, on=over
    )
    cases.state_none(
        board, kind="BLACK", words="没有应当列入黑榜的情形。", version=None, by=cast.office, on=over
    )  # fmt: skip
    board_life.approve(
        board, body="PARTY", decided_by=cast.director, decided_on=over, source_note="局党委会纪要第12期",
        version=None, by=cast.office, on=over,
    )  # fmt: skip
    board_life.publish(board, version=None, by=cast.office, on=_work(story, over + timedelta(days=1)))
