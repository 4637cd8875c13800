"""路线图、时间表 (2.2.5.1b): the unit proposes and ticks off, the office accepts or returns; accepted is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries
from luoshi.matters.models import Matter, Roadmap, RoadmapStep
from luoshi.matters.rules.roadmap import MOST
from luoshi.matters.services.moves import TimedForm, ask, refuse_idle
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.records.services import act


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step as the unit writes it; `follows` names the step of the version in force that it goes on."""

    words: str
    due_on: date
    person: User | None = None
    follows: int | None = None


@act
def propose_roadmap(
    matter: Matter, *, steps: Sequence[StepWords], by: User, on: date, reason: str = "", **form: Unpack[TimedForm]
) -> Matter:
    """报送路线图: the first version, or the next one with the reason for the change.

    Steps that are done go over as they are. A version that still waits gives way to the new one. `original_on` of a
    step that goes on is the date first accepted, for ever.
    """
    turn = ask(matter, "propose_roadmap", by=by, on=on, note=reason, **form)
    running = queries.accepted_roadmap(matter)
    before = {one.pk: one for one in queries.undone(matter)}
    _check(matter, steps, before, on)
    if running is not None:
        if not turn.note:
            raise NotAllowed("路线图已经局办公室同意，调整要写明理由。")
        if _same(steps, before):
            raise NotAllowed("步骤、时间和责任人都没有变化，不用重新报送。")
    last = Roadmap.objects.filter(matter=matter, cycle=matter.cycle).order_by("-number").first()
    number = last.number + 1 if last is not None else 1
    step = turn.make(data={"number": number, "steps": [[one.words.strip(), one.due_on.isoformat()] for one in steps]})
    waiting = list(Roadmap.objects.filter(matter=matter, state="PROPOSED"))
    Roadmap.objects.filter(pk__in=[one.pk for one in waiting]).update(state="SUPERSEDED")
    fresh = Roadmap.objects.create(
        matter=step.matter, cycle=matter.cycle, number=number, reason=turn.note[:300], proposed_by=by, proposed_on=on
    )
    step.rows += [*waiting, fresh, *_write(fresh, steps, before, queries.done_steps(matter))]
    step.tell(queries.office(step.matter, on), f"{matter.lead_unit}{'调整' if running else '报送'}路线图，请审核")
    return step.done()


def _write(
    fresh: Roadmap, steps: Sequence[StepWords], before: dict[int, RoadmapStep], done: Iterable[RoadmapStep]
) -> list[RoadmapStep]:
    """The rows of a version, by date: what is done, and what is to do. Within the caller's act."""
    drafts: list[dict[str, Any]] = [
        {"words": one.words, "person": one.person, "original_on": one.original_on, "due_on": one.due_on,
         "paused": one.paused, "follows": one, "done_on": one.done_on, "done_by": one.done_by, "note": one.note}
        for one in done
    ]  # fmt: skip
    for one in steps:
        was = before.get(one.follows) if one.follows is not None else None
        drafts.append(
            {"words": one.words.strip(), "person": one.person, "due_on": one.due_on, "follows": was,
             "original_on": was.original_on if was else one.due_on, "paused": was.paused if was else 0}
        )  # fmt: skip
    drafts.sort(key=lambda one: one["due_on"])
    return [RoadmapStep.objects.create(roadmap=fresh, order=place, **one) for place, one in enumerate(drafts, 1)]


def _check(matter: Matter, steps: Sequence[StepWords], before: dict[int, RoadmapStep], on: date) -> None:
    if not steps:
        raise NotAllowed("请至少写一个步骤：做什么、什么时候完成。")
    if len(steps) > MOST:
        raise NotAllowed(f"路线图最多{MOST}个步骤，请合并后再报送。")
    people = set(org.people_of(queries.roadmap_units(matter), on).values_list("pk", flat=True))
    followed = [one.follows for one in steps if one.follows is not None]
    if len(followed) != len(set(followed)) or not set(followed) <= before.keys():
        raise NotAllowed("有的步骤刚刚已登记完成或已调整，请刷新页面，按最新的路线图再改。")
    for place, one in enumerate(steps, 1):
        if not one.words.strip() or len(one.words.strip()) > 200:
            raise NotAllowed(f"第{place}步要写明做什么，不超过200字。")
        if matter.due_on is not None and one.due_on > matter.due_on:
            raise NotAllowed(
                f"第{place}步的时间{one.due_on:%Y-%m-%d}晚于办结时限{matter.due_on:%Y-%m-%d}；确需更晚的，请先“申请延期”。"
            )
        kept = one.follows is not None and before[one.follows].due_on == one.due_on
        if one.due_on < on and not kept:
            raise NotAllowed(f"第{place}步的时间{one.due_on:%Y-%m-%d}已经过去，请填今天或以后的日期。")
        if one.person is not None and one.person.pk not in people:
            raise NotAllowed(f"{one.person}不是牵头或协办单位的人员，请在这些单位中选择责任人。")


def _same(steps: Sequence[StepWords], before: dict[int, RoadmapStep]) -> bool:
    def plain(one: Any, key: int | None) -> tuple[Any, ...]:
        return key, one.words.strip(), one.due_on, one.person.pk if one.person else None

    return {plain(one, one.follows) for one in steps} == {plain(one, pk) for pk, one in before.items()}


