"""动员部署: the county's meeting received, the bureau's held, each unit's in one act (2.1.1-2.1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.activities.models import Activity
from luoshi.activities.queries.asked_by import clause_of
from luoshi.activities.queries.mobilisation import due, near_title
from luoshi.activities.rules import ActivityKind, Presence, Relay, StudyContent
from luoshi.activities.rules.mobilising import COUNTY
from luoshi.activities.services.recording import Taking, What, record_activity
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Meeting
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty, UnitKind
from luoshi.records.services import act, record

KEEPERS = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.LEADER})
"""Who enters the county's and the bureau's meeting."""
RELAYERS = frozenset({Duty.OFFICE, Duty.HEAD})
"""Who enters a unit's: its head, or the office for any."""


@act
def receive_county_meeting(
    *, bureau: Unit, title: str, held_on: date, people: Sequence[User], spirit: str, by: User, on: date,
    body: str = COUNTY, staged: Sequence[str] = (),
) -> Activity:  # fmt: skip
    """登记县里动员会: its date starts the bureau's days; the office and leaders are told by when to meet (2.1.1)."""
    _may(bureau, by, on, KEEPERS, "县里的动员会由局办公室或局领导登记。")
    what = What(
        kind=ActivityKind.MOBILISATION, title=title, unit=bureau, counterpart=body.strip() or COUNTY, outcome=spirit,
        half_days=0, clause=clause_of(("mobilisation_meeting",), bureau.pk),
    )  # fmt: skip
    made = record_activity(
        bureau=bureau, what=what, days=[held_on], people=[Taking(one) for one in people], by=by, on=on, sure=True,
        staged=staged,
    )[0]  # fmt: skip
    until, _ = due(bureau.pk, held_on)
    record(
        by, "activities.mobilise", made, bureau=bureau.pk, note=f"县里动员会，局里应于{until}前召开" if until else ""
    )
    notify(
        org.holders(Duty.OFFICE, bureau.pk, on), bureau=bureau.pk, kind="activities.mobilise",
        key=f"activities:county:{made.pk}", url="/activities/mobilisation/",
        title=f"县里动员会已开，局动员部署会请于{until}前召开" if until else "县里动员会已开，请安排局动员部署会",
    )  # fmt: skip
    return made


@act
def hold_bureau_meeting(
    *, bureau: Unit, title: str, held_on: date, people: Sequence[User], place: str, speech: str, by: User, on: date,
    joint: bool = False, meeting: Meeting | None = None, staged: Sequence[str] = (),
) -> Activity:  # fmt: skip
    """登记局动员部署会; `joint`: the units that sat in have held theirs with it and owe no other (2.1.2, 2.1.3)."""
    _may(bureau, by, on, KEEPERS, "局动员部署会由局办公室或局领导登记。")
    if meeting is not None and (meeting.bureau_id != bureau.pk or meeting.void):
        raise NotAllowed("所选会议不是本局的，或已作废，请重新选择。")
    what = What(
        kind=ActivityKind.MOBILISATION, title=title, unit=bureau, place=place, outcome=speech,
        relay=Relay.JOINT if joint else Relay.OWN, meeting=meeting,
        clause=clause_of(("mobilisation_meeting",), bureau.pk),
    )  # fmt: skip
    made = record_activity(
        bureau=bureau, what=what, days=[held_on], people=[Taking(one) for one in people], by=by, on=on, sure=True,
        staged=staged,
    )[0]  # fmt: skip
    record(
        by, "activities.mobilise", made, bureau=bureau.pk, note="局动员部署会" + ("，与各单位合并召开" if joint else "")
    )
    return made


@act
def relay_spirit(
    *, unit: Unit, county: Activity, relay: str, held_on: date, by: User, on: date, away: Sequence[User] = (),
    title: str = "",
) -> Activity:  # fmt: skip
    """转达学习, one press: the unit's people all sat in but those named `away`; studying it counts as study (2.1.4)."""
    bureau = county.bureau
    duties = _may(bureau, by, on, RELAYERS, "由单位负责人登记本单位的，或由局办公室登记。")
    own = {one.unit_id for one in org.held(by, on) if one.duty == Duty.HEAD}
    if Duty.OFFICE not in duties and unit.pk not in own:
        raise NotAllowed("只能登记本单位的；其他单位请其负责人或局办公室登记。")
    if unit.bureau_id != bureau.pk or unit.kind not in (UnitKind.SECTION, UnitKind.AFFILIATE):
        raise NotAllowed("请选择本局的股室或局直单位。")
    if relay not in Relay.values:
        raise NotAllowed("请选择单独召开、合并召开或传达学习。")
    if held_on < county.held_on:
        raise NotAllowed(f"不能早于县里动员会（{county.held_on}）。")
    there = Activity.objects.filter(kind=ActivityKind.MOBILISATION, unit=unit, void=False, held_on__gte=county.held_on)
    if there.exists():
        raise NotAllowed(f"{unit}已经登记过，一个单位一次就够，不用再开。")
    gone = {one.pk for one in away}
    everybody = [one for one in org.people_of([unit.pk], held_on) if not _administers(one, bureau.pk, held_on)]
    people = [Taking(one, Presence.LEAVE if one.pk in gone else Presence.PRESENT) for one in everybody]
    if not [one for one in people if one.presence == Presence.PRESENT]:
        raise NotAllowed("至少要有一人参加。")
    what = What(
        kind=ActivityKind.MOBILISATION, title=title.strip() or near_title(county), unit=unit, relay=relay,
        content=StudyContent.THEORY, ticked=("study",),
        clause=clause_of(("spirit_study", "mobilisation_meeting"), bureau.pk),
    )  # fmt: skip
    made = record_activity(bureau=bureau, what=what, days=[held_on], people=people, by=by, on=on, sure=True)[0]
    record(by, "activities.mobilise", made, bureau=bureau.pk, note=f"{unit}：{made.get_relay_display()}")
    return made


def _may(bureau: Unit, by: User, on: date, wanted: frozenset[Duty], why: str) -> frozenset[str]:
    """The duties held, or `NotAllowed`; within the caller's act."""
    duties = org.duties(by, bureau.pk, on)
    if not wanted & duties:
        raise NotAllowed(why)
    return duties


def _administers(person: User, bureau_id: int, on: date) -> bool:
    duties = org.duties(person, bureau_id, on)
    return bool(duties & ADMINISTRATORS)
