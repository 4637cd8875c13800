"""What the calendar does: reminders up the ladder, and dates counted again when a year's notice arrives."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from luoshi.lib import clock
from luoshi.matters import queries, rules
from luoshi.matters.models import Deadline, Matter, MatterEvent, MatterParty
from luoshi.matters.rules import OPEN, DeadlineKind, PartyRole, State
from luoshi.matters.services import deadlines
from luoshi.matters.services.moves import Step
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Delegation, Post, User
from luoshi.org.rules import Duty
from luoshi.plan.queries import rule
from luoshi.records.services import act, record
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar, add_workdays, is_workday


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that a newly published calendar moved."""

    matter_id: int
    label: str
    kind: str
    old: date
    new: date


@dataclass(frozen=True, slots=True)
class _People:
    """Who stands on which rung, for all matters of one run, in three queries."""

    heads: dict[int, User]
    handlers: dict[int, list[User]]
    deputies: dict[tuple[int, int], list[User]]

    def of(self, role: str, matter: Matter) -> list[User]:
        if role == rules.LEADER:
            return [matter.leader, *self.deputies.get((matter.leader_id, matter.bureau_id), [])]
        head = [self.heads[matter.lead_unit_id]] if matter.lead_unit_id in self.heads else []
        if role == rules.HEAD:
            return head
        return [matter.handler] if matter.handler else self.handlers.get(matter.lead_unit_id, []) or head

    def of_part(self, role: str, part: MatterParty) -> list[User]:
        """The same within an assisting unit."""
        head = [self.heads[part.unit_id]] if part.unit_id in self.heads else []
        if role == rules.ASSIST_HEAD:
            return head
        return [part.handler] if part.handler else self.handlers.get(part.unit_id, []) or head


@act
def remind(*, on: date, now: datetime) -> int:
    """Remind up the ladder 承办人 → 单位负责人 → 分管领导; returns how many notices are new.

    On working days only. Unsigned after one working day climbs a rung a day; before a date the handler is
    reminded, on it the head, after it the leader. Steps of the roadmap remind the unit, 配合时限 the assisting unit
    (`rules.part_rungs`). Each person gets at most one notice a matter and day, each matter at most one automatic 催办
    of the lead and one of its assisting units a day: repeating the job on the same day does nothing.
    """
    candidates = _candidates(on)
    bureaus = {one.bureau_id for one in candidates}
    calendars: dict[int, Calendar] = {pk: workdays.calendar(pk) for pk in bureaus}
    sign = {pk: int(rule("sign_days", bureau_id=pk, on=on).value["number"]) for pk in bureaus}
    parts = queries.part_facts(candidates)
    people = _people(candidates, [part for rows in parts.values() for part, _ in rows], on)
    said = MatterEvent.objects.filter(move__in=["urge", "urge_part"], on=on, matter__in=candidates)
    urged = set(said.values_list("matter_id", "move"))
    fresh = 0
    for matter in candidates:
        calendar = calendars[matter.bureau_id]
        if not is_workday(on, calendar):
            continue
        days = sign[matter.bureau_id]
        own = rules.rungs(_ladder_facts(matter), on, calendar, sign_days=days)
        theirs = [
            (part, rung)
            for part, facts in parts.get(matter.pk, [])
            for rung in rules.part_rungs(facts, on, calendar, sign_days=days)
        ]
        told: dict[int, tuple[User, rules.Rung]] = {}
        for rung in own:
            for user in people.of(rung.role, matter):
                told.setdefault(user.pk, (user, rung))
        for part, rung in theirs:
            inside = rung.role in (rules.ASSIST, rules.ASSIST_HEAD)
            for user in people.of_part(rung.role, part) if inside else people.of(rung.role, matter):
                told.setdefault(user.pk, (user, rung))
        fresh += sum(_notice(matter, user, rung, on) for user, rung in told.values())
        climbed = {"urge": own, "urge_part": [rung for _, rung in theirs]}
        for name, found in climbed.items():
            if told and found and (matter.pk, name) not in urged:
                _told(matter, name, found, on=on, now=now)
    return fresh


def _told(matter: Matter, name: str, found: list[rules.Rung], *, on: date, now: datetime) -> None:
    """The day's automatic 催办 on the timeline; within the caller's act."""
    note = "；".join(dict.fromkeys(rung.words for rung in found))
    data = {"rungs": [[rung.kind, rung.role] for rung in found]}
    with contextlib.suppress(IntegrityError), transaction.atomic():  # another scheduler was first
        _system_event(matter, name, on=on, now=now, note=note, data=data).done()


def _candidates(on: date) -> list[Matter]:
    """The matters that may have a rung today: unsigned, or a date, a step or a part not far ahead or past."""
    near = add_workdays(on, 1, workdays.calendar()).due
    dates = (
        Q(due_on__lte=near)
        | Q(first_feedback_on=None, feedback_due_on__lte=near)
        | Q(first_feedback_on__isnull=False, next_feedback_on__lte=near)
        | Q(next_step_on__lte=near)
    )
    parts = MatterParty.objects.filter(
        Q(accepted_at=None) | Q(due_on__lte=near), role=PartyRole.ASSIST, ended_on=None, received_at__isnull=False
    )
    dates |= Q(pk__in=parts.values("matter_id"))
    working = Q(state=State.ASSIGNED) | (Q(state=State.ACCEPTED) & dates)
    return list(Matter.objects.filter(working).select_related("lead_unit", "leader", "handler").order_by("id"))


