"""体检 of an imported plan: the draft that lint reads, by which limits, and what the office set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.plan.lint.checking import Report, check
from luoshi.plan.lint.findings import Draft, Finding, Limits, Place, Said, Stage
from luoshi.plan.models import Clause, Duty, PlanVersion, SetAside
from luoshi.plan.queries.ruling import rule, stated_value
from luoshi.plan.rules import parse
from luoshi.plan.slots import RULED
from luoshi.workdays import queries as workdays


def draft_of(version: PlanVersion) -> Draft:
    """An imported text as a draft: its duties as people left them, dropped and replaced ones out of it."""
    plan = version.plan
    clauses = tuple(Place(one.path, one.title, one.start, one.end) for one in version.clauses.order_by("order"))
    rows = Duty.objects.filter(clause__version=version, state__in=("PROPOSED", "CONFIRMED"))
    rows = rows.select_related("clause", "owner_unit", "leader").order_by("order")
    phases = tuple(
        Stage(one.name, one.clause.path if one.clause else "", one.from_on, one.until_on)
        for one in plan.phases.filter(void=False).select_related("clause")
    )
    said = tuple(_said(one) for one in rows)
    return Draft(version.text, plan.title, clauses, said, plan.from_on, plan.until_on, phases)


def _said(one: Duty) -> Said:
    value = stated_value(one)
    owner = str(one.owner_unit or one.leader or "")
    return Said(
        one.clause.path, one.start, one.end, one.quote, one.act, one.actor, owner, one.slot,
        tuple(one.obligations), parse(RULED[one.slot].shape, value) if value is not None else None,
    )  # fmt: skip


def limits_of(version: PlanVersion, on: date) -> Limits:
    """The bureau's own calendar and the share it decided; the year is the plan's first or the present one."""
    plan = version.plan
    spoke = rule("load_share", bureau_id=plan.bureau_id, on=on)
    first, last = (plan.from_on or on).year, (plan.until_on or date.max).year
    year = min(max(on.year, first), last)
    calendar = workdays.calendar(plan.bureau_id)
    told = "" if spoke.citation.startswith(spoke.source_label) else f"{spoke.source_label}，"
    return Limits(calendar, year, int(spoke.value["number"]), f"{told}{spoke.citation}")


@dataclass(frozen=True, slots=True)
class Checkup:
    """体检 of a text: the report, what is still open, and what was set aside with its reason."""

    report: Report
    open: tuple[Finding, ...]
    aside: tuple[SetAside, ...]

    def counts(self) -> dict[str, int]:
        """How many open findings of each severity."""
        return {key: sum(one.severity == key for one in self.open) for key in self.report.counts()}


def checkup(version: PlanVersion, on: date) -> Checkup:
    """The whole check of an imported text as of a day."""
    report = check(draft_of(version), limits_of(version, on))
    rows = SetAside.objects.filter(plan=version.plan_id, ended_on=None).select_related("decided_by", "clause")
    aside = tuple(rows)
    keys = {one.key for one in aside}
    return Checkup(report, tuple(one for one in report.findings if one.key not in keys), aside)


def clause_keys(version: PlanVersion) -> dict[str, int]:
    """The clauses of a text by their path, for links."""
    return dict(Clause.objects.filter(version=version).values_list("path", "pk"))
