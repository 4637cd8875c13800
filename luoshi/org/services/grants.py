"""Grants under the profile `level3`: one administrator proposes, another confirms (三员分立).

GB/T 22239-2019 8.1.4 asks that system, security and audit administration lie in different hands.
"""

from __future__ import annotations

from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries
from luoshi.org.models import PendingGrant, Unit, User
from luoshi.org.rules import Duty, GrantState
from luoshi.org.services.authority import level3, not_opened, refuse_clash, require_granter
from luoshi.org.services.posts import place
from luoshi.records.services import act, record


@act
def propose_grant(
    user: User,
    *,
    unit: Unit,
    duty: str,
    basis: str,
    by: User,
    on: date,
    title: str = "",
    from_on: date | None = None,
) -> PendingGrant:
    """Propose a duty for a person; nothing is in force before another administrator confirms."""
    if not level3():
        raise NotAllowed("本系统未启用双人确认，请直接任命。")
    require_granter(by, user, duty, unit.bureau_id, on)
    if unit.bureau is None:
        raise NotAllowed("任职须落在局的某个单位，请选具体单位。")
    refuse_clash(user, duty, from_on or on)
    if PendingGrant.objects.filter(user=user, unit=unit, duty=duty, state=GrantState.PROPOSED).exists():
        raise NotAllowed("同样的授权已在等待确认。")
    row = PendingGrant.objects.create(
        user=user, unit=unit, bureau=unit.bureau, duty=duty, title=title, basis=basis, from_on=from_on or on,
        proposed_by=by, proposed_on=on,
    )  # fmt: skip
    record(by, "org.propose_grant", row, bureau=0, note=basis)
    return row


@act
def confirm_grant(row: PendingGrant, *, by: User, on: date) -> PendingGrant:
    """Confirm a proposed duty: the post comes into force, by the hand of a second administrator."""
    row = _open(row, by, on)
    post = place(row.user, unit=row.unit, duty=row.duty, title=row.title, basis=row.basis, from_on=max(row.from_on, on))
    _decide(row, GrantState.CONFIRMED, by, on)
    PendingGrant.objects.filter(pk=row.pk).update(post=post)
    record(by, "org.confirm_grant", row, bureau=0, rows=[post], decided_by=row.proposed_by, decided_on=row.proposed_on)
    return row


@act
def refuse_grant(row: PendingGrant, *, reason: str, by: User, on: date) -> PendingGrant:
    """Refuse a proposed duty, with the reason."""
    row = _open(row, by, on)
    _decide(row, GrantState.REFUSED, by, on)
    record(by, "org.refuse_grant", row, bureau=0, note=reason)
    return row


def _open(row: PendingGrant, actor: User, on: date) -> PendingGrant:
    kinds = {one.duty for one in queries.held(actor, on)}
    if Duty.AUDIT_ADMIN not in kinds or actor.pk in (row.proposed_by_id, row.user_id):
        raise NotAllowed("授权须由提出人和本人之外的审计管理员确认。")
    row = PendingGrant.objects.select_for_update().get(pk=row.pk)
    if row.state != GrantState.PROPOSED:
        not_opened(row)
    return row


def _decide(row: PendingGrant, state: str, actor: User, on: date) -> None:
    won = PendingGrant.objects.filter(pk=row.pk, state=GrantState.PROPOSED).update(
        state=state, decided_by=actor, decided_on=on
    )
    if won != 1:
        not_opened(row)
    row.refresh_from_db()
