"""Scenarios for the routes of the year-end: the review of units, people's materials, pools."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from luoshi.accountability.models import Bar
from luoshi.appraisal.models import MaterialAnswer, Nomination, Pool, Review, ReviewResult, YearMaterial, YearObjection
from luoshi.appraisal.services import ballots, materials, pools, reviews, year_objections
from luoshi.appraisal.services.reviews import GroupWords, Words
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

NEXT = STORY_DAY.year + 1
"""A year of whose review the sample's story tells nothing."""
EARLIER = STORY_DAY - timedelta(days=30)
PAPER = {"body": "局党委", "decided_on": "2026-11-24", "source_note": "局党委会纪要第30期"}
ROWS = {"quarters": 50, "evaluation": 30, "campaign": 20, "item_words_0": "工作成效", "item_points_0": 100,
        "group_name_0": "局领导班子", "group_weight_0": 100, "group_least_0": 3}  # fmt: skip
LEADERS = ("director", "leader", "second_leader")


def draft(world: Any, on: date = STORY_DAY) -> Review:
    words = Words("试写的评议", (50, 30, 20), [("工作成效", 100)], [GroupWords("局领导班子", 100, 3)])
    return reviews.open_review(bureau=world.bureau, year=NEXT, words=words, clause=None, by=world.office, on=on)


def peopled(world: Any, on: date = STORY_DAY) -> Review:
    review = draft(world, on)
    people = [getattr(world, name) for name in LEADERS]
    return reviews.name_raters(review, group=review.groups.get(), people=people, version=None, by=world.office, on=on)


def begun(world: Any, on: date = STORY_DAY) -> Review:
    return reviews.begin_review(peopled(world, on), closes_on=on + timedelta(7), version=None, by=world.office, on=on)


def closed(world: Any, on: date = STORY_DAY) -> Review:
    review = begun(world, on)
    for name in LEADERS:
        ballots.rate(review, marks={world.planning.pk: {"1": "GOOD"}}, version=None, by=getattr(world, name), on=on)
    return reviews.close_review(review, version=None, by=world.office, on=on)


def shown(world: Any, on: date = STORY_DAY) -> Review:
    return reviews.show_review(closed(world, on), proposals="", version=None, by=world.office, on=on)


def past(world: Any) -> Review:
    """Shown a month ago: its window is over."""
    return shown(world, EARLIER)


def result(world: Any) -> ReviewResult:
    return shown(world).results.get(unit=world.planning)


def objection(world: Any) -> YearObjection:
    return year_objections.object_to_result(
        result(world), point="CAMPAIGN", words="漏算一件。", by=world.chief, on=STORY_DAY
    )


def clear(world: Any) -> None:
    """The story's own materials, pools and bars of this year make room within the test."""
    MaterialAnswer.objects.all().delete()
    YearObjection.objects.all().delete()
    Nomination.objects.all().delete()
    for model in (Pool, YearMaterial, Bar):
        model.objects.all().delete()


def drawn(world: Any, on: date = STORY_DAY) -> YearMaterial:
    clear(world)
    return materials.draw_materials(
        bureau=world.bureau, year=on.year, people=[world.handler], clause=None, by=world.office, on=on
    )[0]


def to_check(world: Any) -> YearMaterial:
    drawn(world)
    return materials.show_materials(bureau=world.bureau, year=STORY_DAY.year, by=world.office, on=STORY_DAY)[0]


def answered(world: Any) -> YearMaterial:
    return materials.answer_material(
        to_check(world), answers={"MATTERS": "漏了一件。"}, statement="", version=None, by=world.handler, on=STORY_DAY
    )


def pool(world: Any, on: date = STORY_DAY) -> Pool:
    clear(world)
    return pools.open_pool(bureau=world.bureau, year=on.year, personnel_type="CIVIL_SERVANT", by=world.office, on=on)


def nomination(world: Any, on: date = STORY_DAY) -> Nomination:
    return pools.nominate(pool(world, on), person=world.handler, reasons="按期办结。", by=world.office, on=on)


