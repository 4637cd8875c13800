"""协办: each assisting unit signs, names its own 承办人, gives back or contributes its part; the office adjusts parts.

What a unit does to its part leaves the matter's state and version alone; the part's own row is claimed by a
conditional update, so of two people one wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Model

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries, rules
from luoshi.matters.models import Contribution, Feedback, Matter, MatterEvent, MatterParty
from luoshi.matters.rules import PartyRole, State
from luoshi.matters.services.checks import check_member, check_units
from luoshi.matters.services.moves import TimedForm, Turn, ask, refuse_idle
from luoshi.org.models import Unit, User
from luoshi.records.services import act
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import is_office_time


@dataclass(frozen=True, slots=True)
class Part:
    """What an assisting unit is asked for: 分工 and 配合时限, both may be left open."""

    unit: Unit
    task: str = ""
    due_on: date | None = None


@act
def receive(matter: Matter, *, by: User, on: date, handler: User | None = None, **form: Unpack[TimedForm]) -> Matter:
    """协办签收: an assisting unit takes its part; a handler takes it himself, a head may name one at once."""
    turn = ask(matter, "receive", by=by, on=on, **form)
    refuse_idle(turn)
    mine = [one for one in queries.my_parts(by, matter, on) if one.accepted_at is None]
    if handler is not None and rules.ASSIST_HEAD not in turn.roles and handler != by:
        raise NotAllowed("承办人由单位负责人分办，请以本人名义签收。")
    takes = rules.ASSIST_HEAD not in turn.roles and turn.roles.get(rules.ASSIST) == ""
    chosen = handler or (by if takes else None)
    if chosen is not None:
        mine = [one for one in mine if check_member(chosen, one.unit, matter, on, quiet=len(mine) > 1)]
    step = turn.make(data={"units": [one.unit_id for one in mine], "handler": str(chosen) if chosen else ""})
    step.rows += _take(mine, by=by, turn=turn, handler=chosen)
    step.tell([chosen], "已由您承办协办工作")
    return step.done()


def _take(parts: Iterable[MatterParty], *, by: User, turn: Turn, handler: User | None = None) -> list[MatterParty]:
    """Stamp the receipt of unsigned parts; within the caller's act."""
    taken = {"handler": handler} if handler is not None else {}
    rows = []
    for one in parts:
        won = MatterParty.objects.filter(pk=one.pk, ended_on=None, accepted_at=None).update(
            accepted_at=turn.at, accepted_by=by, **taken
        )
        if won != 1:
            raise NotAllowed(f"{one.unit}的协办事项刚刚已由他人签收或退办，请刷新页面查看。")
        rows.append(one)
    return rows


