"""What the search finds of matters, brought up to date by the act that changed them; within the caller's act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from luoshi.matters.models import EventEvidence, Matter, Meeting, TaskList
from luoshi.matters.queries.searched import EVIDENCE, LISTS, MATTERS, MEETINGS
from luoshi.search import services as search

FED = {Matter: MATTERS, EventEvidence: EVIDENCE, TaskList: LISTS, Meeting: MEETINGS}


def feed(rows: Iterable[Model] = (), many: Mapping[type[Model], Iterable[Any]] | None = None) -> None:
    """Index those of these rows that may be looked up; `many` names further ones by table and key."""
    keys: dict[type[Model], dict[Any, None]] = {model: dict.fromkeys(found) for model, found in (many or {}).items()}
    for row in rows:
        keys.setdefault(row._meta.model, {})[row.pk] = None
    for model, source in FED.items():
        if wanted := list(keys.get(model, ())):
            search.index(source, wanted)
