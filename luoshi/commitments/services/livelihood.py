"""民生实事: a batch written down, its items changed, cancelled, done with the voice of those they were for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from luoshi.commitments import queries
from luoshi.commitments.models import LivelihoodBatch, LivelihoodItem
from luoshi.commitments.rules import OFFICE, OWNER, UNIT, roles
from luoshi.commitments.services.feeding import feed
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import services as errands
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record, turn


@dataclass(frozen=True, slots=True)
class Work:
    """One livelihood work as it is written."""

    name: str
    beneficiaries: str
    unit: Unit
    leader: User
    due_on: date
    people: int | None = None


@act
def open_batch(
    *, bureau: Unit, year: int, title: str, works: Sequence[Work], by: User, on: date, document: str = ""
) -> LivelihoodBatch:
    """登记清单: a year's batch with its first items."""
    _office(bureau, by, on)
    if not title.strip() or len(title.strip()) > 120:
        raise NotAllowed("请填写清单名称，不超过120字。")
    if not works:
        raise NotAllowed("至少写一件实事。")
    clause = queries.clause_for("livelihood_projects", bureau)
    try:
        with transaction.atomic():
            batch = LivelihoodBatch.objects.create(
                bureau=bureau, year=year, title=title.strip(), document=document.strip()[:200], clause=clause,
                opened_by=by, opened_on=on,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed(f"{year}年已有同名的清单，请打开那份清单增加实事，或换个名称。") from None
    rows = _write(batch, works, on)
    feed(batches=[batch.pk])
    record(by, "commitments.open_batch", batch, bureau=bureau.pk, rows=rows)
    return batch


@act
def add_works(batch: LivelihoodBatch, *, works: Sequence[Work], by: User, on: date) -> list[LivelihoodItem]:
    """增加实事."""
    _office(batch.bureau, by, on)
    if not works:
        raise NotAllowed("至少写一件实事。")
    rows = _write(batch, works, on)
    feed(batches=[batch.pk])
    record(by, "commitments.add_items", batch, bureau=batch.bureau_id, rows=rows)
    return rows


@act
def edit_item(item: LivelihoodItem, *, work: Work, version: int | None, by: User, on: date) -> LivelihoodItem:
    """修改: while it is not done."""
    _office(item.batch.bureau, by, on)
    _open(item)
    _check(item.batch.bureau, work, on, standing=item.due_on)
    turn(item, version, **_told(work))
    feed(batches=[item.batch_id])
    record(by, "commitments.edit_item", item, bureau=item.batch.bureau_id, note=item.name)
    return item


@act
def finish_item(
    item: LivelihoodItem, *, result: str, feedback: str, done_on: date, version: int | None, by: User, on: date
) -> LivelihoodItem:
    """完成: what was done, and what those it was for say of it; one without the other is not done (2.2.2.2c)."""
    mine = item_roles(item, by, on)
    if not mine & {OFFICE, OWNER, UNIT}:
        raise NotAllowed("实事完成由责任单位、责任领导或局办公室登记，您目前没有这项职责。")
    _open(item)
    if not result.strip():
        raise NotAllowed("请写明完成情况。")
    if not feedback.strip():
        raise NotAllowed("请写明群众反馈（听了谁的意见、怎么说）。没有听到群众反馈，还不算办成。")
    if done_on > on:
        raise NotAllowed("完成日期不能晚于今天。")
    turn(item, version, result=result.strip()[:500], feedback=feedback.strip()[:500], done_on=done_on, done_by=by)
    feed(batches=[item.batch_id])
    record(by, "commitments.finish_item", item, bureau=item.batch.bureau_id, note=item.name)
    return item


@act
def void_item(item: LivelihoodItem, *, reason: str, version: int | None, by: User, on: date) -> LivelihoodItem:
    """取消: it stays on the list, struck out, with the reason."""
    _office(item.batch.bureau, by, on)
    _open(item)
    if not reason.strip():
        raise NotAllowed("取消要写明理由。")
    turn(item, version, void_reason=reason.strip()[:300])
    record(by, "commitments.void_item", item, bureau=item.batch.bureau_id, note=reason.strip())
    return item


@act
def hand_item_over(item: LivelihoodItem, *, version: int | None, by: User, on: date, now: datetime) -> Matter:
    """转督办: the work becomes a supervised matter (拟办) of the same unit, leader and date; nothing is asked twice."""
    mine = item_roles(item, by, on)
    if not mine & {OFFICE, OWNER}:
        raise NotAllowed("转督办由局办公室或责任领导办理，您目前没有这项职责。")
    _open(item)
    if item.matter_id is not None:
        raise NotAllowed("这件实事已经转督办。")
    clause = item.batch.clause
    matter = errands.open_matter(
        bureau=item.batch.bureau, title=item.name, source="PLAN" if clause else "KEY_WORK",
        source_title=item.batch.title, requirement=f"受益对象：{item.beneficiaries}", lead_unit=item.unit,
        leader=item.leader, clause=clause, due_on=max(item.due_on, on), by=by, on=on, now=now,
    )  # fmt: skip
    turn(item, version, matter=matter)
    record(by, "commitments.hand_over", item, bureau=item.batch.bureau_id, note=f"由{item.unit}办理")
    return matter


def item_roles(item: LivelihoodItem, by: User, on: date) -> frozenset[str]:
    """A person's roles in an item; within the caller's act."""
    return roles(
        by.pk, org.held(by, on), bureau_id=item.batch.bureau_id, person_id=item.leader_id, units=[item.unit_id]
    )


def _office(bureau: Unit, by: User, on: date) -> None:
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("民生实事清单由局办公室登记，您目前没有这项职责。")


def _open(item: LivelihoodItem) -> None:
    item.refresh_from_db()
    if item.done_on is not None:
        raise NotAllowed("这件实事已登记完成。")
    if item.void_reason:
        raise NotAllowed("这件实事已取消。")


def _check(bureau: Unit, work: Work, on: date, *, standing: date | None = None) -> None:
    if not work.name.strip() or not work.beneficiaries.strip():
        raise NotAllowed("每件实事要写明做什么、谁受益。")
    if work.leader not in queries.members(bureau.pk, on):
        raise NotAllowed(f"{work.leader}目前不是本局班子成员，请重新选择责任领导。")
    if not org.units_of(bureau.pk, on).filter(pk=work.unit.pk).exists():
        raise NotAllowed(f"{work.unit}不是本局现有单位，请重新选择。")
    if work.due_on < on and work.due_on != standing:
        raise NotAllowed(f"“{work.name.strip()[:30]}”的时限{work.due_on:%Y-%m-%d}已经过去，请核对。")


def _told(work: Work) -> dict[str, object]:
    told = {name: getattr(work, name) for name in ("name", "beneficiaries", "people", "unit", "leader", "due_on")}
    return told | {"name": work.name.strip(), "beneficiaries": work.beneficiaries.strip()}


def _write(batch: LivelihoodBatch, works: Sequence[Work], on: date) -> list[LivelihoodItem]:
    last = batch.items.count()
    for one in works:
        _check(batch.bureau, one, on)
    return [
        LivelihoodItem.objects.create(batch=batch, order=last + nth, **_told(one)) for nth, one in enumerate(works, 1)
    ]
