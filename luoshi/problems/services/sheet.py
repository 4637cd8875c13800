"""台账 leaves and comes back: who took it is on record; edits and new rows of a sheet are made in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.services import SomeRefused
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import BUSINESS, Duty
from luoshi.org.services import next_numbers
from luoshi.problems import rules
from luoshi.problems.models import Problem, ProblemClass, ProblemEvent
from luoshi.problems.queries.ledger import Known, known_names
from luoshi.problems.rules import Parts, State
from luoshi.problems.services.checks import check_words
from luoshi.problems.services.closing import look_back
from luoshi.problems.services.feeding import feed
from luoshi.problems.services.rectifying import amend, confirm, reschedule, start_rectifying
from luoshi.records.models import Evidence
from luoshi.records.services import act, keep, record

Moves = Mapping[str, Mapping[str, Any]]
BATCH = 100


@dataclass(slots=True)
class NewProblem:
    """One problem kept before outside of the system, as it is taken in."""

    title: str
    source: str
    found_on: date
    row: int
    """Its row in the sheet."""
    detail: str = ""
    source_note: str = ""
    place: str = ""
    raiser: str = ""
    style_kind: str = ""
    channel: str = ""
    tags: list[str] = field(default_factory=list)
    pace: str = ""
    problem_class: ProblemClass | None = None
    cause: str = ""
    measure: str = ""
    leader: User | None = None
    unit: Unit | None = None
    owner: User | None = None
    due_on: date | None = None
    state: State = State.FOUND
    said: str = ""
    applied_on: date | None = None
    closed_by: User | None = None
    closed_on: date | None = None
    answer: str = ""
    look_on: date | None = None
    looked_on: date | None = None
    lines: list[int] = field(default_factory=list)
    """Further rows of the sheet that belong to it."""

    @property
    def missing(self) -> list[str]:
        """What it lacks to be put right (整改中), in words."""
        has = {
            "原因": self.cause, "整改措施": self.measure, "整改时限": self.due_on,
            "责任单位或责任人": self.unit or self.owner,
        }  # fmt: skip
        return [word for word, value in has.items() if not value]


@act
def take_ledger(*, bureau: Unit, words: str, count: int, by: User, what: str = "导出台账") -> None:
    """The ledger leaves the house as a file: who took which rows is on record."""
    record(by, "problems.take_ledger", bureau, bureau=bureau.pk, note=f"{what}{count}件：{words}"[:500])


@act
def apply_sheet(
    changes: Sequence[tuple[Problem, int, Moves]],
    drafts: Sequence[NewProblem],
    *,
    bureau: Unit,
    token: UUID | str,
    reason: str,
    by: User,
    on: date,
    now: datetime,
) -> tuple[int, int]:
    """Make the edits of a sheet through the ordinary verbs and take in its new rows, all or none (2.2.2.2b).

    The sheet itself is kept as evidence. `SomeRefused` names the problems that cannot be changed, `NotAllowed` the
    new row that cannot be taken. Returns how many were changed and how many taken in.
    """
    if not changes and not drafts:
        raise NotAllowed("没有要保存的内容。")
    refused: dict[int, str] = {}
    for problem, version, moves in changes:
        try:
            _change(problem, version, moves, reason=reason, by=by, on=on, now=now)
        except NotAllowed as why:
            refused[problem.pk] = str(why)
        except Stale as stale:
            refused[problem.pk] = f"您打开后有变动：{'；'.join(stale.changes) or '请看最新进展'}"
    if refused:
        raise SomeRefused(refused)
    kept = keep([token], by=by, bureau=bureau.pk)
    problems, events = _open_many(drafts, bureau=bureau, by=by, on=on, now=now, sheet=kept[0].name)
    told = [f"改{len(changes)}件"] if changes else []
    told += [f"新增{len(problems)}件"] if problems else []
    note = f"导入台账，{'，'.join(told)}：{kept[0].name}{f'。{reason}' if reason else ''}"
    record(
        by, "problems.apply_sheet", bureau, bureau=bureau.pk, note=note[:500],
        batch=[
            (Problem, [one.pk for one in problems]), (ProblemEvent, [one.pk for one in events]),
            (Evidence, [one.pk for one in kept]),
        ],
    )  # fmt: skip
    _tell(problems, bureau=bureau, by=by, on=on, key=str(kept[0].pk))
    return len(changes), len(problems)


def _change(problem: Problem, version: int, moves: Moves, *, reason: str, by: User, on: date, now: datetime) -> None:
    """The moves of one problem in turn; only the first is held against the version that was shown."""
    told: dict[str, Any] = {"by": by, "on": on, "now": now, "version": version}
    for move, words in moves.items():
        if move == "amend":
            amend(problem, changes=dict(words["changes"]), **told)
        elif move == "confirm":
            confirm(problem, note=reason, **told)
        elif move == "start":
            start_rectifying(problem, **words, **told)
        elif move == "reschedule":
            reschedule(problem, reason=reason, **words, **told)
        else:
            raise TypeError(f"no sheet makes this move: {move}")
        told["version"] = problem.version


def _open_many(
    drafts: Sequence[NewProblem], *, bureau: Unit, by: User, on: date, now: datetime, sheet: str
) -> tuple[list[Problem], list[ProblemEvent]]:
    """Take in the new rows in a number of steps that does not grow, within the caller's act; numbers in their order."""
    if not drafts:
        return [], []
    held = [one for one in org.held(by, on) if one.bureau_id == bureau.pk and one.duty in BUSINESS]
    if not held:
        raise NotAllowed(f"您目前不在{bureau}任职，不能在这里登记问题。")
    known = known_names(bureau, on)
    looks: dict[date, Any] = {}
    numbers = next_numbers(bureau.pk, year=on.year, series=rules.SERIES, count=len(drafts))
    rows = []
    for draft, number in zip(drafts, numbers, strict=True):
        try:
            mine = rules.roles(by.pk, held, _parts(draft, bureau, by, known)).keys()
            _check(draft, mine, known, on)
            rows.append(_row(draft, number, bureau, by, on, known, looks))
        except NotAllowed as why:
            raise NotAllowed(f"第{draft.row}行“{draft.title[:30]}”：{why}") from None
    problems = Problem.objects.bulk_create(rows, batch_size=BATCH)
    standing = "" if any(not one.standing_in_for for one in held) else held[0].standing_in_for
    told = [
        ProblemEvent(
            problem=problem, cycle=1, move="open", at=now, on=on, operator=by, standing_in_for=standing,
            note=draft.said,
            data={"sheet": sheet[:80], "row": draft.row, "standing": problem.standing},
            version=1,
        )
        for problem, draft in zip(problems, drafts, strict=True)
    ]  # fmt: skip
    events = ProblemEvent.objects.bulk_create(told, batch_size=BATCH)
    feed(problems)
    return problems, events


