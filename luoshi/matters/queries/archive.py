"""Facts for the 归档包: everything about a finished list or an archived matter, one matter at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.lib import clock
from luoshi.matters.models import Contribution, Deadline, EventEvidence, Feedback, Matter, MatterEvent, TaskList
from luoshi.matters.queries.list_sheet import ListFacts, list_facts
from luoshi.matters.queries.roadmap import step_lines, steps_of
from luoshi.matters.queries.sheets import (
    DispatchFacts,
    FeedbackFacts,
    PartRow,
    StepRow,
    dispatch_facts,
    extension_words,
    feedback_facts,
    part_rows,
)
from luoshi.matters.queries.story import timeline, why
from luoshi.matters.rules import OUTCOMES, ROADMAP_STATES, DeadlineKind, Source, State
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held
from luoshi.records.models import Evidence
from luoshi.records.queries import Link, links_about
from luoshi.records.rows import sealed_values
from luoshi.workdays.queries import calendar

DECIDED = frozenset({
    "approve", "close", "cancel", "reopen", "extend", "suspend", "resume", "grant_extension", "refuse_extension",
    "instruct", "read", "accept_roadmap", "return_roadmap", "verify", "send_back", "reassign",
})  # fmt: skip
"""The moves that decide something, whoever clicked."""


@dataclass(frozen=True, slots=True)
class FileFact:
    """One file of proof: its name as given, its registered figures, and what it proves."""

    pk: str
    name: str
    size: int
    sha256: str
    by: str
    on: date
    proves: str


@dataclass(frozen=True, slots=True)
class DateFact:
    """One deadline and its whole arithmetic."""

    label: str
    cycle: int
    original_on: date
    due_on: date
    met_on: date | None
    stands: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoadmapFact:
    """One version of the roadmap."""

    name: str
    reason: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """Who decided what on which day, and who entered it."""

    what: str
    decided_by: str
    decided_on: date
    entered_by: str
    note: str


@dataclass(frozen=True, slots=True)
class EventFact:
    """One line of the matter's story."""

    at: str
    label: str
    who: str
    decided: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArchiveMatter:
    """One matter, whole."""

    key: str
    number: str
    title: str
    state: str
    lead_unit: str
    due_on: date | None
    closed_on: date | None
    head: tuple[tuple[str, str], ...]
    parts: tuple[PartRow, ...]
    roadmaps: tuple[RoadmapFact, ...]
    dates: tuple[DateFact, ...]
    extensions: tuple[str, ...]
    events: tuple[EventFact, ...]
    feedbacks: tuple[FeedbackFacts, ...]
    contributions: tuple[tuple[date, str, str, str], ...]
    decisions: tuple[DecisionFact, ...]
    meetings: tuple[str, ...]
    files: tuple[FileFact, ...]
    dispatch: DispatchFacts | None


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What a package is about; its matters come one by one, so that a long list needs no more memory than a short."""

    bureau: str
    bureau_id: int
    title: str
    head: tuple[tuple[str, str], ...]
    matters: Iterator[ArchiveMatter]
    list_paper: FileFact | None
    sheet: ListFacts | None
    links: tuple[Link, ...]
    evidence_rows: tuple[tuple[str, dict[str, Any]], ...]
    """The evidence rows as their digests in the chain cover them."""


def may_pack(user: User, held: Iterable[Held], subject: TaskList | Matter) -> bool:
    """The bureau's office, and the leader who handed it out or who stands in for him."""
    leader_id = subject.issuer_id if isinstance(subject, TaskList) else subject.leader_id
    mine = [one for one in held if one.bureau_id == subject.bureau_id]
    leads = [one for one in mine if one.duty in (Duty.CHIEF, Duty.LEADER)]
    return any(one.duty == Duty.OFFICE for one in mine) or any(
        (one.principal_id or user.pk) == leader_id for one in leads
    )


def finished(task_list: TaskList) -> bool:
    """Whether a list may be packed: archived, or nothing in it is open any more."""
    states = set(task_list.matters.values_list("state", flat=True))
    return bool(states) and (
        task_list.archived_on is not None or states <= {State.CLOSED, State.ARCHIVED, State.CANCELLED}
    )


