"""What a summary draws from the records: its figures with their digests, and the facts that its draft is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from luoshi.activities.queries import clauses as activities
from luoshi.activities.queries.quotas.book import GROUP, book
from luoshi.activities.queries.quotas.coverage import group_months, head_talks
from luoshi.commitments.queries import clauses as commitments
from luoshi.lib.byclause import NOTHING, Figure
from luoshi.lib.seal import canonical
from luoshi.matters.queries import clauses as matters
from luoshi.outcomes.models import Summary
from luoshi.outcomes.queries import panel, sets
from luoshi.outcomes.queries.campaign import steps
from luoshi.outcomes.queries.sets import Scope
from luoshi.outcomes.rules import Value, count_of, share_of
from luoshi.outcomes.rules.draft import Facts, Measure, draft, named
from luoshi.outcomes.rules.figures import FIGURES, MOVING, UNDER, Named
from luoshi.plan.models import Clause, Plan
from luoshi.plan.queries import clauses as plan_clauses
from luoshi.problems.models import ProblemClass
from luoshi.problems.queries import clauses as problems
from luoshi.problems.queries.classes import classes_seen, institutions_seen
from luoshi.publicity.queries import clauses as publicity

ROOMS = (plan_clauses, matters, problems, activities, commitments, publicity)
BY = {
    "in_use_on": "施行日期", "issued_on": "印发日期", "decided_on": "决定日期", "entered_on": "登记日期",
    "found_on": "发现日期", "closed_on": "办结、销号日期", "on": "回头看、反弹日期",
    "institution__issued_on": "制度印发日期", "raiser_answered_on": "回访日期", "answer_due_on": "答复时限",
    "day0_on": "交办日期", "feedback_due_on": "首次反馈时限", "due_on": "办结时限",
}  # fmt: skip
"""By which day a record of a source belongs to the summary's days."""
Told = dict[str, dict[str, Any]]
"""The name of a figure → what it says and where it opens, as `Summary.figures` keeps it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Figures and the draft that names them."""

    figures: Told
    texts: dict[str, str]


def draw(plan: Plan, since: date, until: date, scope: Scope) -> Drawn:
    """Everything of a summary over these days, as the records stand now."""
    figures = {one.label: _figure(one, since, until, scope) for one in FIGURES}
    measures, idle, under = _measures(plan, scope)
    numbers = {name: told["number"] for name, told in figures.items() if not told["whole"]}
    classes = list(classes_seen(scope.held).filter(bureau=scope.bureau_id).order_by("name", "pk"))
    facts = Facts(
        plan=plan.title,
        document=plan.document_no,
        decided=plan.decision or plan.decided_body,
        since=since,
        until=until,
        phases=tuple(_phase(one) for one in steps(plan, scope.on)),
        measures=tuple(measures),
        numbers=numbers,
        shares=tuple(name for name, told in figures.items() if told["whole"] and told["sample"]),
        institutions=_institutions(scope, since, until),
        undecided=tuple(one.name for one in classes if not one.cure),
        idle=tuple(idle),
        roots=_roots(classes),
        missed=tuple(_missed(scope, since, until)),
        changes=_changes(plan, scope),
    )
    return Drawn(figures | under, draft(facts))


def _figure(one: Named, since: date, until: date, scope: Scope) -> dict[str, Any]:
    keys = _keys(one.part, since, until, scope)
    how = f"按{BY[sets.SETS[one.part].day]}计" if sets.SETS[one.part].day else f"截至{scope.on:%Y-%m-%d}"
    means = f"{sets.LABELS[one.part]}（{how}）"
    if not one.whole:
        value, whole = count_of(len(keys), one.unit), []
    else:
        whole = _keys(one.whole, since, until, scope)
        value = share_of(len(keys), len(whole))
        means = f"{sets.LABELS[one.part]}{len(keys)} ÷ {sets.LABELS[one.whole]}{len(whole)}（{how}）"
    return _told(one.part, value, means, [keys, whole], whole=one.whole)


def _told(key: str, value: Value, means: str, proof: Any, **more: Any) -> dict[str, Any]:
    digest = hashlib.sha256(canonical(proof).encode()).hexdigest()
    told = {"key": key, "words": value.words, "number": value.part or 0, "means": means, "whole": "", "clause": None,
            "sample": not value.missing, "digest": digest}  # fmt: skip
    return told | more


def _keys(key: str, since: date, until: date, scope: Scope) -> list[int]:
    return sorted(sets.rows(key, scope, since, until).values_list("pk", flat=True))


def _phase(step: Any) -> str:
    dates = f"{step.phase.from_on:%Y-%m-%d}至{step.phase.until_on:%Y-%m-%d}" if step.phase.until_on else "日期未定"
    return f"{step.phase.name}（{dates}）{step.word}" + (f"，{step.signed}" if step.signed else "")


