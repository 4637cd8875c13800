"""The ledger's rows, one page at a time, and what is stuck, where and with whom; the cost does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from luoshi.matters.queries.lists import MANY, PAGE, Clock, clock_of, left_words
from luoshi.matters.rules import State as MatterState
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held
from luoshi.problems.models import Problem, Rectification
from luoshi.problems.queries.access import public
from luoshi.problems.queries.finding import ORDERS, STANDINGS, WAITING, ListFilter, filtered, late, look_due, stuck
from luoshi.problems.queries.people import MATTER_OPEN
from luoshi.problems.rules import OPEN, State
from luoshi.problems.rules.ledger import overdue, waits_for
from luoshi.workdays.rules import workdays_between

NAMED = ("unit", "owner", "leader")
STUCK_SHOWN = 8
CLOSED = frozenset({MatterState.CLOSED, MatterState.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Row:
    """One problem as a line: everything the ledger's table prints, already in words."""

    pk: int
    public_id: str
    version: int
    url: str
    number: str
    title: str
    source: str
    unit: str
    owner: str
    state: str
    standing: str
    lamp: str
    lamp_label: str
    due_on: date | None
    waits: str
    returns: int
    cycle: int


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """One page of rows, the key of the next page (None at the end), and the total, exact up to 1000."""

    rows: list[Row]
    next_key: str | None
    total_label: str


def lamp_of(problem: Problem, on: date, clock: Clock) -> tuple[str, str]:
    """A problem's lamp by its name in the look, and its words; empty where nothing runs yet."""
    due = problem.due_on
    if problem.state == State.CLOSED:
        if problem.standing == "已解决":
            return "done", "已解决"
        looks = problem.look_back_on
        if looks is not None and looks < on:
            return "red", "回头看已过期"
        return ("amber", "今天回头看") if looks == on else ("green", "已销号，待回头看")
    if problem.state == State.DISMISSED:
        return "grey", "不作问题处理"
    late = overdue(problem.state, due_on=due, applied_on=problem.applied_on, on=on)
    if problem.state == State.RECTIFYING and problem.applied_on is not None:
        return ("red", "逾期申请，待验收") if late else ("green", "待验收")
    if due is None:
        return "", ""
    near = workdays_between(on, due, clock.calendar) <= clock.ahead
    return ("red" if late else "amber" if near else "green"), left_words(due, on, clock.calendar)


@dataclass(frozen=True, slots=True)
class Handed:
    """The matters through which a running problem is put right: which units still have one, and whether all closed."""

    busy: tuple[str, ...] = ()
    done: bool = False


NOTHING = Handed()


def handed(problems: Sequence[Problem]) -> dict[int, Handed]:
    """What was handed out of each running problem in its present round, by key, in one query."""
    keys = [one.pk for one in problems if one.state == State.RECTIFYING]
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    found = Rectification.objects.filter(problem__in=keys, cycle=F("problem__cycle")).order_by("id")
    for pk, state, unit in found.values_list("problem_id", "matter__state", "matter__lead_unit__short_name"):
        told[pk].append((state, unit))
    return {
        pk: Handed(
            tuple(dict.fromkeys(unit for state, unit in those if state in MATTER_OPEN)),
            all(state not in MATTER_OPEN for state, _ in those) and any(state in CLOSED for state, _ in those),
        )
        for pk, those in told.items()
    }


def row(problem: Problem, on: date, clock: Clock, matters: Handed = NOTHING) -> Row:
    """Make one row; `problem` has unit and owner loaded."""
    unit, owner = str(problem.unit or ""), str(problem.owner or "")
    lamp, label = lamp_of(problem, on, clock)
    return Row(
        pk=problem.pk,
        public_id=str(problem.public_id),
        version=problem.version,
        url=reverse("problems:detail", args=[problem.public_id]),
        number=problem.number_label,
        title=problem.title,
        source=problem.get_source_display(),
        unit=unit,
        owner=owner,
        state=problem.state,
        standing=problem.standing,
        lamp=lamp,
        lamp_label=label,
        due_on=problem.due_on,
        waits=waits_for(
            problem.state, unit=unit, owner=owner, applied_on=problem.applied_on,
            look_back_on=problem.look_back_on, held=problem.look_back_held, busy=matters.busy, done=matters.done,
        ),
        returns=problem.returns,
        cycle=problem.cycle,
    )  # fmt: skip


