"""周期事项: registered on a leader's one decision, changed by a new version, ended; and what each period hands out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries
from luoshi.matters.models import Deadline, Matter, MatterEvent, MatterParty, Recurrence
from luoshi.matters.queries.recurrence import handed_out, running
from luoshi.matters.rules import RHYTHMS, DeadlineKind, PartyRole, State, default_block
from luoshi.matters.rules.recurring import FARTHEST, Occurrence, nth_words
from luoshi.matters.services import deadlines
from luoshi.matters.services.checks import check_leader, check_units, check_verifier, check_words
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.org.services import next_number
from luoshi.plan.models import Clause
from luoshi.records.services import act, record
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import is_workday

LEADERS = frozenset({Duty.LEADER, Duty.CHIEF})


@act
def open_recurrence(*, bureau: Unit, by: User, on: date, **words: Any) -> Recurrence:
    """登记周期事项; `words` are those of `_checked`. A leader's one decision covers all it hands out until it ends."""
    found = Recurrence.objects.create(bureau=bureau, opened_by=by, **_checked(bureau, by, on, **words))
    _record(by, "open", found)
    return found


@act
def change_recurrence(recurrence: Recurrence, *, version: int | None, by: User, on: date, **words: Any) -> Recurrence:
    """修改周期事项: a new version from a day on, on a decision of its own; the present one ends the day before."""
    fields = _checked(recurrence.bureau, by, on, **words)
    since: date = fields["from_on"]
    _check_running(recurrence, on)
    if since <= recurrence.from_on:
        raise NotAllowed(f"新规定要从{recurrence.from_on:%Y-%m-%d}以后的日期起，请改“自何日起”。")
    if recurrence.until_on is not None and since > recurrence.until_on:
        raise NotAllowed(f"本规定到{recurrence.until_on:%Y-%m-%d}为止，之后的请另行登记。")
    _turn(recurrence, version, until_on=since - timedelta(days=1))
    found = Recurrence.objects.create(bureau=recurrence.bureau, opened_by=by, follows=recurrence, **fields)
    _record(by, "change", found, rows=[recurrence])
    return found


@act
def end_recurrence(
    recurrence: Recurrence, *, until_on: date, reason: str, version: int | None, by: User, on: date
) -> Recurrence:
    """停办周期事项: after this day it hands out nothing more; what was handed out goes on."""
    _check_may(recurrence.bureau, by, on)
    _check_running(recurrence, on)
    if not reason.strip():
        raise NotAllowed("停办要写明理由。")
    if until_on < max(on - timedelta(days=1), recurrence.from_on):
        raise NotAllowed("停办日期不能早于昨天，也不能早于开始日期。")
    _turn(recurrence, version, until_on=until_on)
    _record(by, "end", recurrence, note=f"至{until_on:%Y-%m-%d}：{reason.strip()}"[:300])
    return recurrence


@act
def hand_out_recurring(*, on: date, now: datetime) -> int:
    """Hand out what the day asks, once a period; returns how many. Repeating it does nothing.

    On working days only. After days without a run it catches up what is not due yet. What cannot be handed out (a
    leader who left, a unit that is no more) is told to the office once, and tried again the next day.
    """
    fresh = 0
    for one in running(on):
        calendar = workdays.calendar(one.bureau_id)
        if not is_workday(on, calendar):
            continue
        for told in queries.due_now(one, on, calendar):
            if handed_out(one, told.period):
                continue
            try:
                with transaction.atomic():
                    _hand_out(one, told, on=on, now=now)
                fresh += 1
            except IntegrityError:  # another process was first
                continue
            except NotAllowed as why:
                _tell_office(one, told, str(why), on)
    return fresh


