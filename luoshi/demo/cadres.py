"""The story of cadres: two young people at the front line, one examined, one overdue; a commendation published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from luoshi.cadres import services
from luoshi.cadres.rules.dates import add_months
from luoshi.matters.models import Matter

BATCH = "第一批"


def tell(story: Any) -> None:
    """Everything of this room, before today."""
    _followed(story)
    _overdue(story)
    _merits(story)
    _commended(story)


def _posting(story: Any, cadre: str, from_on: date, **words: Any) -> Any:
    cast = story.cast
    found = services.propose_posting(
        bureau=cast.bureau, cadre=getattr(cast, cadre), from_on=from_on, until_on=add_months(from_on, 12),
        batch=f"{from_on.year}年{BATCH}", by=cast.office, on=from_on, **words,
    )  # fmt: skip
    return services.assign(
        found, version=None, by=cast.office, on=from_on, decided_by=cast.director, decided_on=from_on,
        source_note="局党委会纪要第9期",
    )  # fmt: skip


def _workday(story: Any, day: date) -> date:
    """The last working day of the story's calendar up to a day."""
    number = 0
    while story.back(number).on > day:
        number += 1
    return story.back(number).on


def _followed(story: Any) -> None:
    """规建股's young clerk at 质安中心: his facts were drawn, one corrected at his word, two examined him."""
    cast, half = story.cast, add_months(story.today, -6)
    matter = Matter.objects.filter(bureau=cast.bureau, title__startswith="整改城北安置房").first()
    posting = _posting(
        story, "handler", _workday(story, half - timedelta(days=9)), kind="PROJECT", post="城北安置房整改专班联络员",
        unit=cast.quality, mentor=cast.neighbour, aims="跟完一个整改项目的全过程，学会和住户打交道。",
        linked=[matter] if matter is not None else [],
    )  # fmt: skip
    first = posting.follow_ups.get(number=1)
    day = story.back(4).on
    services.draw(first, version=None, by=cast.office, on=day)
    if first.facts:
        said = services.answer_fact(
            first, key=first.facts[0]["key"], words="这件事是我和温以宁一起办的。", by=cast.handler, on=day
        )
        services.settle_fact(said, upheld=True, words="属实，与温以宁共同办理。", by=cast.office, on=story.back(3).on)
    services.read_facts(first, version=None, by=cast.handler, on=story.back(3).on)
    services.appoint_examiners(
        first, people=[cast.verifier, cast.inspector], version=None, by=cast.office, on=story.back(3).on
    )
    services.examine(
        first, opinion="到一线肯跑腿，整改台账清楚；统筹多个单位的经验还少，建议下一段参与一次综合协调。",
        examined_on=story.back(2).on, version=None, by=cast.verifier, on=story.back(2).on,
    )  # fmt: skip


def _overdue(story: Any) -> None:
    """房保中心's young clerk: half a year is over and nobody drew the facts."""
    half = add_months(story.today, -6)
    _posting(
        story, "housing_handler", _workday(story, half - timedelta(days=16)), kind="KEY_WORK",
        post="城区道路统筹专班专干",
        unit=story.cast.planning, mentor=story.cast.chief, aims="熟悉规划建设业务，独立办结一件跨单位事项。",
    )  # fmt: skip


def _merits(story: Any) -> None:
    """One result kept as evidence of two abilities, one that waits for review."""
    cast = story.cast
    entry = services.enter_merit(
        bureau=cast.bureau, person=cast.handler, happened_on=story.back(26).on, title="暴雨夜协助转移危房住户十一户",
        words="凌晨两点到岗，逐户敲门，天亮前全部转移到安置点，无人受伤。", basis="县防指值班记录",
        abilities=["EMERGENCY", "MASSES"], by=cast.handler, on=story.back(25).on,
    )  # fmt: skip
    services.review_merit(entry, note="情况属实。", version=None, by=cast.leader, on=story.back(24).on)
    services.enter_merit(
        bureau=cast.bureau, person=cast.second_handler, happened_on=story.back(5).on, title="建成城区地下管线台账",
        words="走访四家管线单位，核对点位三百余处，形成一张图。", by=cast.second_handler, on=story.back(2).on,
    )  # fmt: skip
    matter = Matter.objects.filter(bureau=cast.bureau, title__startswith="编制老旧小区改造三年计划").first()
    if matter is not None and matter.handler_id == cast.handler.pk:
        services.tag_ability(
            bureau=cast.bureau, person=cast.handler, ability="RESEARCH", source=matter,
            note="三十六个小区逐个入户摸底。", by=cast.leader, on=story.back(12).on,
        )  # fmt: skip


def _commended(story: Any) -> None:
    """One commendation published after its notice, one on notice now."""
    cast = story.cast
    done = Matter.objects.filter(bureau=cast.bureau, title__startswith="编制老旧小区改造三年计划")
    found = services.commend(
        bureau=cast.bureau, kind="PRAISE", person=cast.handler, title="老旧小区摸底扎实、按期交账",
        reasons="三周内完成三十六个小区入户摸底，问题清单一次通过县政府审定。", linked=list(done[:1]), by=cast.chief,
        on=story.back(28).on,
    )  # fmt: skip
    services.put_on_notice(found, version=None, by=cast.office, on=story.back(27).on)
    services.approve(
        found, agreed=True, said="", version=None, by=cast.office, on=story.back(20).on, decided_by=cast.director,
        decided_on=story.back(20).on, source_note="局党委会纪要第17期",
    )  # fmt: skip
    services.publish(found, version=None, by=cast.office, on=story.back(19).on)
    checked = Matter.objects.filter(bureau=cast.bureau, title__startswith="复核公租房保障对象")
    waiting = services.commend(
        bureau=cast.bureau, kind="REWARD", unit=cast.housing, title="公租房年度复核公开公正",
        reasons="复核三百一十二户，清退九户，公示期间没有异议。", linked=list(checked[:1]), by=cast.second_leader,
        on=story.back(2).on,
    )  # fmt: skip
    services.put_on_notice(waiting, version=None, by=cast.office, on=story.back(1).on)
