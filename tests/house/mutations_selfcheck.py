"""The scenarios of personal lists, on the sample bureau's story."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.problems.rules import StyleKind
from luoshi.problems.services import rounds
from luoshi.problems.services import selfcheck as services
from luoshi.problems.services.selfcheck import ItemWords
from tests.house.mutations import STORY_DAY, Post, fresh, scenario

DUE, FIXED = date(2026, 12, 8), date(2027, 3, 31)


def a_round(world: Any) -> Any:
    return rounds.open_round(
        bureau=world.bureau, title="试一轮查摆", due_on=DUE, by=world.office, on=STORY_DAY
    )  # fmt: skip


def a_list(world: Any, upto: str = "DRAFT") -> Any:
    """The handler's list of a round of its own, walked to a state."""
    from luoshi.problems.queries.selfcheck import lists_of

    check = lists_of(a_round(world)).select_related("bureau", "person", "reviewer").get(person=world.handler)
    if upto != "DRAFT":
        row = ItemWords(StyleKind.PANIC, "新业务学得慢", "每周学一项", FIXED)
        services.fill_check(check, rows=[row], none=StyleKind.values[1:], submit=True, by=world.handler, on=STORY_DAY)
    if upto == "ACCEPTED":
        services.accept_check(check, by=world.chief, on=STORY_DAY)
    return fresh(check)


@scenario("problems:round_open")
def _(world: Any) -> Post:
    return Post(world.office, data={"title": "再来一轮"})


@scenario("problems:round_change")
def _(world: Any) -> Post:
    return Post(world.office, [a_round(world).public_id], {"title": "改过的名称"})


@scenario("problems:round_widen")
def _(world: Any) -> Post:
    made = rounds.open_round(
        bureau=world.bureau, title="一个股先试", due_on=DUE, units=[world.planning], by=world.office, on=STORY_DAY
    )
    return Post(world.office, [made.public_id])


@scenario("problems:round_reviewer")
def _(world: Any) -> Post:
    return Post(world.office, [a_round(world).public_id], {"reviewer": world.leader.pk})


@scenario("problems:self_check_fill")
def _(world: Any) -> Post:
    told = {f"none-{kind}": "on" for kind in StyleKind.values}
    return Post(world.handler, [a_list(world).public_id], {**told, "act": "submit"})


@scenario("problems:self_check_recall")
def _(world: Any) -> Post:
    return Post(world.handler, [a_list(world, "SUBMITTED").public_id])


@scenario("problems:self_check_accept")
def _(world: Any) -> Post:
    return Post(world.chief, [a_list(world, "SUBMITTED").public_id])


@scenario("problems:self_check_return")
def _(world: Any) -> Post:
    return Post(world.chief, [a_list(world, "SUBMITTED").public_id], {"reason": "请写具体。"})


@scenario("problems:self_check_add")
def _(world: Any) -> Post:
    told = {"kind": "EASE", "title": "急件放了两天", "measure": "当天事当天办"}
    return Post(world.handler, [a_list(world, "ACCEPTED").public_id], told)


@scenario("problems:suggest")
def _(world: Any) -> Post:
    told = {"check_list": a_list(world).pk, "kind": "DOOR", "channel": "PEER", "words_said": "电话常没人接。"}
    return Post(world.second_handler, data=told)


@scenario("problems:suggestion_decline")
def _(world: Any) -> Post:
    check = a_list(world)
    told = services.suggest(
        check, kind="DOOR", channel="PEER", words="电话常没人接。", by=world.second_handler, on=STORY_DAY
    )
    return Post(world.handler, [check.public_id, told.pk], {"reason": "那天线路检修。"})


@scenario("problems:item_publish")
def _(world: Any) -> Post:
    item = a_list(world, "ACCEPTED").items.get()
    return Post(world.handler, [item.public_id])
