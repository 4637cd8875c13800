"""催办, 阅, 批示: words on the timeline; they move nothing and leave the matter's version as it is."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries
from luoshi.matters.models import Matter, MatterEvent
from luoshi.matters.rules import Source
from luoshi.matters.services.moves import TimedForm, ask
from luoshi.matters.services.opening import open_matter
from luoshi.org.models import Unit, User
from luoshi.records.services import act, record
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import is_office_time


class FollowUp(TypedDict, total=False):
    """The matter that a 批示 opens; what is left out is taken from the matter it is written on."""

    title: str
    requirement: str
    lead_unit: Unit
    due_on: date | None
    urgent: bool


@act
def urge(
    matter: Matter, *, by: User, on: date, note: str = "", urgent: bool = False, **form: Unpack[TimedForm]
) -> MatterEvent:
    """催办: at most once a matter and day, in office hours; `urgent` (加急) goes outside them too and says so."""
    turn = ask(matter, "urge", by=by, on=on, note=note, **form)
    inside = is_office_time(turn.at, workdays.calendar(matter.bureau_id))
    if not inside and not urgent:
        raise NotAllowed("现在不是工作时间，催办请在工作时间进行；确有急事请选“加急”。")
    try:
        with transaction.atomic():
            step = turn.make(data={"urgent": True} if not inside else {})
    except IntegrityError:
        earlier = MatterEvent.objects.filter(matter=matter, move="urge", on=on).first()
        who = str(earlier.operator) if earlier is not None and earlier.operator else "系统"
        raise NotAllowed(f"今天{who}已催办过，同一事项一天只催一次；有新的要求可直接批示。") from None
    step.tell(queries.unit_people(step.matter, on), "催办")
    step.done()
    return step.event


@act
def read(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[TimedForm]) -> MatterEvent:
    """阅: the leader has read the feedback; once for what there is to read."""
    turn = ask(matter, "read", by=by, on=on, note=note, **form)
    last = MatterEvent.objects.filter(matter=matter).exclude(move="urge").order_by("-id").first()
    if last is not None and last.move == "read" and last.decided_by == turn.decided_by:
        raise NotAllowed("已经阅过，之后还没有新的进展。")
    step = turn.make()
    step.tell(queries.unit_people(step.matter, on), f"{step.event.decided_by}已阅")
    step.done()
    return step.event


@act
def instruct(
    matter: Matter, *, text: str, by: User, on: date, follow_up: FollowUp | None = None, **form: Unpack[TimedForm]
) -> MatterEvent:
    """批示: the leader's words; with `follow_up` they open another matter (`event.data["follow_up"]` names it)."""
    turn = ask(matter, "instruct", by=by, on=on, note=text, **form)
    data = {}
    if follow_up is not None:
        opened = open_matter(
            bureau=matter.bureau,
            title=follow_up.get("title") or matter.title,
            requirement=follow_up.get("requirement") or text,
            source=Source.INSTRUCTION,
            source_title=f"对{matter.number_label}“{matter.title}”的批示"[:200],
            clause=matter.clause,
            lead_unit=follow_up.get("lead_unit") or matter.lead_unit,
            leader=matter.leader,
            due_on=follow_up.get("due_on"),
            urgent=follow_up.get("urgent", False),
            by=by,
            on=on,
            now=turn.at,
        )
        data = {"follow_up": str(opened.public_id), "follow_up_title": opened.title}
    step = turn.make(data=data)
    step.tell([*queries.unit_people(step.matter, on), *queries.office(step.matter, on)], "领导批示")
    step.done()
    return step.event


@act
def take_copy(matter: Matter, *, what: str, by: User, on: date) -> None:
    """A file of the matter leaves the house (evidence downloaded, a form printed): who took what is on record."""
    record(by, "matters.take_copy", matter, bureau=matter.bureau_id, note=what[:200])
