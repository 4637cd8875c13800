"""The door for problems: one is opened once; whoever meets it again adds a sighting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import BUSINESS, Duty
from luoshi.org.services import next_number
from luoshi.plan.models import Clause
from luoshi.problems import rules
from luoshi.problems.models import Problem, ProblemClass, ProblemEvent, SelfCheck, Sighting
from luoshi.problems.rules import Source
from luoshi.problems.services.checks import check_place, check_words
from luoshi.problems.services.moves import Form, Step, ask, attach
from luoshi.records.services import act, record


@act
def open_problem(
    *,
    bureau: Unit,
    title: str,
    source: str,
    found_on: date,
    by: User,
    on: date,
    detail: str = "",
    source_note: str = "",
    place: str = "",
    unit: Unit | None = None,
    owner: User | None = None,
    leader: User | None = None,
    clause: Clause | None = None,
    tags: Sequence[str] = (),
    style_kind: str = "",
    channel: str = "",
    pace: str = "",
    raiser: str = "",
    cause: str = "",
    measure: str = "",
    due_on: date | None = None,
    problem_class: ProblemClass | None = None,
    self_check: SelfCheck | None = None,
    **form: Unpack[Form],
) -> Problem:
    """登记问题: write a problem down (待确认) under the year's next number; any staff of the bureau may (2.2.2.2b).

    `unit` and `owner` say who answers for it, as far as known. With `self_check` it is an item of a personal list:
    its owner is the person, only he may enter it, and it is numbered apart. `NotAllowed` says what is wrong.
    """
    held = [one for one in org.held(by, on) if one.bureau_id == bureau.pk and one.duty in BUSINESS]
    if not held:
        raise NotAllowed(f"您目前不在{bureau}任职，不能在这里登记问题。")
    if self_check is not None:
        if self_check.person_id != by.pk:
            raise NotAllowed("个人问题清单由本人填写。")
        owner, unit, leader = self_check.person, None, None
    check_words(title=title, source=source, found_on=found_on, on=on, style_kind=style_kind, channel=channel, pace=pace)
    check_place(bureau, unit=unit, owner=owner, leader=leader, clause=clause, due_on=due_on, on=on)
    series = rules.PRIVATE_SERIES if self_check is not None else rules.SERIES
    problem = Problem.objects.create(
        bureau=bureau,
        series=series,
        year=on.year,
        number=next_number(bureau.pk, year=on.year, series=series),
        title=title.strip(),
        detail=detail.strip(),
        source=source,
        source_note=source_note.strip()[:200],
        place=place.strip()[:100],
        found_on=found_on,
        raiser=raiser.strip()[:100],
        style_kind=style_kind,
        channel=channel,
        tags=[one for one in dict.fromkeys(tags) if one],
        pace=pace,
        problem_class=problem_class,
        cause=cause.strip(),
        measure=measure.strip(),
        leader=leader,
        unit=unit,
        owner=owner,
        due_on=due_on,
        original_due_on=due_on,
        clause=clause,
        self_check=self_check,
        entered_by=by,
        entered_on=on,
    )
    event = ProblemEvent.objects.create(
        problem=problem,
        cycle=1,
        move="open",
        at=form.get("now") or clock.now(),
        on=on,
        operator=by,
        standing_in_for="" if any(not one.standing_in_for for one in held) else held[0].standing_in_for,
        version=problem.version,
    )
    step = Step(problem, event, by)
    attach(step, form.get("staged", ()))
    if self_check is None:
        step.tell(confirmers(problem, on), "新登记的问题，请确认")
    return step.done()


def confirmers(problem: Problem, on: date) -> list[User]:
    """Who is told of a new problem: the head of the unit that answers for it; where none is named, the office."""
    head = org.head_of(problem.unit_id, on) if problem.unit_id is not None else None
    return [head] if head is not None else list(org.holders(Duty.OFFICE, problem.bureau_id, on))


@act
def see_again(
    problem: Problem,
    *,
    source: str,
    seen_on: date,
    by: User,
    on: date,
    words: str = "",
    source_note: str = "",
    place: str = "",
    raiser: str = "",
    unit: Unit | None = None,
    **form: Unpack[Form],
) -> Sighting:
    """又有人反映: the same problem, met once more. It stays one problem; who answers for it hears of it.

    One that was closed is not opened again by this: 办公室 and 核查人 are told and decide (`rebound`).
    """
    was = problem.state
    turn = ask(problem, "see_again", by=by, on=on, note=words, **form)
    if source not in Source.values:
        raise NotAllowed("请选择来源。")
    if seen_on > on:
        raise NotAllowed("发现日期不能晚于今天，请核对。")
    step = turn.make(data={"source": source, "place": place.strip()[:100], "seen_on": seen_on.isoformat()})
    seen = Sighting.objects.create(
        problem=step.problem,
        source=source,
        source_note=source_note.strip()[:200],
        seen_on=seen_on,
        words=words.strip(),
        place=place.strip()[:100],
        raiser=raiser.strip()[:100],
        by=by,
        unit=unit,
    )
    step.rows.append(seen)
    people: list[User | None] = [step.problem.owner, *confirmers(step.problem, on)]
    if was in (rules.State.CLOSED, rules.State.DISMISSED):
        people += list(org.holders(Duty.OFFICE, problem.bureau_id, on))
    step.tell(people, "问题又有人反映")
    step.done()
    return seen


@act
def take_copy(problem: Problem, *, what: str, by: User) -> None:
    """A file of the problem leaves the house (evidence downloaded, a sheet printed): who took what is on record."""
    note = "" if problem.self_check_id is not None else what[:200]
    record(by, "problems.take_copy", problem, bureau=problem.bureau_id, note=note)
