"""总览: what a leader answers for, by unit, source and lamp; what is stuck and with whom; what changed lately.

Every figure is a named set (`SETS`): the same condition counts it here and lists it on the page it opens. Figures come
from five grouped queries and one short list a heading, however many matters there are. People are never ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from luoshi.matters import queries as matters
from luoshi.matters.models import Deadline, ExtensionRequest, Matter, MatterEvent, Roadmap
from luoshi.matters.queries import Clock, Coverage, Row
from luoshi.matters.queries.desk import waits_for
from luoshi.matters.queries.lists import lamp_query, row
from luoshi.matters.rules import OPEN, Lamp, Source, State
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty, Held
from luoshi.plan.queries import rule
from luoshi.portal.rules import Span
from luoshi.workdays.rules import add_workdays, is_workday

READERS = frozenset({Duty.CHIEF, Duty.LEADER, Duty.OFFICE})
STILL = 10
"""Working days without any move after which a matter is said to stand still (停滞)."""
RETURNED = 2
"""Times returned from which a matter is said to go in circles."""
LINES = 3
"""Matters named under each heading of what is stuck: together with the figures they fill one A4."""
UNMOVED = ("urge", "urge_part", "read", "recount")
"""Events that move nothing: being chased or read is not progress."""
LAMPS = (Lamp.RED, Lamp.AMBER, Lamp.GREEN, Lamp.GREY)
WORDS = {
    "open": "在办",
    "late": "逾期",
    "still": f"{STILL}个工作日没有进展",
    "unsigned": "超时未签收",
    "asked": "延期待批",
    "slipped": "路线图滞后",
    "circling": f"退回{RETURNED}次以上",
    "handed": "新交办",
    "in_time": "按期办结",
    "closed_late": "逾期办结",
    "returned": "核查退回",
    "newly_late": "新逾期",
    "extended": "批准延期",
    "running": "办理中",
    "planned": "路线图已同意",
    "waiting": "路线图待审核",
    "missing": "没有路线图",
}
"""Every set by its key and its word."""
STUCK = ("late", "still", "unsigned", "asked", "slipped", "circling")
CHANGED = ("handed", "in_time", "closed_late", "returned", "newly_late", "extended")
ROADS = ("running", "planned", "waiting", "missing", "slipped")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the figures are taken from: the matters this person answers for, the day, the days looked back over."""

    found: QuerySet[Matter]
    on: date
    span: Span
    clock: Clock
    sign_days: int
    whole: bool
    """All of the bureau (主要领导, 局办公室), or a leader's own portfolio."""

    def all(self, key: str) -> QuerySet[Matter]:
        """The matters of a set: what a figure counts and what its page lists."""
        return self.found.filter(condition(key, self))


def scope(user: User, held: Iterable[Held], bureau_id: int, on: date, span: Span) -> Scope:
    """A leader's portfolio (分管), or the whole bureau for 主要领导 and its office."""
    mine = [one for one in held if one.duty in READERS]
    return Scope(
        found=matters.visible(user, mine, on).order_by(),
        on=on,
        span=span,
        clock=matters.clock_of(bureau_id, on),
        sign_days=int(rule("sign_days", bureau_id=bureau_id, on=on).value["number"]),
        whole=any(one.duty in (Duty.CHIEF, Duty.OFFICE) for one in mine),
    )


def _back(on: date, number: int, clock: Clock) -> date:
    """The day from which `number` working days have passed before `on` begins: nothing happened in all of them."""
    day, left = on, number
    while left:
        day -= timedelta(days=1)
        left -= is_workday(day, clock.calendar)
    return day


def _event(moves: Sequence[str], span: Span) -> Q:
    days = (span.since, span.until)
    return Q(Exists(MatterEvent.objects.filter(matter=OuterRef("pk"), move__in=moves, on__range=days)))


def _roadmap(state: str) -> Exists:
    return Exists(Roadmap.objects.filter(matter=OuterRef("pk"), cycle=OuterRef("cycle"), state=state))