def _parts(draft: NewProblem, bureau: Unit, by: User, known: Known) -> Parts:
    return Parts(
        bureau_id=bureau.pk,
        unit_id=draft.unit.pk if draft.unit else None,
        owner_id=draft.owner.pk if draft.owner else None,
        leader_id=draft.leader.pk if draft.leader else None,
        entered_by_id=by.pk,
        led_by=known.led.get(draft.unit.pk, frozenset()) if draft.unit else frozenset(),
    )


def _check(draft: NewProblem, mine: Any, known: Known, on: date) -> None:
    """What a problem may say and name, and how far this person may take it in."""
    check_words(
        title=draft.title, source=draft.source, found_on=draft.found_on, on=on, style_kind=draft.style_kind,
        channel=draft.channel, pace=draft.pace,
    )  # fmt: skip
    if draft.unit is not None and draft.unit.pk not in known.units:
        raise NotAllowed(f"{draft.unit}不是本局现有的单位。")
    for who in (draft.owner, draft.closed_by):
        if who is not None and who.pk not in known.people:
            raise NotAllowed(f"{who}不是本局的工作人员。")
    if draft.leader is not None and draft.leader.pk not in known.leaders.values():
        raise NotAllowed(f"{draft.leader}目前不是本局的局领导。")
    if draft.state in (State.CONFIRMED, State.RECTIFYING) and not mine & rules.DECIDES:
        raise NotAllowed("您只能把问题登记为待确认。")
    if draft.state == State.RECTIFYING and draft.missing:
        raise NotAllowed(f"整改中的问题要写{'、'.join(draft.missing)}。")
    if draft.state == State.CLOSED:
        if rules.OFFICE not in mine:
            raise NotAllowed("已销号的问题只能由局办公室导入。")
        if draft.closed_on is None or draft.closed_by is None or draft.closed_on > on:
            raise NotAllowed("已销号的要写销号日期和验收人。")
        if draft.closed_by == draft.owner:
            raise NotAllowed("验收人不能就是责任人。")
    elif draft.state == State.DISMISSED:
        raise NotAllowed("不作问题处理的不用导入。")


