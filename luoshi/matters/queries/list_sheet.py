"""Facts for the 交办清单 as a document: its head and, in the list's order, one line an item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.matters.models import Deadline, Matter, MatterEvent, MatterParty, TaskList
from luoshi.matters.queries.sheets import BLANK, Signed, day
from luoshi.matters.rules import DeadlineKind, PartyRole, Source, State


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a list as the paper prints it."""

    place: int
    number: str
    title: str
    requirement: str
    lead_unit: str
    assists: tuple[str, ...]
    leader: str
    feedback_due_on: date | None
    provisional: bool
    due_on: date | None
    original_due_on: date | None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ListFacts:
    """交办清单: which document or meeting it comes from, who issued it and when, and its items."""

    bureau: str
    title: str
    source: str
    document: str
    issuer: str
    issued_on: date
    block: str
    items: tuple[ItemRow, ...]
    whole: bool
    """False where the reader sees only the items of his own units: the paper says that it is an extract."""
    signed: Signed = BLANK


def list_facts(task_list: TaskList, matters: Iterable[Matter], *, whole: bool) -> ListFacts:
    """The facts of a list with those of its matters that the reader sees; four queries whatever their number."""
    rows = list(matters)
    keys = [one.pk for one in rows]
    assists: dict[int, list[str]] = {}
    parties = MatterParty.objects.filter(matter__in=keys, role=PartyRole.ASSIST, ended_on=None)
    for one in parties.select_related("unit").order_by("unit__rank", "id"):
        assists.setdefault(one.matter_id, []).append(str(one.unit))
    kinds = (DeadlineKind.FIRST_FEEDBACK, DeadlineKind.DUE)
    dates: dict[tuple[int, str], Deadline] = {
        (one.matter_id, one.kind): one
        for one in Deadline.objects.filter(matter__in=keys, kind__in=kinds, ended_on=None).order_by("id")
    }
    return ListFacts(
        bureau=task_list.bureau.name,
        title=task_list.title,
        source=Source(task_list.source).label,
        document=task_list.document,
        issuer=str(task_list.issuer),
        issued_on=task_list.issued_on,
        block=task_list.get_block_display() if task_list.block else "",
        items=tuple(
            _item(one, assists.get(one.pk, []), dates.get((one.pk, kinds[0])), dates.get((one.pk, kinds[1])))
            for one in rows
        ),
        whole=whole,
        signed=Signed(str(task_list.opened_by), "", *_decided(keys)),
    )


def _item(matter: Matter, assists: list[str], first: Deadline | None, due: Deadline | None) -> ItemRow:
    return ItemRow(
        place=matter.place or 0,
        number=matter.number_label,
        title=matter.title,
        requirement=matter.requirement,
        lead_unit=str(matter.lead_unit),
        assists=tuple(assists),
        leader=str(matter.leader),
        feedback_due_on=first.due_on if first else matter.feedback_due_on,
        provisional=bool(first and first.provisional),
        due_on=matter.due_on,
        original_due_on=due.original_on if due else None,
        cancelled=matter.state == State.CANCELLED,
    )


def _decided(keys: list[int]) -> tuple[str, str]:
    """签发: the one leader who decided all of them on one day; several decisions leave it blank for ink."""
    events = MatterEvent.objects.filter(matter__in=keys, move="approve").select_related("decided_by", "operator")
    told = {(str(one.decided_by or one.operator), f"{day(one.decided_on or one.on)}批准立项") for one in events}
    return told.pop() if len(told) == 1 else ("", "")
