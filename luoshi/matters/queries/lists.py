"""Rows made ready for a page, and the list of matters, paged by key so that a page costs the same at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from luoshi.matters.models import Matter
from luoshi.matters.queries.access import visible
from luoshi.matters.queries.finding import ORDERS, ListFilter, filtered
from luoshi.matters.rules import (
    OPEN,
    SLIPPED,
    DeadlineKind,
    Lamp,
    LampFacts,
    Source,
    State,
    default_next_on,
    lamp,
    slipped,
)
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.plan.queries import rule
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar, add_workdays, workdays_between

PAGE = 50
MANY = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One matter as a line: everything a table prints, already in words."""

    pk: int
    public_id: str
    url: str
    number: str
    title: str
    urgent: bool
    source: str
    unit: str
    handler: str
    leader: str
    state: str
    state_label: str
    lamp: str
    lamp_label: str
    due_on: date | None
    next_on: date | None
    """The nearest date that runs: the next feedback, 办结时限 or a step of the roadmap."""
    next_label: str
    left: str
    """还剩2个工作日 · 今天到期 · 逾期3个工作日, empty where nothing runs."""
    returns: int
    act: str = ""
    """The next move of whoever looks, a name of `rules.MOVES`; empty where he waits."""
    act_label: str = ""
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class MatterPage:
    """One page of rows, the key of the next page (None at the end), and the total, exact up to 1000."""

    rows: list[Row]
    next_key: str | None
    total: int
    total_label: str
    filters: ListFilter = field(default_factory=ListFilter)


def running_date(matter: Matter) -> tuple[date | None, str]:
    """The nearest date that runs for the unit, and its word."""
    if matter.state not in (State.ASSIGNED, State.ACCEPTED):
        return (matter.due_on, DeadlineKind.DUE.label) if matter.state in OPEN else (None, "")
    first = matter.first_feedback_on is None
    feedback = matter.feedback_due_on if first else matter.next_feedback_on
    kind = DeadlineKind.FIRST_FEEDBACK if first else DeadlineKind.STAGE
    dates = [(feedback, kind.label), (matter.due_on, DeadlineKind.DUE.label), (matter.next_step_on, "步骤")]
    return min(((day, word) for day, word in dates if day is not None), default=(None, ""))


def lamp_facts(matter: Matter) -> LampFacts:
    """What `rules.lamp` reads from a matter."""
    feedback = matter.feedback_due_on if matter.first_feedback_on is None else matter.next_feedback_on
    return LampFacts(matter.state, feedback, matter.due_on, matter.submitted_on, matter.next_step_on)


def left_words(day: date, on: date, calendar: Calendar) -> str:
    """How far off a date is, in working days.

    >>> left_words(date(2026, 11, 27), date(2026, 11, 24), Calendar())
    '还剩3个工作日'
    >>> left_words(date(2026, 11, 20), date(2026, 11, 24), Calendar())
    '逾期2个工作日'
    """
    if day == on:
        return "今天到期"
    if day > on:
        return f"还剩{workdays_between(on, day, calendar)}个工作日"
    return f"逾期{workdays_between(day, on, calendar)}个工作日"


@dataclass(frozen=True, slots=True)
class Clock:
    """What a bureau measures by: its calendar, and how many working days ahead a lamp turns amber."""

    calendar: Calendar
    ahead: int


def clock_of(bureau_id: int, on: date) -> Clock:
    """The clock of a bureau on a day."""
    ahead = rule("lamp_yellow_days", bureau_id=bureau_id, on=on)
    return Clock(workdays.calendar(bureau_id), int(ahead.value["number"]))


def next_feedback_on(matter: Matter, on: date) -> date:
    """The next feedback date that a form offers and a feedback without one gets (规则“阶段反馈间隔”)."""
    every = rule("staged_feedback", bureau_id=matter.bureau_id, on=on).value
    calendar = workdays.calendar(matter.bureau_id)
    return default_next_on(on, matter.due_on, calendar, every=(int(every["number"]), every["unit"]))