def archive_of_list(task_list: TaskList, on: date) -> ArchiveFacts:
    """A list with all its matters."""
    rows = list(_whole().filter(task_list=task_list).order_by("place", "pk"))
    told = (
        ("来源", Source(task_list.source).label), ("来源文件或会议", task_list.document),
        ("交办领导", str(task_list.issuer)), ("交办日期", f"{task_list.issued_on}"),
        ("考评板块", task_list.get_block_display() if task_list.block else ""),
        ("登记人", str(task_list.opened_by)),
        ("归档日期", f"{task_list.archived_on or '未归档（事项已全部办结或撤销）'}"),
    )  # fmt: skip
    paper = _file(task_list.paper, "清单原件") if task_list.paper else None
    wanted = {
        "matters_tasklist": {str(task_list.pk)},
        "matters_matter": {str(one.pk) for one in rows},
    }
    return ArchiveFacts(
        bureau=task_list.bureau.name,
        bureau_id=task_list.bureau_id,
        title=task_list.title,
        head=tuple((label, value) for label, value in told if value),
        matters=(archive_matter(one, on) for one in rows),
        list_paper=paper,
        sheet=list_facts(task_list, rows, whole=True),
        links=tuple(links_about(task_list.bureau_id, wanted)),
        evidence_rows=_evidence_rows([one.pk for one in rows], [paper.pk] if paper else []),
    )


def archive_of_matter(matter: Matter, on: date) -> ArchiveFacts:
    """One archived matter by itself."""
    row = _whole().get(pk=matter.pk)
    return ArchiveFacts(
        bureau=row.bureau.name,
        bureau_id=row.bureau_id,
        title=f"{row.number_label} {row.title}",
        head=(),
        matters=iter([archive_matter(row, on)]),
        list_paper=None,
        sheet=None,
        links=tuple(links_about(row.bureau_id, {"matters_matter": {str(row.pk)}})),
        evidence_rows=_evidence_rows([row.pk], []),
    )


def _whole() -> Any:
    return Matter.objects.select_related(
        "bureau", "lead_unit", "leader", "handler", "verifier", "opened_by", "clause__version__plan", "task_list"
    )


def _evidence_rows(matters: list[int], more: list[str]) -> tuple[tuple[str, dict[str, Any]], ...]:
    keys = EventEvidence.objects.filter(event__matter__in=matters).order_by().values_list("evidence", flat=True)
    return tuple(sealed_values(Evidence, [*set(keys), *more]))


def _file(file: Evidence, proves: str) -> FileFact:
    day = clock.local(file.at).date()
    return FileFact(str(file.pk), file.name, file.size, file.sha256, str(file.by) if file.by else "系统", day, proves)


