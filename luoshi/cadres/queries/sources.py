"""The record behind a choice such as `matter:12`."""

from __future__ import annotations

from typing import Any

from luoshi.cadres.models import MeritEntry, Posting
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Matter
from luoshi.problems.models import Problem

Record = MeritEntry | Matter | Problem | Posting


def source_row(choice: str) -> Record:
    """The row itself; whether it may be used is the service's to say."""
    kind, _, pk = choice.partition(":")
    models: dict[str, Any] = {"merit": MeritEntry, "matter": Matter, "problem": Problem, "posting": Posting}
    found: Record | None = models[kind].objects.filter(pk=pk).first() if kind in models and pk.isdigit() else None
    if found is None:
        raise NotAllowed("没有找到这条记录，请重新选择。")
    return found