def _row(
    draft: NewProblem, number: int, bureau: Unit, by: User, on: date, known: Known, looks: dict[date, Any]
) -> Problem:
    leader = draft.leader
    if leader is None and draft.state == State.RECTIFYING and draft.unit is not None:
        leader = next((known.people[pk] for pk in sorted(known.led.get(draft.unit.pk, ())) if pk in known.people), None)
    problem = Problem(
        bureau=bureau, series=rules.SERIES, year=on.year, number=number, title=draft.title.strip(),
        detail=draft.detail.strip(), source=draft.source, source_note=draft.source_note[:200],
        place=draft.place[:100], found_on=draft.found_on, raiser=draft.raiser[:100], style_kind=draft.style_kind,
        channel=draft.channel, tags=list(draft.tags), pace=draft.pace, problem_class=draft.problem_class,
        cause=draft.cause.strip(), measure=draft.measure.strip(), leader=leader, unit=draft.unit, owner=draft.owner,
        due_on=draft.due_on, original_due_on=draft.due_on, state=draft.state, entered_by=by, entered_on=on,
        started_on=on if draft.state == State.RECTIFYING else None,
    )  # fmt: skip
    if draft.state == State.CLOSED and draft.closed_on is not None:
        if draft.closed_on not in looks:
            looks[draft.closed_on] = look_back(bureau.pk, draft.closed_on)
        again = looks[draft.closed_on]
        problem.applied_on, problem.closed_on, problem.closed_by = draft.applied_on, draft.closed_on, draft.closed_by
        problem.raiser_answer = draft.answer
        problem.look_back_on = draft.look_on or again.on
        problem.look_back_basis = {} if draft.look_on else again.basis
        if draft.looked_on is not None:
            problem.looked_back_on, problem.look_back_held = draft.looked_on, True
    return problem


def _tell(problems: Sequence[Problem], *, bureau: Unit, by: User, on: date, key: str) -> None:
    """One notice to each unit's head, to the office of what has no unit, and to whoever is said to have accepted.

    Within the caller's act. That a person accepted something on paper he learns here and may object.
    """
    accepted: dict[int, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.closed_by is not None and one.closed_by_id != by.pk:
            accepted[one.closed_by.pk].append(one)
    for those in accepted.values():
        notify(
            [those[0].closed_by], bureau=bureau.pk, kind="problems.open", key=f"problems:sheet:{key}:accepted",
            title=f"导入的台账写明您验收了{len(those)}件，请核对", url=f"{reverse('problems:list')}?state=waiting",
        )  # fmt: skip
    live: dict[int | None, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.state != State.CLOSED:
            live[one.unit_id].append(one)
    ledger = reverse("problems:list")
    for unit_id, mine in live.items():
        head = org.head_of(unit_id, on) if unit_id is not None else None
        people = [head] if head is not None else list(org.holders(Duty.OFFICE, bureau.pk, on))
        notify(
            [one for one in people if one.pk != by.pk], bureau=bureau.pk, kind="problems.open",
            key=f"problems:sheet:{key}:{unit_id or 0}", title=f"台账导入{len(mine)}件问题，请查看",
            url=f"{ledger}?state=open&{f'unit={unit_id}' if unit_id is not None else 'homeless=1'}",
        )  # fmt: skip