def row(matter: Matter, *, on: date, clock: Clock, act: str = "", act_label: str = "", waits_for: str = "") -> Row:
    """Make one row; `matter` has lead_unit, leader and handler loaded."""
    calendar = clock.calendar
    near, word = running_date(matter)
    facts = lamp_facts(matter)
    colour = lamp(facts, on, calendar, ahead=clock.ahead)
    behind = colour == Lamp.AMBER and slipped(facts, on)
    left = left_words(near, on, calendar) if near and matter.state in (State.ASSIGNED, State.ACCEPTED) else ""
    return Row(
        pk=matter.pk,
        public_id=str(matter.public_id),
        url=reverse("matters:detail", args=[matter.public_id]),
        number=matter.number_label,
        title=matter.title,
        urgent=matter.urgent,
        source=Source(matter.source).label,
        unit=str(matter.lead_unit),
        handler=str(matter.handler) if matter.handler else "",
        leader=str(matter.leader),
        state=matter.state,
        state_label=State(matter.state).label,
        lamp=colour.value,
        lamp_label=SLIPPED if behind else colour.label,
        due_on=matter.due_on,
        next_on=near,
        next_label=word,
        left=left.replace("逾期", SLIPPED) if behind else left,
        returns=matter.returns,
        act=act,
        act_label=act_label,
        waits_for=waits_for,
    )


def rows(matters: Sequence[Matter], on: date) -> list[Row]:
    """Rows for a list, one clock a bureau."""
    clocks = {pk: clock_of(pk, on) for pk in {one.bureau_id for one in matters}}
    return [row(one, on=on, clock=clocks[one.bureau_id]) for one in matters]


def matter_list(
    user: User, filters: ListFilter, *, on: date, after_key: str | None = None, size: int = PAGE
) -> MatterPage:
    """One page of what a person sees. The number of queries does not grow with the number of matters.

    A lamp is asked for by the clock of the person's (first) bureau.
    """
    found = found_for(user, filters, on=on)
    total = found.order_by()[: MANY + 1].count()
    order = ORDERS[filters.order]
    asked = order.after(order.sort(found), after_key).select_related("lead_unit", "leader", "handler")
    page = list(asked[: size + 1])
    more, page = len(page) > size, page[:size]
    key = order.key(page[-1]) if more else None
    return MatterPage(rows(page, on), key, total, f"{MANY}+" if total > MANY else str(total), filters)


def found_for(user: User, filters: ListFilter, *, on: date) -> QuerySet[Matter]:
    """All that a person sees and a filter asks for, in no order yet."""
    held = org.held(user, on)
    found = filtered(visible(user, held, on), filters, on)
    if filters.lamp and held:
        found = found.filter(lamp_query(filters.lamp, on, clock_of(held[0].bureau_id, on)))
    return found


def lamp_query(wanted: str, on: date, clock: Clock) -> Q:
    """The same lamp as `rules.lamp`, asked of the database."""
    soon = add_workdays(on, clock.ahead, clock.calendar).due
    working = Q(state__in=[State.ASSIGNED, State.ACCEPTED])
    waiting = Q(state__in=[State.SUBMITTED, State.VERIFIED])
    ended = Q(state__in=[State.CLOSED, State.ARCHIVED])
    late = Q(submitted_on__gt=F("due_on"))

    def by(day: date) -> Q:
        return (
            Q(due_on__lte=day)
            | Q(first_feedback_on__isnull=True, feedback_due_on__lte=day)
            | Q(first_feedback_on__isnull=False, next_feedback_on__lte=day)
        )

    past, behind = by(on - timedelta(days=1)), Q(next_step_on__lt=on)
    return {
        Lamp.NONE: Q(state__in=[State.DRAFT, State.APPROVED, State.CANCELLED]),
        Lamp.GREY: Q(state=State.SUSPENDED),
        Lamp.RED: (working & past) | (waiting & late),
        Lamp.AMBER: working & (by(soon) | behind) & ~past,
        Lamp.GREEN: (working & ~(by(soon) | behind)) | (waiting & ~late),
        Lamp.LATE: ended & late,
        Lamp.DONE: ended & ~late,
    }[Lamp(wanted)]
