"""The one executor of moves: `ask` whether, `Turn.make` it, `Step.done` writes it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db.models import Model

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale, destination
from luoshi.notices.services import notify
from luoshi.org.models import User
from luoshi.problems import queries, rules
from luoshi.problems.models import Problem, ProblemEvent, ProblemEvidence
from luoshi.problems.services.feeding import feed
from luoshi.records.services import keep, record


class Form(TypedDict, total=False):
    """What every verb may be given beside its own words.

    `version`: the problem's version when the form was opened (None skips the version check, never the state check).
    `now`: the moment (aware), the clock's where left out. `staged`: tokens of staged uploads that become evidence.
    `decided_by`, `decided_on`: a leader decided off screen and somebody enters it.
    """

    version: int | None
    now: datetime | None
    staged: Sequence[str]
    decided_by: User | None
    decided_on: date | None


PEOPLED = Problem.objects.select_related(
    "bureau", "leader", "owner", "unit", "entered_by", "applied_by", "closed_by", "self_check", "problem_class"
)


@dataclass(slots=True)
class Step:
    """A move that was made: the problem as it now stands, its event, and every row that changed with it."""

    problem: Problem
    event: ProblemEvent
    by: User
    rows: list[Model] = field(default_factory=list)
    told: list[tuple[list[User], str]] = field(default_factory=list)

    def tell(self, people: Iterable[User | None], title: str) -> None:
        """Leave a notice with these people, the one who acted excepted."""
        known = {one.pk: one for one in people if one is not None and one.pk != self.by.pk}
        self.told.append((list(known.values()), title))

    def done(self) -> Problem:
        """Write the record and the notices; the last line of every verb. Of a personal list neither tells a word."""
        event, problem = self.event, self.problem
        feed([problem])
        private = problem.self_check_id is not None
        record(
            self.by,
            f"problems.{event.move}",
            problem,
            bureau=problem.bureau_id,
            rows=[event, *self.rows],
            note="" if private else event.note,
            decided_by=event.decided_by,
            decided_on=event.decided_on,
        )
        for people, title in self.told:
            notify(
                people,
                bureau=problem.bureau_id,
                kind=f"problems.{event.move}",
                key=f"problems:{problem.pk}:event:{event.pk}",
                title=f"{title}：个人问题清单" if private else f"{title}：{problem.title}",
                url=problem.get_absolute_url(),
            )
        return problem


@dataclass(slots=True)
class Turn:
    """A move that this person may make now, asked for and not yet made: the time for a verb's own checks."""

    problem: Problem
    name: str
    by: User
    on: date
    to: str
    roles: dict[str, str]
    note: str
    at: datetime
    staged: Sequence[str]
    decided_by: User | None
    decided_on: date | None

    def make(self, *, changes: Mapping[str, Any] | None = None, data: Mapping[str, Any] | None = None) -> Step:
        """Make it: one conditional UPDATE on state and version, so of two people one wins and the other gets `Stale`.

        The problem handed in is brought up to date. Words (`rules.WORDS`) change no row of it.
        """
        problem = self.problem
        if self.name not in rules.WORDS:
            won = Problem.objects.filter(pk=problem.pk, state=problem.state, version=problem.version).update(
                state=self.to, version=problem.version + 1, **(changes or {})
            )
            if won != 1:
                _refuse_stale(problem, since=problem.version, by=self.by, on=self.on)
            problem.refresh_from_db(from_queryset=PEOPLED.all())
        event = ProblemEvent.objects.create(
            problem=problem,
            cycle=problem.cycle,
            move=self.name,
            at=self.at,
            on=self.on,
            operator=self.by,
            standing_in_for=_standing(self.name, self.roles),
            decided_by=self.decided_by,
            decided_on=self.decided_on,
            note=self.note,
            data=dict(data or {}),
            version=problem.version,
        )
        step = Step(problem, event, self.by)
        attach(step, self.staged)
        return step


def ask(
    problem: Problem,
    name: str,
    *,
    by: User,
    on: date,
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
    staged: Sequence[str] = (),
    decided_by: User | None = None,
    decided_on: date | None = None,
) -> Turn:
    """Ask for one move of `rules.MOVES`, within the caller's act; what may not be is refused before anything else.

    `Stale` where the problem's state is not that of the object handed in, or its version not that of the form.
    `NotAllowed` where the person's roles, the state, a missing reason or a missing application forbid it.
    """
    now_at = Problem.objects.filter(pk=problem.pk).values_list("state", "version").get()
    if name not in rules.WORDS and (now_at[0] != problem.state or version not in (None, now_at[1])):
        _refuse_stale(problem, since=problem.version if version is None else version, by=by, on=on)
    problem.refresh_from_db(from_queryset=PEOPLED.all())
    roles = queries.roles_of(by, problem, on)
    move = rules.MOVES[name]
    _refuse_own(problem, name, roles, by, on)
    states = {str(value): str(label) for value, label in rules.State.choices}
    to = destination(rules.MOVES, name, state=problem.state, duties=roles, states=states)
    if why := queries.idle(problem, name, on):
        raise NotAllowed(why)
    note = note.strip()
    if move.reason and not note:
        raise NotAllowed(f"“{move.label}”要写明情况或原因，请补充后再办。")
    if decided_on is not None and decided_on > on:
        raise NotAllowed("决定日期不能晚于今天，请核对。")
    decided = (decided_by, decided_on or on) if decided_by is not None else (None, None)
    return Turn(problem, name, by, on, to, roles, note, now or clock.now(), staged, *decided)


def _refuse_own(problem: Problem, name: str, roles: Mapping[str, str], by: User, on: date) -> None:
    """What another person must do is not done by whoever is answerable for it, worked on it, or stands in for him."""
    if name not in rules.OTHERS:
        return
    if rules.OWNER in roles or by.pk in (problem.applied_by_id, problem.owner_id):
        raise NotAllowed(f"“{rules.MOVES[name].label}”须由责任人、申请人以外的人办理，请交核查人或局办公室的同事。")
    if by.pk in queries.parts_of([problem], on)[problem.pk].worked:
        raise NotAllowed("您在本轮整改中报过进展，验收请交另一位核查人或局办公室的同事。")


def move(
    problem: Problem,
    name: str,
    *,
    by: User,
    on: date,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    **form: Unpack[Form],
) -> Step:
    """Ask for a move and make it at once, within the caller's act."""
    return ask(problem, name, by=by, on=on, note=note, **form).make(changes=changes, data=data)


def attach(step: Step, staged: Sequence[str]) -> None:
    """Turn staged uploads into evidence of the step's event."""
    if not staged:
        return
    for evidence in keep(staged, by=step.by, bureau=step.problem.bureau_id):
        proof = ProblemEvidence.objects.create(event=step.event, evidence=evidence)
        step.rows += [evidence, proof]


def _refuse_stale(problem: Problem, *, since: int, by: User, on: date) -> None:
    """Say what happened since the form was opened, as far as this person may see it; within the caller's act."""
    now = Problem.objects.get(pk=problem.pk)
    seen = queries.visible_to(by, on).filter(pk=now.pk).exists()
    raise Stale(now.version, queries.changes_since(now, since) if seen else [])


def _standing(name: str, mine: Mapping[str, str]) -> str:
    """Whom the actor stands in for: nobody, where a role of his own allows the move."""
    names = [mine[role] for role in sorted(rules.MOVES[name].duties & mine.keys())]
    return "" if "" in names or not names else names[0]
