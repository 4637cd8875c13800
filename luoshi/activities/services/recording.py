"""登记、修改、作废: an activity and who took part, in one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.activities.models import Activity, Attendance
from luoshi.activities.queries.access import may_change
from luoshi.activities.queries.alike import AlikeLine, alike
from luoshi.activities.queries.people import units_then
from luoshi.activities.rules import COUNTING, ActivityKind, Presence, counts_as
from luoshi.activities.services.checks import check_days, check_entrant, check_people, check_unit, check_words, turn
from luoshi.activities.services.feeding import feed
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Meeting
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan import queries as plans
from luoshi.plan.models import Clause
from luoshi.records.services import act, keep, record

SLOTS = {
    ActivityKind.GROUP_STUDY: "study_days_year",
    ActivityKind.OWN_STUDY: "study_days_year",
    ActivityKind.LECTURE: "study_days_year",
    ActivityKind.RESEARCH: "research_days_year",
    ActivityKind.VISIT: "research_days_year",
    ActivityKind.FRONTLINE: "frontline_monthly",
}
"""The rule under whose clause an activity stands where nobody named one."""


class LooksAlike(NotAllowed):
    """The same seems to be entered already; nothing was saved. Sent again with `sure` it is."""

    def __init__(self, found: list[AlikeLine]) -> None:
        super().__init__("可能已有人登记过，请核对。确实不是同一次的，勾选“仍要登记”再保存。")
        self.found = found


@dataclass(frozen=True, slots=True)
class Taking:
    """One person's part; `half_days` None: as long as the activity."""

    person: User
    presence: str = Presence.PRESENT
    half_days: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What an activity says of itself. `ticked` adds to what its kind counts as: study, research, frontline."""

    kind: str
    title: str
    unit: Unit
    half_days: int = 1
    until_on: date | None = None
    place: str = ""
    place_kind: str = ""
    difficult: bool = False
    form: str = ""
    content: str = ""
    theme: str = ""
    counterpart: str = ""
    speaker: str = ""
    outcome: str = ""
    core_group: bool = False
    leader_lesson: bool = False
    nothing_found: bool = False
    relay: str = ""
    ticked: tuple[str, ...] = ()
    meeting: Meeting | None = None
    clause: Clause | None = None

    def fields(self) -> dict[str, Any]:
        """The columns that these words fill."""
        plain = (
            "kind", "unit", "half_days", "until_on", "place_kind", "difficult", "form", "content", "core_group",
            "leader_lesson", "nothing_found", "relay", "meeting", "clause",
        )  # fmt: skip
        typed = ("title", "place", "theme", "counterpart", "speaker", "outcome")
        told = {name: getattr(self, name) for name in plain}
        told |= {name: getattr(self, name).strip() for name in typed}
        return told | counts_as(self.kind, self.place_kind, self.ticked)


@act
def record_activity(
    *,
    bureau: Unit,
    what: What,
    days: Sequence[date],
    people: Sequence[Taking],
    by: User,
    on: date,
    sure: bool = False,
    staged: Sequence[str] = (),
) -> list[Activity]:
    """登记: one activity a day of `days`, the same people and words in each (2.2.1.1a-d, 2.2.2.3a).

    Raises `NotAllowed` for what may not be said, `LooksAlike` where the same seems to be there already and the
    sender is not `sure`, `BadFile` for a spent upload.
    """
    check_entrant(bureau, by, on)
    check_words(kind=what.kind, title=what.title, place=what.place)
    days = sorted(set(days))
    check_days(what.kind, days, what.until_on, what.half_days, on)
    check_unit(bureau, what.unit)
    check_people(bureau, [(one.person, one.presence) for one in people], by, on, kind=what.kind)
    if not sure:
        _ask(bureau, what, days, people, by)
    kept = keep(staged, by=by, bureau=bureau.pk) if staged else []
    fields = what.fields()
    if fields["clause"] is None:
        fields["clause_id"] = clause_for(what.kind, bureau, on)
        del fields["clause"]
    made = []
    for day in days:
        activity = Activity.objects.create(
            bureau=bureau, held_on=day, paper=kept[0] if kept else None, entered_by=by, entered_on=on, **fields
        )
        rows = _sit(activity, people)
        record(
            by, "activities.record", activity, bureau=bureau.pk, rows=kept, note=_count(people),
            batch=[(Attendance, [one.pk for one in rows])],
        )  # fmt: skip
        made.append(activity)
    feed(made)
    return made


@act
def edit_activity(
    activity: Activity,
    *,
    what: What,
    held_on: date,
    people: Sequence[Taking],
    version: int | None,
    by: User,
    on: date,
    sure: bool = False,
    staged: Sequence[str] = (),
) -> Activity:
    """修改: its words and who took part; whoever is taken off the list keeps a voided entry."""
    _may_change(activity, by, on)
    check_words(kind=what.kind, title=what.title, place=what.place)
    check_days(what.kind, [held_on], what.until_on, what.half_days, on)
    check_unit(activity.bureau, what.unit)
    there = frozenset(activity.attendances.values_list("person_id", flat=True))
    told = [(one.person, one.presence) for one in people]
    check_people(activity.bureau, told, by, on, kind=what.kind, there=there)
    if not sure:
        _ask(activity.bureau, what, [held_on], people, by, apart_from=activity.pk)
    kept = keep(staged, by=by, bureau=activity.bureau_id) if staged else []
    changes = {**what.fields(), "held_on": held_on}
    if changes["clause"] is None:
        del changes["clause"]
    if kept:
        changes["paper"] = kept[0]
    was = activity.half_days
    turn(activity, version, **changes)
    rows, note = _sit_again(activity, people, was)
    feed([activity])
    record(by, "activities.edit", activity, bureau=activity.bureau_id, rows=[*kept, *rows], note=note[:300])
    return activity


@act
def void_activity(activity: Activity, *, reason: str, version: int | None, by: User, on: date) -> Activity:
    """作废, with its reason: it counts for nobody any more, and stays readable."""
    _may_change(activity, by, on)
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    turn(activity, version, void=True, void_reason=reason.strip()[:300])
    record(by, "activities.void", activity, bureau=activity.bureau_id, note=reason.strip()[:300])
    return activity


@act
def copy_meeting_attendance(
    meeting: Meeting, *, people: Sequence[Taking], unit: Unit, by: User, on: date, half_days: int = 1,
    kind: str = ActivityKind.MEETING, ticked: tuple[str, ...] = (), sure: bool = False, **words: Any,
) -> Activity:  # fmt: skip
    """A meeting already minuted counts for everyone present: its title and day are taken, nothing is typed twice."""
    if meeting.void:
        raise NotAllowed("会议已作废，不能登记参加人员。")
    what = What(
        kind=kind, title=meeting.title, unit=unit, half_days=half_days, ticked=ticked, meeting=meeting, **words
    )  # fmt: skip
    made = record_activity(
        bureau=meeting.bureau, what=what, days=[meeting.held_on], people=people, by=by, on=on, sure=sure
    )  # fmt: skip
    return made[0]


@act
def take_paper(activity: Activity, *, by: User, on: date) -> None:
    """The material leaves the house: who took it is on record."""
    record(by, "activities.take_copy", activity, bureau=activity.bureau_id, note=f"下载材料：{activity.paper}"[:200])


def clause_for(kind: str, bureau: Unit, on: date) -> int | None:
    """The clause of the rule that asks for this kind of activity, where a plan has one."""
    slot = SLOTS.get(ActivityKind(kind))
    found = plans.find_rule(slot, bureau_id=bureau.pk, on=on) if slot else None
    return found.clause_id if found else None


def _may_change(activity: Activity, by: User, on: date) -> None:
    if activity.void:
        raise NotAllowed("这条记录已经作废，不能再改。")
    if not may_change(by, org.held(by, on), activity):
        raise NotAllowed("只有登记人和局办公室能修改、作废这条记录。情况不对的，可在“记在我名下的”里提出异议。")


def _ask(
    bureau: Unit, what: What, days: Sequence[date], people: Iterable[Taking], by: User, apart_from: int | None = None
) -> None:
    found = alike(
        bureau_id=bureau.pk, kind=what.kind, days=days, people=[one.person.pk for one in people],
        title=what.title.strip(), place=what.place.strip(), by_id=by.pk,
        meeting_id=what.meeting.pk if what.meeting else None, apart_from=apart_from,
    )  # fmt: skip
    if found:
        raise LooksAlike(found)


def _long(one: Taking, activity: Activity) -> int:
    """Who was away has no half-days; others as long as the activity unless something else was said."""
    if one.presence not in COUNTING:
        return 0
    return activity.half_days if one.half_days is None else min(one.half_days, activity.half_days)


def _sit(activity: Activity, people: Iterable[Taking]) -> list[Attendance]:
    told = list(people)
    units = units_then(activity.bureau_id, [one.person.pk for one in told], activity.held_on)
    return Attendance.objects.bulk_create(
        Attendance(
            activity=activity, person=one.person, unit_id=units.get(one.person.pk), presence=one.presence,
            half_days=_long(one, activity), note=one.note[:200],
        )
        for one in told
    )  # fmt: skip


def _sit_again(activity: Activity, people: Iterable[Taking], was: int) -> tuple[list[Attendance], str]:
    """Bring the entries of people up to what is told now; the rows that changed, and what changed in words."""
    told = {one.person.pk: one for one in people}
    there = {one.person_id: one for one in activity.attendances.select_related("person")}
    fresh = _sit(activity, [one for pk, one in told.items() if pk not in there])
    changed: list[Attendance] = []
    gone: list[str] = []
    back: list[str] = []
    for pk, row in there.items():
        taking = told.get(pk)
        before = (row.presence, row.half_days, row.void)
        if taking is None:
            row.void = True
        else:
            if taking.half_days is None and row.presence == taking.presence and row.half_days != was:
                taking = Taking(taking.person, taking.presence, row.half_days, row.note)  # his own length stays
            row.presence, row.half_days, row.void = taking.presence, _long(taking, activity), False
        if before != (row.presence, row.half_days, row.void):
            changed.append(row)
            if row.void != before[2]:
                (gone if row.void else back).append(row.person.name)
    Attendance.objects.bulk_update(changed, ["presence", "half_days", "void"])
    names = [told[one.person_id].person.name for one in fresh] + back
    parts = [f"增加{'、'.join(names)}"] if names else []
    parts += [f"去掉{'、'.join(gone)}"] if gone else []
    return [*fresh, *changed], "；".join(parts)


def _count(people: Sequence[Taking]) -> str:
    present = sum(one.presence in COUNTING for one in people)
    return f"{present}人参加" + (f"，{len(people) - present}人请假、缺席" if present < len(people) else "")
