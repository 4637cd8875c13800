"""归类建制: problems put into a class, its root cause, and the decision how it is cured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.problems import queries
from luoshi.problems.models import Institution, Problem, ProblemClass
from luoshi.problems.rules import Cure
from luoshi.problems.rules.classes import DECIDERS, KEEPERS
from luoshi.problems.services.institutions import add_institution
from luoshi.records.services import act, record


@act
def group(
    problems: Sequence[Problem],
    *,
    bureau: Unit,
    by: User,
    on: date,
    row: ProblemClass | None = None,
    name: str = "",
    root_cause: str = "",
) -> ProblemClass:
    """归类: these problems belong to a class, an existing one or a new one of that name (规范一类问题).

    It changes neither state nor version of a problem, so it disturbs nobody's form. A problem that stands in
    another class is refused: take it out there first. Items of personal lists are never grouped.
    """
    _may(by, bureau, on, KEEPERS)
    if row is None:
        name = _name(name)
        row = ProblemClass.objects.filter(bureau=bureau, name=name, void=False).first()
    if row is None:
        row = ProblemClass.objects.create(bureau=bureau, name=name, root_cause=root_cause.strip())
    elif row.void or row.bureau_id != bureau.pk:
        raise NotAllowed("这个类别已经作废，请另选。")
    wanted = {one.pk for one in problems}
    seen = queries.public_to(by, on).filter(bureau=bureau, pk__in=wanted)
    if len(seen) != len(wanted):
        raise NotAllowed("有的问题您看不到，不能归类。请刷新页面再选。")
    moved = [one for one in seen if one.problem_class_id not in (None, row.pk)]
    if moved:
        raise NotAllowed(f"{moved[0].number_label}已归入别的类别，请先在那里移出。")
    Problem.objects.filter(pk__in=wanted).update(problem_class=row)
    _turn(row, row.version)
    record(by, "problems.group", row, bureau=bureau.pk, batch=[(Problem, sorted(wanted))], note=f"{len(wanted)}件")
    return row


@act
def ungroup(
    row: ProblemClass, problems: Sequence[Problem], *, by: User, on: date, version: int | None = None
) -> ProblemClass:
    """移出: these problems do not belong to the class after all."""
    _may(by, row.bureau, on, KEEPERS)
    wanted = [one.pk for one in problems if one.problem_class_id == row.pk]
    if not wanted:
        raise NotAllowed("请勾选要移出的问题。")
    _turn(row, version)
    Problem.objects.filter(pk__in=wanted, problem_class=row).update(problem_class=None)
    record(by, "problems.ungroup", row, bureau=row.bureau_id, batch=[(Problem, wanted)], note=f"{len(wanted)}件")
    return row


@act
def edit_class(
    row: ProblemClass,
    *,
    name: str,
    root_cause: str,
    unit: Unit | None,
    by: User,
    on: date,
    version: int | None = None,
) -> ProblemClass:
    """修改类别: its name, its root cause, the unit that sees to its cure."""
    _may(by, row.bureau, on, KEEPERS)
    name = _name(name)
    if ProblemClass.objects.filter(bureau=row.bureau, name=name, void=False).exclude(pk=row.pk).exists():
        raise NotAllowed(f"已经有“{name}”这一类，请换个名称，或把问题归到那一类。")
    if unit is not None and unit.bureau_id != row.bureau_id:
        raise NotAllowed("建章单位不属于本局，请重新选择。")
    _turn(row, version, name=name, root_cause=root_cause.strip(), unit=unit)
    record(by, "problems.edit_class", row, bureau=row.bureau_id)
    return row


@act
def decide_cure(
    row: ProblemClass,
    *,
    cure: str,
    by: User,
    on: date,
    institution: Institution | None = None,
    title: str = "",
    reason: str = "",
    decided_by: User | None = None,
    decided_on: date | None = None,
    version: int | None = None,
) -> ProblemClass:
    """定治本办法: a new 制度, one revised, or none with the reason why not (每一类都要有说法).

    The 制度 may be one that is registered, or its `title` opens one that is yet to be issued. A leader decides; the
    office enters whose decision it is.
    """
    duties = _may(by, row.bureau, on, DECIDERS)
    if decided_by is None and duties & {Duty.LEADER, Duty.CHIEF}:
        decided_by = by
    if decided_by is None or not org.duties(decided_by, row.bureau_id, on) & {Duty.LEADER, Duty.CHIEF}:
        raise NotAllowed("治本办法由局领导定，请选择作出决定的领导。")
    decided_on = decided_on or on
    if decided_on > on:
        raise NotAllowed("决定日期不能晚于今天，请核对。")
    if cure not in Cure.values:
        raise NotAllowed("请选择新建制度、修订制度，或不需要新的制度。")
    if cure == Cure.NONE:
        if not reason.strip():
            raise NotAllowed("不需要新制度的，请写明理由。")
        institution = None
    elif institution is None and title.strip():
        institution = add_institution(bureau=row.bureau, title=title, cure=cure, unit=row.unit, by=by, on=on)
    if institution is not None and (institution.void or institution.bureau_id != row.bureau_id):
        raise NotAllowed("这项制度已经作废，请另选。")
    if cure != Cure.NONE and institution is None:
        raise NotAllowed("请选择制度，或写明要建、要修订的制度名称；印发后再补文号和日期。")
    _turn(
        row, version, cure=cure, institution=institution, reason=reason.strip(), decided_by=decided_by,
        decided_on=decided_on,
    )  # fmt: skip
    record(
        by, "problems.decide_cure", row, bureau=row.bureau_id, note=reason.strip(), decided_by=decided_by,
        decided_on=decided_on,
    )  # fmt: skip
    return row


@act
def void_class(row: ProblemClass, *, reason: str, by: User, on: date, version: int | None = None) -> ProblemClass:
    """类别作废: entered by mistake; its problems are taken out first."""
    _may(by, row.bureau, on, KEEPERS)
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    if Problem.objects.filter(problem_class=row).exists():
        raise NotAllowed("类别里还有问题，请先移出再作废。")
    _turn(row, version, void=True)
    record(by, "problems.void_class", row, bureau=row.bureau_id, note=reason.strip())
    return row


def _name(name: str) -> str:
    if not name.strip() or len(name.strip()) > 100:
        raise NotAllowed("请给这一类起个名称，不超过100字，如“窨井盖管护不到位”。")
    return name.strip()


def _may(by: User, bureau: Unit, on: date, duties: frozenset[Duty]) -> frozenset[str]:
    held = org.duties(by, bureau.pk, on)
    if not held & duties:
        raise NotAllowed("归类由局办公室办理，治本办法由局领导定，您目前没有这项职责。")
    return held


def _turn(row: ProblemClass, version: int | None, **changes: Any) -> None:
    """Take the next version of the class, so that of two people one wins; within the caller's act."""
    known = row.version if version is None else version
    won = ProblemClass.objects.filter(pk=row.pk, version=known, void=False).update(version=known + 1, **changes)
    row.refresh_from_db()
    if won != 1:
        word = row.get_cure_display() if row.cure else "还没定治本办法"
        raise Stale(row.version, [f"现在是“{row.name}”，{word}。"])
