"""What the plan itself has under each clause: duties and whose they are, the rules they made, the papers of the rules.

The protocol stands in `lib.byclause`. Duties are those of the text in force; rules count on from earlier versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from luoshi.lib.byclause import Behind, Figure, Figures, Line
from luoshi.org.models import User
from luoshi.plan.models import Duty, PlanVersion, Rule
from luoshi.plan.queries.access import rules_for, visible_to
from luoshi.plan.rules import STATES, parse
from luoshi.plan.slots import RULED, SLOTS

OWNED = Q(owner_unit__isnull=False) | Q(leader__isnull=False)
"""A duty is somebody's where a unit or a leader answers for it."""
DUTIES = {
    "confirmed": Q(state="CONFIRMED"),
    "proposed": Q(state="PROPOSED"),
    "owned": Q(state="CONFIRMED") & OWNED,
    "unowned": Q(state="CONFIRMED") & ~OWNED,
}


def texts_in_force(plan_ids: Iterable[int] | QuerySet[Any]) -> dict[int, int]:
    """The key of the text in force (the newest version) of each of these plans, in one query."""
    versions = PlanVersion.objects.filter(plan__in=plan_ids).order_by("number")
    return dict(versions.values_list("plan_id", "pk"))


def _duties(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Duty]:
    texts = texts_in_force(visible_to(user, on))
    return Duty.objects.filter(clause__version__in=texts.values(), clause__lineage__in=list(lineages)).order_by()


def _rules(lineages: Iterable[UUID], user: User, on: date) -> QuerySet[Rule]:
    """The rules that these clauses made and that hold, or will hold."""
    holding = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return rules_for(user, on).filter(holding, void=False, clause__lineage__in=list(lineages)).order_by()


def by_clause(lineages: Iterable[UUID], user: User, on: date) -> Figures:
    """Duties by state and owner, rules, and papers of rules, by lineage; six queries."""
    wanted = list(lineages)
    found: Figures = {}

    def add(lineage: UUID, key: str, number: int, names: tuple[str, ...] = ()) -> None:
        figures = found.setdefault(lineage, {})
        figures[key] = figures.get(key, Figure(0)) + Figure(number, names=names)

    duties = _duties(wanted, user, on).filter(state__in=["CONFIRMED", "PROPOSED"])
    grouped = duties.values_list("clause__lineage", "state", "owner_unit__short_name", "leader__name")
    for lineage, state, unit, leader, number in grouped.annotate(number=Count("pk")).order_by("owner_unit__rank"):
        if state == "PROPOSED":
            add(lineage, "proposed", number)
            continue
        add(lineage, "confirmed", number)
        owner = unit or leader
        add(lineage, "owned" if owner else "unowned", number, (owner,) if owner else ())
    rules = _rules(wanted, user, on).values_list("clause__lineage")
    for lineage, number, papers in rules.annotate(number=Count("pk"), papers=Count("paper")):
        add(lineage, "rules", number)
        if papers:
            add(lineage, "documents", papers)
    return found


def behind(key: str, lineages: Iterable[UUID], user: User, on: date) -> Behind | None:
    """The duties or rules that a figure of `by_clause` counts."""
    if key in DUTIES:
        duties = _duties(lineages, user, on).filter(DUTIES[key])
        return Behind.of(duties.select_related("clause", "owner_unit", "leader").order_by("order"), _duty_lines)
    if key == "rules":
        return Behind.of(_rules(lineages, user, on).order_by("slot", "pk"), _rule_lines)
    if key == "documents":
        return Behind.of(_rules(lineages, user, on).exclude(paper=None).order_by("slot", "pk"), _paper_lines)
    return None


def _duty_lines(duties: list[Duty]) -> list[Line]:
    return [
        Line(
            title=one.act,
            url=one.get_absolute_url(),
            facts=tuple(
                filter(None, (
                    one.clause.path,
                    str(one.owner_unit or ""),
                    f"责任领导{one.leader}" if one.leader else "",
                    "" if one.owner_unit_id or one.leader_id or one.state != "CONFIRMED" else "没有责任人",
                    SLOTS[one.slot].label if one.slot in SLOTS else "",
                ))
            ),
            state=STATES[one.state],
        )
        for one in duties
    ]  # fmt: skip


def _rule_lines(rules: list[Rule]) -> list[Line]:
    return [
        Line(
            title=f"{RULED[one.slot].label}　{parse(RULED[one.slot].shape, one.value)}",
            url=one.get_absolute_url(),
            facts=(one.citation, f"第{one.number}版"),
            state="现行" if one.until_on is None else f"至{one.until_on:%Y-%m-%d}",
            on=one.from_on,
        )
        for one in rules
    ]


def _paper_lines(rules: list[Rule]) -> list[Line]:
    return [
        Line(str(one.paper), reverse("plan:paper", args=[one.pk]), (f"“{RULED[one.slot].label}”的依据文件",))
        for one in rules
    ]


def unowned_clauses(version_ids: Iterable[int]) -> dict[int, int]:
    """How many clauses of each text have a confirmed duty that is nobody's, in one query."""
    rows = Duty.objects.filter(DUTIES["unowned"], clause__version__in=list(version_ids)).order_by()
    return dict(rows.values_list("clause__version").annotate(number=Count("clause__lineage", distinct=True)))