def _measures(plan: Plan, scope: Scope) -> tuple[list[Measure], list[str], Told]:
    """The measures of the text in force with what stands under each; the clauses under which nothing does."""
    version = plan_clauses.texts_in_force([plan.pk]).get(plan.pk)
    clauses = list(Clause.objects.filter(version=version).order_by("order"))
    below: dict[int, list[Clause]] = {}
    for one in clauses:
        if one.parent_id is not None:
            below.setdefault(one.parent_id, []).append(one)
    told = _under([one.lineage for one in clauses], scope)
    idle = [
        _quoted(one) for one in clauses
        if one.pk not in below and told.get(one.lineage, {}).get("confirmed", NOTHING).number
        and not any(told[one.lineage].get(key, NOTHING).number for key in MOVING)
    ]  # fmt: skip
    measures, figures = [], {}
    for one in _heads(clauses, below):
        lineages = [one.lineage, *(child.lineage for child in below.get(one.pk, []))]
        mine = {key: sum(told.get(each, {}).get(key, NOTHING).number for each in lineages) for key in UNDER}
        title = (one.title or one.path).strip(" 。：:")
        words = []
        for key, (word, unit) in UNDER.items():
            if mine[key]:
                label = f"{title[:20]}·{word}".replace("〔", "（").replace("〕", "）")
                label = label if label not in figures else f"{one.path.replace('/', '')}·{word}"
                means = f"{one.path}及下级条款的{word}（截至{scope.on:%Y-%m-%d}）"
                figures[label] = _told(key, count_of(mine[key], unit), means, [key, mine[key]], clause=one.pk)
                words.append((label, word, mine[key]))
        measures.append(Measure(title, tuple(words)))
    return measures, idle, figures


def _quoted(clause: Clause) -> str:
    """A clause by its own first words: paths in a row would read as one."""
    title = clause.title.strip(" 。：:")
    return f"“{title[:18]}”" if title else clause.path.replace("/", "")


def _heads(clauses: Iterable[Clause], below: dict[int, list[Clause]]) -> list[Clause]:
    """The measures: clauses above which only headings stand and below which nothing branches further."""
    branching = {pk for pk, children in below.items() if any(one.pk in below for one in children)}
    return [
        one for one in clauses
        if one.path != "0" and one.pk not in branching and (one.parent_id is None or one.parent_id in branching)
    ]  # fmt: skip


def _under(lineages: list[UUID], scope: Scope) -> dict[UUID, dict[str, Figure]]:
    found: dict[UUID, dict[str, Figure]] = {}
    for room in ROOMS:
        for lineage, figures in room.by_clause(lineages, scope.user, scope.on).items():
            mine = found.setdefault(lineage, {})
            for key, figure in figures.items():
                mine[key] = mine.get(key, NOTHING) + figure
    return found


def _institutions(scope: Scope, since: date, until: date) -> tuple[str, ...]:
    made = institutions_seen(scope.held).filter(bureau=scope.bureau_id, void=False, issued_on__range=(since, until))
    return tuple(made.order_by("issued_on", "pk").values_list("title", flat=True))


def _roots(classes: Iterable[ProblemClass]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.root_cause.strip() for one in classes if one.root_cause.strip()))


def _missed(scope: Scope, since: date, until: date) -> Iterator[str]:
    """Months without 集体学习, units with whose head nobody has talked yet: of the bureau and its units only."""
    months: list[str] = []
    for year in range(since.year, until.year + 1):
        told = book(scope.bureau_id, year)
        for asked, held in zip(told.quotas.get(GROUP, ()), group_months(told, scope.on), strict=True):
            months += [
                one.label for one, sessions in zip(asked.grid.periods, held.sessions, strict=True)
                if not sessions and since <= one.first and one.last <= until
            ]  # fmt: skip
    if months:
        yield f"没有开展中心组集体学习的有{named(list(dict.fromkeys(months)))}"
    units = [one.unit for one in head_talks(scope.bureau_id, scope.on).lines if one.state == "OPEN"]
    if units:
        yield f"还没有同单位负责人开展政治谈话的有{named(list(dict.fromkeys(units)))}"


def _changes(plan: Plan, scope: Scope) -> tuple[str, ...]:
    periods = panel.periods_of(plan, scope.on)
    told = []
    for board in panel.boards(scope, periods):
        for line in board.lines:
            if line.change.tone in ("better", "worse") and line.start and line.last:
                told.append(
                    f"{line.indicator.label}由{line.start.value.words}到{line.last.value.words}，{line.change.words[-2:]}"
                )
    return tuple(told)


def url_of(summary: Summary, told: dict[str, Any]) -> str:
    """Where a figure opens: its records over the summary's days, or those under its clause."""
    if told["clause"] is not None:
        there = reverse("portal:records", args=[summary.plan_id, told["key"]])
        return f"{there}?{urlencode({'clause': told['clause']})}"
    return reverse("outcomes:figure", args=[summary.public_id, told["key"]])


def values_of(summary: Summary) -> dict[str, str]:
    """The figures of a summary as they print, in the order of a report; those of the measures after them."""
    order = {one.label: nth for nth, one in enumerate(FIGURES)}
    names = sorted(
        summary.figures, key=lambda name: (order.get(name, len(order)), summary.figures[name]["clause"] or 0)
    )
    return {name: summary.figures[name]["words"] for name in names}
