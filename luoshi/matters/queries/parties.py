"""协办: each assisting unit's part, what it has told, and what the lead unit has not taken in yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from luoshi.lib import clock
from luoshi.matters.models import Contribution, Feedback, Matter, MatterEvent, MatterParty
from luoshi.matters.queries.lists import left_words
from luoshi.matters.rules import OPEN, PartFacts, PartyRole, State
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held
from luoshi.workdays.rules import Calendar


@dataclass(frozen=True, slots=True)
class PartLine:
    """One unit's part as the matter's page prints it."""

    unit: str
    role: str
    handler: str
    task: str
    due_on: date | None
    received_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str
    stands: str
    """未签收 · 配合中 · 逾期2个工作日 · 分工已完成, empty for the lead unit."""
    lamp: str
    """The face of its lamp: red, amber, done, or none."""


def finished_parts(matters: Iterable[int]) -> set[int]:
    """The assisting parts whose last word in the present cycle is 分工已完成."""
    told = Contribution.objects.filter(party__matter__in=list(matters)).select_related("event", "party__matter")
    last: dict[int, bool] = {}
    for one in told.order_by("id"):
        if one.event.cycle == one.party.matter.cycle:
            last[one.party_id] = one.finished
    return {pk for pk, finished in last.items() if finished}


def unfinished(parts: QuerySet[MatterParty]) -> QuerySet[MatterParty]:
    """Of these parts the ones whose last word in the present cycle is not 分工已完成; the same, asked of the rows."""
    told = Contribution.objects.filter(party=OuterRef("party"), event__cycle=OuterRef("event__cycle"))
    later = told.filter(id__gt=OuterRef("id"))
    done = Contribution.objects.filter(
        ~Exists(later), party=OuterRef("pk"), finished=True, event__cycle=OuterRef("matter__cycle")
    )
    return parts.filter(~Exists(done))


def part_lines(matter: Matter, on: date, calendar: Calendar) -> list[PartLine]:
    """The units of a matter, the lead first; three queries."""
    parties = matter.parties.filter(ended_on=None).select_related("unit", "handler", "accepted_by")
    finished = finished_parts([matter.pk])
    found = []
    for one in sorted(parties, key=lambda one: (one.role != PartyRole.LEAD, one.pk)):
        lead = one.role == PartyRole.LEAD
        handler = matter.handler if lead else one.handler
        lamp, stands = ("", "") if lead else _stands(one, matter, one.pk in finished, on, calendar)
        found.append(
            PartLine(
                unit=str(one.unit),
                role=PartyRole(one.role).label,
                handler=str(handler) if handler else "",
                task="汇总反馈" if lead and not one.task else one.task,
                due_on=None if lead else one.due_on,
                received_at=one.received_at,
                accepted_at=one.accepted_at,
                accepted_by=str(one.accepted_by) if one.accepted_by else "",
                stands=stands,
                lamp=lamp,
            )
        )
    return found


def _stands(party: MatterParty, matter: Matter, finished: bool, on: date, calendar: Calendar) -> tuple[str, str]:
    if finished:
        return "done", "分工已完成"
    if party.received_at is None or matter.state not in OPEN:
        return "", ""
    if matter.state == State.SUSPENDED:
        return "grey", "中止"
    if party.due_on is not None and on > party.due_on and matter.state in (State.ASSIGNED, State.ACCEPTED):
        return "red", left_words(party.due_on, on, calendar)
    if party.accepted_at is None:
        return "", "未签收"
    return "", "配合中"


def owing(matter: Matter) -> list[MatterParty]:
    """The assisting parts that still owe something: a receipt, or the end of their work."""
    parts = MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None, received_at__isnull=False)
    return list(unfinished(parts).select_related("unit", "handler").order_by("id"))


def my_parts(
    user: User, matter: Matter, on: date, held: Sequence[Held] | None = None, *, head: bool = False
) -> list[MatterParty]:
    """The assisting parts that a person may act for today; with `head` only those of units he heads."""
    held = org.held(user, on) if held is None else held
    heads = {one.unit_id for one in held if one.duty == Duty.HEAD}
    handlers = {one.unit_id: one.principal_id or user.pk for one in held if one.duty == Duty.HANDLER}
    parts = MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None)
    found = []
    for one in parts.select_related("unit", "handler").order_by("id"):
        mine = one.unit_id in handlers and one.handler_id in (None, handlers[one.unit_id])
        if one.unit_id in heads or (mine and not head):
            found.append(one)
    return found


def to_consolidate(matter: Matter) -> list[tuple[Contribution, bool]]:
    """What assisting units told in this cycle and no feedback has taken in, each with whether it came since the last
    feedback (then it is taken in by default; what was left out before is left out again unless ticked)."""
    last = Feedback.objects.filter(matter=matter, event__cycle=matter.cycle).order_by("-id").first()
    told = Contribution.objects.filter(party__matter=matter, event__cycle=matter.cycle, feedback=None)
    rows = told.select_related("party__unit", "event__operator").order_by("id")
    return [(one, last is None or one.event_id > last.event_id) for one in rows]


def part_facts(matters: Iterable[Matter]) -> dict[int, list[tuple[MatterParty, PartFacts]]]:
    """What the reminders of assisting units read, for any number of matters in two queries."""
    keys = [one.pk for one in matters]
    parts = MatterParty.objects.filter(
        matter__in=keys, role=PartyRole.ASSIST, ended_on=None, received_at__isnull=False
    ).select_related("unit", "handler")
    finished = finished_parts(keys)
    found: dict[int, list[tuple[MatterParty, PartFacts]]] = defaultdict(list)
    for one in parts.order_by("id"):
        received = clock.local(one.received_at).date() if one.received_at else None
        signed = one.accepted_at is not None
        facts = PartFacts(str(one.unit), received, signed, one.pk in finished, one.due_on)
        found[one.matter_id].append((one, facts))
    return found


def unanswered_return(matter: Matter) -> bool:
    """Whether an assisting unit gave its part back and the office has not adjusted the parties since."""
    return _returns().filter(matter=matter).exists()


def returned_to_office(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Of these matters the ones where an assisting unit's part lies with the office again."""
    return matters.filter(Exists(_returns().filter(matter=OuterRef("pk"))))


def _returns() -> QuerySet[MatterEvent]:
    later = MatterEvent.objects.filter(
        matter=OuterRef("matter"), move__in=["adjust_parties", "reassign", "assign", "reopen"], id__gt=OuterRef("id")
    )
    return MatterEvent.objects.filter(~Exists(later), move="return_part")
