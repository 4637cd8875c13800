"""动员部署 as it stands: the county's meeting, the bureau's and its date, every unit (2.1.1-2.1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from luoshi.activities.models import Activity, Attendance
from luoshi.activities.rules import COUNTING, ActivityKind, Relay
from luoshi.activities.rules.mobilising import missing, relay_words
from luoshi.matters.models import TaskList
from luoshi.org import queries as org
from luoshi.org.models import Unit
from luoshi.plan.models import ScopeExclusion
from luoshi.plan.queries import NoRule, rule
from luoshi.workdays.queries import calendar
from luoshi.workdays.rules import DAY, add_workdays, distance, explain, roll


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit: how and when it was mobilised, how many were there; or what is missing, or why nothing is asked."""

    unit: Unit
    activity: Activity | None
    how: str
    people: int
    missing: str
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Mobilisation:
    """The round that the county's latest meeting began."""

    county: Activity | None
    bureau: Activity | None
    bureau_people: int
    lists: list[TaskList]
    due_on: date | None
    due_words: str
    late: bool
    why: list[str]
    units: list[UnitStanding]

    @property
    def asked(self) -> int:
        return sum(not one.excluded for one in self.units)

    @property
    def done(self) -> int:
        return sum(one.activity is not None and not one.excluded for one in self.units)


def county_meetings(bureau_id: int) -> list[Activity]:
    """The county's meetings on record, the latest first."""
    rows = Activity.objects.filter(bureau=bureau_id, kind=ActivityKind.MOBILISATION, void=False, relay="")
    return list(rows.exclude(counterpart="").order_by("-held_on", "-pk")[:20])


def mobilisation(bureau_id: int, on: date, *, county: Activity | None = None) -> Mobilisation:
    """How it stands since the county's meeting (the latest where none is named); a fixed number of queries."""
    if county is None:
        county = next(iter(county_meetings(bureau_id)), None)
    if county is None:
        return Mobilisation(None, None, 0, [], None, "", False, [], [])
    since = county.held_on
    rows = Activity.objects.filter(
        bureau=bureau_id, kind=ActivityKind.MOBILISATION, void=False, held_on__gte=since
    ).exclude(relay="")  # fmt: skip
    later = [one.held_on for one in county_meetings(bureau_id) if one.held_on > since]
    if later:
        rows = rows.filter(held_on__lt=min(later))
    told = list(rows.select_related("unit", "meeting").order_by("held_on", "pk"))
    bureau = next((one for one in told if one.unit_id == bureau_id), None)
    people = _people(told)
    due_on, why = due(bureau_id, since)
    days = calendar(bureau_id)
    lists = list(TaskList.objects.filter(meeting=bureau.meeting_id)) if bureau and bureau.meeting_id else []
    ended = bureau.held_on if bureau else on
    return Mobilisation(
        county, bureau, people.get((bureau.pk, None), 0) if bureau else 0, lists, due_on,
        "" if bureau or due_on is None else distance(on, due_on, days), due_on is not None and ended > due_on, why,
        _units(bureau_id, on, told, people),
    )  # fmt: skip


def due(bureau_id: int, since: date) -> tuple[date | None, list[str]]:
    """By when the bureau meets, and the arithmetic with the rule's source."""
    try:
        ruled = rule("mobilisation_meeting", bureau_id=bureau_id, on=since)
    except NoRule:
        return None, []
    number, days = int(ruled.value["number"]), calendar(bureau_id)
    count = roll(since, number, days) if ruled.value.get("unit") == DAY else add_workdays(since, number, days)
    word = "天" if ruled.value.get("unit") == DAY else "个工作日"
    return count.due, [f"{number}{word}内召开：{ruled.source_label}（{ruled.citation}）", *explain(count)]


def _people(rows: Sequence[Activity]) -> dict[tuple[int, int | None], int]:
    """How many were at each meeting: in all (unit None), and of each unit."""
    keys = [one.pk for one in rows]
    sat = Attendance.objects.filter(activity__in=keys, void=False, presence__in=COUNTING).order_by()
    found: dict[tuple[int, int | None], int] = {}
    for activity, unit, number in sat.values_list("activity_id", "unit_id").annotate(number=Count("pk")):
        found[activity, None] = found.get((activity, None), 0) + number
        if unit is not None:
            found[activity, unit] = number
    return found


def _units(
    bureau_id: int, on: date, told: Sequence[Activity], people: dict[tuple[int, int | None], int]
) -> list[UnitStanding]:
    units = list(org.units_of(bureau_id, on).order_by("rank", "pk"))
    out = ScopeExclusion.objects.filter(unit__in=units, void=False).filter(
        Q(until_on=None) | Q(until_on__gte=on), plan__bureau=bureau_id
    )  # fmt: skip
    excluded = dict(out.order_by("id").values_list("unit_id", "reason"))
    found = []
    for unit in units:
        own = next((one for one in told if one.unit_id == unit.pk), None)
        joint = next((one for one in told if one.relay == Relay.JOINT and (one.pk, unit.pk) in people), None)
        one = own or joint
        number = people.get((one.pk, unit.pk), 0) if one else 0
        how = relay_words(one.relay, unit.kind) if one else ""
        lacks = "" if unit.pk in excluded else missing(unit.kind, one is not None)
        found.append(UnitStanding(unit, one, how, number, lacks, excluded.get(unit.pk, "")))
    return found


def near_title(county: Activity) -> str:
    """The title of a unit's record where nobody writes another."""
    return f"传达学习{county.title}精神"[:200]
