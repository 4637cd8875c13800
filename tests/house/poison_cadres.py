"""A posting, its follow-up, opinion and recommendation, a merit and a commendation, poisoned for the crawl."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.cadres import services
from tests.house.mutations import STORY_DAY

POSTING = ("posting", "posting_edit", "posting_assign", "posting_extend", "posting_end", "posting_link",
           "posting_withdraw", "recommend")  # fmt: skip
FOLLOW_UP = ("follow_up", "draw", "read", "serve", "appoint", "examine", "report")
MERIT = ("merit", "merit_review", "merit_give_back", "merit_correct")
COMMENDATION = ("commendation", "commendation_notice", "commendation_object", "commendation_approve",
                "commendation_publish", "commendation_withdraw")  # fmt: skip
PAPER: dict[str, Any] = {"decided_on": STORY_DAY, "source_note": "局党委会纪要第22期"}


def poison(world: Any, matter: Any, text: str, plain: str) -> dict[str, list[Any]]:
    """Tell it with `text` where few read it and `plain` where everybody does; the addresses of what was made."""
    day: dict[str, Any] = {"on": STORY_DAY}
    posting = services.propose_posting(
        bureau=world.bureau, cadre=world.second_handler, kind="URGENT", post=text, unit=world.planning,
        mentor=world.chief, from_on=date(2026, 5, 25), until_on=date(2027, 5, 24), aims=text, batch=text[:60],
        by=world.office, **day,
    )  # fmt: skip
    services.assign(posting, version=None, by=world.director, **day, **PAPER)
    entry = services.enter_merit(
        bureau=world.bureau, person=world.second_handler, happened_on=STORY_DAY, title=text, words=text, basis=text,
        abilities=["MASSES"], by=world.second_handler, **day,
    )  # fmt: skip
    services.review_merit(entry, note=text, version=None, by=world.leader, **day)
    follow_up = services.draw(posting.follow_ups.get(number=1), version=None, by=world.office, **day)
    key = follow_up.facts[0]["key"]
    said = services.answer_fact(follow_up, key=key, words=text, by=world.second_handler, **day)
    services.settle_fact(said, upheld=True, words=text, by=world.office, **day)
    services.read_facts(follow_up, version=None, by=world.second_handler, **day)
    people = [world.verifier, world.inspector]
    services.appoint_examiners(follow_up, people=people, version=None, by=world.office, **day)
    services.examine(follow_up, opinion=text, examined_on=STORY_DAY, version=None, by=world.verifier, **day)
    rec = services.recommend(posting, level="ABOVE", words=text, reasons=text, by=world.office, **day)
    found = services.commend(
        bureau=world.bureau, kind="PRAISE", unit=world.planning, title=plain, reasons=plain,
        linked=[matter], by=world.leader, **day,
    )  # fmt: skip
    services.put_on_notice(found, version=None, by=world.office, **day)
    objection = services.object_to(found, words=text, by=world.chief, **day)
    return {
        **{f"cadres:{name}": [posting.public_id] for name in POSTING},
        **{f"cadres:{name}": [follow_up.public_id] for name in FOLLOW_UP},
        **{f"cadres:{name}": [rec.public_id] for name in ("recommendation", "decide", "rec_withdraw")},
        **{f"cadres:{name}": [entry.public_id] for name in MERIT},
        **{f"cadres:{name}": [found.public_id] for name in COMMENDATION},
        "cadres:answer": [follow_up.public_id, key],
        "cadres:settle": [said.pk],
        "cadres:objection_settle": [objection.pk],
        "cadres:file": [world.second_handler.pk],
        "cadres:tag": [world.second_handler.pk],
        "cadres:untag": [entry.tags.get().pk],
        "portal:follow_up_docx": [follow_up.public_id],
        "portal:commendation_docx": [found.public_id],
    }
