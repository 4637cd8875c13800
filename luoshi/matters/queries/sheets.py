"""Facts for the printed forms 督办通知单 and 反馈单: plain values, nothing to look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.matters.models import Deadline, EventEvidence, Feedback, Matter, MatterEvent, MatterParty
from luoshi.matters.rules import DeadlineKind, FeedbackKind, PartyRole, Source
from luoshi.org import queries as org


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


def dispatch_facts(matter: Matter, on: date) -> DispatchFacts:
    """The facts of a 督办通知单 as they stand."""
    parties = MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None).select_related("unit")
    dates = {one.kind: one for one in Deadline.objects.filter(matter=matter, cycle=matter.cycle, ended_on=None)}
    first, due = dates.get(DeadlineKind.FIRST_FEEDBACK), dates.get(DeadlineKind.DUE)
    events = MatterEvent.objects.filter(matter=matter, cycle=matter.cycle)
    feedbacks = Feedback.objects.filter(matter=matter, event__cycle=matter.cycle).select_related("event")
    verified = events.filter(move="verify").select_related("operator").order_by("-id").first()
    person = matter.handler or org.head_of(matter.lead_unit_id, on)
    proofs = EventEvidence.objects.filter(event__matter=matter, event__move__in=["open", "approve", "assign"])
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
        assists=tuple(str(one.unit) for one in parties.order_by("unit__rank", "id")),
        feedback_due_on=first.due_on if first else None,
        due_on=matter.due_on,
        original_due_on=due.original_on if due else None,
        provisional=bool(first and first.provisional),
        handled=tuple(
            f"{one.event.on:%Y-%m-%d} {FeedbackKind(one.kind).label}（{one.progress}%）：{one.done}"
            for one in feedbacks
        ),
        verified=f"{verified.on:%Y-%m-%d} {verified.operator}：{verified.note}" if verified else "",
        closed_on=matter.closed_on,
        attachments=tuple(proofs.order_by("id").values_list("evidence__name", flat=True)),
    )


def feedback_facts(feedback: Feedback) -> FeedbackFacts:
    """The facts of a 反馈单."""
    matter, event = feedback.matter, feedback.event
    met = Deadline.objects.filter(matter=matter, cycle=event.cycle, met_on=event.on, ended_on=None)
    owed = met.exclude(kind=DeadlineKind.DUE).order_by("due_on").first()
    proofs = EventEvidence.objects.filter(event=event)
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
        attachments=tuple(proofs.order_by("id").values_list("evidence__name", flat=True)),
    )
