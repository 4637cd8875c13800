"""The scenarios of a plan's campaign page, on the sample plan whose first phase has passed its gate."""

from __future__ import annotations

from typing import Any

from tests.house.mutations import STORY_DAY, Post, fresh, scenario


def plan_of(world: Any) -> Any:
    return fresh(world.plan.plan)


def phase(world: Any, place: int) -> Any:
    return plan_of(world).phases.filter(void=False).order_by("order")[place]


def group_of(world: Any) -> Any:
    return plan_of(world).groups.get(until_on=None)


def line(world: Any) -> Any:
    return plan_of(world).responsibilities.filter(until_on=None).last()


@scenario("plan:edit_plan")
def _(world: Any) -> Post:
    return Post(world.office, [plan_of(world).pk], {"scope": "全局"})


@scenario("plan:exclude_unit")
def _(world: Any) -> Post:
    return Post(world.office, [plan_of(world).pk], {"unit": world.property.pk, "reason": "职能已划转。"})


@scenario("plan:include_unit")
def _(world: Any) -> Post:
    from luoshi.plan.services import campaign

    row = campaign.exclude_unit(
        plan_of(world), unit=world.property, reason="职能已划转。", by=world.office, on=STORY_DAY
    )
    return Post(world.office, [row.pk])


@scenario("plan:set_phases")
def _(world: Any) -> Post:
    """A plan of its own that has no phases yet."""
    from luoshi.plan import services

    text = "一、实施步骤\n第一阶段：动员部署\n局办公室召开动员会。\n第二阶段：组织实施\n各股室按月报送情况。"
    made = services.import_plan(bureau=world.bureau, content=text, title="另一方案", by=world.office, on=STORY_DAY)
    return Post(world.office, [made.plan_id])


@scenario("plan:add_phase")
def _(world: Any) -> Post:
    return Post(world.office, [plan_of(world).pk], {"name": "第四阶段 回头看"})


@scenario("plan:edit_phase")
def _(world: Any) -> Post:
    return Post(world.office, [phase(world, 2).pk], {"name": "第三阶段 总结"})


@scenario("plan:void_phase")
def _(world: Any) -> Post:
    return Post(world.office, [phase(world, 2).pk], {"reason": "并入第二阶段。"})


@scenario("plan:choose_checks")
def _(world: Any) -> Post:
    return Post(world.office, [phase(world, 1).pk], {"own": "阶段小结已报领导小组"})


def found_all(world: Any, place: int) -> dict[str, str]:
    return {f"found-{one.pk}": "MET" for one in phase(world, place).checks.filter(void=False)}


@scenario("plan:check_gate")
def _(world: Any) -> Post:
    return Post(world.office, [phase(world, 1).pk], found_all(world, 1))


@scenario("plan:sign_gate")
def _(world: Any) -> Post:
    from luoshi.plan.services import campaign
    from luoshi.plan.services.campaign.gates import Finding

    second = phase(world, 1)
    found = {one.pk: Finding("MET") for one in second.checks.filter(void=False)}
    campaign.check_gate(second, findings=found, met_on=STORY_DAY, version=second.version, by=world.office, on=STORY_DAY)
    return Post(world.leader, [second.pk])


@scenario("plan:withdraw_gate")
def _(world: Any) -> Post:
    told = {"decided_by": world.director.pk, "source": "领导小组会议纪要第2期", "note": "传达情况不实。"}
    return Post(world.office, [phase(world, 0).pk], told)


@scenario("plan:set_group")
def _(world: Any) -> Post:
    from luoshi.plan.services import campaign

    standing = group_of(world)
    campaign.end_group(
        standing, version=standing.version, ends_on=STORY_DAY, reason="另行成立。", by=world.office, on=STORY_DAY
    )
    return Post(world.office, [plan_of(world).pk], {"head": world.director.pk})


@scenario("plan:edit_group")
def _(world: Any) -> Post:
    return Post(world.office, [group_of(world).pk], {"office_unit": world.planning.pk})


@scenario("plan:end_group")
def _(world: Any) -> Post:
    return Post(world.office, [group_of(world).pk], {"reason": "活动结束。"})


@scenario("plan:add_member")
def _(world: Any) -> Post:
    return Post(world.office, [group_of(world).pk], {"person": world.handler.pk, "role": "OFFICE"})


@scenario("plan:end_member")
def _(world: Any) -> Post:
    return Post(world.office, [group_of(world).members.first().pk], {"reason": "工作变动。"})


@scenario("plan:propose_responsibilities")
def _(world: Any) -> Post:
    from luoshi.plan.services import campaign

    row = line(world)
    campaign.end_responsibility(
        row, ends_on=STORY_DAY, reason="重新列。", version=row.version, by=world.office, on=STORY_DAY
    )
    return Post(world.office, [plan_of(world).pk])


@scenario("plan:add_responsibility")
def _(world: Any) -> Post:
    told = {"kind": "DUTY", "person": world.handler.pk, "unit": world.planning.pk, "words_text": "汇总进展。"}
    return Post(world.office, [plan_of(world).pk], told)


@scenario("plan:edit_responsibility")
def _(world: Any) -> Post:
    return Post(world.office, [line(world).pk], {"words_text": "及时总结推广好做法。"})


@scenario("plan:end_responsibility")
def _(world: Any) -> Post:
    return Post(world.office, [line(world).pk], {"reason": "任务完成。"})
