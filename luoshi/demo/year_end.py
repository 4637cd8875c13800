"""The story of the year-end: last year's review approved, this year's under way, materials, a pool, two bars."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.accountability import services as accountability
from luoshi.appraisal.models import Review
from luoshi.appraisal.services import ballots, materials, pools, reviews
from luoshi.appraisal.services.deciding import Paper
from luoshi.appraisal.services.reviews import GroupWords, Words
from luoshi.org.models import User

LEADERS = ("director", "leader", "second_leader")
PEERS = ("chief", "approval_chief", "property_chief", "neighbour", "housing_chief")
ITEMS = (("工作成效", 40), ("服务群众、办事效率", 20), ("协作配合", 20), ("作风纪律", 20))
ORDER = ("GOOD", "FAIR", "GOOD", "PLAIN", "FAIR", "GOOD", "FAIR")
"""Grades as they fall on units and items, one rater after the other."""


def tell(story: Any) -> None:
    """Everything of this room, on working days before today."""
    cast, year = story.cast, story.today.year
    last = _review(cast, year - 1, f"{year - 1}年度工作评议（补评）", story.back(40).on)
    _begin(cast, last, story.back(38).on, story.back(33).on)
    for who in (*LEADERS, *PEERS):
        _rate(cast, last, who, story.back(36).on)
    reviews.close_review(last, version=None, by=cast.office, on=story.back(32).on)
    reviews.show_review(
        last, proposals="对前两名在全局大会上表扬。", version=None, by=cast.office, on=story.back(31).on
    )
    paper = Paper(decided_by=cast.director, decided_on=story.back(22).on, source_note="局党委会纪要第24期")
    reviews.approve_review(last, paper=paper, version=None, by=cast.office, on=story.back(21).on)
    now = _review(cast, year, f"{year}年度工作评议", story.back(6).on)
    _begin(cast, now, story.back(5).on, story.ahead(7))
    for who in ("director", "second_leader", "approval_chief", "property_chief", "neighbour"):
        _rate(cast, now, who, story.back(2).on)
    _bars(cast, story, year)
    _materials(cast, story, year)
    pool = pools.open_pool(
        bureau=cast.bureau, year=year, personnel_type="CIVIL_SERVANT", by=cast.office, on=story.back(3).on
    )
    pools.nominate(
        pool, person=cast.handler, reasons="承办的老旧小区改造三年计划按期办结，一次通过核查，群众回访满意。",
        by=cast.chief, on=story.back(2).on,
    )  # fmt: skip


def _review(cast: Any, year: int, title: str, on: date) -> Review:
    groups = [GroupWords("局领导班子", 60, 3), GroupWords("单位互评", 40, 4)]
    words = Words(title, (50, 30, 20), ITEMS, groups, late_reason="首次按本办法评议，年初还没有定。")
    return reviews.open_review(bureau=cast.bureau, year=year, words=words, clause=None, by=cast.office, on=on)


def _begin(cast: Any, review: Review, on: date, closes_on: date) -> None:
    for group, names in zip(review.groups.order_by("order"), (LEADERS, PEERS), strict=True):
        people: list[User] = [getattr(cast, name) for name in names]
        reviews.name_raters(review, group=group, people=people, version=None, by=cast.office, on=on)
    reviews.begin_review(review, closes_on=closes_on, version=None, by=cast.office, on=on)


def _rate(cast: Any, review: Review, who: str, on: date) -> None:
    own = {"chief": "planning", "approval_chief": "approval", "property_chief": "property", "neighbour": "quality",
           "housing_chief": "housing"}.get(who)  # fmt: skip
    names = [name for name in ("planning", "approval", "property", "quality", "housing") if name != own]
    marks = {
        getattr(cast, name).pk: {str(nth): ORDER[(place + nth + len(who)) % len(ORDER)] for nth in (1, 2, 3, 4)}
        for place, name in enumerate(names)
    }
    ballots.rate(review, marks=marks, version=None, by=getattr(cast, who), on=on)


def _bars(cast: Any, story: Any, year: int) -> None:
    span = {"bureau": cast.bureau, "from_on": date(year, 1, 1), "until_on": date(year, 12, 31), "by": cast.office}
    accountability.open_bar(
        person=cast.quality_handler, effect="COMMENDATION", basis="作风问题一年内三次被局党委通报。", body="局党委",
        document="局党委会纪要第21期", decided_by=cast.director, decided_on=story.back(15).on, on=story.back(14).on,
        **span,
    )  # fmt: skip
    accountability.open_bar(
        person=cast.property_handler, effect="EXCELLENT", basis="本年度受到诫勉。", body="县纪委监委派驻机构",
        document="诫勉谈话决定书", citation="公务员考核规定关于受诫勉当年等次的规定", decided_on=story.back(15).on,
        on=story.back(14).on, **span,
    )  # fmt: skip


def _materials(cast: Any, story: Any, year: int) -> None:
    people = [getattr(cast, name) for name in ("leader", "chief", "handler", "second_handler", "property_chief",
                                               "property_handler", "neighbour", "quality_handler")]  # fmt: skip
    materials.draw_materials(
        bureau=cast.bureau, year=year, people=people, clause=None, by=cast.office, on=story.back(4).on
    )
    rows = materials.show_materials(bureau=cast.bureau, year=year, by=cast.office, on=story.back(3).on)
    mine = {one.person_id: one for one in rows}
    materials.answer_material(
        mine[cast.chief.pk], answers={}, statement="", version=None, by=cast.chief, on=story.back(2).on
    )
    materials.answer_material(
        mine[cast.property_handler.pk], answers={"PROBLEMS": "康宁小区的消防通道问题也由我负责，没有列上。"},
        statement="全年负责的小区没有发生停水停电投诉。", version=None, by=cast.property_handler, on=story.back(2).on,
    )  # fmt: skip
