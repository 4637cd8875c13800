"""导入以往活动: what was kept before in Excel becomes records, all in one act or none (2.2.1.1a-d, 2.2.2.3a)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from luoshi.activities.models import Activity, Attendance
from luoshi.activities.queries.alike import Entered, Standing, entered_between
from luoshi.activities.queries.staff import Staff, staff_of
from luoshi.activities.rules import COUNTING, FIELD, TALKS, TRIPS, Presence, counts_as
from luoshi.activities.services.checks import check_days, check_words
from luoshi.activities.services.feeding import feed
from luoshi.activities.services.recording import clause_for
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.models import Evidence
from luoshi.records.services import act, keep, record

MOST, SEATS_MOST = 2_000, 40_000
BATCH = 200
IMPORTERS = frozenset({Duty.OFFICE, Duty.HEAD})
"""局办公室 brings in the bureau's, a head what his own people did."""


@dataclass(slots=True)
class PastActivity:
    """One activity kept before outside of the system, as it is taken in."""

    row: int
    kind: str
    title: str
    held_on: date
    unit: Unit
    until_on: date | None = None
    half_days: int = 1
    place: str = ""
    content: str = ""
    theme: str = ""
    outcome: str = ""
    core_group: bool = False
    people: dict[int, str] = field(default_factory=dict)
    """Each person's key with his part (`Presence`)."""
    sure: bool = False
    """The sender said that it is another one than what looks alike."""

    @property
    def last(self) -> date:
        return self.until_on or self.held_on

    @property
    def counts(self) -> dict[str, bool]:
        """What it counts as; a visit as research and a stay, as its form has it."""
        return counts_as(self.kind, "", ("research", "frontline") if self.kind in FIELD else ())


def reach(user: User, bureau_id: int, on: date) -> frozenset[int] | None:
    """The units whose people somebody may bring in; None: the whole bureau. `NotAllowed` for anybody else."""
    held = [one for one in org.held(user, on) if one.bureau_id == bureau_id]
    if any(one.duty == Duty.OFFICE for one in held):
        return None
    own = frozenset(one.unit_id for one in held if one.duty == Duty.HEAD)
    if not own:
        raise NotAllowed("以往活动由局办公室导入全局的，由单位负责人导入本单位的。")
    return own


@act
def import_activities(
    drafts: Sequence[PastActivity], *, bureau: Unit, token: UUID | str, by: User, on: date
) -> list[Activity]:
    """Take in all of these, or none: `NotAllowed` names the row. The sheet itself is kept as evidence."""
    if not drafts:
        raise NotAllowed("没有要导入的活动。")
    if len(drafts) > MOST or sum(len(one.people) for one in drafts) > SEATS_MOST:
        raise NotAllowed(f"一次最多导入{MOST}次活动、{SEATS_MOST}人次，请分几份导入。")
    own, staff = reach(by, bureau.pk, on), staff_of(bureau)
    for draft in drafts:
        try:
            _check(draft, own, staff, bureau, on)
        except NotAllowed as why:
            raise NotAllowed(f"第{draft.row}行“{draft.title[:30]}”：{why}") from None
    _check_fresh(drafts, bureau)
    kept = keep([token], by=by, bureau=bureau.pk)
    clauses = {kind: clause_for(kind, bureau, on) for kind in {one.kind for one in drafts}}
    made = Activity.objects.bulk_create(
        [
            Activity(
                bureau=bureau, kind=one.kind, title=one.title.strip(), held_on=one.held_on, until_on=one.until_on,
                half_days=one.half_days, unit=one.unit, place=one.place.strip(), content=one.content,
                theme=one.theme.strip(), outcome=one.outcome.strip(), core_group=one.core_group,
                clause_id=clauses[one.kind], entered_by=by, entered_on=on, **one.counts,
            )
            for one in drafts
        ],
        batch_size=BATCH,
    )  # fmt: skip
    sat = Attendance.objects.bulk_create(_seats(drafts, made, staff), batch_size=BATCH)
    feed(made)
    record(
        by, "activities.import", bureau, bureau=bureau.pk,
        note=f"导入以往活动{len(made)}次、{len(sat)}人次：{kept[0].name}"[:500],
        batch=[
            (Activity, [one.pk for one in made]), (Attendance, [one.pk for one in sat]),
            (Evidence, [one.pk for one in kept]),
        ],
    )  # fmt: skip
    return made


def _check(draft: PastActivity, own: Collection[int] | None, staff: Staff, bureau: Unit, on: date) -> None:
    """What a row may say, and whom this person may name in it."""
    if draft.kind in TALKS | TRIPS:
        raise NotAllowed("谈话由谈话人登记，走出去、请进来要先申请，都不能导入。")
    check_words(kind=draft.kind, title=draft.title, place=draft.place)
    check_days(draft.kind, [draft.held_on], draft.until_on, draft.half_days, on)
    if len(draft.theme) > 120:
        raise NotAllowed("主题不超过120字。")
    if draft.core_group and own is not None:
        raise NotAllowed("中心组学习由局办公室导入。")
    if draft.unit.pk not in (staff.units if own is None else own) and (own is not None or draft.unit != bureau):
        raise NotAllowed(f"不能导入{draft.unit}的活动。")
    if not draft.people or any(part not in Presence.values for part in draft.people.values()):
        raise NotAllowed("没有参加人员。")
    then, now = staff.seats(draft.held_on), staff.seats(on)
    for pk in draft.people:
        unit = then.units.get(pk, now.units.get(pk))
        if unit is None or (own is not None and unit not in own):
            who = now.people.get(pk) or then.people.get(pk)
            raise NotAllowed(f"{who or '有人'}不是您能登记的人员。")


def _check_fresh(drafts: Sequence[PastActivity], bureau: Unit) -> None:
    """Nobody entered one of them in the meantime; within the caller's act."""
    asked = [one for one in drafts if not one.sure]
    if not asked:
        return
    there = entered_while(asked, bureau)
    for draft in asked:
        if one := like(draft, there):
            raise NotAllowed(f"第{draft.row}行“{draft.title[:30]}”已有人登记：{one.words}。请重新查看内容。")


def entered_while(drafts: Sequence[PastActivity], bureau: Unit) -> Entered:
    """What stands entered in the time that these name."""
    return entered_between(bureau.pk, min(one.held_on for one in drafts), max(one.last for one in drafts))


def like(draft: PastActivity, there: Entered) -> Standing | None:
    """What stands entered and looks like this one."""
    return there.like(
        kind=draft.kind, first=draft.held_on, last=draft.last, title=draft.title, place=draft.place,
        people=draft.people,
    )  # fmt: skip


def _seats(drafts: Sequence[PastActivity], made: Sequence[Activity], staff: Staff) -> list[Attendance]:
    return [
        Attendance(
            activity=activity, person_id=pk, unit_id=staff.seats(draft.held_on).units.get(pk), presence=part,
            half_days=draft.half_days if part in COUNTING else 0,
        )
        for draft, activity in zip(drafts, made, strict=True)
        for pk, part in draft.people.items()
    ]  # fmt: skip
