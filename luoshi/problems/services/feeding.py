"""What the search finds of problems, brought up to date by the act that changed them; within the caller's act."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.problems.models import Problem
from luoshi.problems.queries.searched import PROBLEMS
from luoshi.search import services as search


def feed(problems: Iterable[Problem]) -> None:
    """Index these problems; an item of a personal list is never looked up."""
    if wanted := [one.pk for one in problems if one.self_check_id is None]:
        search.index(PROBLEMS, wanted)