def _people(matters: Iterable[Matter], parts: Iterable[MatterParty], on: date) -> _People:
    units = {one.lead_unit_id for one in matters} | {one.unit_id for one in parts}
    heads: dict[int, User] = {}
    handlers: dict[int, list[User]] = defaultdict(list)
    deputies: dict[tuple[int, int], list[User]] = defaultdict(list)
    posts = Post.objects.filter(
        org.in_force(on), unit_id__in=units, duty__in=[Duty.HEAD, Duty.HANDLER], user__is_active=True
    )
    for post in posts.select_related("user").order_by("id"):
        if post.duty == Duty.HEAD:
            heads[post.unit_id] = post.user
        else:
            handlers[post.unit_id].append(post.user)
    standing = Delegation.objects.filter(
        org.in_force(on), duty=Duty.LEADER, principal__in={one.leader_id for one in matters}
    )
    for one in standing.select_related("deputy"):
        deputies[one.principal_id, one.bureau_id].append(one.deputy)
    return _People(heads, dict(handlers), dict(deputies))


def _ladder_facts(matter: Matter) -> rules.LadderFacts:
    first = matter.first_feedback_on is None
    return rules.LadderFacts(
        state=matter.state,
        day0_on=matter.day0_on,
        feedback_kind=DeadlineKind.FIRST_FEEDBACK if first else DeadlineKind.STAGE,
        feedback_due_on=matter.feedback_due_on if first else matter.next_feedback_on,
        due_on=matter.due_on,
        next_step_on=matter.next_step_on,
    )


def _notice(matter: Matter, user: User, rung: rules.Rung, on: date) -> int:
    return notify(
        [user],
        bureau=matter.bureau_id,
        kind="matters.remind",
        key=f"matters:{matter.pk}:remind:{on:%Y-%m-%d}",
        title=f"{rung.words}：{matter.title}",
        url=matter.get_absolute_url(),
    )


def _system_event(
    matter: Matter, name: str, *, on: date, now: datetime, note: str, data: dict[str, Any], by: User | None = None
) -> Step:
    """An event that no person made; within the caller's act."""
    event = MatterEvent.objects.create(
        matter=matter, cycle=matter.cycle, move=name, at=now, on=on, operator=by, note=note, data=data,
        version=matter.version,
    )  # fmt: skip
    return Step(matter, event, by)


@act
def recompute_provisional(*, on: date, by: User | None) -> list[Moved]:
    """Count again every running date that a calendar can move; says what moved. Repeating it does nothing.

    暂定 dates settle when their years' notices are official; an amended notice or a local order moves dates still
    ahead. A longer time is given silently (with an event on the timeline); a shorter one is told to the lead unit
    and the office.
    """
    moved: list[Moved] = []
    counted = Q(provisional=True) | Q(due_on__gte=on, number__isnull=False)
    waiting = Deadline.objects.filter(counted, met_on=None, ended_on=None, matter__state__in=OPEN)
    by_matter: dict[int, list[Deadline]] = defaultdict(list)
    for one in waiting.order_by("matter_id", "id"):
        by_matter[one.matter_id].append(one)
    for matter in Matter.objects.filter(pk__in=by_matter).select_related("lead_unit", "handler").order_by("id"):
        calendar = workdays.calendar(matter.bureau_id)
        settled = [deadlines.shift(one, calendar) for one in by_matter[matter.pk]]
        settled = [one for one in settled if _settles(one)]
        if settled:
            moved += _settle(matter, settled, on=on, by=by)
    return moved


def _settles(one: deadlines.Shift) -> bool:
    """Whether there is something to write: a 暂定 date that no longer waits, or a date that an amendment moved."""
    return not one.provisional if one.deadline.provisional else one.due != one.deadline.due_on


def _settle(matter: Matter, settled: list[deadlines.Shift], *, on: date, by: User | None) -> list[Moved]:
    """Write the counted dates of one matter; within the caller's act."""
    changed = [one for one in settled if one.due != one.deadline.due_on]
    if not changed:
        record(by, "matters.recount", matter, bureau=matter.bureau_id, rows=[one.write() for one in settled])
        return []
    won = Matter.objects.filter(pk=matter.pk, version=matter.version).update(
        version=matter.version + 1, **deadlines.fields(changed)
    )
    if won != 1:  # somebody moved it this moment; the next run settles it
        return []
    matter.refresh_from_db()
    told = [[one.deadline.kind, one.deadline.due_on.isoformat(), one.due.isoformat()] for one in changed]
    step = _system_event(
        matter, "recount", on=on, now=clock.now(), note="放假安排已公布，按正式日历重算", data={"moved": told}, by=by
    )
    step.rows += [one.write() for one in settled]
    shorter = [one for one in changed if one.due < one.deadline.due_on]
    if shorter:
        words = "、".join(f"{DeadlineKind(one.deadline.kind).label}时限提前至{one.due:%Y-%m-%d}" for one in shorter)
        step.tell([*queries.unit_people(matter, on), *queries.office(matter, on)], words)
    step.done()
    label = matter.number_label
    return [Moved(matter.pk, label, one.deadline.kind, one.deadline.due_on, one.due) for one in changed]
