"""Facts for the printed forms 督办通知单 and 反馈单: plain values, nothing to look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.lib import clock
from luoshi.matters.models import (
    Contribution,
    Deadline,
    EventEvidence,
    ExtensionRequest,
    Feedback,
    Matter,
    MatterEvent,
    MatterParty,
)
from luoshi.matters.queries.roadmap import accepted_roadmap, proposed_roadmap, step_lines, steps_of
from luoshi.matters.rules import DeadlineKind, FeedbackKind, PartyRole, Source, State
from luoshi.org import queries as org
from luoshi.workdays.queries import calendar


@dataclass(frozen=True, slots=True)
class PartRow:
    """One unit's part: 牵头 or 协办, who does it, what it is asked for, by when, and when it signed."""

    role: str
    unit: str
    person: str
    task: str
    due_on: date | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the roadmap: first, present and real date."""

    words: str
    person: str
    original_on: date
    due_on: date
    done_on: date | None
    slip: str


@dataclass(frozen=True, slots=True)
class Signed:
    """The 拟稿/核稿/签发 line: names only where a record says so, else blank for ink."""

    drafted: str = ""
    checked: str = ""
    issued: str = ""
    issued_why: str = ""
    """2026年9月29日批准立项: the decision on record that `issued` rests on."""


BLANK = Signed()


@dataclass(frozen=True, slots=True)
class DispatchFacts:
    """督办通知单: what is handed out, by whom, to whom, by when, and how it stands."""

    bureau: str
    number: str
    cycle: int
    source: str
    source_title: str
    clause: str
    title: str
    requirement: str
    urgent: bool
    leader: str
    assigned_on: date | None
    lead_unit: str
    lead_person: str
    assists: tuple[str, ...]
    feedback_due_on: date | None
    due_on: date | None
    original_due_on: date | None
    provisional: bool
    """The first feedback's date waits for next year's holiday notice."""
    handled: tuple[str, ...]
    """办理情况: one line a feedback."""
    verified: str
    """核查意见, empty until verified in the present cycle."""
    closed_on: date | None
    attachments: tuple[str, ...]
    parts: tuple[PartRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    steps_told: str = ""
    """Which version the steps are, and whether the office has agreed."""
    extensions: tuple[str, ...] = ()
    """延期: one line a request or approval, oldest first."""
    signed: Signed = BLANK


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    """反馈单: one feedback of one matter."""

    bureau: str
    number: str
    title: str
    requirement: str
    lead_unit: str
    leader: str
    kind: str
    progress: int
    done: str
    obstacles: str
    next_step: str
    next_on: date | None
    due_on: date | None
    person: str
    fed_back_on: date
    feedback_due_on: date | None
    late: bool
    attachments: tuple[str, ...]
    contributions: tuple[tuple[str, str, str], ...] = ()
    """The assisting units' words taken over: unit, words, 分工已完成 or 还在配合."""
    original_due_on: date | None = None
    extensions: tuple[str, ...] = ()
    read_by: str = ""
    """领导阅签, where it is on record."""
    signed: Signed = BLANK
    cycle: int = 1


def day(value: date | str | None) -> str:
    """A date as documents write it, also one kept as text.

    >>> day("2026-10-09")
    '2026年10月9日'
    """
    if not value:
        return ""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.year}年{found.month}月{found.day}日"


def part_rows(matter: Matter) -> tuple[PartRow, ...]:
    """The units of a matter, the lead first, with what each is asked for."""
    parties = MatterParty.objects.filter(matter=matter, ended_on=None).select_related("unit", "handler")
    rows = sorted(parties, key=lambda one: (one.role != PartyRole.LEAD, one.unit.rank, one.pk))
    return tuple(
        PartRow(
            role=PartyRole(one.role).label,
            unit=str(one.unit),
            person=str((matter.handler if one.role == PartyRole.LEAD else one.handler) or ""),
            task=one.task or ("汇总反馈" if one.role == PartyRole.LEAD else ""),
            due_on=matter.due_on if one.role == PartyRole.LEAD else one.due_on,
            signed_on=clock.local(one.accepted_at).date() if one.accepted_at else None,
        )
        for one in rows
    )


def extension_words(matter: Matter, cycle: int) -> tuple[str, ...]:
    """Every request of a cycle and every extension that a leader gave of himself, oldest first."""
    found: list[tuple[Any, str]] = []
    asked = ExtensionRequest.objects.filter(matter=matter, cycle=cycle).select_related("asked_by", "decided_by")
    for one in asked.order_by("id"):
        said = f"{day(one.asked_on)}{one.asked_by}申请由{day(one.due_was)}延至{day(one.wanted_on)}：{one.reason}"
        answer = {
            "GRANTED": f"；{day(one.decided_on)}{one.decided_by}批准延至{day(one.granted_until)}",
            "REFUSED": f"；{day(one.decided_on)}{one.decided_by}不批准",
            "ASKED": "；待批准",
        }.get(one.state, "；已撤回或失效")
        found.append(((one.asked_on, one.pk), said + answer + (f"（{one.answer}）" if one.answer else "")))
    given = MatterEvent.objects.filter(matter=matter, cycle=cycle, move="extend").select_related("decided_by")
    for event in given.order_by("id"):
        who, on = event.decided_by or event.operator, event.decided_on or event.on
        told = f"{day(on)}{who}批准由{day(event.data['from'])}延至{day(event.data['to'])}：{event.note}"
        found.append(((event.on, event.pk), told))
    return tuple(words for _, words in sorted(found, key=lambda one: one[0]))


