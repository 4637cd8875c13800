"""What happens at the door leaves its entry in the installation's chain (0): log-ins, failures, log-outs, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from luoshi.accounts import queries
from luoshi.accounts.models import LogInAttempt
from luoshi.accounts.rules import ENDED
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import User
from luoshi.org.queries import held
from luoshi.org.rules import Duty
from luoshi.records import queries as records
from luoshi.records.models import Entry
from luoshi.records.services import act, record

R = TypeVar("R")


@act
def log_in(user: User, *, by: User, second_factor: bool) -> None:
    """Note that somebody came in, and whether by a second factor."""
    record(by, "accounts.log_in", user, bureau=0, note="经二次验证" if second_factor else "")


@act
def log_in_failed(*, username: str, now: datetime) -> None:
    """Note a failed log-in, alike for known and unknown names; of the name typed only its keyed digest stays."""
    attempt = LogInAttempt.objects.create(name_digest=queries.name_digest(username), at=now)
    record(None, "accounts.log_in_failed", attempt, bureau=0)


@act
def log_out(user: User, *, by: User) -> None:
    """Note that somebody went."""
    record(by, "accounts.log_out", user, bureau=0)


@act
def session_ended(user: User, *, why: str) -> None:
    """Note that a session ended by itself: idle, full time, the clock, or gone from office."""
    record(None, "accounts.session_ended", user, bureau=0, note=ENDED[why])


@act
def end_sessions(user: User, sessions: Iterable[UserSession], *, by: User, on: date) -> int:
    """End sessions of an account: one's own, or as system administrator anybody's. How many were ended."""
    if by.pk != user.pk and Duty.SYSTEM_ADMIN not in {one.duty for one in held(by, on)}:
        raise NotAllowed("只能结束自己的登录；别人的登录由系统管理员结束。")
    ended = 0
    for one in sessions:
        if one.user_id != user.pk:
            raise NotAllowed("这处登录不属于该账号。")
        one.end()
        ended += 1
    record(by, "accounts.end_sessions", user, bureau=0, note=f"{ended} 处")
    return ended


@act
def change_second_factor(change: Callable[[], R], *, name: str, by: User) -> R:
    """Run the library's change of a second factor and its entry as one act; `name` is the act recorded."""
    result = change()
    record(by, name, by, bureau=0)
    return result


@act
def clear_second_factor(user: User, *, reason: str, by: User, on: date) -> None:
    """Take a lost second factor off an account: the security administrator's, never on one's own account.

    Who resets passwords (the office, the system administrator) cannot do this, so neither opens an account alone.
    """
    if Duty.SECURITY_ADMIN not in {one.duty for one in held(by, on)}:
        raise NotAllowed("二次验证遗失由安全管理员解除，您目前没有这项职责。")
    if by.pk == user.pk:
        raise NotAllowed("不能解除自己账号的二次验证。")
    if not Authenticator.objects.filter(user_id=user.pk).delete()[0]:
        raise NotAllowed(f"{user}没有开启二次验证。")
    record(by, "accounts.second_factor_off", user, bureau=0, note=reason)


@act
def read_values(entry: Entry, *, by: User, on: date) -> dict[str, Any]:
    """Open the values kept with an entry; the reading itself is recorded before anything is shown."""
    if Duty.AUDIT_ADMIN not in {one.duty for one in held(by, on)}:
        raise NotAllowed("留痕内容由审计管理员查看。")
    values = records.values_of(entry)
    if values is None:
        raise NotAllowed("这条留痕没有保存前后内容，或内容已按规定删除。")
    record(by, "accounts.read_values", entry, bureau=0, note=f"{entry.bureau_id}#{entry.seq}")
    return values


def seen(session_key: str, *, now: datetime) -> None:
    """Note when a session was last used (for the list of sessions; no act)."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)
