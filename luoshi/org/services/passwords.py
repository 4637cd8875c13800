"""Passwords: chosen by the person's own hand, or issued once by an administrator to be changed at the first log-in.

The hash arrives ready made: Argon2 takes its time, and the write lock is not the place for it.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from luoshi.org.models import User
from luoshi.org.services.authority import lock_person, require_account_manager
from luoshi.records.services import act, record

ISSUED_FOR = timedelta(hours=72)
_CONSONANTS, _VOWELS, _DIGITS = "bdfghkmnprstwxyz", "aeiu", "23456789"


def fresh_password() -> str:
    """A random one-time password that can be read out over a telephone: 48 bits, no look-alike letters.

    >>> len(fresh_password())
    18
    """
    words = ["".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(3)) for _ in range(2)]
    return "-".join([*words, "".join(secrets.choice(_DIGITS) for _ in range(4))])


@act
def issue_password(user: User, *, encoded: str, now: datetime, by: User | None, on: date) -> User:
    """Set a one-time password (its hash): valid 72 hours, to be changed at the first log-in, other sessions end."""
    require_account_manager(by, user, on)
    user = lock_person(user)
    _store(user, encoded, must_change=True, expires_at=now + ISSUED_FOR)
    record(by, "org.issue_password", user, bureau=0, values={"after": {"密码": "已发一次性密码"}})
    return user


@act
def change_password(user: User, *, encoded: str, by: User, on: date) -> User:
    """Set the password its owner chose (its hash); every other session ends with the old one."""
    assert by.pk == user.pk
    user = lock_person(user)
    _store(user, encoded, must_change=False, expires_at=None)
    record(by, "accounts.change_password", user, bureau=0)
    return user


def _store(user: User, encoded: str, *, must_change: bool, expires_at: datetime | None) -> None:
    user.password, user.must_change_password, user.password_expires_at = encoded, must_change, expires_at
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])