def condition(key: str, told: Scope) -> Q:
    """The condition of a named set; the only place where it is written."""
    on, span = told.on, told.span
    running, ended = Q(state=State.ACCEPTED), Q(state__in=[State.CLOSED, State.ARCHIVED])
    if key in LAMPS:
        return Q(state__in=OPEN) & lamp_query(key, on, told.clock)
    if key == "still":
        since = _back(on, STILL, told.clock)
        moved = MatterEvent.objects.filter(matter=OuterRef("pk"), on__gte=since).exclude(move__in=UNMOVED)
        return Q(state__in=OPEN - {State.SUSPENDED}) & ~Q(Exists(moved))
    if key == "unsigned":
        late = on - timedelta(days=1)
        while add_workdays(late, told.sign_days, told.clock.calendar).due >= on:
            late -= timedelta(days=1)
        return Q(state=State.ASSIGNED, day0_on__lte=late)
    if key == "asked":
        return running & Q(Exists(ExtensionRequest.objects.filter(matter=OuterRef("pk"), state="ASKED")))
    if key == "newly_late":
        days = (span.since - timedelta(days=1), span.until - timedelta(days=1))
        missed = Deadline.objects.filter(
            Q(met_on=None) | Q(met_on__gt=F("due_on")), matter=OuterRef("pk"), ended_on=None, due_on__range=days
        )
        return Q(number__isnull=False) & ~Q(state=State.CANCELLED) & Q(Exists(missed))
    if key in ("in_time", "closed_late"):
        late_end = Q(submitted_on__gt=F("due_on"))
        return ended & Q(closed_on__range=(span.since, span.until)) & (late_end if key == "closed_late" else ~late_end)
    if key == "missing":
        return running & ~Q(_roadmap("ACCEPTED")) & ~Q(_roadmap("PROPOSED"))
    return {
        "open": Q(state__in=OPEN),
        "late": Q(state__in=OPEN) & lamp_query(Lamp.RED, on, told.clock),
        "slipped": running & Q(next_step_on__lt=on),
        "circling": Q(state__in=OPEN, returns__gte=RETURNED),
        "handed": _event(["assign"], span),
        "returned": _event(["send_back"], span),
        "extended": _event(["extend", "grant_extension"], span),
        "running": running,
        "planned": running & Q(_roadmap("ACCEPTED")),
        "waiting": running & ~Q(_roadmap("ACCEPTED")) & Q(_roadmap("PROPOSED")),
    }[key]


@dataclass(frozen=True, slots=True)
class Split:
    """One line by unit or by source: how many are in hand, and their lamps in the order of `LAMPS`."""

    key: str
    label: str
    number: int
    lamps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """One heading of what is stuck: how many, and the first of them with whom they wait for and since when."""

    key: str
    number: int
    lines: list[tuple[Row, str, date | None]]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page prints."""

    number: int
    lamps: tuple[int, ...]
    units: list[Split]
    sources: list[Split]
    stuck: list[Stuck]
    changed: list[tuple[str, int]]
    coverage: Coverage


def overview(told: Scope) -> Overview:
    """The figures of a scope, in a number of queries that does not depend on how many matters it holds."""
    keys = ["open", *LAMPS, *STUCK, *CHANGED]
    sums = told.found.aggregate(**{f"n_{key}": Count("pk", filter=condition(key, told)) for key in keys})
    number = {key: sums[f"n_{key}"] for key in keys}
    return Overview(
        number=number["open"],
        lamps=tuple(number[key] for key in LAMPS),
        units=_by_unit(told),
        sources=_split(told, "source", dict(Source.choices)),
        stuck=[_stuck(told, key, number[key]) for key in STUCK if number[key]],
        changed=[(key, number[key]) for key in CHANGED],
        coverage=matters.roadmap_coverage(told.found, told.on),
    )


def _split(told: Scope, field: str, labels: dict[int | str, str]) -> list[Split]:
    """What is in hand by a field, in the order of the labels: a rank or a closed list, never the figure."""
    counts = {f"n_{key}": Count("pk", filter=condition(key, told)) for key in LAMPS}
    rows = told.all("open").values(field).annotate(number=Count("pk"), **counts)
    found = {one[field]: one for one in rows}
    return [
        Split(str(key), label, found[key]["number"], tuple(found[key][f"n_{lamp}"] for lamp in LAMPS))
        for key, label in labels.items()
        if key in found
    ]


def _by_unit(told: Scope) -> list[Split]:
    units = Unit.objects.filter(pk__in=told.all("open").values("lead_unit")).order_by("rank", "pk")
    return _split(told, "lead_unit", {one.pk: str(one) for one in units})


def _stuck(told: Scope, key: str, number: int) -> Stuck:
    """The first of a heading: what has been without a move longest stands first, elsewhere the nearest date."""
    last = MatterEvent.objects.filter(matter=OuterRef("pk")).exclude(move__in=UNMOVED).order_by().values("matter")
    moved = told.all(key).annotate(moved_on=Subquery(last.annotate(on_last=Max("on")).values("on_last")))
    order = "moved_on" if key == "still" else "due_on"
    first = moved.select_related("lead_unit", "leader", "handler", "verifier").order_by(order, "pk")[:LINES]
    return Stuck(key, number, [(_row(one, told), _with_whom(one, key), one.moved_on) for one in first])


def _with_whom(matter: Matter, key: str) -> str:
    return f"等{matter.leader}答复延期" if key == "asked" else waits_for(matter)


def _row(matter: Matter, told: Scope) -> Row:
    return row(matter, on=told.on, clock=told.clock, waits_for=waits_for(matter))


def listed(found: QuerySet[Matter], told: Scope, *, after: int | None, size: int) -> tuple[list[Row], int | None]:
    """One page of the matters behind a figure, the newest first, and the key of the next one."""
    page = found.filter(pk__lt=after) if after else found
    rows = list(page.select_related("lead_unit", "leader", "handler", "verifier").order_by("-pk")[: size + 1])
    return [_row(one, told) for one in rows[:size]], rows[size - 1].pk if len(rows) > size else None
