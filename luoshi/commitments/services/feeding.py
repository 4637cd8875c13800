"""What the search finds of this room, brought up to date by the act that changed it; within the caller's act."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.commitments.queries.searched import BATCHES, COMMITMENTS, CONCERNS
from luoshi.search import services as search


def feed(*, commitments: Sequence[int] = (), concerns: Sequence[int] = (), batches: Sequence[int] = ()) -> None:
    """Index these rows."""
    for source, keys in ((COMMITMENTS, commitments), (CONCERNS, concerns), (BATCHES, batches)):
        if keys:
            search.index(source, list(keys))
