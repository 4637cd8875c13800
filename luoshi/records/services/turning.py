"""The one conditional UPDATE by which a row takes its next version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model

from luoshi.lib.lifecycle import Stale
from luoshi.records.queries import trail


def turn(row: Any, version: int | None, **changes: Any) -> None:
    """Take the row's next version, within the caller's act: of two people one wins, the other gets `Stale` with what
    was done since. `version` is that of the form, None where none was shown. The row is brought up to date.
    """
    model: Any = type(row)
    known = row.version if version is None else version
    won = model.objects.filter(pk=row.pk, version=known).update(version=known + 1, **changes)
    row.refresh_from_db()
    if won != 1:
        raise Stale(row.version, said_of(row))


def said_of(row: Model, limit: int = 3) -> list[str]:
    """The last acts on a row in words, for whoever was slower."""
    words = settings.LUOSHI_ACT_WORDS
    return [f"{one.actor} {words.get(one.act, '')} {one.note}".strip() for one in trail(row, limit)]
