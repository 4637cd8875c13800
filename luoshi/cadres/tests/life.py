"""A young cadre's year in tests, told by services only."""

from __future__ import annotations

from datetime import date

from luoshi.accountability import services as bars
from luoshi.cadres import services
from luoshi.cadres.models import Commendation, FollowUp, MeritEntry, Posting
from luoshi.matters.models import Matter
from luoshi.matters.tests.life import DAY, Life, clean, staged

BEGAN, ENDS = date(2026, 4, 1), date(2027, 3, 31)
PAPER = {"decided_on": DAY, "source_note": "局党委会纪要第20期"}
SECRET = "敢担当，但统筹还要磨炼，建议再看半年。"


def proposed(cast, cadre=None, **words) -> Posting:
    told = {
        "bureau": cast.bureau, "cadre": cadre or cast.handler, "kind": "PROJECT", "post": "老旧小区改造专班联络员",
        "unit": cast.quality, "mentor": cast.neighbour, "from_on": BEGAN, "until_on": ENDS,
        "aims": "跟完一个项目的全过程。", "batch": "2026年第一批", "by": cast.office, "on": DAY,
    }  # fmt: skip
    return services.propose_posting(**(told | words))


def assigned(cast, cadre=None, **words) -> Posting:
    return services.assign(proposed(cast, cadre, **words), version=None, by=cast.director, on=DAY, **PAPER)


def done_matter(cast) -> Matter:
    """One matter that the handler closed in time."""
    life = Life(cast)
    matter = life.open()
    for name in ("approve", "assign"):
        life.step(matter, name)
    life.step(matter, "accept", handler=cast.handler)
    for name in ("submit", "verify", "close"):
        life.step(matter, name)
    return matter


def drawn(cast, cadre=None, **words) -> FollowUp:
    found = assigned(cast, cadre, **words).follow_ups.get(number=1)
    return services.draw(found, version=None, by=cast.office, on=DAY)


def examined(cast, people=None) -> FollowUp:
    found = drawn(cast)
    services.read_facts(found, version=None, by=cast.handler, on=DAY)
    who = people or [cast.verifier, cast.inspector]
    services.appoint_examiners(found, people=who, version=None, by=cast.office, on=DAY)
    services.examine(found, opinion=SECRET, examined_on=DAY, version=None, by=who[0], on=DAY)
    found.refresh_from_db()
    return found


def recommended(cast, follow_up=None, **words):
    found = follow_up or examined(cast)
    told = {
        "level": "SECTION",
        "words": "建议使用为副股长人选",
        "reasons": "两项难事按期办成。",
        "by": cast.verifier,
        "on": DAY,
    }
    return services.recommend(found.posting, **(told | words))


def merit(cast, **words) -> MeritEntry:
    told = {"bureau": cast.bureau, "person": cast.handler, "happened_on": DAY, "title": "牵头完成城北片区水毁抢修",
            "words": "三天抢通两条便道。", "by": cast.handler, "on": DAY}  # fmt: skip
    return services.enter_merit(**(told | words))


def kept(cast, **words) -> MeritEntry:
    return services.review_merit(merit(cast, **words), note="属实", version=None, by=cast.leader, on=DAY)


def commended(cast, **words) -> Commendation:
    told = {"bureau": cast.bureau, "kind": "PRAISE", "person": cast.handler, "title": "水毁抢修攻坚有力",
            "reasons": "三天抢通两条便道，群众满意。", "by": cast.chief, "on": DAY}  # fmt: skip
    told |= words
    if not {"merits", "linked", "cured", "staged"} & set(words):
        told["linked"] = [done_matter(cast)]
    return services.commend(**told)


def noticed(cast, **words) -> Commendation:
    return services.put_on_notice(commended(cast, **words), version=None, by=cast.office, on=DAY)


def barred(cast, **whom) -> None:
    """A bar against commendation for this year."""
    bars.open_bar(
        bureau=cast.bureau, effect="COMMENDATION", from_on=date(2026, 1, 1), until_on=date(2026, 12, 31),
        basis="方案第二部分", document="局党委会纪要第12期", body="局党委会", decided_on=DAY,
        by=cast.director, on=DAY, **whom,
    )  # fmt: skip


__all__ = [
    "BEGAN",
    "DAY",
    "PAPER",
    "SECRET",
    "assigned",
    "barred",
    "clean",
    "commended",
    "done_matter",
    "drawn",
    "examined",
    "kept",
    "merit",
    "noticed",
    "proposed",
    "recommended",
    "staged",
]  # fmt: skip
