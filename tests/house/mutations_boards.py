"""Scenarios for the routes of superiors' remarks, boards, objections and cases."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from luoshi.appraisal.models import Board, BoardCase, Objection, Score, SuperiorRemark
from luoshi.appraisal.queries.objections import records_of
from luoshi.appraisal.rules.quarters import quarter_of
from luoshi.appraisal.services import board_life, cases, objections, remarks
from luoshi.appraisal.services.cases import CaseWords
from luoshi.lib.clock import SHANGHAI
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

REMARK = {"kind": "PRAISE", "issuer": "市住建局", "document": "关于表扬先进单位的通报", "issued_on": "2026-11-20"}


def remark(world: Any) -> SuperiorRemark:
    return remarks.enter_remark(
        bureau=world.bureau, unit=world.planning, words="点名表扬。", by=world.office, on=STORY_DAY,
        **{**REMARK, "issued_on": STORY_DAY},
    )  # fmt: skip


@scenario("appraisal:remark_new")
def _(world: Any) -> Post:
    return Post(world.office, data={**REMARK, "unit": world.planning.pk, "said": "点名表扬。"})


@scenario("appraisal:remark_void")
def _(world: Any) -> Post:
    found = remark(world)
    return Post(world.office, [found.public_id], {"version": found.version, "reason": "写错单位。"})


LAST = quarter_of(STORY_DAY).previous
NOW = datetime.combine(STORY_DAY, time(9), SHANGHAI)
EARLIER = STORY_DAY - timedelta(days=20)
PAPER = {"body": "PARTY", "decided_on": "2026-11-24", "source_note": "局党委会纪要第20期"}
CASE = {"title": "深基坑隐患逐处销号", "said": "七处隐患全部复查。"}


def computed(world: Any) -> Board:
    """A board of last quarter, counted and shown to nobody: the story's own, or a further edition of it."""
    found = Board.objects.filter(bureau=world.bureau, year=LAST.year, quarter=LAST.number).exclude(state="VOID").get()
    if found.state == "SHOWN":
        Board.objects.filter(pk=found.pk).update(state="COMPUTED", shown_on=None, objection_until=None)
        found.refresh_from_db()
    return found


def shown(world: Any, on: Any = STORY_DAY) -> Board:
    return board_life.show(computed(world), version=None, by=world.office, on=on)


def settled(world: Any) -> Board:
    return board_life.settle(shown(world, EARLIER), version=None, by=world.office, on=STORY_DAY)


def ready(world: Any) -> Board:
    board = settled(world)
    for kind in ("RED", "BLACK"):
        cases.state_none(board, kind=kind, words="没有。", version=None, by=world.office, on=STORY_DAY)
    return board


def approved(world: Any) -> Board:
    return board_life.approve(
        ready(world), body="CHIEF", version=None, by=world.director, on=STORY_DAY, decided_on=STORY_DAY
    )


def published(world: Any) -> Board:
    return board_life.publish(approved(world), version=None, by=world.office, on=STORY_DAY)


def score(world: Any) -> Score:
    return Score.objects.select_related("board__scheme", "unit").get(board=shown(world), unit=world.quality)


def objection(world: Any) -> Objection:
    mine = score(world)
    point = records_of(mine)[0].key
    return objections.raise_objection(mine, point=point, ground="已批准顺延。", by=world.neighbour, on=STORY_DAY)


def named(world: Any) -> Objection:
    return objections.designate(
        objection(world), reviewer=world.verifier, version=None, by=world.office, on=STORY_DAY
    )  # fmt: skip


def case(world: Any, kind: str = "BLACK") -> BoardCase:
    words = CaseWords("隐患整改迟缓", "两处隐患逾期。", "衔接不畅", STORY_DAY + timedelta(days=30), "复查合格")
    return cases.add_case(
        computed(world), kind=kind, unit=world.quality, words=words, by=world.office, on=STORY_DAY,
        grounds=cases.Grounds(remarks=[remark(world)]),
    )  # fmt: skip


def listed(world: Any) -> BoardCase:
    black = case(world)
    cases.state_case(black, statement="没有意见。", version=None, by=world.neighbour, on=STORY_DAY)
    board = settled(world)
    cases.state_none(board, kind="RED", words="没有。", version=None, by=world.office, on=STORY_DAY)
    board_life.approve(board, body="CHIEF", version=None, by=world.director, on=STORY_DAY, decided_on=STORY_DAY)
    board_life.publish(board, version=None, by=world.office, on=STORY_DAY)
    black.refresh_from_db()
    return black


def on(make: Any, by: str, /, *, key: str = "", **data: Any) -> Scenario:
    """A post on a row that is made for it, by its public key, at its present version."""

    def post(world: Any) -> Post:
        row = make(world)
        filled = {name: value(world) if callable(value) else value for name, value in data.items()}
        return Post(getattr(world, by), [row.public_id, *([key] if key else [])], {"version": row.version, **filled})

    return post


def chief(world: Any) -> int:
    return int(world.director.pk)


SCENARIOS |= {
    "appraisal:board_show": on(computed, "office"),
    "appraisal:board_settle": on(lambda world: shown(world, EARLIER), "office"),
    "appraisal:board_approve": on(ready, "office", decided_by=chief, **PAPER),
    "appraisal:board_give_back": on(approved, "director", reason="事例再斟酌。"),
    "appraisal:board_publish": on(approved, "office"),
    "appraisal:board_widen": on(
        published, "office", reason="群众关心。", decided_by=chief, decided_on="2026-11-24", source_note="纪要第20期"
    ),
    "appraisal:state_none": on(computed, "office", key="black", said="没有应当列入的。"),
    "appraisal:designate": on(objection, "office", reviewer=lambda world: world.verifier.pk),
    "appraisal:answer": on(named, "verifier", outcome="no", said="没有批准记录，维持。"),
    "appraisal:withdraw": on(objection, "neighbour"),
    "appraisal:edit_case": on(
        case, "office", cause="衔接不畅", rectify_by="2026-12-24", way_off="复查合格", **CASE
    ),
    "appraisal:state_case": on(case, "neighbour", statement="正在整改。"),
    "appraisal:drop_case": on(case, "office", reason="不够典型。"),
    "appraisal:take_off": on(listed, "office", said="复查合格。"),
}  # fmt: skip


@scenario("appraisal:object")
def _(world: Any) -> Post:
    mine = score(world)
    return Post(world.neighbour, [mine.pk], {"point": records_of(mine)[0].key, "ground": "已批准顺延。"})


@scenario("appraisal:case_new")
def _(world: Any) -> Post:
    board = computed(world)
    fact = Score.objects.get(board=board, unit=world.quality).frozen.facts[0]["id"]
    return Post(world.office, [board.public_id, "red", world.quality.pk], {**CASE, "facts": [fact]})


@scenario("appraisal:board_correct")
def _(world: Any) -> Post:
    board = published(world)
    mine = Score.objects.select_related("board__scheme").get(board=board, unit=world.quality)
    data = {
        "version": board.version,
        "correction": records_of(mine)[0].key,
        "effect": "OMITTED",
        "reason": "不属该单位。",
    }
    return Post(world.office, [board.public_id, world.quality.pk], data)