@act
def return_part(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """协办退办: not this unit's remit, said before signing; the part goes back to the office, the lead is untouched."""
    turn = ask(matter, "return_part", by=by, on=on, note=reason, **form)
    refuse_idle(turn)
    mine = [one for one in queries.my_parts(by, matter, on) if one.accepted_at is None]
    words = "、".join(str(one.unit) for one in mine)
    step = turn.make(data={"units": [one.unit_id for one in mine], "names": words})
    for one in mine:
        if MatterParty.objects.filter(pk=one.pk, ended_on=None, accepted_at=None).update(ended_on=on) != 1:
            raise NotAllowed(f"{one.unit}的协办事项刚刚已由他人签收或退办，请刷新页面查看。")
        step.rows.append(one)
    step.tell([*queries.office(matter, on), *queries.unit_people(matter, on)], f"{words}退办协办，由局办公室处理")
    return step.done()


@act
def allot_part(
    matter: Matter, *, handler: User, by: User, on: date, note: str = "", **form: Unpack[TimedForm]
) -> Matter:
    """协办分办: the head of an assisting unit names its own 承办人 among the unit's people (himself too)."""
    turn = ask(matter, "allot_part", by=by, on=on, note=note, **form)
    parts = queries.my_parts(by, matter, on, head=True)
    part = next((one for one in parts if check_member(handler, one.unit, matter, on, quiet=len(parts) > 1)), None)
    if part is None:
        raise NotAllowed(f"{handler}不是协办单位的人员，请在本单位人员中选择。")
    if part.handler_id == handler.pk:
        raise NotAllowed(f"{handler}已是{part.unit}的承办人，不用再分办。")
    before = part.handler
    data = {"unit": str(part.unit), "handler": str(handler), "before": str(before) if before else ""}
    step = turn.make(data=data)
    if MatterParty.objects.filter(pk=part.pk, ended_on=None).update(handler=handler) != 1:
        raise NotAllowed(f"{part.unit}已不再协办本事项，请刷新页面查看。")
    step.rows.append(part)
    step.tell([handler, before], f"协办工作已分办给{handler}")
    return step.done()


@act
def contribute(
    matter: Matter,
    *,
    done: str,
    by: User,
    on: date,
    finished: bool = False,
    unit: Unit | None = None,
    **form: Unpack[TimedForm],
) -> Matter:
    """协办反馈: an assisting unit tells the lead what it did; the lead gives the consolidated feedback.

    `finished` says that its 分工 is done. What was not signed yet is signed with it. Whoever acts for several
    assisting units names the `unit`.
    """
    turn = ask(matter, "contribute", by=by, on=on, note=done, **form)
    if not done.strip():
        raise NotAllowed("请填写配合办理情况。")
    mine = [one for one in queries.my_parts(by, matter, on) if unit is None or one.unit_id == unit.pk]
    if len(mine) != 1:
        raise NotAllowed("请选择是哪个协办单位的配合情况。" if mine else "所选单位不协办本事项，请重新选择。")
    part = mine[0]
    step = turn.make(data={"units": [part.unit_id], "unit": str(part.unit), "finished": finished})
    if part.accepted_at is None:
        step.rows += _take([part], by=by, turn=turn)
    told = Contribution.objects.create(party=part, event=step.event, done=done.strip(), finished=finished)
    step.rows.append(told)
    words = f"{part.unit}已完成协办分工" if finished else f"{part.unit}反馈了配合情况"
    step.tell(queries.unit_people(step.matter, on), words)
    return step.done()


@act
def urge_part(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[TimedForm]) -> MatterEvent:
    """催办协办: the assisting units that still owe their part, all at once; once a matter and day, in office hours."""
    turn = ask(matter, "urge_part", by=by, on=on, note=note, **form)
    refuse_idle(turn)
    if not is_office_time(turn.at, workdays.calendar(matter.bureau_id)):
        raise NotAllowed("现在不是工作时间，催办请在工作时间进行。")
    parts = queries.owing(matter)
    try:
        with transaction.atomic():
            step = turn.make(data={"names": "、".join(str(one.unit) for one in parts)})
    except IntegrityError:
        raise NotAllowed("今天已催办过协办单位，同一事项一天只催一次。") from None
    step.tell(queries.part_people(parts, on), "请尽快办理协办工作")
    step.done()
    return step.event


@act
def adjust_parties(
    matter: Matter, *, parts: Sequence[Part], reason: str, by: User, on: date, **form: Unpack[TimedForm]
) -> Matter:
    """调整协办: these assisting units with these 分工 and dates from now on; who falls out is ended, never deleted.

    A unit added while the matter is with its unit gets it at once. Without a change it answers a 协办退办: the
    office says why nobody takes the part over.
    """
    turn = ask(matter, "adjust_parties", by=by, on=on, note=reason, **form)
    check_units(matter.bureau, matter.lead_unit, [one.unit for one in parts], on)
    present = {
        one.unit_id: one
        for one in MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None).select_related(
            "unit"
        )
    }
    _check_dates(matter, parts, present, on)
    wanted = {one.unit.pk: one for one in parts}
    gone = [one for pk, one in present.items() if pk not in wanted]
    added = [one for one in parts if one.unit.pk not in present]
    changed = [
        (present[one.unit.pk], one)
        for one in parts
        if one.unit.pk in present
        and (present[one.unit.pk].task, present[one.unit.pk].due_on) != (one.task.strip(), one.due_on)
    ]
    if not (gone or added or changed or queries.unanswered_return(matter)):
        raise NotAllowed("协办单位和分工都没有变化，不用调整。")
    data: dict[str, Any] = {
        "added": [_told(one) for one in added],
        "ended": [str(one.unit) for one in gone],
        "changed": [_told(one) for _, one in changed],
    }
    step = turn.make(data=data)
    MatterParty.objects.filter(pk__in=[one.pk for one in gone]).update(ended_on=on)
    step.rows += [*gone, *(one for one, _ in changed)]
    for one, told in changed:
        MatterParty.objects.filter(pk=one.pk).update(task=told.task.strip()[:300], due_on=told.due_on)
    sent = turn.at if matter.state != State.APPROVED else None
    step.rows += [_add(step.matter, one, received_at=sent) for one in added]
    if sent is not None:
        step.tell(queries.receivers([one.unit.pk for one in added], on), "请签收协办事项")
        step.tell(queries.part_people([one for one, _ in changed], on), "协办分工有调整")
        step.tell([*queries.part_people(gone, on)], "不再需要本单位协办")
        step.tell(queries.unit_people(step.matter, on), "协办单位有调整")
    return step.done()