def archive_matter(matter: Matter, on: date) -> ArchiveMatter:
    """Everything about one matter."""
    told = (
        ("编号", matter.number_label), ("状态", State(matter.state).label), ("来源", Source(matter.source).label),
        ("来源文件或会议", matter.source_title), ("依据条款", str(matter.clause) if matter.clause else ""),
        ("办理要求", matter.requirement), ("考评板块", matter.get_block_display() if matter.block else ""),
        ("交办领导", str(matter.leader)), ("牵头单位", str(matter.lead_unit)), ("承办人", str(matter.handler or "")),
        ("核查人", str(matter.verifier or "")), ("登记人", f"{matter.opened_by} {matter.opened_on}"),
        ("交办送达日", f"{matter.day0_on or ''}"), ("首次反馈日期", f"{matter.first_feedback_on or ''}"),
        ("办结时限", f"{matter.due_on or ''}"), ("办结日期", f"{matter.closed_on or ''}"),
        ("归档日期", f"{matter.archived_on or ''}"),
        ("办理轮次", f"第{matter.cycle}轮"), ("退回次数", f"{matter.returns}次"),
    )  # fmt: skip
    story = timeline(matter)
    proofs = EventEvidence.objects.filter(event__matter=matter).select_related("evidence__by", "event").order_by("id")
    labels = {one["id"]: one["label"] for one in story}
    files: dict[Any, FileFact] = {}
    for proof in proofs:
        files.setdefault(proof.evidence_id, _file(proof.evidence, f"{proof.event.on} {labels[proof.event_id]}"))
    said = Feedback.objects.filter(matter=matter).select_related("matter__bureau", "event__operator").order_by("id")
    cycles = range(1, matter.cycle + 1)
    return ArchiveMatter(
        key=str(matter.public_id),
        number=matter.number_label,
        title=matter.title,
        state=State(matter.state).label,
        lead_unit=str(matter.lead_unit),
        due_on=matter.due_on,
        closed_on=matter.closed_on,
        head=tuple((label, value) for label, value in told if value),
        parts=part_rows(matter),
        roadmaps=tuple(_roadmaps(matter, on)),
        dates=tuple(_dates(matter)),
        extensions=tuple(line for cycle in cycles for line in extension_words(matter, cycle)),
        events=tuple(_event(one) for one in story),
        feedbacks=tuple(feedback_facts(one) for one in said),
        contributions=tuple(_contributions(matter)),
        decisions=tuple(_decisions(matter, labels)),
        meetings=tuple(
            f"{one.meeting.held_on} {one.meeting}：{OUTCOMES[one.outcome]}" + (f"，{one.words}" if one.words else "")
            for one in matter.meeting_items.select_related("meeting").order_by("id")
        ),
        files=tuple(files.values()),
        dispatch=dispatch_facts(matter, on) if matter.assigned_at else None,
    )


def _roadmaps(matter: Matter, on: date) -> Iterator[RoadmapFact]:
    days = calendar(matter.bureau_id)
    for one in matter.roadmaps.select_related("proposed_by", "answered_by").order_by("cycle", "number"):
        lines = step_lines(steps_of(one), on, days, running=False)
        steps = tuple(StepRow(x.words, x.person, x.original_on, x.due_on, x.done_on, x.slip) for x in lines)
        name = (
            f"第{one.cycle}轮第{one.number}版（{ROADMAP_STATES[one.state]}），{one.proposed_on} {one.proposed_by}报送"
        )
        name += f"，{one.answered_on} {one.answered_by}审核" if one.answered_by else ""
        yield RoadmapFact(name, one.reason or one.answer, steps)


def _dates(matter: Matter) -> Iterator[DateFact]:
    for one in Deadline.objects.filter(matter=matter).select_related("rule").order_by("cycle", "id"):
        if one.met_on:
            stands = f"{one.met_on}完成" + ("，逾期" if one.met_on > one.due_on else "，按期")
        else:
            stands = f"{one.ended_on}失效" if one.ended_on else "未完成"
        label = DeadlineKind(one.kind).label
        yield DateFact(label, one.cycle, one.original_on, one.due_on, one.met_on, stands, tuple(why(one)))


def _event(one: dict[str, Any]) -> EventFact:
    words = [one["note"], *one["details"], *(f"附件：{file['name']}" for file in one["evidence"])]
    who = f"{one['who']}（代{one['standing_in_for']}）" if one["standing_in_for"] else one["who"]
    at = f"{clock.local(one['at']):%Y-%m-%d %H:%M}"
    return EventFact(at, one["label"], who, one["decided"], tuple(word for word in words if word))


def _contributions(matter: Matter) -> Iterator[tuple[date, str, str, str]]:
    rows = Contribution.objects.filter(party__matter=matter).select_related("party__unit", "event").order_by("id")
    for one in rows:
        yield one.event.on, str(one.party.unit), one.done, "分工已完成" if one.finished else "还在配合"


def _decisions(matter: Matter, labels: dict[int, str]) -> Iterator[DecisionFact]:
    rows = MatterEvent.objects.filter(matter=matter, move__in=DECIDED).select_related("decided_by", "operator")
    for one in rows.order_by("id"):
        note = "；".join(part for part in (one.note, one.data.get("source_note", "")) if part)
        who, entered = str(one.decided_by or one.operator or "系统"), str(one.operator or "系统")
        yield DecisionFact(labels[one.pk], who, one.decided_on or one.on, entered, note)