@act
def accept_roadmap(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[TimedForm]) -> Matter:
    """同意路线图: this version is in force and frozen; what was ticked off since it was sent in stays ticked off."""
    turn = ask(matter, "accept_roadmap", by=by, on=on, note=note, **form)
    refuse_idle(turn)
    fresh = queries.proposed_roadmap(matter)
    assert fresh is not None  # `refuse_idle` has looked
    steps = queries.steps_of(fresh)
    ticked = [one for one in steps if one.done_on is None and one.follows is not None and one.follows.done_on]
    cleared = [one for one in steps if one.done_on and one.follows is not None and one.follows.done_on is None]
    left = [one.due_on for one in steps if one.done_on is None and one not in ticked] + [one.due_on for one in cleared]
    step = turn.make(changes={"next_step_on": min(left, default=None)}, data={"number": fresh.number})
    for one in ticked:
        was = one.follows
        assert was is not None
        RoadmapStep.objects.filter(pk=one.pk).update(done_on=was.done_on, done_by=was.done_by, note=was.note)
    RoadmapStep.objects.filter(pk__in=[one.pk for one in cleared]).update(done_on=None, done_by=None, note="")
    old = list(Roadmap.objects.filter(matter=matter, state="ACCEPTED"))
    Roadmap.objects.filter(pk__in=[one.pk for one in old]).update(state="SUPERSEDED")
    answered = {"answered_by": by, "answered_on": on, "answer": turn.note[:300]}
    Roadmap.objects.filter(pk=fresh.pk).update(state="ACCEPTED", **answered)
    step.rows += [*old, fresh, *ticked, *cleared]
    step.tell(queries.unit_people(step.matter, on), "路线图已同意，请按步骤推进")
    return step.done()


@act
def return_roadmap(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """退回路线图: with the reason; the version in force (where there is one) goes on."""
    turn = ask(matter, "return_roadmap", by=by, on=on, note=reason, **form)
    refuse_idle(turn)
    fresh = queries.proposed_roadmap(matter)
    assert fresh is not None  # `refuse_idle` has looked
    step = turn.make(data={"number": fresh.number})
    answered = {"answered_by": by, "answered_on": on, "answer": turn.note[:300]}
    Roadmap.objects.filter(pk=fresh.pk).update(state="RETURNED", **answered)
    step.rows.append(fresh)
    step.tell(queries.unit_people(step.matter, on), "路线图已退回，请修改后再报")
    return step.done()


@act
def finish_step(
    matter: Matter,
    *,
    step: RoadmapStep,
    by: User,
    on: date,
    done_on: date | None = None,
    note: str = "",
    **form: Unpack[TimedForm],
) -> Matter:
    """步骤完成: the unit ticks a step off with the day on which it was done, and a word."""
    turn = ask(matter, "finish_step", by=by, on=on, note=note, **form)
    refuse_idle(turn)
    day = done_on or on
    left = queries.undone(matter)
    if step.pk not in {one.pk for one in left}:
        raise NotAllowed("这一步已登记完成或已调整，请刷新页面查看最新的路线图。")
    if day > on:
        raise NotAllowed("完成时间不能晚于今天，请核对。")
    if matter.day0_on is not None and day < matter.day0_on:
        raise NotAllowed(f"完成时间不能早于交办送达日{matter.day0_on:%Y-%m-%d}，请核对。")
    upcoming = min((one.due_on for one in left if one.pk != step.pk), default=None)
    data = {"step": step.words, "done_on": day.isoformat(), "due_on": step.due_on.isoformat()}
    won = turn.make(changes={"next_step_on": upcoming}, data=data)
    RoadmapStep.objects.filter(pk=step.pk, done_on=None).update(done_on=day, done_by=by, note=turn.note[:300])
    won.rows.append(step)
    if upcoming is None:
        won.tell([matter.leader, *queries.office(matter, on)], "路线图步骤已全部完成")
    return won.done()


@act
def undo_step(
    matter: Matter, *, step: RoadmapStep, reason: str, by: User, on: date, **form: Unpack[TimedForm]
) -> Matter:
    """更正步骤: a step was ticked off by mistake; it is to do again, with the reason on record."""
    turn = ask(matter, "undo_step", by=by, on=on, note=reason, **form)
    refuse_idle(turn)
    if step.pk not in {one.pk for one in queries.done_steps(matter)}:
        raise NotAllowed("这一步现在不是已完成，请刷新页面查看最新的路线图。")
    left = [one.due_on for one in queries.undone(matter)]
    won = turn.make(changes={"next_step_on": min([*left, step.due_on])}, data={"step": step.words})
    RoadmapStep.objects.filter(pk=step.pk).update(done_on=None, done_by=None, note="")
    won.rows.append(step)
    return won.done()


def end_roadmaps(matter: Matter) -> list[Roadmap]:
    """The running versions end with the unit or cycle that made them and stay readable; within the caller's act."""
    running = list(Roadmap.objects.filter(matter=matter, state__in=["ACCEPTED", "PROPOSED"]))
    Roadmap.objects.filter(pk__in=[one.pk for one in running]).update(state="ENDED")
    return running
