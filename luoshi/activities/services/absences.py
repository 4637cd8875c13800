"""长期离岗: entered by the office, ended on return, withdrawn with a reason; the figures of the time follow at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from luoshi.activities.models import Absence
from luoshi.activities.queries.access import keeps
from luoshi.activities.rules import AbsenceKind
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.queries import said_of
from luoshi.org import queries as org
from luoshi.org.models import Post, Unit, User
from luoshi.records.services import act, record


@act
def enter_absence(
    *, bureau: Unit, person: User, kind: str, from_on: date, until_on: date | None, reason: str, by: User, on: date
) -> Absence:
    """登记长期离岗 (2.2.1.1b, pro rata). `NotAllowed` where it overlaps another or the person is not of the bureau."""
    _check_office(bureau.pk, by, on)
    if kind not in AbsenceKind.values:
        raise NotAllowed("请选择离岗类别。")
    if until_on is not None and until_on < from_on:
        raise NotAllowed("结束日期不能早于开始日期。")
    if not Post.objects.filter(bureau=bureau, user=person, void=False).exists():
        raise NotAllowed(f"{person.name}不是{bureau}的人员。")
    if len(reason.strip()) > 200:
        raise NotAllowed("说明不超过200字。")
    _check_free(Absence.objects.filter(bureau=bureau, person=person), from_on, until_on)
    made = Absence.objects.create(
        bureau=bureau, person=person, kind=kind, from_on=from_on, until_on=until_on, reason=reason.strip(),
        entered_by=by, entered_on=on,
    )  # fmt: skip
    record(by, "activities.enter_absence", made, bureau=bureau.pk, note=_words(made))
    return made


@act
def end_absence(absence: Absence, *, until_on: date, version: int | None, by: User, on: date) -> Absence:
    """返岗: the last day away, where it was open or turned out otherwise."""
    _check_office(absence.bureau_id, by, on)
    if absence.void:
        raise NotAllowed("这条离岗登记已经作废，不能再改。")
    if until_on < absence.from_on:
        raise NotAllowed(f"结束日期不能早于开始日期{absence.from_on}。")
    others = Absence.objects.filter(bureau=absence.bureau_id, person=absence.person_id).exclude(pk=absence.pk)
    _check_free(others, absence.from_on, until_on)
    _turn(absence, version, until_on=until_on)
    record(by, "activities.end_absence", absence, bureau=absence.bureau_id, note=_words(absence))
    return absence


@act
def void_absence(absence: Absence, *, reason: str, version: int | None, by: User, on: date) -> Absence:
    """作废, with its reason: entered by mistake; the figures are asked in full again."""
    _check_office(absence.bureau_id, by, on)
    if absence.void:
        raise NotAllowed("这条离岗登记已经作废。")
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    _turn(absence, version, void=True, void_reason=reason.strip()[:300])
    record(by, "activities.void_absence", absence, bureau=absence.bureau_id, note=reason.strip()[:300])
    return absence


def _check_office(bureau_id: int, by: User, on: date) -> None:
    if not keeps(org.held(by, on), bureau_id):
        raise NotAllowed("长期离岗由局办公室登记，您目前没有这项职责。")


def _check_free(others: Any, from_on: date, until_on: date | None) -> None:
    rows = others.filter(Q(until_on=None) | Q(until_on__gte=from_on), void=False)
    there = (rows.filter(from_on__lte=until_on) if until_on else rows).order_by("from_on").first()
    if there is not None:
        raise NotAllowed(f"与已登记的离岗（{_words(there)}）时间重叠，请先改那一条。")


def _turn(absence: Absence, version: int | None, **changes: Any) -> None:
    known = absence.version if version is None else version
    won = Absence.objects.filter(pk=absence.pk, version=known).update(version=known + 1, **changes)
    absence.refresh_from_db()
    if won != 1:
        raise Stale(absence.version, said_of(absence))


def _words(one: Absence) -> str:
    until = f"至{one.until_on}" if one.until_on else "起，尚未返岗"
    return f"{one.person.name}{one.get_kind_display()}，{one.from_on}{until}"
