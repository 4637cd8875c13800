"""Posts and portfolios: given from a day, ended on a day, never deleted."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries, rules
from luoshi.org.models import Delegation, Portfolio, Post, Unit, User
from luoshi.org.services.authority import (
    keep_last_administrator,
    level3,
    lock_person,
    not_opened,
    refuse_clash,
    require_granter,
    require_manager,
)
from luoshi.records.services import act, record


@act
def appoint(
    user: User,
    *,
    unit: Unit,
    duty: str,
    by: User | None,
    on: date,
    title: str = "",
    basis: str = "",
    from_on: date | None = None,
) -> Post:
    """Give a person a duty in a unit from a day on (the day of the act where not given).

    Administrators' duties never mix with others; one unit has one head at a time. Under the profile
    `level3` the grant is proposed and confirmed instead (`propose_grant`).
    """
    require_granter(by, user, duty, unit.bureau_id, on)
    if by is not None and level3():
        raise NotAllowed("本系统按三级要求运行，授权须由另一管理员确认，请在“待确认授权”中提出。")
    post = place(user, unit=unit, duty=duty, title=title, basis=basis, from_on=from_on or on)
    record(by, "org.appoint", post, bureau=post.bureau_id, note=basis, values={"after": _words(post)})
    return post


def place(user: User, *, unit: Unit, duty: str, title: str, basis: str, from_on: date) -> Post:
    """Put a post into the table, with every check but authority; the caller's act records it."""
    user = lock_person(user)
    if unit.bureau is None:
        raise NotAllowed("任职须落在局的某个单位，请选具体单位。")
    if user.left_on is not None:
        raise NotAllowed(f"{user}已于 {user.left_on.isoformat()} 离岗，不能任职。")
    if (unit.until_on is not None and from_on > unit.until_on) or from_on < unit.from_on:
        raise NotAllowed(f"{unit}在 {from_on.isoformat()} 尚未设立或已撤销，请核对日期。")
    refuse_clash(user, duty, from_on)
    open_ones = Post.objects.filter(queries.not_over(from_on), unit=unit, duty=duty)
    if duty == rules.Duty.HEAD and (sitting := open_ones.exclude(user=user).select_related("user").first()):
        raise NotAllowed(f"{unit}已有在任的单位负责人（{sitting.user}），请先办理免职再任命。")
    if open_ones.filter(user=user).exists():
        raise NotAllowed(f"{user}已在{unit}担任{rules.Duty(duty).label}，不用重复任命。")
    try:
        with transaction.atomic():
            return Post.objects.create(
                user=user, unit=unit, bureau=unit.bureau, duty=duty, title=title, basis=basis, from_on=from_on
            )
    except IntegrityError:
        raise NotAllowed(f"{unit}已有在任的{rules.Duty(duty).label}，请先办理免职再任命。") from None


@act
def relieve(post: Post, *, by: User | None, on: date, ends_on: date | None = None, reason: str = "") -> Post:
    """End a post: from `ends_on` (the day of the act where not given) the duty is held no more.

    What this person delegated of the duty in this bureau, and a leader's portfolios, end with it.
    """
    require_granter(by, post.user, post.duty, post.bureau_id, on)
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.until_on is not None:
        not_opened(post)
    keep_last_administrator(post.user, {post.duty}, on)
    hanging = _end_what_hangs(post, ends_on or on)
    before = _words(post)
    end_dated(post, ends_on or on)
    record(
        by, "org.relieve", post, bureau=post.bureau_id, note=reason, rows=hanging,
        values={"before": before, "after": _words(post)},
    )  # fmt: skip
    return post


@act
def transfer(
    post: Post,
    *,
    unit: Unit,
    duty: str,
    by: User | None,
    on: date,
    from_on: date | None = None,
    title: str = "",
    basis: str = "",
) -> Post:
    """Move a person: the post here ends, the one there begins on the same day, in one act."""
    begins = from_on or on
    if post.unit_id == unit.pk and post.duty == duty:
        raise NotAllowed("新旧任职相同，没有需要调动的内容。")
    relieve(post, by=by, on=on, ends_on=begins, reason=basis or "调动")
    return appoint(post.user, unit=unit, duty=duty, title=title, basis=basis, from_on=begins, by=by, on=on)


