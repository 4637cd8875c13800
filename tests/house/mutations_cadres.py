"""Scenarios for the routes of postings, follow-ups, recommendations, merit files, abilities and commendations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from luoshi.cadres import services
from luoshi.cadres.models import Commendation, FollowUp, MeritEntry, Posting, Recommendation
from luoshi.matters.models import Matter
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

PAPER = {"decided_on": "2026-11-24", "source_note": "局党委会纪要第22期"}
TOLD = {"decided_on": STORY_DAY, "source_note": "局党委会纪要第22期"}
CHIEFS = {"decided_by": lambda world: world.director.pk}


def proposed(world: Any) -> Posting:
    return services.propose_posting(
        bureau=world.bureau, cadre=world.quality_handler, kind="URGENT", post="防汛值守专班", unit=world.property,
        mentor=world.property_chief, from_on=date(2026, 5, 25), until_on=date(2027, 5, 24), aims="练应急。",
        by=world.office, on=STORY_DAY,
    )  # fmt: skip


def assigned(world: Any) -> Posting:
    return services.assign(proposed(world), version=None, by=world.director, on=STORY_DAY, **TOLD)


def planned(world: Any) -> FollowUp:
    return assigned(world).follow_ups.get(number=1)


def drawn(world: Any) -> FollowUp:
    Matter.objects.filter(title__startswith="完成在建工地塔吊").get()  # under way in his hands: a fact
    return services.draw(planned(world), version=None, by=world.office, on=STORY_DAY)


def read(world: Any) -> FollowUp:
    found = services.read_facts(drawn(world), version=None, by=world.quality_handler, on=STORY_DAY)
    people = [world.verifier, world.inspector]
    return services.appoint_examiners(found, people=people, version=None, by=world.office, on=STORY_DAY)


def examined(world: Any) -> FollowUp:
    found = read(world)
    services.examine(
        found, opinion="肯干。", examined_on=STORY_DAY, version=None, by=world.verifier, on=STORY_DAY
    )  # fmt: skip
    found.refresh_from_db()
    return found


def recommended(world: Any) -> Recommendation:
    return services.recommend(
        examined(world).posting,
        level="SECTION",
        words="建议使用",
        reasons="办成两件难事。",
        by=world.verifier,
        on=STORY_DAY,
    )


def examined_posting(world: Any) -> Posting:
    return examined(world).posting


def entry(world: Any, returned: bool = False) -> MeritEntry:
    found = services.enter_merit(
        bureau=world.bureau, person=world.handler, happened_on=STORY_DAY, title="抢通便道", words="三天抢通。",
        by=world.handler, on=STORY_DAY,
    )  # fmt: skip
    if returned:
        services.return_merit(found, reason="补凭据", version=None, by=world.leader, on=STORY_DAY)
    return found


def returned(world: Any) -> MeritEntry:
    return entry(world, returned=True)


def closed(world: Any) -> Matter:
    return Matter.objects.get(title__startswith="编制老旧小区改造三年计划")


def commended(world: Any, day: date = STORY_DAY) -> Commendation:
    return services.commend(
        bureau=world.bureau, kind="PRAISE", person=world.second_handler, title="一事一表扬", reasons="事实清楚。",
        linked=[closed(world)], by=world.chief, on=day,
    )  # fmt: skip


def noticed(world: Any, day: date = STORY_DAY) -> Commendation:
    return services.put_on_notice(commended(world, day), version=None, by=world.office, on=day)


def over(world: Any) -> Commendation:
    return noticed(world, STORY_DAY - timedelta(days=15))


def decided(world: Any) -> Commendation:
    return services.approve(
        over(world), agreed=True, said="", version=None, by=world.director, on=STORY_DAY, **TOLD
    )  # fmt: skip


def on(make: Any, by: str, /, **data: Any) -> Scenario:
    """A post on a row that is made for it, by its public key."""

    def post(world: Any) -> Post:
        row = make(world)
        filled = {key: value(world) if callable(value) else value for key, value in data.items()}
        return Post(getattr(world, by), [row.public_id], {"version": row.version, **filled})

    return post


SCENARIOS |= {
    "cadres:posting_edit": on(proposed, "office", post="防汛抢险专班"),
    "cadres:posting_assign": on(proposed, "office", **PAPER, **CHIEFS),
    "cadres:posting_extend": on(assigned, "director", until_on="2027-08-31", reason="任务未完", **PAPER),
    "cadres:posting_end": on(assigned, "office", reason="任务完成，回原单位"),
    "cadres:posting_link": on(assigned, "office", matter=lambda world: closed(world).pk),
    "cadres:posting_withdraw": on(proposed, "director", reason="人选另定"),
    "cadres:draw": on(planned, "office"),
    "cadres:read": on(drawn, "quality_handler"),
    "cadres:serve": on(drawn, "office", reason="面交核对，无异议"),
    "cadres:appoint": on(
        drawn, "office", person_0=lambda world: world.verifier.pk, person_1=lambda world: world.leader.pk
    ),
    "cadres:examine": on(read, "inspector", opinion="肯干。"),
    "cadres:report": on(examined, "office"),
    "cadres:recommend": on(examined_posting, "inspector", level="ABOVE", said="建议使用", reasons="办成两件难事。"),
    "cadres:decide": on(recommended, "director", outcome="DEFERRED", **PAPER),
    "cadres:rec_withdraw": on(recommended, "verifier", reason="再看半年"),
    "cadres:merit_review": on(entry, "leader", note="属实"),
    "cadres:merit_give_back": on(entry, "office", reason="补凭据"),
    "cadres:merit_correct": on(returned, "handler", basis="县防指通报"),
    "cadres:commendation_notice": on(commended, "office"),
    "cadres:commendation_object": on(noticed, "window", said="还有两人参加"),
    "cadres:commendation_approve": on(over, "director", agreed="1", **PAPER),
    "cadres:commendation_publish": on(decided, "office"),
    "cadres:commendation_withdraw": on(commended, "chief", reason="改报集体"),
}


@scenario("cadres:posting_new")
def _(world: Any) -> Post:
    data = {"cadre": world.property_handler.pk, "kind": "PROJECT", "post": "专班联络员", "unit": world.planning.pk,
            "until_on": "2027-11-23", "aims": "跟完一个项目。", "mentor": world.chief.pk}  # fmt: skip
    return Post(world.office, data=data)


@scenario("cadres:answer")
def _(world: Any) -> Post:
    found = drawn(world)
    return Post(world.quality_handler, [found.public_id, found.facts[0]["key"]], {"said": "两人合办"})


@scenario("cadres:settle")
def _(world: Any) -> Post:
    found = drawn(world)
    said = services.answer_fact(
        found, key=found.facts[0]["key"], words="两人合办", by=world.quality_handler, on=STORY_DAY
    )  # fmt: skip
    return Post(world.office, [said.pk], {"upheld": "1", "said": "属实"})


@scenario("cadres:merit_new")
def _(world: Any) -> Post:
    return Post(world.handler, data={"title": "抢通便道", "said": "三天抢通。", "abilities": ["EMERGENCY"]})


@scenario("cadres:tag")
def _(world: Any) -> Post:
    data = {"source": f"matter:{closed(world).pk}", "ability": "DELIVERY", "note": "按期交账"}
    return Post(world.leader, [world.handler.pk], data)


@scenario("cadres:untag")
def _(world: Any) -> Post:
    found = services.tag_ability(
        bureau=world.bureau, person=world.handler, ability="DELIVERY", source=closed(world), note="", by=world.leader,
        on=STORY_DAY,
    )  # fmt: skip
    return Post(world.leader, [found.pk], {"reason": "标错"})


@scenario("cadres:commend")
def _(world: Any) -> Post:
    data = {"kind": "PRAISE", "person": world.second_handler.pk, "title": "一事一表扬", "reasons": "事实清楚。",
            "matter": closed(world).pk}  # fmt: skip
    return Post(world.chief, data=data)


@scenario("cadres:objection_settle")
def _(world: Any) -> Post:
    said = services.object_to(noticed(world), words="还有两人参加", by=world.window, on=STORY_DAY)
    return Post(world.office, [said.pk], {"upheld": "0", "said": "另行表扬"})