def shown_pool(world: Any, on: date = STORY_DAY) -> Pool:
    return pools.show_pool(nomination(world, on).pool, version=None, by=world.office, on=on)


def on(make: Any, by: str, /, **data: Any) -> Scenario:
    """A post on a row that is made for it, by its public key where it has one."""

    def post(world: Any) -> Post:
        row = make(world)
        filled = {key: value(world) if callable(value) else value for key, value in data.items()}
        version = getattr(row, "version", None)
        return Post(getattr(world, by), [getattr(row, "public_id", row.pk)], {"version": version, **filled})

    return post


def chief(world: Any) -> int:
    return int(world.director.pk)


@scenario("appraisal:review_new")
def _(world: Any) -> Post:
    for one in Review.objects.exclude(state="VOID").exclude(state="APPROVED"):
        reviews.void_review(one, reason="重写。", version=None, by=world.office, on=STORY_DAY)
    return Post(world.office, data={"title": "试写的评议", "late_reason": "年底才定。"})


@scenario("appraisal:raters")
def _(world: Any) -> Post:
    review = draft(world)
    people = [getattr(world, name).pk for name in LEADERS]
    return Post(world.office, [review.public_id, review.groups.get().pk], {"version": 1, "people": people})


@scenario("appraisal:rate")
def _(world: Any) -> Post:
    review = begun(world)
    return Post(world.leader, [review.public_id], {"version": 1, f"all_{world.planning.pk}": "GOOD", "salt": "x"})


SCENARIOS |= {
    "appraisal:review_edit": on(draft, "office", title="改写的评议", **ROWS),
    "appraisal:review_begin": on(peopled, "office", closes_on="2026-12-04"),
    "appraisal:review_close": on(begun, "office", reason="都已交票。"),
    "appraisal:review_show": on(closed, "office", proposals="通报表扬。"),
    "appraisal:review_approve": on(past, "office", decided_by=chief, **PAPER),
    "appraisal:review_void": on(draft, "office", reason="设错了组。"),
    "appraisal:review_object": on(result, "chief", point="CAMPAIGN", said="漏算一件。"),
    "appraisal:year_answer": on(objection, "inspector", upheld="no", answer="核实无误。"),
    "appraisal:pool_change": on(pool, "office", percent=20, eligible=10, eligible_reason="两人长期病假。"),
    "appraisal:nominate": on(
        pool, "office", person=lambda world: world.handler.pk, reasons="全年承办事项按期办结。"
    ),
    "appraisal:nomination_withdraw": on(nomination, "office", reason="本人调离。"),
    "appraisal:nomination_object": on(
        lambda world: shown_pool(world).nominations.get(), "second_handler", said="有一件事没有办好。"
    ),
    "appraisal:pool_show": on(lambda world: nomination(world).pool, "office"),
    "appraisal:pool_decide": on(
        lambda world: shown_pool(world, EARLIER), "office", decided_by=chief,
        chosen=lambda world: [Nomination.objects.latest("pk").pk], **PAPER,
    ),
    "appraisal:material_reply": on(
        lambda world: answered(world).answers.get(), "office", reply="已补上，见台账。"
    ),
}  # fmt: skip


@scenario("appraisal:pool_new")
def _(world: Any) -> Post:
    clear(world)
    return Post(world.office, data={"personnel_type": "INSTITUTION", "percent": 20})


@scenario("appraisal:materials_draw")
def _(world: Any) -> Post:
    clear(world)
    return Post(world.office, data={"person": world.handler.pk})


@scenario("appraisal:materials_show")
def _(world: Any) -> Post:
    drawn(world)
    return Post(world.office)


@scenario("appraisal:my_material")
def _(world: Any) -> Post:
    row = to_check(world)
    return Post(world.handler, data={"version": row.version, "statement": "全年没有请假。"})


@scenario("appraisal:materials_hand_in")
def _(world: Any) -> Post:
    row = materials.answer_material(
        to_check(world), answers={}, statement="", version=None, by=world.handler, on=STORY_DAY
    )
    return Post(world.office, data={"to": "局党委", "chosen": [row.pk]})