@act
def give_portfolio(
    leader: User, *, unit: Unit, by: User | None, on: date, field: str = "", from_on: date | None = None
) -> Portfolio:
    """Put a unit into a leader's portfolio (分管) from a day on; what another leader held of it ends the day before."""
    require_manager(by, unit.bureau_id, on)
    if unit.bureau is None:
        raise NotAllowed("分管的是局里的具体单位，请重新选择。")
    if by is not None and by.pk == leader.pk:
        raise NotAllowed("不能给自己定分管，请由另一位有权限的同志办理。")
    begins = from_on or on
    leads = Post.objects.filter(
        queries.not_over(begins), user=leader, bureau=unit.bureau, duty__in=[rules.Duty.LEADER, rules.Duty.CHIEF]
    )
    if not leads.exists():
        raise NotAllowed(f"{leader}不是本局的主要领导或分管领导，不能定分管。")
    ended = list(Portfolio.objects.select_for_update().filter(queries.not_over(begins), unit=unit))
    if any(one.leader_id == leader.pk for one in ended):
        raise NotAllowed(f"{leader}已分管{unit}，不用重复登记。")
    for one in ended:
        end_dated(one, begins)
    try:
        with transaction.atomic():
            row = Portfolio.objects.create(leader=leader, unit=unit, bureau=unit.bureau, field=field, from_on=begins)
    except IntegrityError:
        raise NotAllowed(f"{unit}的分管刚刚已由别人办理过，请刷新页面查看。") from None
    values = {
        "before": {"分管领导": "、".join(str(one.leader) for one in ended)},
        "after": {"分管领导": str(leader), "起": begins.isoformat()},
    }
    record(by, "org.give_portfolio", row, bureau=unit.bureau.pk, rows=ended, values=values)
    return row


@act
def end_portfolio(row: Portfolio, *, by: User | None, on: date, ends_on: date | None = None) -> Portfolio:
    """End a portfolio: from `ends_on` the unit falls back to the bureau's 主要领导 until another leader takes it."""
    require_manager(by, row.bureau_id, on)
    row = Portfolio.objects.select_for_update().get(pk=row.pk)
    if row.until_on is not None:
        not_opened(row)
    end_dated(row, ends_on or on)
    values = {"after": {"止": row.until_on.isoformat() if row.until_on else ""}}
    record(by, "org.end_portfolio", row, bureau=row.bureau_id, values=values)
    return row


def end_dated(row: Post | Portfolio | Delegation, ends_on: date) -> None:
    """Let a dated row hold no more from a day on; one that had not yet held is void. The caller records it."""
    if ends_on <= row.from_on:
        row.void, row.until_on = True, row.from_on
    elif row.until_on is None or row.until_on >= ends_on:
        row.until_on = rules.last_day(ends_on)
    row.save(update_fields=["void", "until_on"])


def _end_what_hangs(post: Post, ends_on: date) -> list[Delegation | Portfolio]:
    """End what was delegated or led on the strength of this post, unless another post carries it on."""
    mine = Post.objects.filter(queries.not_over(ends_on), user=post.user, bureau=post.bureau).exclude(pk=post.pk)
    rows: list[Delegation | Portfolio] = []
    if not mine.filter(duty=post.duty).exists():
        rows += Delegation.objects.filter(
            queries.not_over(ends_on), principal=post.user, bureau=post.bureau, duty=post.duty
        )
    leading = [rules.Duty.LEADER, rules.Duty.CHIEF]
    if post.duty in leading and not mine.filter(duty__in=leading).exists():
        rows += Portfolio.objects.filter(queries.not_over(ends_on), leader=post.user, bureau=post.bureau)
    for one in rows:
        end_dated(one, ends_on)
    return rows


def _words(post: Post) -> dict[str, str]:
    return {
        "人员": str(post.user),
        "单位": str(post.unit),
        "职责": rules.Duty(post.duty).label,
        "职务": post.title,
        "起": post.from_on.isoformat(),
        "止": "作废" if post.void else post.until_on.isoformat() if post.until_on else "",
    }