def approval(matter: Matter) -> tuple[str, str]:
    """签发: the leader whose decision on this matter (立项) is on record, and its day; empty where none is."""
    event = MatterEvent.objects.filter(matter=matter, move="approve").select_related("decided_by", "operator")
    last = event.order_by("-id").first()
    if last is None:
        return "", ""
    return str(last.decided_by or last.operator), f"{day(last.decided_on or last.on)}批准立项"


def _steps(matter: Matter, on: date) -> tuple[tuple[StepRow, ...], str]:
    roadmap = accepted_roadmap(matter)
    told = "局办公室已同意" if roadmap else "待局办公室审核"
    roadmap = roadmap or proposed_roadmap(matter)
    if roadmap is None:
        return (), ""
    running = matter.state == State.ACCEPTED and roadmap.state == "ACCEPTED"
    lines = step_lines(steps_of(roadmap), on, calendar(matter.bureau_id), running=running)
    rows = tuple(StepRow(one.words, one.person, one.original_on, one.due_on, one.done_on, one.slip) for one in lines)
    return rows, f"第{roadmap.number}版，{told}"


def dispatch_facts(matter: Matter, on: date) -> DispatchFacts:
    """The facts of a 督办通知单 as they stand."""
    parts = part_rows(matter)
    dates = {one.kind: one for one in Deadline.objects.filter(matter=matter, cycle=matter.cycle, ended_on=None)}
    first, due = dates.get(DeadlineKind.FIRST_FEEDBACK), dates.get(DeadlineKind.DUE)
    events = MatterEvent.objects.filter(matter=matter, cycle=matter.cycle)
    feedbacks = Feedback.objects.filter(matter=matter, event__cycle=matter.cycle).select_related("event")
    verified = events.filter(move="verify").select_related("operator").order_by("-id").first()
    person = matter.handler or org.head_of(matter.lead_unit_id, on)
    proofs = EventEvidence.objects.filter(event__matter=matter, event__move__in=["open", "approve", "assign"])
    names = proofs.order_by("id").values_list("evidence__name", flat=True)
    steps, steps_told = _steps(matter, on)
    return DispatchFacts(
        bureau=matter.bureau.name,
        number=matter.number_label,
        cycle=matter.cycle,
        source=Source(matter.source).label,
        source_title=matter.source_title,
        clause=str(matter.clause) if matter.clause else "",
        title=matter.title,
        requirement=matter.requirement,
        urgent=matter.urgent,
        leader=str(matter.leader),
        assigned_on=matter.day0_on,
        lead_unit=str(matter.lead_unit),
        lead_person=str(person) if person else "",
        assists=tuple(one.unit for one in parts if one.role == PartyRole.ASSIST.label),
        feedback_due_on=first.due_on if first else None,
        due_on=matter.due_on,
        original_due_on=due.original_on if due else None,
        provisional=bool(first and first.provisional),
        handled=tuple(
            f"{day(one.event.on)} {FeedbackKind(one.kind).label}（{one.progress}%）：{one.done}" for one in feedbacks
        ),
        verified=f"{day(verified.on)} {verified.operator}：{verified.note}" if verified else "",
        closed_on=matter.closed_on,
        attachments=tuple(dict.fromkeys(names)),
        parts=parts,
        steps=steps,
        steps_told=steps_told,
        extensions=extension_words(matter, matter.cycle),
        signed=Signed(str(matter.opened_by), "", *approval(matter)),
    )


def feedback_facts(feedback: Feedback) -> FeedbackFacts:
    """The facts of a 反馈单."""
    matter, event = feedback.matter, feedback.event
    dates = Deadline.objects.filter(matter=matter, cycle=event.cycle, ended_on=None)
    owed = dates.filter(met_on=event.on).exclude(kind=DeadlineKind.DUE).order_by("due_on").first()
    due = dates.filter(kind=DeadlineKind.DUE).order_by("id").last()
    proofs = EventEvidence.objects.filter(event=event)
    taken = Contribution.objects.filter(feedback=feedback).select_related("party__unit").order_by("id")
    later = MatterEvent.objects.filter(matter=matter, move="read", id__gt=event.pk).select_related("decided_by")
    seen = later.order_by("id").first()
    reader = (seen.decided_by or seen.operator) if seen else None
    return FeedbackFacts(
        bureau=matter.bureau.name,
        number=matter.number_label,
        title=matter.title,
        requirement=matter.requirement,
        lead_unit=str(matter.lead_unit),
        leader=str(matter.leader),
        kind=FeedbackKind(feedback.kind).label,
        progress=feedback.progress,
        done=feedback.done,
        obstacles=feedback.obstacles,
        next_step=feedback.next_step,
        next_on=feedback.next_on,
        due_on=matter.due_on,
        person=str(event.operator) if event.operator else "",
        fed_back_on=event.on,
        feedback_due_on=owed.due_on if owed else None,
        late=bool(owed and event.on > owed.due_on),
        attachments=tuple(dict.fromkeys(proofs.order_by("id").values_list("evidence__name", flat=True))),
        contributions=tuple(
            (str(one.party.unit), one.done, "分工已完成" if one.finished else "还在配合") for one in taken
        ),
        original_due_on=due.original_on if due else None,
        extensions=extension_words(matter, event.cycle),
        read_by=f"{reader} {day((seen.decided_on or seen.on) if seen else None)}阅" if reader else "",
        signed=Signed(drafted=str(event.operator) if event.operator else ""),
        cycle=event.cycle,
    )
