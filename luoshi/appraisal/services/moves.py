"""What every act of this room begins and ends with: the one conditional UPDATE, a decision entered for its body."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.queries import trail


def turn(row: Any, version: int | None, **changes: Any) -> None:
    """Take the row's next version: of two people one wins, the other reads what was done since (`Stale`)."""
    model: Any = type(row)
    known = row.version if version is None else version
    won = model.objects.filter(pk=row.pk, version=known).update(version=known + 1, **changes)
    row.refresh_from_db()
    if won != 1:
        raise Stale(row.version, said_of(row))


def said_of(row: Model, limit: int = 3) -> list[str]:
    """The last acts on a row in words, for whoever was slower."""
    from django.conf import settings

    words = settings.LUOSHI_ACT_WORDS
    return [f"{one.actor} {words.get(one.act, '')} {one.note}".strip() for one in trail(row, limit)]


def must_hold(duty: Duty, bureau_id: int, *, by: User, on: date, act: str) -> None:
    """Refuse whoever does not hold a duty in the bureau today; within the caller's act."""
    if duty not in org.duties(by, bureau_id, on):
        raise NotAllowed(f"“{act}”由{duty.label}办理，您目前没有这项职责。")


def reasoned(reason: str, act: str) -> str:
    """The reason without blanks around it; one that is missing is refused."""
    if not reason.strip():
        raise NotAllowed(f"“{act}”要写明理由，请补充后再办。")
    return reason.strip()
