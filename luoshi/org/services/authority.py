"""Who may change the organisation, and what must never come about: checks that every verb of the room shares."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries, rules
from luoshi.org.models import Post, User
from luoshi.records import queries as records


def level3() -> bool:
    """Whether each grant wants the confirmation of a second administrator."""
    return bool(settings.SECURITY_PROFILE == "level3")


def require_manager(actor: User | None, bureau_id: int | None, on: date) -> None:
    """Refuse whoever does not manage the people of this bureau; the console (None) may."""
    if actor is not None and not rules.may_manage(queries.held(actor, on), bureau_id):
        raise NotAllowed("本局的单位和人员由局办公室或系统管理员维护，您目前没有这项职责。")


def require_granter(actor: User | None, holder: User, duty: str, bureau_id: int | None, on: date) -> None:
    """Refuse whoever may not give or take this duty in this bureau; nobody gives a duty to himself."""
    if actor is None:
        return
    if actor.pk == holder.pk:
        raise NotAllowed("不能给自己授予或解除职责，请由另一位有权限的同志办理。")
    why = rules.why_not_grant(queries.held(actor, on), duty, bureau_id, level3=level3())
    if why:
        raise NotAllowed(why)


def require_account_manager(actor: User | None, holder: User, on: date) -> None:
    """Refuse whoever may not manage this account: the system administrator any, an office those of its own bureau.

    An office manages neither the accounts of the three administrators nor those of the discipline group.
    """
    if actor is None:
        return
    if actor.pk == holder.pk:
        raise NotAllowed("不能办理自己的账号，请由另一位有权限的同志办理；改密码请到“我的账号”。")
    held = queries.held(actor, on)
    if any(one.duty == rules.Duty.SYSTEM_ADMIN for one in held):
        return
    theirs = queries.held(holder, on)
    if any(one.duty in rules.SECOND_FACTOR for one in theirs):
        raise NotAllowed("三员和派驻纪检监察组的账号由系统管理员办理。")
    offices = {one.bureau_id for one in held if one.duty == rules.Duty.OFFICE}
    bureaus = set(Post.objects.filter(queries.not_over(on), user=holder).values_list("bureau_id", flat=True))
    if not bureaus or not bureaus <= offices:
        raise NotAllowed("账号由本局办公室或系统管理员办理，您目前不能办理这个账号。")


def lock_person(user: User) -> User:
    """Hold a person's row for the rest of the act, so that two grants at once cannot slip past each other."""
    return User.objects.select_for_update().get(pk=user.pk)


def refuse_clash(user: User, duty: str, from_on: date) -> None:
    """Refuse a duty that may not lie in one account with what the person holds, now or later (三员分立)."""
    open_end = queries.not_over(from_on)
    held = set(Post.objects.filter(open_end, user=user).values_list("duty", flat=True))
    held |= set(queries.Delegation.objects.filter(open_end, deputy=user).values_list("duty", flat=True))
    why = rules.clash(held | {duty})
    if why:
        raise NotAllowed(why)


def keep_last_administrator(user: User, kinds: Collection[str], on: date) -> None:
    """Refuse to lose the last active administrator of a kind, whoever asks."""
    for kind in sorted(set(kinds) & rules.ADMINISTRATORS):
        posts = list(Post.objects.select_for_update().filter(queries.in_force(on), duty=kind).order_by("pk"))
        able = User.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), is_active=True)
        left = able.filter(pk__in=[one.user_id for one in posts if one.until_on is None]).exclude(pk=user.pk)
        if any(one.user_id == user.pk for one in posts) and not left.exists():
            raise NotAllowed(f"这是最后一个在用的{rules.Duty(kind).label}账号，请先设好接替的人再办理。")


def won_or_stale(won: int, row: models.Model) -> None:
    """After an UPDATE on the version that was opened: nothing changed means somebody was faster."""
    if won != 1:
        row.refresh_from_db()
        words = settings.LUOSHI_ACT_WORDS
        changes = [
            f"{clock.local(one.at):%m-%d %H:%M} {one.actor}：{words.get(one.act, '更新')}"
            for one in records.trail(row, limit=3)
        ]
        raise Stale(getattr(row, "version", None), changes)


def not_opened(row: models.Model) -> None:
    """Refuse to end again what somebody has just ended."""
    raise NotAllowed(f"“{row}”刚刚已由别人办理过，请刷新页面查看。")
