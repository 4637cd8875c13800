"""工作台, the part of problems: what waits for a person, each line with its act, date and lamp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from luoshi.lib.ondesk import Part, Todo
from luoshi.matters.queries import clock_of
from luoshi.matters.queries.lists import left_words
from luoshi.matters.rules import State as MatterState
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import ADMINISTRATORS, Duty, Held
from luoshi.problems.models import Problem, Rectification
from luoshi.problems.queries.access import PUBLIC
from luoshi.problems.queries.desk_selfcheck import CheckLine, check_desk
from luoshi.problems.queries.people import MATTER_OPEN
from luoshi.problems.rules import MOVES, State
from luoshi.problems.rules.dates import lamp

LINES = 20
LABELS = {
    "accept": "问题待验收",
    "look_back": "待回头看",
    "confirm": "问题待确认",
    "start": "问题待定措施",
    "apply": "问题待整改",
}
"""The groups, what others wait for first, and their words."""
ACTS = {"confirm": "start"}
"""The act that is offered where it is not the group's own: who says how it is put right has confirmed it."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem on the desk: the move that is owed, its lamp and how far off its date is."""

    problem: Problem
    act: str
    lamp: str
    words: str


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """One heading of the desk, the nearest date first, and whether there are more than shown."""

    key: str
    label: str
    lines: list[ProblemLine]
    more: bool


def with_open_matters() -> Exists:
    """That a linked matter is still with a unit."""
    return Exists(Rectification.objects.filter(problem=OuterRef("pk"), matter__state__in=MATTER_OPEN))


def ready_by_matters() -> Q:
    """All matters of this round ended, at least one of them closed: nobody need apply for closing."""
    mine = Rectification.objects.filter(problem=OuterRef("pk"), cycle=OuterRef("cycle"))
    closed = [MatterState.CLOSED, MatterState.ARCHIVED]
    return Q(Exists(mine.filter(matter__state__in=closed))) & Q(~with_open_matters())


def problem_desk(user: User, held: Sequence[Held], on: date) -> list[ProblemGroup]:
    """What waits for a person, in a number of queries that does not grow with the problems; empty groups left out."""
    mine = [one for one in held if one.duty not in ADMINISTRATORS]
    if not mine:
        return []
    found = []
    for key, wanted in _owed(user, mine, on).items():
        rows = list(
            wanted.select_related("unit", "owner", "bureau", "self_check").order_by(
                F("look_back_on" if key == "look_back" else "due_on").asc(nulls_last=True), "id"
            )[: LINES + 1]
        )
        if rows:
            found.append((key, rows))
    clocks = {pk: clock_of(pk, on) for pk in {one.bureau_id for _, rows in found for one in rows}}

    def line(key: str, one: Problem) -> ProblemLine:
        time = clocks[one.bureau_id]
        day = one.look_back_on if key == "look_back" else one.due_on
        if day is None:
            return ProblemLine(one, key, "", "")
        face = lamp(day, on, time.calendar, applied_on=one.applied_on, ahead=time.ahead)
        words = f"{one.applied_on:%m-%d} 申请" if one.applied_on else left_words(day, on, time.calendar)
        return ProblemLine(one, key, face, words)

    return [
        ProblemGroup(key, LABELS[key], [line(key, one) for one in rows[:LINES]], len(rows) > LINES)
        for key, rows in found
    ]


def _owed(user: User, held: Sequence[Held], on: date) -> dict[str, QuerySet[Problem]]:
    """What each duty owes; whoever is answerable for it or applied is never asked to check it."""

    def bureaus(duty: str) -> set[int]:
        return {one.bureau_id for one in held if one.duty == duty}

    names = {one.principal_id or user.pk for one in held} | {user.pk}
    heads = {one.unit_id for one in held if one.duty == Duty.HEAD}
    bureau_ids = {one.bureau_id for one in held}
    office, verifier = bureaus(Duty.OFFICE), bureaus(Duty.VERIFIER)
    alone = {pk for pk in office - verifier if not org.holders(Duty.VERIFIER, pk, on).exists()}
    public = Problem.objects.filter(PUBLIC, bureau__in=bureau_ids)
    reviewed = Q(self_check__reviewer=user)
    another = ~Q(owner__in=names) | Q(owner__isnull=True)
    not_mine = another & (~Q(applied_by=user) | Q(applied_by__isnull=True))
    checks = verifier | alone
    applied, ready = Q(applied_on__isnull=False), ready_by_matters()
    asked = Q(PUBLIC, not_mine) & (
        Q(applied, bureau__in=checks) | Q(Q(applied_on__isnull=True) & ready, bureau__in=checks | office)
    )
    due = Q(look_back_on__lte=on, look_back_held__isnull=True)
    working = Q(owner__in=names) | Q(owner__isnull=True, unit__in=heads)
    running = Problem.objects.filter(state=State.RECTIFYING, applied_on__isnull=True)
    wanted: dict[str, QuerySet[Problem]] = {
        "accept": Problem.objects.filter(asked | Q(reviewed, applied), state=State.RECTIFYING),
        "look_back": Problem.objects.filter(due, Q(PUBLIC, another, bureau__in=checks) | reviewed, state=State.CLOSED),
    }
    confirming = Q(unit__in=heads)
    if office:
        confirming |= Q(unit__isnull=True, bureau__in=office)
    wanted["confirm"] = public.filter(confirming, state=State.FOUND)
    if heads:
        wanted["start"] = public.filter(unit__in=heads, state=State.CONFIRMED)
    wanted["apply"] = running.filter(Q(PUBLIC, working, bureau__in=bureau_ids) | Q(self_check__person=user)).exclude(
        Q(with_open_matters()) | ready_by_matters()
    )
    return wanted


def on_desk(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """What of the ledger and of personal lists a person owes today (protocol: `lib.ondesk`)."""
    parts = [
        Part(
            f"problem_{group.key}",
            group.label,
            [_todo(one) for one in group.lines],
            reverse("problems:list"),
            group.more,
        )
        for group in problem_desk(user, held, on)
    ]
    checks = check_desk(user, held, on)
    mine = [_check(one, one.check.round) for one in checks.mine]
    review = [_check(one, str(one.check.person)) for one in checks.to_review]
    added = [
        Todo(one.title, one.get_absolute_url(), whose=str(one.self_check.person) if one.self_check else "")
        for one in checks.added
    ]
    rounds = [
        Todo(
            one.round.title,
            one.round.get_absolute_url(),
            on=one.round.due_on,
            said=f"已通过{one.accepted}份，共{one.total}份",
        )
        for one in checks.rounds
    ]
    parts += [
        Part.of("my_check", "我的问题清单", mine),
        Part.of("review_check", "待审核的问题清单", review),
        Part.of("added_items", "清单里新加的问题", added),
        Part.of("check_rounds", "正在进行的个人查摆", rounds),
    ]
    return [one for one in parts if one.lines]


def _todo(line: ProblemLine) -> Todo:
    one, act = line.problem, ACTS.get(line.act, line.act)
    day = one.look_back_on if line.act == "look_back" else one.due_on
    url = reverse(f"problems:{act}", args=[one.public_id])
    whose = str(one.unit or one.owner or "")
    return Todo(one.title, one.get_absolute_url(), MOVES[act].label, url, whose, day, line.lamp, line.words)


def _check(line: CheckLine, title: str) -> Todo:
    return Todo(title, line.check.get_absolute_url(), line.act, line.url, on=line.check.due_on)
