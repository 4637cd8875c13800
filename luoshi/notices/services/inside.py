"""Notices inside the system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from luoshi.lib import clock
from luoshi.notices.models import Notice
from luoshi.notices.queries import visible_to
from luoshi.org.models import User


def notify(
    users: Iterable[Any], *, bureau: int, kind: str, key: str, title: str, url: str, urgent: bool = False
) -> int:
    """Leave one in-app notice for each person, once per key; returns how many are new. Call inside an act.

    It leaves the house with the person's next digest; `urgent` (加急) lets one message go at once, at any hour,
    and is logged. Repeating the call with the same key does nothing.
    """
    people = {user.pk: user for user in users}
    known = set(Notice.objects.filter(key=key, user_id__in=people).values_list("user_id", flat=True))
    fresh = {pk: user for pk, user in people.items() if pk not in known}
    Notice.objects.bulk_create(
        [
            Notice(user=user, bureau_id=bureau, kind=kind, key=key, title=title[:200], url=url, at=clock.now())
            for user in fresh.values()
        ],
        ignore_conflicts=True,
    )
    if urgent and fresh:
        from luoshi.notices.services.outbox import compose_urgent

        compose_urgent(fresh.values(), bureau=bureau, key=key, now=clock.now())
    return len(fresh)


def mark_read(notice: Notice, *, now: datetime) -> None:
    """The person opened it."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)


def mark_all_read(user: User, *, now: datetime, upto: int) -> int:
    """The person has seen the list up to a notice; what came after the page was drawn stays unread."""
    return visible_to(user).filter(read_at=None, pk__lte=upto).update(read_at=now)
