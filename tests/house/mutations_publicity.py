"""Scenarios for the routes of articles."""

from __future__ import annotations

from typing import Any

from luoshi.publicity import services
from luoshi.publicity.models import Adoption, Article, Outlet
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

BODY = "一、做法\n逐条整改。"


def draft(world: Any, **words: Any) -> Article:
    told = {"bureau": world.bureau, "unit": world.planning, "kind": "NEWS", "title": "试写的稿件", "body": BODY,
            "by": world.handler, "on": STORY_DAY}  # fmt: skip
    return services.write(**(told | words))


def sent(world: Any, **words: Any) -> Article:
    return services.submit(draft(world, **words), version=None, by=world.handler, on=STORY_DAY)


def reviewed(world: Any, **words: Any) -> Article:
    article = sent(world, **words)
    for one in (world.chief, world.office, world.leader):
        services.review(article, words="同意。", proofread=True, version=None, by=one, on=STORY_DAY)
        article.refresh_from_db()
    return article


def published(world: Any, **words: Any) -> Article:
    return services.publish(
        reviewed(world, **words), no_secrets=True, no_burden=True, version=None, by=world.office, on=STORY_DAY
    )


def public(world: Any) -> Article:
    return published(world, scope="PUBLIC")


def experience(world: Any) -> Article:
    return published(world, kind="EXPERIENCE")


def case(world: Any) -> Article:
    return draft(world, kind="CASE")


def line(world: Any) -> Outlet:
    return services.add_outlet(public(world), medium="县融媒体中心", ran_on=STORY_DAY, by=world.office, on=STORY_DAY)


def use(world: Any) -> Adoption:
    return services.adopt(
        experience(world), unit=world.housing, adopted_on=STORY_DAY, words="照做。", by=world.office, on=STORY_DAY
    )


def on(make: Any, by: str, /, **data: Any) -> Scenario:
    """A post on a row that is made for it, by its public key where it has one."""

    def post(world: Any) -> Post:
        row = make(world)
        filled = {key: value(world) if callable(value) else value for key, value in data.items()}
        version = {"version": row.version} if hasattr(row, "version") else {}
        return Post(getattr(world, by), [getattr(row, "public_id", row.pk)], {**version, **filled})

    return post


SCENARIOS |= {
    "publicity:edit": on(draft, "handler", title="改过的稿件", scope="INTERNAL", body=BODY),
    "publicity:submit": on(draft, "handler"),
    "publicity:review": on(sent, "chief", said="已核对，同意。", proofread="on"),
    "publicity:give_back": on(sent, "chief", reason="数字不对。"),
    "publicity:widen": on(
        draft, "office", scope="PUBLIC", document="局党委会纪要第20期", decided_on="2026-11-24",
        decided_by=lambda world: world.director.pk,
    ),
    "publicity:stamp": on(case, "office", stamp="FOUND", stamped_on="2026-11-23", document="督查记录第3号"),
    "publicity:publish": on(reviewed, "office", no_secrets="on", no_burden="on"),
    "publicity:correct": on(published, "handler", reason="第二段数字有误。"),
    "publicity:withdraw": on(published, "office", reason="当事人提出异议。"),
    "publicity:void": on(draft, "handler", reason="重复。"),
    "publicity:outlet": on(public, "handler", medium="县融媒体中心", ran_on="2026-11-24"),
    "publicity:outlet_void": on(line, "office", reason="登记错了。"),
    "publicity:adopt": on(
        experience, "office", unit=lambda world: world.housing.pk, adopted_on="2026-11-24", said="照做。"
    ),
    "publicity:adoption_void": on(use, "office", reason="单位填错。"),
}  # fmt: skip


@scenario("publicity:new")
def _(world: Any) -> Post:
    data = {"kind": "NEWS", "unit": world.planning.pk, "title": "试写的稿件", "scope": "INTERNAL", "body": BODY}
    return Post(world.handler, data=data)


@scenario("publicity:say_none")
def _(world: Any) -> Post:
    return Post(world.office, [2026, 2], {"said": "做法还在试行。"})
