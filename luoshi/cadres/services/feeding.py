"""What the search finds of this room, brought up to date by the act that changed it; within the caller's act."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.cadres.queries.searched import COMMENDATIONS, POSTINGS
from luoshi.search import services as search


def feed(*, postings: Sequence[int] = (), commendations: Sequence[int] = ()) -> None:
    """Index these rows."""
    for source, keys in ((POSTINGS, postings), (COMMENDATIONS, commendations)):
        if keys:
            search.index(source, list(keys))
