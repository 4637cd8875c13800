"""A year-end in tests, told by services only."""

from __future__ import annotations

from datetime import timedelta

from luoshi.appraisal.models import Pool, Review, YearMaterial
from luoshi.appraisal.services import ballots, materials, pools, reviews
from luoshi.appraisal.services.deciding import Paper
from luoshi.appraisal.services.reviews import GroupWords, Words
from luoshi.matters.tests.life import DAY

YEAR = DAY.year
CLOSES = DAY + timedelta(days=14)
AFTER = DAY + timedelta(days=30)
"""After every window of a thing shown on DAY, the national holiday counted."""
NEVER = "临时确定开展年度评议。"
ITEMS = (("工作成效", 60), ("作风效率", 40))
GROUPS = (GroupWords("局领导班子", 60, 3), GroupWords("单位互评", 40, 3))
LEADERS = ("director", "leader", "second_leader")
PEERS = ("chief", "neighbour", "property_chief")
PAPER = Paper(source_note="局党委会纪要第30期")


def words(**told) -> Words:
    base = {"title": f"{YEAR}年度工作评议", "shares": (50, 30, 20), "items": ITEMS, "groups": GROUPS,
            "late_reason": NEVER}  # fmt: skip
    return Words(**(base | told))


def draft(cast, **told) -> Review:
    base = {"bureau": cast.bureau, "year": YEAR, "words": words(), "clause": None, "by": cast.office, "on": DAY}
    return reviews.open_review(**(base | told))


def peopled(cast) -> Review:
    review = draft(cast)
    for group, names in zip(review.groups.order_by("order"), (LEADERS, PEERS), strict=True):
        people = [getattr(cast, name) for name in names]
        reviews.name_raters(review, group=group, people=people, version=None, by=cast.office, on=DAY)
    return review


def begun(cast) -> Review:
    return reviews.begin_review(peopled(cast), closes_on=CLOSES, version=None, by=cast.office, on=DAY)


def marks(*pairs) -> dict[int, dict[str, str]]:
    """unit, first item's grade, second item's grade."""
    return {unit.pk: {"1": first, "2": second} for unit, first, second in pairs}


def rate(cast, review, who, *pairs, on=DAY, version=None):
    return ballots.rate(review, marks=marks(*pairs), version=version, by=getattr(cast, who), on=on)


def rated(cast) -> Review:
    """Every leader rates planning and quality; two of three peers rate property (too few), none of them their own."""
    review = begun(cast)
    for who in LEADERS:
        rate(cast, review, who, (cast.planning, "GOOD", "FAIR"), (cast.quality, "PLAIN", "PLAIN"))
    rate(cast, review, "chief", (cast.property, "GOOD", "GOOD"))
    rate(cast, review, "neighbour", (cast.property, "POOR", "POOR"))
    return review


def closed(cast) -> Review:
    return reviews.close_review(rated(cast), version=None, by=cast.office, on=DAY, reason="都已交票。")


def shown(cast) -> Review:
    return reviews.show_review(closed(cast), proposals="对前两名通报表扬。", version=None, by=cast.office, on=DAY)


def approved(cast) -> Review:
    return reviews.approve_review(shown(cast), paper=PAPER, version=None, by=cast.director, on=AFTER)


def drawn(cast, *people, on=DAY) -> list[YearMaterial]:
    who = people or (cast.handler,)
    return materials.draw_materials(bureau=cast.bureau, year=YEAR, people=who, clause=None, by=cast.office, on=on)


def pool(cast, kind="CIVIL_SERVANT", **told) -> Pool:
    base = {"bureau": cast.bureau, "year": YEAR, "personnel_type": kind, "by": cast.office, "on": DAY}
    return pools.open_pool(**(base | told))


def named(cast, found, person, *, by=None):
    return pools.nominate(found, person=person, reasons="全年承办事项按期办结，无退回。", by=by or cast.office, on=DAY)
