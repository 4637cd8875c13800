"""Writing notices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luoshi.lib import clock
from luoshi.notices.models import Notice


def notify(users: Iterable[Any], *, bureau: int, kind: str, key: str, title: str, url: str) -> int:
    """Leave one in-app notice for each person, once per key; returns how many are new. Call inside an act."""
    rows = [
        Notice(user=user, bureau_id=bureau, kind=kind, key=key, title=title[:200], url=url, at=clock.now())
        for user in users
    ]
    before = Notice.objects.filter(key=key).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(key=key).count() - before
