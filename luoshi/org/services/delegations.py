"""Delegation (代理): given by the principal himself or entered by the office, dated, ended early or by its date."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries, rules
from luoshi.org.models import Delegation, Post, Unit, User
from luoshi.org.services.authority import lock_person, not_opened, refuse_clash
from luoshi.org.services.posts import end_dated
from luoshi.records.services import act, record

LONGEST = timedelta(days=366)


@act
def delegate(
    principal: User,
    *,
    deputy: User,
    bureau: Unit,
    duty: str,
    from_on: date,
    until_on: date,
    reason: str,
    by: User | None,
    on: date | None = None,
) -> Delegation:
    """Let a deputy act for a principal in one duty between two dates; both are named in every act.

    The principal gives his own duty, or the bureau's office enters what he decided. Nobody names himself
    deputy, a deputy passes nothing on, and administrators' duties cannot be delegated.
    """
    today = on or from_on
    _require_giver(by, principal, bureau, today)
    if by is not None and by.pk == deputy.pk:
        raise NotAllowed("不能把别人的职责委托给自己，请由委托人本人或另一位同志办理。")
    if duty in rules.ADMINISTRATORS:
        raise NotAllowed("三员职责不能代理，请由安全管理员另行授权。")
    if not reason.strip():
        raise NotAllowed("请写明代理事由，例如“赴省委党校学习”。")
    if until_on < from_on or until_on - from_on > LONGEST:
        raise NotAllowed("代理须有起止日期，止日不早于起日，最长一年。")
    if by is not None and until_on < today:
        raise NotAllowed("代理期已过，不能补登；请从今天起登记。")
    if not Post.objects.filter(queries.in_force(from_on), user=principal, bureau=bureau, duty=duty).exists():
        raise NotAllowed(f"{principal}在 {from_on.isoformat()} 不担任{rules.Duty(duty).label}，没有可委托的职责。")
    deputy = lock_person(deputy)
    if not queries.held_in(deputy, bureau.pk, from_on):
        raise NotAllowed(f"{deputy}不是本局在任人员，不能代理。")
    refuse_clash(deputy, duty, from_on)
    same = Delegation.objects.filter(queries.not_over(from_on), principal=principal, bureau=bureau, duty=duty)
    if same.filter(from_on__lte=until_on).exists():
        raise NotAllowed(f"{principal}的{rules.Duty(duty).label}职责在这段时间已有人代理，请先结束原代理。")
    row = Delegation.objects.create(
        principal=principal, deputy=deputy, bureau=bureau, duty=duty, from_on=from_on, until_on=until_on, reason=reason
    )
    record(
        by, "org.delegate", row, bureau=bureau.pk, note=reason,
        decided_by=principal if by is not None and by.pk != principal.pk else None,
        values={"after": _words(row)},
    )  # fmt: skip
    return row


@act
def end_delegation(row: Delegation, *, by: User | None, on: date) -> Delegation:
    """End a delegation early: from this day on the deputy acts no more."""
    _require_giver(by, row.principal, row.bureau, on, deputy=row.deputy)
    row = Delegation.objects.select_for_update().get(pk=row.pk)
    if row.void or row.until_on < on:
        not_opened(row)
    before = _words(row)
    end_dated(row, on)
    record(by, "org.end_delegation", row, bureau=row.bureau_id, values={"before": before, "after": _words(row)})
    return row


def _require_giver(actor: User | None, principal: User, bureau: Unit, on: date, deputy: User | None = None) -> None:
    if actor is None or actor.pk == principal.pk or (deputy is not None and actor.pk == deputy.pk):
        return
    own = Post.objects.filter(queries.in_force(on), user=actor, bureau=bureau, duty=rules.Duty.OFFICE)
    if not (actor.is_active and own.exists()):
        raise NotAllowed("代理由委托人本人或本局办公室登记，您不能代为委托。")


def _words(row: Delegation) -> dict[str, str]:
    return {
        "委托人": str(row.principal),
        "代理人": str(row.deputy),
        "职责": rules.Duty(row.duty).label,
        "起": row.from_on.isoformat(),
        "止": "作废" if row.void else row.until_on.isoformat(),
    }
