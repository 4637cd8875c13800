"""Reading problems: who sees and may do what, the desk, one problem's story, figures for the hall."""

from luoshi.problems.queries.access import (
    all_matters_closed,
    idle,
    open_moves,
    parts_of,
    public,
    public_to,
    roles_of,
    visible,
    visible_to,
)
from luoshi.problems.queries.desk import ProblemGroup, ProblemLine, problem_desk
from luoshi.problems.queries.people import MATTER_OPEN, checkers, doers, matters_of, raised_by
from luoshi.problems.queries.similar import Like, similar
from luoshi.problems.queries.story import changes_since, matter_lines, sightings, timeline

__all__ = [
    "MATTER_OPEN",
    "Like",
    "ProblemGroup",
    "ProblemLine",
    "all_matters_closed",
    "changes_since",
    "checkers",
    "doers",
    "idle",
    "matter_lines",
    "matters_of",
    "open_moves",
    "parts_of",
    "problem_desk",
    "public",
    "public_to",
    "raised_by",
    "roles_of",
    "sightings",
    "similar",
    "timeline",
    "visible",
    "visible_to",
]