def rows(problems: Sequence[Problem], on: date) -> list[Row]:
    """Rows for a list, one clock a bureau."""
    clocks = {pk: clock_of(pk, on) for pk in {one.bureau_id for one in problems}}
    through = handed(problems)
    return [row(one, on, clocks[one.bureau_id], through.get(one.pk, NOTHING)) for one in problems]


def in_ledger(user: User, held: Sequence[Held], bureau: Unit | None, on: date) -> QuerySet[Problem]:
    """The ledger of the bureau one works in, as far as this person sees it; personal lists are no part of it."""
    if bureau is None:
        return Problem.objects.none()
    return public(user, held, on).filter(bureau=bureau)


def problem_list(
    ledger: QuerySet[Problem], filters: ListFilter, *, on: date, after_key: str | None = None, size: int = PAGE
) -> ProblemPage:
    """One page of a ledger (`in_ledger`); the number of queries does not grow with the number of problems."""
    found = filtered(ledger, filters, on)
    total = found.order_by()[: MANY + 1].count()
    order: Any = ORDERS[filters.order]
    page = list(order.after(order.sort(found), after_key).select_related(*NAMED)[: size + 1])
    more, page = len(page) > size, page[:size]
    key = order.key(page[-1]) if more else None
    return ProblemPage(rows(page, on), key, f"{MANY}+" if total > MANY else str(total))


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one unit, or of all: how many stand where; each is the list it opens."""

    unit_id: int | None
    unit: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All that is not closed."""
        return sum(self.counts[name] for name in ("found", "confirmed", "rectifying", "applied"))


FIGURES = ("found", "confirmed", "rectifying", "applied", "overdue", "waiting", "look_due", "stuck")


def standings(ledger: QuerySet[Problem], on: date) -> list[Standing]:
    """What is not finished, by unit in the bureau's order, in one query; who has no unit yet comes last."""
    asked = {name: STANDINGS[name] for name in ("found", "confirmed", "rectifying", "applied", "waiting")}
    asked |= {"overdue": late(on), "look_due": look_due(on), "stuck": stuck(on)}
    live = ledger.filter(Q(state__in=sorted(OPEN)) | WAITING).order_by()
    told: Any = live.values("unit_id", name=F("unit__short_name"), long=F("unit__name"), rank=F("unit__rank")).annotate(
        **{f"n_{name}": Count("pk", filter=one) for name, one in asked.items()}
    )
    found: list[dict[str, Any]] = sorted(
        told, key=lambda one: (one["unit_id"] is None, one["rank"] or 0, one["unit_id"] or 0)
    )
    return [
        Standing(one["unit_id"], one["name"] or one["long"] or "未定单位", {name: one[f"n_{name}"] for name in FIGURES})
        for one in found
    ]


def summed(units: Sequence[Standing]) -> dict[str, int]:
    """The figures of the whole ledger."""
    return {name: sum(one.counts[name] for one in units) for name in FIGURES}


def stuck_rows(ledger: QuerySet[Problem], on: date) -> list[Row]:
    """The problems that are stuck, the longest first, each with whom it waits for."""
    found = ledger.filter(stuck(on)).select_related(*NAMED)
    return rows(list(found.order_by(F("due_on").asc(nulls_last=True), "id")[:STUCK_SHOWN]), on)


def said(problem: Problem) -> list[dict[str, Any]]:
    """The last words on one problem, the newest first."""
    found = problem.events.exclude(note="").select_related("operator").order_by("-id")[:3]
    return [{"on": one.on, "who": str(one.operator or ""), "note": one.note} for one in found]