def _check_dates(matter: Matter, parts: Iterable[Part], present: dict[int, MatterParty], on: date) -> None:
    for one in parts:
        if len(one.task.strip()) > 300:
            raise NotAllowed(f"{one.unit}的分工不超过300字。")
        was = present.get(one.unit.pk)
        if one.due_on is None or (was is not None and was.due_on == one.due_on):
            continue
        if one.due_on < on:
            raise NotAllowed(f"{one.unit}的配合时限{one.due_on:%Y-%m-%d}已经过去，请核对。")
        if matter.due_on is not None and one.due_on > matter.due_on:
            raise NotAllowed(f"{one.unit}的配合时限不能晚于办结时限{matter.due_on:%Y-%m-%d}，请重新填写。")


def _told(part: Part) -> str:
    due = f"，{part.due_on:%Y-%m-%d}前" if part.due_on else ""
    return f"{part.unit}" + (f"（{part.task.strip() or '配合'}{due}）" if part.task.strip() or due else "")


def _add(matter: Matter, part: Part, *, received_at: Any) -> MatterParty:
    return MatterParty.objects.create(
        matter=matter, unit=part.unit, role=PartyRole.ASSIST, task=part.task.strip()[:300], due_on=part.due_on,
        received_at=received_at,
    )  # fmt: skip


def set_tasks(matter: Matter, parts: Sequence[Part], on: date) -> list[MatterParty]:
    """Write 分工 and 配合时限 of units that assist already, at 交办; within the caller's act."""
    present = {
        one.unit_id: one for one in MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None)
    }
    _check_dates(matter, parts, {}, on)
    rows = []
    for one in parts:
        row = present.get(one.unit.pk)
        if row is None:
            raise NotAllowed(f"{one.unit}不是本事项的协办单位，请先“调整协办”。")
        MatterParty.objects.filter(pk=row.pk).update(task=one.task.strip()[:300], due_on=one.due_on)
        rows.append(row)
    return rows


def consolidate(matter: Matter, told: Feedback, wanted: Iterable[Contribution]) -> list[Model]:
    """汇总: these contributions stand in this feedback; within the caller's act."""
    keys = {one.pk for one in wanted}
    waiting = [one for one, _ in queries.to_consolidate(matter) if one.pk in keys]
    if len(waiting) != len(keys):
        raise NotAllowed("所选的协办反馈中有的已经并入别的反馈，请刷新页面再选。")
    Contribution.objects.filter(pk__in=keys).update(feedback=told)
    return list(waiting)


def begin_again(matter: Matter, on: date) -> list[MatterParty]:
    """反弹重办: every assisting unit is asked anew, its earlier part ended as it was; within the caller's act."""
    old = list(MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None).select_related("unit"))
    MatterParty.objects.filter(pk__in=[one.pk for one in old]).update(ended_on=on)
    fresh = [
        _add(matter, Part(one.unit, one.task), received_at=matter.assigned_at or clock.now())
        for one in old
        if one.unit.until_on is None or one.unit.until_on >= on
    ]
    return [*old, *fresh]
