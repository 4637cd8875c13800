"""People: put on the staff list, edited, leaving; their accounts disabled and enabled."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from pypinyin import Style, lazy_pinyin

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries, rules
from luoshi.org.models import Delegation, Portfolio, Post, Unit, User
from luoshi.org.searched import PEOPLE
from luoshi.org.services import posts
from luoshi.org.services.authority import (
    keep_last_administrator,
    lock_person,
    require_account_manager,
    require_manager,
    won_or_stale,
)
from luoshi.records.services import act, record
from luoshi.search import services as search


def initials(name: str) -> str:
    """The pinyin initials by which a person is found.

    >>> initials("张三丰")
    'zsf'
    """
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:40]


@act
def add_person(
    *,
    username: str,
    name: str,
    personnel_type: str,
    by: User | None,
    on: date,
    mobile: str = "",
    email: str = "",
    password: str | None = None,
    joined_on: date | None = None,
) -> User:
    """Put a person on the staff list; without a password the account cannot log in until one is issued."""
    if by is not None and not any(
        one.duty in (rules.Duty.OFFICE, rules.Duty.SYSTEM_ADMIN) for one in queries.held(by, on)
    ):
        raise NotAllowed("人员由局办公室或系统管理员登记，您目前没有这项职责。")
    user = User(username=username, name=name, pinyin=initials(name), personnel_type=personnel_type)
    user.mobile, user.email, user.joined_on = mobile, email, joined_on or on
    user.set_password(password) if password else user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise NotAllowed(f"登录名“{username}”已被占用，请核对工号或换用手机号。") from None
    search.index(PEOPLE, [user.pk])
    record(by, "org.add_person", user, bureau=0, values={"after": _words(user)})
    return user


@act
def add_to_staff(
    *,
    username: str,
    name: str,
    personnel_type: str,
    unit: Unit,
    duty: str,
    by: User | None,
    on: date,
    mobile: str = "",
    title: str = "",
    joined_on: date | None = None,
) -> User:
    """Put a person on the staff list and into the first post, in one act."""
    user = add_person(
        username=username, name=name, personnel_type=personnel_type, mobile=mobile, joined_on=joined_on, by=by, on=on
    )
    posts.appoint(user, unit=unit, duty=duty, title=title, from_on=joined_on, by=by, on=on)
    return user


@act
def edit_person(
    user: User,
    *,
    name: str,
    personnel_type: str,
    version: int | None,
    by: User | None,
    on: date,
    mobile: str = "",
    email: str = "",
) -> User:
    """Correct what the staff list says about a person."""
    _require_keeper_of(by, user, on)
    before, seen = _words(user), version or 0
    won = User.objects.filter(pk=user.pk, version=seen).update(
        name=name,
        pinyin=initials(name),
        personnel_type=personnel_type,
        mobile=mobile,
        email=email,
        version=seen + 1,
    )
    won_or_stale(won, user)
    user.refresh_from_db()
    search.index(PEOPLE, [user.pk])
    record(by, "org.edit_person", user, bureau=0, values={"before": before, "after": _words(user)})
    return user


@act
def leave(
    user: User, *, version: int | None, reason: str, by: User | None, on: date, left_on: date | None = None
) -> User:
    """Let a person go from a day on: every post, portfolio and delegation ends, and the account no longer opens."""
    require_account_manager(by, user, on)
    user, away, seen = lock_person(user), left_on or on, version or 0
    if user.left_on is not None:
        raise NotAllowed(f"{user}已于 {user.left_on.isoformat()} 离岗。")
    if user.joined_on is not None and away < user.joined_on:
        raise NotAllowed(f"离岗日期不能早于到岗日期 {user.joined_on.isoformat()}。")
    mine = list(Post.objects.filter(queries.not_over(away), user=user))
    keep_last_administrator(user, {one.duty for one in mine}, on)
    portfolios = list(Portfolio.objects.filter(queries.not_over(away), leader=user))
    delegations = [
        *Delegation.objects.filter(queries.not_over(away), principal=user),
        *Delegation.objects.filter(queries.not_over(away), deputy=user),
    ]
    ending: list[Post | Portfolio | Delegation] = [*mine, *portfolios, *delegations]
    for row in ending:
        posts.end_dated(row, away)
    won = User.objects.filter(pk=user.pk, version=seen).update(
        left_on=away, is_active=user.is_active and away > on, version=seen + 1
    )
    won_or_stale(won, user)
    user.refresh_from_db()
    record(
        by, "org.leave", user, bureau=0, note=reason, rows=ending,
        values={"after": {"离岗日期": away.isoformat()}},
    )  # fmt: skip
    return user


@act
def disable(user: User, *, version: int | None, reason: str, by: User | None, on: date) -> User:
    """Close an account at once; the person's next request is refused. Posts stay as they are."""
    require_account_manager(by, user, on)
    lock_person(user)
    keep_last_administrator(user, _kinds(user, on), on)
    return _switch(user, False, version, "org.disable", by, reason)


@act
def enable(user: User, *, version: int | None, by: User | None, on: date) -> User:
    """Open a closed account again; somebody who left is put on the list anew by a new post first."""
    require_account_manager(by, user, on)
    if user.left_on is not None and user.left_on <= on:
        raise NotAllowed(f"{user}已离岗，不能启用。")
    return _switch(user, True, version, "org.enable", by, "")


def _switch(user: User, on_or_off: bool, version: int | None, name: str, actor: User | None, reason: str) -> User:
    seen, word = version or 0, {True: "在用", False: "停用"}
    if User.objects.filter(pk=user.pk, is_active=on_or_off).exists():
        raise NotAllowed(f"{user}的账号已是{word[on_or_off]}状态。")
    won = User.objects.filter(pk=user.pk, version=seen).update(is_active=on_or_off, version=seen + 1)
    won_or_stale(won, user)
    user.refresh_from_db()
    values = {"before": {"账号": word[not on_or_off]}, "after": {"账号": word[on_or_off]}}
    record(actor, name, user, bureau=0, note=reason, values=values)
    return user


def _kinds(user: User, on: date) -> set[str]:
    return set(Post.objects.filter(queries.in_force(on), user=user).values_list("duty", flat=True))


def _require_keeper_of(actor: User | None, user: User, on: date) -> None:
    """The office of a bureau where the person sits, or the system administrator."""
    bureaus = set(Post.objects.filter(user=user, void=False).values_list("bureau_id", flat=True))
    if actor is not None and not any(rules.may_manage(queries.held(actor, on), one) for one in bureaus):
        require_manager(actor, None, on)


def _words(user: User) -> dict[str, str]:
    return {
        "登录名": user.username,
        "姓名": user.name,
        "人员类别": rules.PersonnelType(user.personnel_type).label,
        "手机号": user.mobile,
        "邮箱": user.email,
    }
