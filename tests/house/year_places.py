"""Where the crawl finds the sample's year-end and its bars."""

from __future__ import annotations

from luoshi.accountability.models import Bar
from luoshi.appraisal.models import MaterialAnswer, Nomination, Pool, Review, ReviewResult, YearMaterial, YearObjection
from tests.house.mutations import STORY_DAY


def objection(world) -> YearObjection:
    """An objection to an approved result, written beside the story so that its page has something to open."""
    found = YearObjection.objects.first()
    if found is None:
        found = YearObjection.objects.create(
            result=ReviewResult.objects.get(unit=world.planning), point="CAMPAIGN", words="漏算一件。", by=world.chief,
            on=STORY_DAY,
        )  # fmt: skip
    return found


def values(world) -> dict[str, list]:
    """The arguments of every page of the year-end."""
    review, result = Review.objects.latest("pk"), ReviewResult.objects.get(unit=world.planning)
    nomination, material = Nomination.objects.latest("pk"), YearMaterial.objects.get(person=world.handler)
    names = ("review", "review_edit", "review_begin", "rate", "review_close", "review_show", "review_approve",
             "review_void", "review_minutes")  # fmt: skip
    pools = ("pool", "pool_change", "nominate", "pool_show", "pool_decide")
    return {
        **{f"appraisal:{name}": [review.public_id] for name in names},
        "appraisal:raters": [review.public_id, review.groups.first().pk],
        "appraisal:review_unit": [result.pk],
        "appraisal:review_object": [result.pk],
        "appraisal:year_answer": [objection(world).pk],
        "appraisal:material": [material.public_id],
        "appraisal:material_reply": [MaterialAnswer.objects.latest("pk").pk],
        **{f"appraisal:{name}": [Pool.objects.latest("pk").public_id] for name in pools},
        "appraisal:nomination_withdraw": [nomination.pk],
        "appraisal:nomination_object": [nomination.pk],
        "portal:review_docx": [Review.objects.earliest("pk").public_id],
        "portal:material_docx": [material.public_id],
        **{f"accountability:{name}": [Bar.objects.latest("pk").public_id] for name in ("bar", "bar_lift", "bar_paper")},
    }
