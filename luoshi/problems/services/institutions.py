"""制度 register: what was made or revised because of problems, and its paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan.models import Clause
from luoshi.problems.models import Institution, ProblemClass
from luoshi.problems.rules import Cure, Reform
from luoshi.problems.rules.classes import DECIDERS, KEEPERS
from luoshi.records.services import act, keep, record


@act
def add_institution(
    *,
    bureau: Unit,
    title: str,
    by: User,
    on: date,
    cure: str = Cure.NEW,
    code: str = "",
    unit: Unit | None = None,
    issued_on: date | None = None,
    in_use_on: date | None = None,
    reform: str = "",
    clause: Clause | None = None,
    note: str = "",
    staged: Sequence[str] = (),
) -> Institution:
    """登记制度: issued, or still being written (no `issued_on`). `NotAllowed` says what is wrong."""
    if not org.duties(by, bureau.pk, on) & DECIDERS:
        raise NotAllowed("制度由局办公室登记，您目前没有这项职责。")
    _check(bureau, title, cure, unit, issued_on, in_use_on, reform, on)
    kept = keep(staged, by=by, bureau=bureau.pk) if staged else []
    made = Institution.objects.create(
        bureau=bureau, title=title.strip(), cure=cure, code=code.strip()[:60], unit=unit, issued_on=issued_on,
        in_use_on=in_use_on, reform=reform, clause=clause, note=note.strip(), paper=kept[0] if kept else None,
        entered_by=by,
    )  # fmt: skip
    record(by, "problems.add_institution", made, bureau=bureau.pk, rows=kept)
    return made


@act
def edit_institution(
    made: Institution,
    *,
    title: str,
    cure: str,
    by: User,
    on: date,
    code: str = "",
    unit: Unit | None = None,
    issued_on: date | None = None,
    in_use_on: date | None = None,
    reform: str = "",
    note: str = "",
    staged: Sequence[str] = (),
    version: int | None = None,
) -> Institution:
    """修改制度: 文号 and dates once it is issued; a file replaces the paper (the earlier stays kept as evidence)."""
    _office(made, by, on)
    if made.void:
        raise NotAllowed("制度已作废，不能再修改。")
    _check(made.bureau, title, cure, unit, issued_on, in_use_on, reform, on)
    kept = keep(staged, by=by, bureau=made.bureau_id) if staged else []
    changes: dict[str, Any] = {
        "title": title.strip(), "cure": cure, "code": code.strip()[:60], "unit": unit, "issued_on": issued_on,
        "in_use_on": in_use_on, "reform": reform, "note": note.strip(),
    }  # fmt: skip
    if kept:
        changes["paper"] = kept[0]
    _turn(made, version, **changes)
    record(by, "problems.edit_institution", made, bureau=made.bureau_id, rows=kept)
    return made


@act
def void_institution(made: Institution, *, reason: str, by: User, on: date, version: int | None = None) -> Institution:
    """制度作废: a slip; the classes that it cured want another cure first."""
    _office(made, by, on)
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    cured = ProblemClass.objects.filter(institution=made, void=False).first()
    if cured is not None:
        raise NotAllowed(f"“{cured.name}”还靠这项制度治本，请先给它另定治本办法。")
    _turn(made, version, void=True)
    record(by, "problems.void_institution", made, bureau=made.bureau_id, note=reason.strip())
    return made


@act
def take_institutions(bureau: Unit, *, what: str, by: User, on: date) -> None:
    """The list or a paper leaves the house: who took it is on record."""
    record(by, "problems.take_institutions", bureau, bureau=bureau.pk, note=what[:200])


def _office(made: Institution, by: User, on: date) -> None:
    if not org.duties(by, made.bureau_id, on) & KEEPERS:
        raise NotAllowed("制度由局办公室登记，您目前没有这项职责。")


def _check(
    bureau: Unit, title: str, cure: str, unit: Unit | None, issued_on: date | None, in_use_on: date | None,
    reform: str, on: date,
) -> None:  # fmt: skip
    if not title.strip() or len(title.strip()) > 200:
        raise NotAllowed("请填写制度名称，不超过200字。")
    if cure not in (Cure.NEW, Cure.REVISED):
        raise NotAllowed("请选择是新建还是修订。")
    if reform and reform not in Reform.values:
        raise NotAllowed("请在改观念、改方法、改机制、改模式中选择。")
    if unit is not None and unit.bureau_id != bureau.pk:
        raise NotAllowed("起草单位不属于本局，请重新选择。")
    if issued_on is not None and issued_on > on:
        raise NotAllowed("印发日期不能晚于今天，还没印发的请先空着。")
    if in_use_on is not None and issued_on is not None and in_use_on < issued_on:
        raise NotAllowed("施行日期不能早于印发日期，请核对。")


def _turn(made: Institution, version: int | None, **changes: Any) -> None:
    """Take the next version, so that of two people one wins; within the caller's act."""
    known = made.version if version is None else version
    won = Institution.objects.filter(pk=made.pk, version=known, void=False).update(version=known + 1, **changes)
    made.refresh_from_db()
    if won != 1:
        raise Stale(made.version, [f"现在是“{made.title}”{'，已作废' if made.void else ''}。"])
