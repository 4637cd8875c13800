"""路线图: the version in force, the one that waits, those before; each step with its slippage; when one is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from luoshi.matters.models import Matter, Roadmap, RoadmapStep
from luoshi.matters.queries.story import told
from luoshi.matters.rules import ROADMAP_STATES, State, slip, slip_words
from luoshi.plan.queries import rule
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar, add_workdays, roll

RUNNING = ("PROPOSED", "ACCEPTED")


def roadmap_units(matter: Matter) -> list[int]:
    """The units whose people may answer for a step: the lead and the assisting ones."""
    parts = matter.parties.filter(ended_on=None).order_by("id").values_list("unit_id", flat=True)
    return list(dict.fromkeys([matter.lead_unit_id, *parts]))


def accepted_roadmap(matter: Matter) -> Roadmap | None:
    """The version in force."""
    return Roadmap.objects.filter(matter=matter, state="ACCEPTED").select_related("proposed_by", "answered_by").first()


def proposed_roadmap(matter: Matter) -> Roadmap | None:
    """The version that waits for the office."""
    return Roadmap.objects.filter(matter=matter, state="PROPOSED").select_related("proposed_by").first()


def returned_roadmap(matter: Matter) -> Roadmap | None:
    """The version that the office returned last, where none was sent in since."""
    last = Roadmap.objects.filter(matter=matter, cycle=matter.cycle).select_related("answered_by").last()
    return last if last is not None and last.state == "RETURNED" else None


def steps_of(roadmap: Roadmap | None) -> list[RoadmapStep]:
    """The steps of a version in their order."""
    if roadmap is None:
        return []
    return list(roadmap.steps.select_related("person", "done_by", "follows").order_by("order"))


def undone(matter: Matter) -> list[RoadmapStep]:
    """The steps of the version in force that are not done, the nearest first."""
    rows = RoadmapStep.objects.filter(roadmap__matter=matter, roadmap__state="ACCEPTED", done_on=None)
    return list(rows.select_related("person").order_by("due_on", "order"))


def done_steps(matter: Matter) -> list[RoadmapStep]:
    """The steps of the version in force that are done."""
    rows = RoadmapStep.objects.filter(roadmap__matter=matter, roadmap__state="ACCEPTED", done_on__isnull=False)
    return list(rows.select_related("person").order_by("-done_on", "-order"))


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as it is printed: planned, present and real dates, and how far it slipped."""

    pk: int
    order: int
    words: str
    person: str
    original_on: date
    due_on: date
    done_on: date | None
    note: str
    state: str
    """done · late (past its date) · now (the next one) · todo."""
    stands: str
    slip: str
    """比原定晚6个工作日, empty where it keeps its first date."""
    slipped: bool
    paused: int