def _checked(
    bureau: Unit, by: User, on: date, *, title: str, source: str, lead_unit: Unit, leader: User, rhythm: str,
    nth: int, ahead: int, from_on: date, requirement: str = "", source_title: str = "", block: str = "",
    clause: Clause | None = None, assist_units: Sequence[Unit] = (), verifier: User | None = None,
    until_on: date | None = None, decided_by: User | None = None, decided_on: date | None = None,
    source_note: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The words of a recurrence, each refused where it cannot be; within the caller's act."""
    duties = _check_may(bureau, by, on)
    check_words(title=title, source=source, block=block)
    if len(title.strip()) > 180:
        raise NotAllowed("事项名称不超过180字，交办时后面要加上期次。")
    check_leader(leader, bureau, on)
    check_units(bureau, lead_unit, list(assist_units), on)
    check_verifier(verifier, Matter(bureau=bureau), on)
    if clause is not None and clause.version.plan.bureau_id != bureau.pk:
        raise NotAllowed("依据条款不属于本局的方案，请重新选择。")
    if rhythm not in RHYTHMS:
        raise NotAllowed("请选择周期：每周、每月、每季度、每半年或每年。")
    if nth == 0 or abs(nth) > 23:
        raise NotAllowed("第几个工作日请填1至23；从期末数的也一样。")
    if not 0 <= ahead <= FARTHEST[rhythm]:
        raise NotAllowed(f"{RHYTHMS[rhythm]}的事项最多提前{FARTHEST[rhythm]}个工作日交办。")
    if from_on < on:
        raise NotAllowed("开始日期不能早于今天，过去的各期请单独登记。")
    if until_on is not None and until_on < from_on:
        raise NotAllowed("结束日期不能早于开始日期。")
    if decided_by is None or decided_by == by:
        if not duties & LEADERS:
            raise NotAllowed("周期事项由局领导决定。局办公室登记的，请填写决定人、决定日期和出处。")
        decided_by, decided_on = by, on
    else:
        decided_on = decided_on or on
        if decided_on > on:
            raise NotAllowed("决定日期不能晚于今天。")
        check_leader(decided_by, bureau, decided_on)
        if not source_note.strip():
            raise NotAllowed("请写明领导的决定出自哪里，如会议纪要、批示日期。")
    return {
        "title": title.strip(), "requirement": requirement.strip(), "source": source,
        "source_title": source_title.strip(), "block": block or default_block(source), "clause": clause,
        "lead_unit": lead_unit, "assist_units": [one.pk for one in assist_units], "leader": leader,
        "verifier": verifier, "rhythm": rhythm, "nth": nth, "ahead": ahead, "from_on": from_on,
        "until_on": until_on, "decided_by": decided_by, "decided_on": decided_on,
        "source_note": source_note.strip()[:200],
    }  # fmt: skip


def _check_may(bureau: Unit, by: User, on: date) -> frozenset[str] | set[str]:
    held = org.duties(by, bureau.pk, on)
    if not held & (LEADERS | {Duty.OFFICE}):
        raise NotAllowed("周期事项由局办公室或局领导登记，您目前没有这项职责。")
    return held


def _check_running(recurrence: Recurrence, on: date) -> None:
    if recurrence.until_on is not None and recurrence.until_on < on:
        raise NotAllowed("这项周期事项已经停办，不能再改；要恢复请重新登记。")


def _turn(recurrence: Recurrence, version: int | None, **changes: Any) -> None:
    """Take the next version, so that of two people one wins; within the caller's act."""
    known = recurrence.version if version is None else version
    won = Recurrence.objects.filter(pk=recurrence.pk, version=known).update(version=known + 1, **changes)
    recurrence.refresh_from_db()
    if won != 1:
        until = f"，到{recurrence.until_on:%Y-%m-%d}为止" if recurrence.until_on else ""
        raise Stale(recurrence.version, [f"“{recurrence.title}”已由别人改过{until}。"])


def _record(by: User, verb: str, found: Recurrence, *, note: str = "", rows: Sequence[Recurrence] = ()) -> None:
    ended = verb == "end"
    told = note or f"{nth_words(found.rhythm, found.nth)}，自{found.from_on:%Y-%m-%d}起"
    record(
        by, f"matters.{verb}_recurrence", found, bureau=found.bureau_id, rows=list(rows), note=told,
        decided_by=None if ended else found.decided_by, decided_on=None if ended else found.decided_on,
    )  # fmt: skip


def _hand_out(one: Recurrence, told: Occurrence, *, on: date, now: datetime) -> Matter:
    """立项 and 交办 of one period under the standing decision; within the caller's act."""
    assists = list(Unit.objects.filter(pk__in=one.assist_units).order_by("rank", "pk"))
    check_leader(one.leader, one.bureau, on)
    check_units(one.bureau, one.lead_unit, assists, on)
    matter = Matter(
        bureau=one.bureau, title=f"{one.title}（{told.period.label}）", requirement=one.requirement, source=one.source,
        source_title=one.source_title, block=one.block, clause=one.clause, recurrence=one, period=told.period.key,
        lead_unit=one.lead_unit, leader=one.leader, verifier=one.verifier, opened_by=one.opened_by, opened_on=on,
        state=State.ASSIGNED, version=3,
    )  # fmt: skip
    check_verifier(one.verifier, matter, on)
    dates = deadlines.hand_out(matter, now=now, on=on, due_on=told.due)
    for name, value in dates.fields(now).items():
        setattr(matter, name, value)
    matter.year, matter.number = on.year, next_number(one.bureau_id, year=on.year, series=matter.series)
    matter.save()
    events = [
        MatterEvent.objects.create(matter=matter, cycle=1, at=now, on=on, operator=None, version=version, **words)
        for version, words in enumerate(_moves(one, matter, dates), start=1)
    ]
    units = [(one.lead_unit, PartyRole.LEAD), *[(unit, PartyRole.ASSIST) for unit in assists]]
    parties = [MatterParty.objects.create(matter=matter, unit=unit, role=role, received_at=now) for unit, role in units]
    rows = [_explained(row, one, told) for row in deadlines.rows_of(matter, dates)]
    record(
        None, "matters.recur", matter, bureau=one.bureau_id, rows=[*events, *parties, *rows],
        note=f"周期事项自动交办：{nth_words(one.rhythm, one.nth)}", decided_by=one.decided_by,
        decided_on=one.decided_on,
    )  # fmt: skip
    notify(
        queries.receivers([unit.pk for unit, _ in units], on), bureau=one.bureau_id, kind="matters.assign",
        key=f"matters:{matter.pk}:event:{events[-1].pk}", title=f"请签收交办事项：{matter.title}",
        url=matter.get_absolute_url(),
    )  # fmt: skip
    return matter


def _moves(one: Recurrence, matter: Matter, dates: deadlines.HandOut) -> list[dict[str, Any]]:
    source = {"source_note": one.source_note} if one.source_note else {}
    decided = {"decided_by": one.decided_by, "decided_on": one.decided_on}
    return [
        {"move": "open", "note": "周期事项到期自动拟办"},
        {"move": "approve", "data": {"number": matter.number, **source}, **decided},
        {"move": "assign", "data": dates.words()},
    ]


def _explained(row: Deadline, one: Recurrence, told: Occurrence) -> Deadline:
    """The date with how the period's working day was counted."""
    if row.kind == DeadlineKind.DUE:
        row.citation = f"周期事项：{nth_words(one.rhythm, one.nth)}（{told.period.label}）"
        row.basis["counted"] = list(told.lines)
    row.save()
    return row


def _tell_office(one: Recurrence, told: Occurrence, why: str, on: date) -> None:
    notify(
        org.holders(Duty.OFFICE, one.bureau_id, on), bureau=one.bureau_id, kind="matters.recur",
        key=f"matters:recurrence:{one.pk}:{told.period.key}",
        title=f"周期事项未能交办：{one.title}（{told.period.label}）。{why}"[:200], url=one.get_absolute_url(),
    )  # fmt: skip
