"""活动进程: the phases with their gates as one strip (2.0), and which units have records of work in each phase (3.0).

Of a unit it is told whether there is any record and where it opens: nothing is counted and nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When

from luoshi.lib.byclause import Line
from luoshi.org import queries as org
from luoshi.org.models import Unit
from luoshi.outcomes.queries import lines
from luoshi.outcomes.queries.sets import Scope
from luoshi.plan.campaign import schedule
from luoshi.plan.models import Phase, Plan, ScopeExclusion

TONES = {"UNDATED": "grey", "AHEAD": "grey", "RUNNING": "green", "WAITING": "red", "PASSED": "done"}


@dataclass(frozen=True, slots=True)
class Step:
    """One phase on the strip: its state in words, its gate, and the last decision on it."""

    phase: Phase
    key: str
    word: str
    lamp: str
    checks: int
    found: int
    signed: str
    """Who let it pass and where that stands; empty while it has not."""


def steps(plan: Plan, on: date) -> list[Step]:
    """The phases of a plan in order; three queries."""
    rows = plan.phases.filter(void=False).select_related("plan").prefetch_related("checks", "decisions__decided_by")
    return [_step(one, on) for one in rows.order_by("order")]


def _step(phase: Phase, on: date) -> Step:
    key = schedule.phase_state(
        from_on=phase.from_on, until_on=phase.until_on, passed=phase.signed_on is not None, on=on
    )
    checks = [one for one in phase.checks.all() if not one.void]
    last = next((one for one in reversed(phase.decisions.all()) if one.kind == "SIGN"), None)
    signed = ""
    if phase.signed_on is not None and last is not None:
        signed = "，".join(filter(None, (f"{phase.signed_on:%Y-%m-%d}{last.decided_by}决定过关", last.source)))
    looked = sum(one.met_by_id is not None for one in checks)
    return Step(phase, key, schedule.PHASE_STATES[key], TONES[key], len(checks), looked, signed)


def _sources(scope: Scope) -> tuple[tuple[str, QuerySet[Any], str, str], ...]:
    """What shows that a unit takes part: what it held, what it was given to do, what it has to put right."""
    return (
        ("activities", scope.activities, "unit", "held_on"),
        ("matters", scope.matters, "lead_unit", "day0_on"),
        ("problems", scope.problems.exclude(unit=None), "unit", "found_on"),
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part: whether it has records in each phase that has begun; excluded units say why."""

    unit: Unit
    phases: list[tuple[Phase, bool]]
    excluded: str = ""


def begun(plan: Plan, on: date) -> list[Phase]:
    """The phases whose first day has come."""
    rows = plan.phases.filter(void=False, from_on__isnull=False, from_on__lte=on)
    return list(rows.order_by("order"))


def _until(phase: Phase, on: date) -> date:
    return min(phase.until_on, on) if phase.until_on is not None else on


def participation(plan: Plan, scope: Scope) -> tuple[list[Phase], list[Share]]:
    """Each unit of the bureau in its own order; six queries however many units and records."""
    phases = begun(plan, scope.on)
    have: set[tuple[int, int]] = set()
    for _, rows, unit, day in _sources(scope) if phases else ():
        spans = [When(**{f"{day}__range": (one.from_on, _until(one, scope.on))}, then=Value(str(one.pk)))
                 for one in phases]  # fmt: skip
        told = rows.annotate(during=Case(*spans, default=Value(""), output_field=CharField())).exclude(during="")
        for pk, during in told.values_list(unit, "during").distinct():
            have.add((int(pk), int(during)))
    left = {
        one.unit_id: one.reason for one in ScopeExclusion.objects.filter(org.in_force(scope.on), plan=plan, void=False)
    }
    return phases, [
        Share(one, [(phase, (one.pk, phase.pk) in have) for phase in phases], left.get(one.pk, ""))
        for one in org.units_of(plan.bureau_id, scope.on)
    ]


def unit_lines(unit: Unit, phase: Phase, scope: Scope, most: int = 200) -> list[Line]:
    """What a unit has to show in a phase, kind by kind."""
    found: list[Line] = []
    draw: dict[str, Callable[[list[Any]], list[Line]]] = {
        "matters": lines.matters,
        "problems": lines.problems,
        "activities": lines.activities,
    }
    for key, rows, field, day in _sources(scope):
        mine = rows.filter(**{field: unit, f"{day}__range": (phase.from_on, _until(phase, scope.on))})
        found += draw[key](list(mine.select_related(field).order_by(F(day).desc(), "-pk")[:most]))
    return found


def wanted_phases(phases: Sequence[Phase], pk: str) -> Phase | None:
    """The phase that an address names."""
    return next((one for one in phases if str(one.pk) == pk), None)
