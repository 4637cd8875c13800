"""What is told after the errands of the story, room by room: each reads what those before it left."""

from __future__ import annotations

from typing import Any

from luoshi.demo import (
    appraisal,
    boards,
    cadres,
    comments,
    outcomes,
    problems,
    publicity,
    selfchecks,
    studies,
    talks,
    year_end,
)  # fmt: skip


def tell(story: Any) -> None:
    """The rooms in the order in which they need one another."""
    for part in (problems, talks, selfchecks, studies, cadres, publicity, outcomes, appraisal, boards):
        part.tell(story)
    comments.tell(story.cast, story)
    year_end.tell(story)
