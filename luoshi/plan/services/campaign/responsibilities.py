"""责任清单: who answers for what; leaders first, each line with its clause (3.1b). No 责任状, no signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan.models import Clause, Plan, Responsibility
from luoshi.plan.rules import RESPONSIBILITIES
from luoshi.plan.services.campaign.asking import (
    ending,
    in_office,
    locked,
    require_keeper,
    require_text,
    stale,
)
from luoshi.records.services import act, record


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: who answers, as what, for what, by which clause."""

    kind: str
    person: User
    words: str
    unit: Unit | None = None
    clause: Clause | None = None


@act
def list_responsibilities(
    plan: Plan, *, lines: Sequence[Line], by: User | None, on: date, from_on: date | None = None
) -> list[Responsibility]:
    """列入责任清单: one line or many, all or none."""
    plan = locked(plan.pk)
    require_keeper(by, plan, on)
    if not lines:
        raise NotAllowed("请至少选一项。")
    begins = from_on or on
    if begins > on:
        raise NotAllowed("起始日期不能晚于今天。")
    open_rows: set[tuple[str, int, int | None, int | None, str]] = set(
        plan.responsibilities.filter(until_on=None).values_list("kind", "person_id", "unit_id", "clause_id", "words")
    )
    made = []
    for one in lines:
        _check(one, plan, on)
        same = (
            one.kind, one.person.pk, one.unit.pk if one.unit else None, one.clause.pk if one.clause else None,
            one.words.strip()[:300],
        )  # fmt: skip
        if same in open_rows:
            raise NotAllowed(f"{one.person}的这一项（{RESPONSIBILITIES[one.kind]}）已在清单上，请刷新页面查看。")
        open_rows.add(same)
        made.append(
            Responsibility.objects.create(
                plan=plan, clause=one.clause, person=one.person, unit=one.unit, kind=one.kind,
                words=one.words.strip()[:300], from_on=begins,
            )
        )  # fmt: skip
    record(by, "plan.list_responsibilities", made[0], bureau=plan.bureau_id, rows=made[1:], note=f"共{len(made)}项")
    return made


@act
def edit_responsibility(
    row: Responsibility, *, person: User, words: str, version: int | None, by: User | None, on: date
) -> Responsibility:
    """修改: the words in place; another person means that the line ends for the one and begins for the other today."""
    plan = locked(row.plan_id)
    require_keeper(by, plan, on)
    was = _open(row, version)
    line = Line(was.kind, person, words, was.unit, was.clause)
    _check(line, plan, on)
    words = words.strip()[:300]
    if person.pk == was.person_id:
        if words == was.words:
            raise NotAllowed("内容没有变化，不用保存。")
        _write(was, words=words)
        row.refresh_from_db()
        values = {"before": {"words": was.words}, "after": {"words": words}}
        record(by, "plan.edit_responsibility", row, bureau=plan.bureau_id, values=values)
        return row
    until_on, void = ending(was.from_on, on)
    _write(was, until_on=until_on, void=void)
    fresh = Responsibility.objects.create(
        plan=plan, clause=was.clause, person=person, unit=was.unit, kind=was.kind, words=words, from_on=on
    )
    row.refresh_from_db()
    record(by, "plan.edit_responsibility", fresh, bureau=plan.bureau_id, rows=[row], note=f"{was.person}换为{person}")
    return fresh


@act
def end_responsibility(
    row: Responsibility, *, ends_on: date, reason: str, version: int | None, by: User | None, on: date
) -> Responsibility:
    """移出责任清单: no more from `ends_on` on."""
    plan = locked(row.plan_id)
    require_keeper(by, plan, on)
    was = _open(row, version)
    reason = require_text(reason, "请写明为什么移出清单。")
    if ends_on > on:
        raise NotAllowed("移出日期不能晚于今天。")
    until_on, void = ending(was.from_on, ends_on)
    _write(was, until_on=until_on, void=void)
    row.refresh_from_db()
    record(by, "plan.end_responsibility", row, bureau=plan.bureau_id, note=reason[:200])
    return row


def _open(row: Responsibility, version: int | None) -> Responsibility:
    was = Responsibility.objects.select_related("person", "unit", "clause").get(pk=row.pk)
    if was.until_on is not None:
        raise NotAllowed("这一项已移出清单，请刷新页面查看。")
    if version != was.version:
        raise stale(was, was.version, f"{was.person}的这一项已有改动")
    return was


def _write(was: Responsibility, **changes: object) -> None:
    won = Responsibility.objects.filter(pk=was.pk, version=was.version).update(**changes, version=was.version + 1)
    if won != 1:
        raise stale(was, was.version, f"{was.person}的这一项已有改动")


def _check(one: Line, plan: Plan, on: date) -> None:
    if one.kind not in RESPONSIBILITIES:
        raise NotAllowed("请选择责任的类别。")
    require_text(one.words, "请写明负什么责任。")
    in_office(one.person, plan, on)
    if one.unit is not None and not org.units_of(plan.bureau_id, on).filter(pk=one.unit.pk).exists():
        raise NotAllowed(f"{one.unit}不是本局现有的单位，请重新选择。")
    if one.clause is not None and one.clause.version.plan_id != plan.pk:
        raise NotAllowed("所选条款不在本方案里，请重新选择。")
