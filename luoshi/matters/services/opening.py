"""拟办, 立项, 交办, 调整承办, 撤销."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Unpack

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries
from luoshi.matters.models import Matter, MatterEvent, MatterParty
from luoshi.matters.rules import PartyRole, State, default_block
from luoshi.matters.services import deadlines
from luoshi.matters.services.checks import check_date, check_leader, check_units, check_verifier, check_words
from luoshi.matters.services.dates import lapse_extension
from luoshi.matters.services.moves import Form, Step, TimedForm, ask, attach
from luoshi.matters.services.parties import Part, set_tasks
from luoshi.matters.services.roadmap import end_roadmaps
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.org.services import next_number
from luoshi.plan.models import Clause
from luoshi.records.services import act

AMENDABLE = {
    "title", "requirement", "source", "source_title", "block", "clause", "lead_unit", "leader", "assist_units",
    "due_on", "urgent",
}  # fmt: skip


@act
def open_matter(
    *,
    bureau: Unit,
    title: str,
    source: str,
    lead_unit: Unit,
    leader: User,
    by: User,
    on: date,
    requirement: str = "",
    source_title: str = "",
    block: str = "",
    clause: Clause | None = None,
    assist_units: Iterable[Unit] = (),
    due_on: date | None = None,
    urgent: bool = False,
    **form: Unpack[TimedForm],
) -> Matter:
    """拟办: write a matter down (DRAFT). The office or a leader of the issuing bureau may.

    One matter is one thing with one lead unit (一事一项); the lead unit belongs to the issuing bureau or to a
    bureau below it. Where no block is given, the source decides it (`rules.default_block`).
    """
    held = [one for one in org.held(by, on) if one.bureau_id == bureau.pk]
    may = [one for one in held if one.duty in (Duty.OFFICE, Duty.LEADER, Duty.CHIEF)]
    if not may:
        raise NotAllowed("拟办事项由局办公室或局领导登记，您目前没有这项职责。")
    assists = list(assist_units)
    check_words(title=title, source=source, block=block)
    check_leader(leader, bureau, on)
    check_units(bureau, lead_unit, assists, on)
    check_date(due_on, on)
    _check_clause(clause, bureau)
    matter = Matter.objects.create(
        bureau=bureau,
        title=title.strip(),
        requirement=requirement.strip(),
        source=source,
        source_title=source_title.strip(),
        block=block or default_block(source),
        clause=clause,
        lead_unit=lead_unit,
        leader=leader,
        opened_by=by,
        opened_on=on,
        due_on=due_on,
        urgent=urgent,
    )
    event = MatterEvent.objects.create(
        matter=matter,
        cycle=1,
        move="open",
        at=form.get("now") or clock.now(),
        on=on,
        operator=by,
        standing_in_for="" if any(not one.standing_in_for for one in may) else may[0].standing_in_for,
        version=matter.version,
    )
    step = Step(matter, event, by)
    step.rows += _set_parties(matter, lead_unit, assists, on)
    attach(step, form.get("staged", ()))
    return step.done()


@act
def update_draft(matter: Matter, *, by: User, on: date, changes: dict[str, Any], **form: Unpack[TimedForm]) -> Matter:
    """修改拟办: change a draft's fields; `changes` holds any of open_matter's words (title … urgent, assist_units)."""
    unknown = set(changes) - AMENDABLE
    if unknown:
        raise TypeError(f"not a word of a draft: {sorted(unknown)}")
    turn = ask(matter, "amend", by=by, on=on, **form)
    wanted: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in changes.items()
    }
    check_words(**{name: wanted.get(name, getattr(matter, name)) for name in ("title", "source", "block")})
    lead = wanted.get("lead_unit", matter.lead_unit)
    assists = list(wanted.pop("assist_units", queries.assist_units(matter)))
    if "leader" in wanted:
        check_leader(wanted["leader"], matter.bureau, on)
    check_units(matter.bureau, lead, assists, on)
    check_date(wanted.get("due_on"), on)
    _check_clause(wanted.get("clause"), matter.bureau)
    step = turn.make(changes=wanted, data={"changed": sorted(changes)})
    step.rows += _set_parties(step.matter, lead, assists, on)
    return step.done()


@act
def approve(matter: Matter, *, by: User, on: date, block: str = "", **form: Unpack[TimedForm]) -> Matter:
    """立项: the leader (or the office, entering his decision) makes it a matter with a number of the year.

    Numbers are unique and gap-free by bureau and year: a refused approval gives its number back.
    """
    turn = ask(matter, "approve", by=by, on=on, **form)
    check_words(title=matter.title, source=matter.source, block=block)
    number = next_number(matter.bureau_id, year=on.year, series=matter.series)
    changes = {"year": on.year, "number": number, "block": block or matter.block or default_block(matter.source)}
    step = turn.make(changes=changes, data={"number": number})
    step.tell(org.holders(Duty.OFFICE, matter.bureau_id, on), "已立项，待交办")
    return step.done()


@act
def assign(
    matter: Matter,
    *,
    by: User,
    on: date,
    now: datetime,
    due_on: date | None = None,
    verifier: User | None = None,
    parts: Sequence[Part] = (),
    **form: Unpack[Form],
) -> Matter:
    """交办: hand it to the lead unit and the assisting ones; day 0 and both dates are computed here, once.

    `due_on` is the list's own date; where the draft has it, it may be left out. "在五个工作日内…反馈" (方案，办结反馈)
    counts from day 0, the working day on which it reached the unit. `parts` say what assisting units are asked for.
    """
    turn = ask(matter, "assign", by=by, on=on, now=now, **form)
    verifier = verifier or matter.verifier
    check_verifier(verifier, matter, on)
    dates = deadlines.hand_out(matter, now=now, on=on, due_on=due_on or matter.due_on)
    changes = dates.fields(now) | {"verifier": verifier, "accepted_on": None}
    step = turn.make(changes=changes, data=dates.words())
    step.rows += _set_parties(step.matter, step.matter.lead_unit, queries.assist_units(step.matter), on)
    step.rows += set_tasks(step.matter, parts, on)
    unsent = MatterParty.objects.filter(matter=matter, ended_on=None, received_at=None)
    sent = list(unsent)
    unsent.filter(pk__in=[one.pk for one in sent]).update(received_at=now)
    step.rows += [*sent, *deadlines.start(step.matter, dates)]
    step.tell(queries.receivers([one.unit_id for one in sent], on), "请签收交办事项")
    return step.done()


@act
def reassign(matter: Matter, *, lead_unit: Unit, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """调整承办: another lead unit, with the reason; the matter waits as 已立项 to be handed out again.

    The earlier unit's roadmap and open request end with it; assisting units stay, with what they contributed.
    """
    turn = ask(matter, "reassign", by=by, on=on, note=reason, **form)
    if lead_unit.pk == matter.lead_unit_id:
        raise NotAllowed(f"{lead_unit}已是牵头单位，请选择另一个单位。")
    assists = [one for one in queries.assist_units(matter) if one.pk != lead_unit.pk]
    check_units(matter.bureau, lead_unit, assists, on)
    before = queries.unit_people(matter, on)
    changes = NOT_HANDED_OUT | {"lead_unit": lead_unit}
    data = {"from": str(matter.lead_unit), "to": str(lead_unit)}
    step = turn.make(changes=changes, data=data)
    step.rows += [*_set_parties(step.matter, lead_unit, assists, on), *deadlines.end(step.matter, on)]
    step.rows += [*end_roadmaps(step.matter), *lapse_extension(step.matter)]
    step.tell(before, f"已调整由{lead_unit}承办")
    return step.done()


@act
def cancel(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """撤销: end it without a result, with the reason; its dates, roadmap and open request stop."""
    turn = ask(matter, "cancel", by=by, on=on, note=reason, **form)
    with_unit = matter.state not in (State.DRAFT, State.APPROVED)
    step = turn.make(changes={"next_step_on": None})
    step.rows += [*deadlines.end(step.matter, on), *end_roadmaps(step.matter), *lapse_extension(step.matter)]
    if with_unit:
        step.tell(queries.unit_people(step.matter, on), "事项已撤销")
    return step.done()


NOT_HANDED_OUT: dict[str, Any] = {
    "assigned_at": None, "day0_on": None, "accepted_on": None, "handler": None, "feedback_due_on": None,
    "first_feedback_on": None, "next_feedback_on": None, "next_step_on": None, "submitted_on": None,
}  # fmt: skip
"""The fields of a matter that is with no unit (again)."""


def _check_clause(clause: Clause | None, bureau: Unit) -> None:
    if clause is not None and clause.version.plan.bureau_id != bureau.pk:
        raise NotAllowed("依据条款不属于本局的方案，请重新选择。")


def _set_parties(matter: Matter, lead: Unit, assists: Iterable[Unit], on: date) -> list[MatterParty]:
    """Make the parties of a matter these; who falls out is ended, never deleted. Returns the rows that changed."""
    wanted = {lead.pk: PartyRole.LEAD, **{one.pk: PartyRole.ASSIST for one in assists}}
    present = {(one.unit_id, one.role): one for one in MatterParty.objects.filter(matter=matter, ended_on=None)}
    gone = [one for key, one in present.items() if wanted.get(key[0]) != key[1]]
    MatterParty.objects.filter(pk__in=[one.pk for one in gone]).update(ended_on=on)
    fresh = [
        MatterParty.objects.create(matter=matter, unit_id=unit_id, role=role)
        for unit_id, role in wanted.items()
        if (unit_id, role) not in present
    ]
    return gone + fresh
