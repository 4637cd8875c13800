"""What the search finds of activities, brought up to date by the act that changed them; within the caller's act."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.activities.models import Activity
from luoshi.activities.queries.searched import ACTIVITIES
from luoshi.search import services as search


def feed(rows: Iterable[Activity]) -> None:
    """Index these activities; what is said in talks is not looked for."""
    search.index(ACTIVITIES, [one.pk for one in rows])
