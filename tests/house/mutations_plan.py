"""The scenarios of plans: importing, adopting a version, deciding duties, accounting for clauses, rules and lint."""

from __future__ import annotations

from typing import Any

from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario


def first_duty(world: Any, state: str = "PROPOSED") -> Any:
    from luoshi.plan.models import Duty

    return Duty.objects.filter(clause__version=world.plan, state=state).order_by("order").first()


def on_duty(by: str = "office", state: str = "PROPOSED", **data: Any) -> Scenario:
    def make(world: Any) -> Post:
        duty = first_duty(world, state)
        return Post(getattr(world, by), [duty.pk], {"version": duty.version, **data})

    return make


SCENARIOS |= {
    "plan:confirm": on_duty(act="印发任务分解表"),
    "plan:correct": on_duty(state="CONFIRMED", act="改过的任务"),
    "plan:drop": on_duty(reason="是目标，不是任务"),
}


@scenario("plan:restore")
def _(world: Any) -> Post:
    from luoshi.plan import services

    duty = first_duty(world)
    duty = services.drop_duty(duty, by=world.office, on=STORY_DAY, version=duty.version)
    return Post(world.office, [duty.pk], {"version": duty.version})


@scenario("plan:confirm_many")
def _(world: Any) -> Post:
    duty = first_duty(world)
    return Post(world.office, [world.plan.pk], {"pick": [f"{duty.pk}:{duty.version}"]})


@scenario("plan:drop_many")
def _(world: Any) -> Post:
    duty = first_duty(world)
    return Post(world.office, [world.plan.pk], {"pick": [f"{duty.pk}:{duty.version}"]})


def both_of_a_clause(world: Any) -> list[Any]:
    """Two proposals of one clause, taken back where the story has decided them."""
    from luoshi.plan import services
    from luoshi.plan.models import Duty

    rows = list(Duty.objects.filter(clause__version=world.plan, clause__path="二/第二阶段/1/三是").order_by("start"))
    decided = [(one, one.version) for one in rows if one.state != "PROPOSED"]
    services.restore_many(decided, by=world.office, on=STORY_DAY)
    return [Duty.objects.get(pk=one.pk) for one in rows[:2]]


def picks(duties: list[Any]) -> dict[str, Any]:
    return {"pick": [f"{one.pk}:{one.version}" for one in duties]}


def merged(world: Any) -> Any:
    from luoshi.plan import services

    pairs = [(one, one.version) for one in both_of_a_clause(world)]
    return services.merge_duties(pairs, by=world.office, on=STORY_DAY)


SCENARIOS |= {
    "plan:restore_many": lambda world: Post(world.office, [world.plan.pk], picks([first_duty(world, "CONFIRMED")])),
    "plan:assign": lambda world: Post(
        world.office, [world.plan.pk], picks([first_duty(world)]) | {"leader": world.leader.pk}
    ),
    "plan:merge": lambda world: Post(world.office, [world.plan.pk], picks(both_of_a_clause(world))),
    "plan:unmake": lambda world: Post(world.office, [world.plan.pk], picks([merged(world)])),
}


@scenario("plan:split")
def _(world: Any) -> Post:
    from luoshi.plan.spans import piece_spans

    duty = merged(world)
    cut = piece_spans(world.plan.text, duty.start, duty.end)[1][0]
    return Post(world.office, [duty.pk], {"version": duty.version, "cuts": [cut]})


@scenario("plan:add")
def _(world: Any) -> Post:
    from luoshi.plan.models import Clause

    words = "少开会、开短会"
    start = world.plan.text.index(words)
    clause = Clause.objects.get(version=world.plan, path="一/2")
    return Post(world.office, [clause.pk], {"chosen": f"{start}-{start + len(words)}"})


@scenario("plan:has_duty")
def _(world: Any) -> Post:
    from luoshi.plan import services
    from luoshi.plan.models import Clause

    clause = Clause.objects.get(version=world.plan, path="一/2")
    services.mark_no_duty(clause, by=world.office, on=STORY_DAY)
    return Post(world.office, [clause.pk])


@scenario("plan:import")
def _(world: Any) -> Post:
    return Post(
        world.office, data={"text": "一、工作目标\n办公室每月报送一次工作情况。\n二、工作要求\n各股室按时落实。"}
    )


def next_text(world: Any) -> str:
    """The sample plan with one sentence less and one more."""
    text = world.plan.text
    return f"{text.rstrip()}\n（九）按月通报。局办公室每月通报一次进展。\n"


@scenario("plan:adopt")
def _(world: Any) -> Post:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from luoshi.records.services import stage

    token = stage(SimpleUploadedFile("新版.txt", next_text(world).encode()), by=world.office).pk
    return Post(world.office, [world.plan.plan_id, token], {"basis": "县住建发〔2026〕30号"})


def adopted(world: Any, text: str) -> Any:
    """A next version of the sample plan."""
    from luoshi.plan import services
    from luoshi.plan.services.importing import draft

    return services.adopt_version(
        world.plan.plan, by=world.office, on=STORY_DAY, seen=1, content=text,
        found=draft(text, bureau=world.bureau, on=STORY_DAY),
    )  # fmt: skip


@scenario("plan:carry_over")
def _(world: Any) -> Post:
    return Post(world.office, [adopted(world, next_text(world)).pk])


@scenario("plan:govern")
def _(world: Any) -> Post:
    return Post(world.office, data={"plan": world.plan.plan_id, "citation": "局纪要", "from_on": "2026-11-24"})


@scenario("plan:keep_rule")
def _(world: Any) -> Post:
    from luoshi.plan.queries.versions import loose_rules

    made = adopted(world, "一、工作要求\n1.局办公室每月汇总一次工作情况。\n2.各股室按时落实。\n")
    gone = next(one for one in loose_rules(made.plan) if one.state == "GONE")
    return Post(world.office, [gone.rule.pk], {"reason": "局党委会定继续执行。"})


@scenario("plan:decide")
def _(world: Any) -> Post:
    data = {"number": 3, "unit": "WORKDAY", "citation": "局党委会2026年第12号纪要", "from_on": "2026-11-24"}
    return Post(world.office, ["feedback_days"], data)


@scenario("plan:accept_defaults")
def _(world: Any) -> Post:
    return Post(world.office, data={"citation": "局党委会2026年第12号纪要"})


@scenario("plan:set_aside")
def _(world: Any) -> Post:
    from luoshi.plan import queries

    key = queries.checkup(world.plan, STORY_DAY).open[0].key
    return Post(world.office, [world.plan.pk, key], {"reason": "县委文件已有同样要求。"})


@scenario("plan:list_again")
def _(world: Any) -> Post:
    from luoshi.plan import queries, services

    key = queries.checkup(world.plan, STORY_DAY).open[0].key
    row = services.set_aside(world.plan, key, reason="上级要求", by=world.office, on=STORY_DAY)
    return Post(world.office, [row.pk])


@scenario("plan:end_rule")
def _(world: Any) -> Post:
    from luoshi.plan import services

    rule = services.decide_rule(
        bureau=world.bureau,
        slot="feedback_days",
        value={"number": 3, "unit": "WORKDAY"},
        citation="纪要",
        from_on=STORY_DAY,
        by=world.office,
        on=STORY_DAY,
    )
    return Post(world.office, [rule.pk], {"reason": "改按方案执行。"})


@scenario("plan:no_duty")
def _(world: Any) -> Post:
    from luoshi.plan.models import Clause

    clause = Clause.objects.filter(version=world.plan, read_duties=None).order_by("order").first()
    return Post(world.office, [clause.pk])
