"""The scenarios of classes and institutions, on the sample bureau's story."""

from __future__ import annotations

from typing import Any

from luoshi.problems import services as problems
from luoshi.problems.services import classes as services
from luoshi.problems.services import institutions as made_by
from tests.house.mutations import STORY_DAY, Post, fresh, scenario


def a_problem(world: Any, title: str) -> Any:
    return problems.open_problem(
        bureau=world.bureau, title=title, source="OPINION", found_on=STORY_DAY, unit=world.planning, by=world.office,
        on=STORY_DAY,
    )  # fmt: skip


def a_class(world: Any, *titles: str) -> Any:
    found = [a_problem(world, title) for title in titles or ("路灯长期不亮",)]
    return fresh(services.group(found, bureau=world.bureau, name="试一类", by=world.office, on=STORY_DAY))


def an_institution(world: Any) -> Any:
    return made_by.add_institution(bureau=world.bureau, title="试一项制度", by=world.office, on=STORY_DAY)


@scenario("problems:class_group")
def _(world: Any) -> Post:
    return Post(world.office, data={"problems": [a_problem(world, "路灯长期不亮").pk], "name": "路灯管护"})


@scenario("problems:class_take_in")
def _(world: Any) -> Post:
    row = a_class(world)
    return Post(world.office, [row.public_id], {"problems": [a_problem(world, "西街路灯不亮").pk]})


@scenario("problems:class_ungroup")
def _(world: Any) -> Post:
    row = a_class(world)
    return Post(world.office, [row.public_id], {"problems": [row.problems.get().pk]})


@scenario("problems:class_edit")
def _(world: Any) -> Post:
    return Post(world.office, [a_class(world).public_id], {"root_cause": "没有巡查制度"})


@scenario("problems:class_decide")
def _(world: Any) -> Post:
    return Post(world.leader, [a_class(world).public_id], {"cure": "NEW", "title": "路灯管护办法"})


@scenario("problems:class_void")
def _(world: Any) -> Post:
    row = a_class(world)
    services.ungroup(row, list(row.problems.all()), by=world.office, on=STORY_DAY)
    return Post(world.office, [row.public_id], {"reason": "登记重复。"})


@scenario("problems:institution_new")
def _(world: Any) -> Post:
    return Post(world.office, data={"title": "路灯管护办法", "cure": "NEW"})


@scenario("problems:institution_edit")
def _(world: Any) -> Post:
    return Post(world.office, [an_institution(world).public_id], {"code": "云住建字〔2026〕30号"})


@scenario("problems:institution_void")
def _(world: Any) -> Post:
    return Post(world.office, [an_institution(world).public_id], {"reason": "登记重复。"})
