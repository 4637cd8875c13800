"""签收, 退办, 分办, 反馈, 申请办结; 协办单位's 签收 and 配合情况."""

from __future__ import annotations

from datetime import date
from typing import Any, Unpack

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries, rules
from luoshi.matters.models import Feedback, Matter, MatterParty
from luoshi.matters.rules import DeadlineKind, FeedbackKind, PartyRole
from luoshi.matters.services import deadlines
from luoshi.matters.services.checks import check_handler
from luoshi.matters.services.moves import TimedForm, ask, move
from luoshi.matters.services.opening import NOT_HANDED_OUT
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act


@act
def accept(matter: Matter, *, by: User, on: date, handler: User | None = None, **form: Unpack[TimedForm]) -> Matter:
    """签收: the lead unit takes it; a handler who signs takes it himself, a head may name the handler at once.

    Not signing stops no clock: day 0 is the day it reached the unit.
    """
    turn = ask(matter, "accept", by=by, on=on, **form)
    mine = turn.roles
    if handler is not None and rules.HEAD not in mine and handler != by:
        raise NotAllowed("承办人由单位负责人分办，请以本人名义签收。")
    takes = rules.HEAD not in mine and mine.get(rules.HANDLER) == ""
    chosen = handler or matter.handler or (by if takes else None)
    if chosen is not None:
        check_handler(chosen, matter, on)
    step = turn.make(changes={"accepted_on": on, "handler": chosen})
    step.rows += _sign(step.matter, PartyRole.LEAD, [matter.lead_unit_id], by, form, handler=chosen)
    step.tell([chosen], "已由您承办")
    return step.done()


