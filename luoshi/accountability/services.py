"""登记、解除 of 评优限制: who decided is named, the ground is written, the person is told; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.accountability.models import Bar
from luoshi.accountability.rules import KEEPERS, Effect
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.services import act, keep, record


@act
def open_bar(
    *, bureau: Unit, effect: str, from_on: date, until_on: date, basis: str, document: str, body: str,
    decided_on: date, by: User, on: date, person: User | None = None, unit: Unit | None = None, citation: str = "",
    decided_by: User | None = None, staged: Sequence[str] = (),
) -> Bar:  # fmt: skip
    """登记评优限制, as it was decided elsewhere: by 局党委 with its paper, or by the organ that had the power."""
    _keeper(bureau, by, on)
    _whom(bureau, person, unit, by, decided_on)
    _ground(effect, person, basis, document, body, citation)
    if until_on < from_on:
        raise NotAllowed("止的日期不能早于起的日期。")
    if decided_on > on:
        raise NotAllowed("决定日期不能晚于今天，请核对决定文书。")
    if effect == Effect.COMMENDATION and decided_by is None and Duty.CHIEF in org.duties(by, bureau.pk, on):
        decided_by = by
    if effect == Effect.COMMENDATION and decided_by is None:
        raise NotAllowed("取消评先评优资格由本局决定，请填写决定人。")
    if decided_by is not None:
        _chief(bureau, decided_by, decided_on)
    files = keep(staged, by=by, bureau=bureau.pk) if staged else []
    try:
        with transaction.atomic():
            bar = Bar.objects.create(
                bureau=bureau, person=person, unit=unit, effect=effect, from_on=from_on, until_on=until_on,
                basis=basis.strip()[:300], document=document.strip()[:200], citation=citation.strip()[:200],
                body=body.strip()[:60], decided_by=decided_by, decided_on=decided_on,
                evidence=files[0] if files else None, opened_by=by, opened_on=on,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("同一对象、同一内容、同一期间的限制已经登记，请核对。") from None
    record(by, "accountability.open_bar", bar, bureau=bureau.pk, rows=files, decided_by=decided_by,
           decided_on=decided_on)  # fmt: skip
    _tell(bar, "open", "登记了一项与您有关的评优限制，请查看", on)
    return bar


@act
def lift_bar(
    bar: Bar, *, reason: str, version: int | None, by: User, on: date, decided_by: User | None = None,
    decided_on: date | None = None, note: str = "",
) -> Bar:  # fmt: skip
    """解除: from this day it binds no more; the row stays with the reason and with who decided."""
    bar.refresh_from_db()
    _keeper(bar.bureau, by, on)
    if by.pk in (bar.person_id, decided_by.pk if decided_by and decided_by.pk == bar.person_id else None):
        raise NotAllowed("涉及本人的限制不能由本人解除，请由他人办理。")
    if bar.lifted_on is not None:
        raise NotAllowed("这项限制已经解除。")
    if not reason.strip():
        raise NotAllowed("解除要写明理由（如：异议成立、登记有误、影响期满）。")
    if decided_by is None and Duty.CHIEF in org.duties(by, bar.bureau_id, on):
        decided_by = by
    if decided_by is None:
        raise NotAllowed("请填写作出解除决定的人。")
    day = decided_on or on
    if day > on or day < bar.decided_on:
        raise NotAllowed("解除的决定日期应在原决定之后、今天或以前。")
    _chief(bar.bureau, decided_by, day)
    if decided_by != by and not note.strip():
        raise NotAllowed("代录解除决定，请写明出处（如局党委会纪要第几期）。")
    changes: dict[str, Any] = {
        "lifted_on": on, "lift_reason": reason.strip()[:300], "lift_decided_by": decided_by, "lift_decided_on": day,
        "lift_note": note.strip()[:200], "lifted_by": by,
    }  # fmt: skip
    known = bar.version if version is None else version
    won = Bar.objects.filter(pk=bar.pk, version=known).update(version=known + 1, **changes)
    bar.refresh_from_db()
    if won != 1:
        raise Stale(bar.version, ["这项限制刚被别人办理过"])
    record(by, "accountability.lift_bar", bar, bureau=bar.bureau_id, decided_by=decided_by, decided_on=day)
    _tell(bar, "lift", "与您有关的一项评优限制已解除", on)
    return bar


@act
def take_copy(bar: Bar, *, by: User, on: date) -> None:
    """The paper behind a bar was taken."""
    record(by, "accountability.take_copy", bar, bureau=bar.bureau_id)


def _keeper(bureau: Unit, by: User, on: date) -> None:
    if not org.duties(by, bureau.pk, on) & set(KEEPERS):
        raise NotAllowed("评优限制由局办公室、主要领导或派驻纪检监察组登记，您目前没有这项职责。")


def _whom(bureau: Unit, person: User | None, unit: Unit | None, by: User, decided_on: date) -> None:
    if (person is None) == (unit is None):
        raise NotAllowed("请选择一个人或一个单位，二者只选其一。")
    if person is not None and person.pk == by.pk:
        raise NotAllowed("涉及本人的限制不能由本人登记，请由他人办理。")
    if person is not None and not person.posts.filter(bureau=bureau, void=False).exists():
        raise NotAllowed(f"{person}没有在本局任职，请核对。")
    if unit is not None and (unit.bureau_id != bureau.pk or not org.units_of(bureau.pk, decided_on).filter(
            pk=unit.pk).exists()):  # fmt: skip
        raise NotAllowed(f"{unit}在决定日期不是本局单位，请核对。")


def _ground(effect: str, person: User | None, basis: str, document: str, body: str, citation: str) -> None:
    if effect not in Effect.values:
        raise NotAllowed("请选择限制内容。")
    if not basis.strip() or not document.strip() or not body.strip():
        raise NotAllowed("请写明事由、决定文书和决定机构。没有书面决定的，不能登记限制。")
    if effect == Effect.EXCELLENT and person is None:
        raise NotAllowed("“不得确定为优秀等次”只对个人。对单位请选“取消评先评优资格”。")
    if effect == Effect.EXCELLENT and not citation.strip():
        raise NotAllowed("“不得确定为优秀等次”要写明依据的规定（哪部规定、第几条）。本局自己不能增加这样的限制。")


def _chief(bureau: Unit, decided_by: User, day: date) -> None:
    if Duty.CHIEF not in org.duties(decided_by, bureau.pk, day):
        raise NotAllowed(f"{decided_by}在{day:%Y-%m-%d}不是本局主要领导，请核对决定人。")


def _tell(bar: Bar, move: str, words: str, on: date) -> None:
    people = [bar.person] if bar.person is not None else [org.head_of(bar.unit_id or 0, on)]
    notify(
        [one for one in people if one is not None], bureau=bar.bureau_id, kind=f"accountability.{move}",
        key=f"accountability:{bar.pk}:{move}", title=words, url=bar.get_absolute_url(),
    )  # fmt: skip
