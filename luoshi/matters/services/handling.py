"""签收, 退办, 分办, 反馈, 申请办结 by the lead unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries, rules
from luoshi.matters.models import Contribution, Feedback, Matter, MatterParty
from luoshi.matters.rules import DeadlineKind, FeedbackKind, PartyRole
from luoshi.matters.services import deadlines
from luoshi.matters.services.checks import check_handler
from luoshi.matters.services.dates import lapse_extension
from luoshi.matters.services.moves import TimedForm, ask, move
from luoshi.matters.services.opening import NOT_HANDED_OUT
from luoshi.matters.services.parties import consolidate
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
    step.rows += _sign(step.matter, by, form, handler=chosen)
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
    contributions: Iterable[Contribution] = (),
    **form: Unpack[TimedForm],
) -> Matter:
    """反馈: PRELIMINARY (the first, where it cannot be finished), STAGE (later), FINAL (= 申请办结, in the same act).

    "对一时不能办结的事项，采取先将初步处理情况进行反馈，然后根据工作进展情况分阶段反馈": what is not final names the
    next date; without `next_on` it is `queries.next_feedback_on`. Only the lead feeds back: `contributions` are what
    it takes over from the assisting units (汇总).
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
    taken = list(contributions)
    if taken:
        data["consolidated"] = [[str(one.party.unit), one.done[:200]] for one in taken]
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
    step.rows += [told, *deadlines.meet(step.matter, met, on), *consolidate(step.matter, told, taken)]
    if upcoming is not None:
        stage = deadlines.fixed(
            step.matter, DeadlineKind.STAGE, upcoming, day0=on, citation="承办单位反馈时写明的下次反馈日期"
        )
        step.rows.append(stage)
    step.tell([matter.leader], f"{matter.lead_unit}{FeedbackKind(kind).label}")
    if final:
        step.rows += lapse_extension(step.matter)
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
def submit(
    matter: Matter,
    *,
    done: str,
    by: User,
    on: date,
    obstacles: str = "",
    contributions: Iterable[Contribution] = (),
    **form: Unpack[TimedForm],
) -> Matter:
    """申请办结: the final feedback; the same as `feed_back(kind=FINAL)`."""
    kind = FeedbackKind.FINAL
    return feed_back(
        matter, kind=kind, done=done, obstacles=obstacles, contributions=contributions, by=by, on=on, **form
    )


def _sign(matter: Matter, by: User, form: TimedForm, *, handler: User | None) -> list[MatterParty]:
    """Stamp the receipt of the unit; within the caller's act."""
    parties = MatterParty.objects.filter(matter=matter, role=PartyRole.LEAD, ended_on=None, accepted_at=None)
    rows = list(parties)
    taken = {"handler": handler} if handler is not None else {}
    MatterParty.objects.filter(pk__in=[one.pk for one in rows]).update(
        accepted_at=form.get("now") or clock.now(), accepted_by=by, **taken
    )
    return rows