@act
def decline(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """退办: not this unit's remit; back to the office as 已立项, its dates stop."""
    step = move(matter, "decline", by=by, on=on, note=reason, changes=NOT_HANDED_OUT, **form)
    lead = MatterParty.objects.filter(matter=matter, role=PartyRole.LEAD, ended_on=None)
    rows = list(lead)
    lead.update(ended_on=on)
    step.rows += [*rows, *deadlines.end(step.matter, on)]
    step.tell([matter.leader, *org.holders(Duty.OFFICE, matter.bureau_id, on)], f"{matter.lead_unit}退办，请处理")
    return step.done()


@act
def allot(matter: Matter, *, handler: User, by: User, on: date, note: str = "", **form: Unpack[TimedForm]) -> Matter:
    """分办: the head of the lead unit names the 承办人 among the unit's people (himself too)."""
    turn = ask(matter, "allot", by=by, on=on, note=note, **form)
    if handler.pk == matter.handler_id:
        raise NotAllowed(f"{handler}已是承办人，不用再分办。")
    check_handler(handler, matter, on)
    before = matter.handler
    data = {"handler": str(handler), "before": str(before) if before else ""}
    step = turn.make(changes={"handler": handler}, data=data)
    party = MatterParty.objects.get(matter=matter, role=PartyRole.LEAD, ended_on=None)
    MatterParty.objects.filter(pk=party.pk).update(handler=handler)
    step.rows.append(party)
    step.tell([handler, before], f"已分办给{handler}")
    return step.done()


@act
def feed_back(
    matter: Matter,
    *,
    kind: str,
    done: str,
    by: User,
    on: date,
    progress: int = 0,
    obstacles: str = "",
    next_step: str = "",
    next_on: date | None = None,
    **form: Unpack[TimedForm],
) -> Matter:
    """反馈: PRELIMINARY (the first, where it cannot be finished), STAGE (later), FINAL (= 申请办结, in the same act).

    "对一时不能办结的事项，采取先将初步处理情况进行反馈，然后根据工作进展情况分阶段反馈": what is not final names the
    next date; without `next_on` it is `queries.next_feedback_on`.
    """
    final = kind == FeedbackKind.FINAL
    turn = ask(matter, "submit" if final else "feed_back", by=by, on=on, note=done, **form)
    first = matter.first_feedback_on is None
    if kind not in FeedbackKind.values:
        raise NotAllowed("请选择反馈阶段：初步反馈、阶段反馈或办结反馈。")
    if first and kind == FeedbackKind.STAGE:
        raise NotAllowed("首次反馈请选“初步反馈”（暂时办不完）或“办结反馈”（已经办完）。")
    if not first and kind == FeedbackKind.PRELIMINARY:
        raise NotAllowed("初步情况已经反馈过，请选“阶段反馈”或“办结反馈”。")
    if not done.strip():
        raise NotAllowed("请填写办理情况：做了什么、到了哪一步。")
    if not 0 <= progress <= 100:
        raise NotAllowed("进展请填0到100之间的数。")
    upcoming = None if final else _next_on(matter, on, next_on)
    changes: dict[str, Any] = {"first_feedback_on": matter.first_feedback_on or on, "next_feedback_on": upcoming}
    data = {"kind": kind, "first": first, "next_on": upcoming.isoformat() if upcoming else ""}
    if final:
        changes["submitted_on"] = on
    step = turn.make(changes=changes, data=data)
    told = Feedback.objects.create(
        matter=step.matter,
        event=step.event,
        kind=kind,
        progress=100 if final else progress,
        done=done.strip(),
        obstacles=obstacles.strip(),
        next_step="" if final else next_step.strip(),
        next_on=upcoming,
    )
    met = {DeadlineKind.FIRST_FEEDBACK, DeadlineKind.STAGE} | ({DeadlineKind.DUE} if final else set())
    step.rows += [told, *deadlines.meet(step.matter, met, on)]
    if upcoming is not None:
        stage = deadlines.fixed(
            step.matter, DeadlineKind.STAGE, upcoming, day0=on, citation="承办单位反馈时写明的下次反馈日期"
        )
        step.rows.append(stage)
    step.tell([matter.leader], f"{matter.lead_unit}{FeedbackKind(kind).label}")
    if final:
        step.tell(queries.verifiers(step.matter, on), "申请办结，请核查")
    return step.done()


def _next_on(matter: Matter, on: date, wished: date | None) -> date:
    """The next feedback date of an unfinished matter: ahead, and not beyond 办结时限 while that is ahead."""
    if wished is None:
        return queries.next_feedback_on(matter, on)
    if wished <= on:
        raise NotAllowed("下次反馈日期要在今天之后，请重新填写。")
    if matter.due_on is not None and on < matter.due_on < wished:
        raise NotAllowed(f"下次反馈日期不能晚于办结时限{matter.due_on:%Y-%m-%d}；确实办不完，请先报请延期。")
    return wished


@act
def submit(matter: Matter, *, done: str, by: User, on: date, obstacles: str = "", **form: Unpack[TimedForm]) -> Matter:
    """申请办结: the final feedback; the same as `feed_back(kind=FINAL)`."""
    return feed_back(matter, kind=FeedbackKind.FINAL, done=done, obstacles=obstacles, by=by, on=on, **form)


@act
def receive(matter: Matter, *, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """协办签收: an assisting unit takes its part; the matter's state and version stay."""
    turn = ask(matter, "receive", by=by, on=on, **form)
    units = _my_assists(matter, by, on)
    open_ones = MatterParty.objects.filter(matter=matter, unit_id__in=units, ended_on=None, accepted_at=None)
    if not open_ones.exists():
        raise NotAllowed("本单位已经签收过协办事项。")
    step = turn.make(data={"units": units})
    step.rows += _sign(step.matter, PartyRole.ASSIST, units, by, form)
    return step.done()


@act
def contribute(matter: Matter, *, done: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """协办反馈: an assisting unit tells the lead unit what it did; the lead unit gives the consolidated feedback."""
    turn = ask(matter, "contribute", by=by, on=on, note=done, **form)
    if not done.strip():
        raise NotAllowed("请填写配合办理情况。")
    step = turn.make(data={"units": _my_assists(matter, by, on)})
    step.tell(queries.unit_people(step.matter, on), "协办单位反馈了配合情况")
    return step.done()


def _my_assists(matter: Matter, by: User, on: date) -> list[int]:
    mine = {one.unit_id for one in org.held(by, on) if one.duty in (Duty.HEAD, Duty.HANDLER)}
    return sorted(mine & {one.pk for one in queries.assist_units(matter)})


def _sign(
    matter: Matter, role: str, units: list[int], by: User, form: TimedForm, *, handler: User | None = None
) -> list[MatterParty]:
    """Stamp the receipt of these units; within the caller's act."""
    parties = MatterParty.objects.filter(matter=matter, role=role, unit_id__in=units, ended_on=None, accepted_at=None)
    rows = list(parties)
    taken = {"handler": handler} if handler is not None else {}
    MatterParty.objects.filter(pk__in=[one.pk for one in rows]).update(
        accepted_at=form.get("now") or clock.now(), accepted_by=by, **taken
    )
    return rows
