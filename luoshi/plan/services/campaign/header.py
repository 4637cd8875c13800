"""方案概况: title and number, who decided it and where, when it was issued, from when until when it runs, for whom."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, Unpack

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan.campaign.schedule import Span, wrong_dates
from luoshi.plan.models import Plan, ScopeExclusion
from luoshi.plan.queries.searched import PLANS
from luoshi.plan.services.campaign.asking import (
    ending,
    locked,
    one_paper,
    require_keeper,
    require_text,
    stale,
)
from luoshi.records.services import act, record
from luoshi.search import services as search


class Header(TypedDict, total=False):
    """What a plan's head says; what is left out stays."""

    title: str
    short_name: str
    document_no: str
    issued_by: str
    follows: str
    scope: str
    decided_body: str
    decided_on: date | None
    decision: str
    issued_on: date | None
    from_on: date | None
    until_on: date | None


@dataclass(slots=True)
class _Body:
    """A body that decided (局党委), where `record` wants to name who decided."""

    name: str
    pk: Any = None

    def __str__(self) -> str:
        return self.name


@act
def edit_plan(
    plan: Plan,
    *,
    by: User | None,
    on: date,
    version: int | None,
    staged: Iterable[uuid.UUID | str] = (),
    **words: Unpack[Header],
) -> Plan:
    """修改方案概况: the office enters what the body in power decided (0.1). `Stale` where somebody changed it since.

    No date that already runs moves with 实施起止; the plan's rules end with the plan. The phases must lie within.
    """
    was = locked(plan.pk)
    require_keeper(by, was, on)
    if version != was.version:
        raise stale(was, was.version, f"《{was.title[:30]}》的概况已有改动")
    changes: dict[str, Any] = {key: one.strip() if isinstance(one, str) else one for key, one in words.items()}
    _check(was, changes, on)
    paper = one_paper(staged, by=by, plan=was)
    if paper is not None:
        changes["decision_paper"] = paper
    before = {key: getattr(was, key) for key in changes if getattr(was, key) != changes[key]}
    if not before:
        raise NotAllowed("内容没有变化，不用保存。")
    won = Plan.objects.filter(pk=was.pk, version=was.version).update(**changes, version=was.version + 1)
    if won != 1:
        raise stale(was, was.version, f"《{was.title[:30]}》的概况已有改动")
    plan.refresh_from_db()
    search.index(PLANS, [plan.pk])
    body = _Body(plan.decided_body) if plan.decided_body and plan.decided_on else None
    record(
        by, "plan.edit_plan", plan, bureau=plan.bureau_id, rows=[paper] if paper else [],
        decided_by=body, decided_on=plan.decided_on,
        values={"before": _plain(before), "after": _plain({key: changes[key] for key in before})},
    )  # fmt: skip
    return plan


def _check(was: Plan, changes: dict[str, Any], on: date) -> None:
    """The head as it would be: named, and its dates in the order of things."""

    def now(name: str) -> Any:
        return changes.get(name, getattr(was, name))

    require_text(now("title"), "请填写方案标题。")
    require_text(now("short_name"), "请填写方案简称。")
    decided_on, issued_on, from_on, until_on = (now(one) for one in ("decided_on", "issued_on", "from_on", "until_on"))
    if decided_on and decided_on > on:
        raise NotAllowed("决定日期不能晚于今天，请核对会议或文件上的日期。")
    if issued_on and issued_on > on:
        raise NotAllowed("印发日期不能晚于今天，请在印发之后登记。")
    if decided_on and not (now("decided_body") and now("decision")):
        raise NotAllowed("填了决定日期，请写明决定机关和决定会议或文件，如“局党委”“局党委会2026年第12号纪要”。")
    if decided_on and issued_on and issued_on < decided_on:
        raise NotAllowed(f"印发日期{issued_on}早于决定日期{decided_on}，请核对。")
    if until_on and not from_on:
        raise NotAllowed("写了实施止，请补上实施起。")
    if from_on and until_on and until_on < from_on:
        raise NotAllowed("实施起止日期颠倒了，请核对。")
    if (from_on, until_on) != (was.from_on, was.until_on):
        phases = [
            Span(one.name, one.from_on, one.until_on, "已定") for one in was.phases.filter(void=False).order_by("order")
        ]
        if wrong := wrong_dates(phases, from_on, until_on):
            raise NotAllowed(wrong[0].replace("或先改方案的实施起止", "再改方案的实施起止"))


def _plain(values: dict[str, Any]) -> dict[str, str]:
    return {key: "" if one is None else str(one) for key, one in values.items()}


@act
def exclude_unit(plan: Plan, *, unit: Unit, reason: str, by: User | None, on: date) -> ScopeExclusion:
    """标为不参加: all units of the bureau take part (全员参与) but those that are left out with a reason (3.0)."""
    plan = locked(plan.pk)
    require_keeper(by, plan, on)
    reason = require_text(reason, f"请写明{unit}为什么不参加。")
    if not org.units_of(plan.bureau_id, on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}不是本局现有的单位，请重新选择。")
    if ScopeExclusion.objects.filter(plan=plan, unit=unit, until_on=None).exists():
        raise NotAllowed(f"{unit}已标为不参加，请刷新页面查看。")
    row = ScopeExclusion.objects.create(plan=plan, unit=unit, reason=reason[:200], from_on=on)
    record(by, "plan.exclude_unit", row, bureau=plan.bureau_id, note=row.reason)
    return row


@act
def include_unit(row: ScopeExclusion, *, by: User | None, on: date) -> ScopeExclusion:
    """恢复参加 from today on."""
    plan = locked(row.plan_id)
    require_keeper(by, plan, on)
    until_on, void = ending(row.from_on, on)
    if ScopeExclusion.objects.filter(pk=row.pk, until_on=None).update(until_on=until_on, void=void) != 1:
        raise NotAllowed(f"{row.unit}已恢复参加，请刷新页面查看。")
    row.refresh_from_db()
    record(by, "plan.include_unit", row, bureau=plan.bureau_id)
    return row