def step_lines(steps: Iterable[RoadmapStep], on: date, calendar: Calendar, *, running: bool) -> list[StepShown]:
    """The steps of a version; a version that does not run is shown as it stood."""
    found: list[StepShown] = []
    for one in steps:
        late = running and one.done_on is None and on > one.due_on
        real = one.done_on or (max(one.due_on, on) if running else one.due_on)
        days = slip(one.original_on, real, calendar, paused=one.paused)
        if one.done_on:
            state, stands = "done", "已完成"
        elif late:
            state, stands = "late", "滞后"
        else:
            first = running and all(step.state in ("done", "late") for step in found)
            state, stands = ("now", "进行中") if first else ("todo", "未开始")
        found.append(
            StepShown(
                pk=one.pk,
                order=one.order,
                words=one.words,
                person=str(one.person) if one.person else "",
                original_on=one.original_on,
                due_on=one.due_on,
                done_on=one.done_on,
                note=one.note,
                state=state,
                stands=stands,
                slip=slip_words(days),
                slipped=days > 0,
                paused=one.paused,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class RoadmapDue:
    """When the first version is due, and why; none where the rule asks for none."""

    on: date | None
    why: list[str]


def roadmap_due(matter: Matter) -> RoadmapDue:
    """The day by which the unit reports a roadmap (规则“路线图报送”), read on the day it was handed out.

    By default it comes with the first feedback; a bureau that decided a number of days counts them from day 0. It
    never stops a feedback: a matter without one is shown, not blocked.
    """
    if matter.day0_on is None:
        return RoadmapDue(None, [])
    found = rule("task_breakdown", bureau_id=matter.bureau_id, on=matter.day0_on)
    lines = [f"依据：{found.citation}", f"起算日（第0日）：{told(matter.day0_on)}"]
    if found.source == "PRODUCT":
        day = matter.feedback_due_on
        return RoadmapDue(day, [*lines, f"随首次反馈一并报送：{told(day)}"] if day else lines)
    number, unit = int(found.value["number"]), found.value["unit"]
    if not number:
        return RoadmapDue(None, [f"依据：{found.citation}", "本局不要求报送路线图，单位可以自愿报送"])
    counting = roll if unit == "DAY" else add_workdays
    due = counting(matter.day0_on, number, workdays.calendar(matter.bureau_id)).due
    return RoadmapDue(due, [*lines, f"期限：{number}{'日' if unit == 'DAY' else '个工作日'}，至{told(due)}"])


def roadmap_facts(matter: Matter, on: date, calendar: Calendar) -> dict[str, Any]:
    """Everything that the roadmap's section of a matter's page prints; a constant number of queries."""
    versions = list(
        Roadmap.objects.filter(matter=matter).select_related("proposed_by", "answered_by").order_by("cycle", "number")
    )
    rows = RoadmapStep.objects.filter(roadmap__in=versions).select_related("person", "follows").order_by("order")
    by_version: dict[int, list[RoadmapStep]] = {one.pk: [] for one in versions}
    for step in rows:
        by_version[step.roadmap_id].append(step)
    running = matter.state == State.ACCEPTED

    def shown(one: Roadmap) -> dict[str, Any]:
        live = one.state == "ACCEPTED" and running
        return {
            "version": one,
            "state": ROADMAP_STATES[one.state],
            "steps": step_lines(by_version[one.pk], on, calendar, running=live),
            "changes": changes(by_version[one.pk], calendar),
        }

    last = versions[-1] if versions else None
    returned = last is not None and last.state == "RETURNED" and last.cycle == matter.cycle
    shown_ones = [shown(one) for one in versions]
    return {
        "accepted": next((one for one in shown_ones if one["version"].state == "ACCEPTED"), None),
        "proposed": next((one for one in shown_ones if one["version"].state == "PROPOSED"), None),
        "returned": shown_ones[-1] if returned else None,
        "earlier": [one for one in reversed(shown_ones) if one["version"].state not in RUNNING],
    }


def changes(steps: Iterable[RoadmapStep], calendar: Calendar) -> list[str]:
    """What a next version changes of the steps it follows, in lines; what it takes over unchanged is not told."""
    lines = []
    for one in steps:
        was = one.follows
        if was is None:
            continue
        if was.due_on != one.due_on:
            days = slip_words(slip(was.due_on, one.due_on, calendar)).replace("比原定", "")
            lines.append(f"“{one.words}”由{was.due_on}改为{one.due_on}（{days or '同一工作日'}）")
        if was.words != one.words:
            lines.append(f"“{was.words}”改为“{one.words}”")
    return lines


def dropped(matter: Matter, steps: Iterable[RoadmapStep]) -> list[RoadmapStep]:
    """The undone steps of the version in force that a proposed one no longer has."""
    kept = {one.follows_id for one in steps}
    return [one for one in undone(matter) if one.pk not in kept]


def without_roadmap(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Of these matters the ones whose present cycle has neither a version in force nor one that waits (2.2.5.1b)."""
    live = Roadmap.objects.filter(matter=OuterRef("pk"), cycle=OuterRef("cycle"), state__in=RUNNING)
    return matters.filter(~Exists(live))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of some running matters have a roadmap: the overview's “100%的事项有路线图”."""

    running: int
    accepted: int
    waiting: int
    slipped: int

    @property
    def missing(self) -> int:
        return self.running - self.accepted - self.waiting


def roadmap_coverage(matters: QuerySet[Matter], on: date) -> Coverage:
    """Of these matters, those under way: with a roadmap in force, with one that waits, with a step behind."""
    running = matters.filter(state=State.ACCEPTED).order_by()

    def having(state: str) -> int:
        rows = Roadmap.objects.filter(matter=OuterRef("pk"), cycle=OuterRef("cycle"), state=state)
        return running.filter(Exists(rows)).count()

    accepted = having("ACCEPTED")
    first = Roadmap.objects.filter(matter=OuterRef("pk"), cycle=OuterRef("cycle"), state="ACCEPTED")
    waiting = running.filter(
        ~Exists(first), Exists(Roadmap.objects.filter(matter=OuterRef("pk"), state="PROPOSED"))
    ).count()
    return Coverage(running.count(), accepted, waiting, running.filter(next_step_on__lt=on).count())
