"""Reading problems: who sees and may do what, the desk, one problem's story, figures for the hall."""

from luoshi.problems.queries.access import (
    idle,
    open_moves,
    parts_of,
    public,
    public_to,
    roles_of,
    visible,
    visible_to,
)
from luoshi.problems.queries.story import changes_since

__all__ = [
    "changes_since", "idle", "open_moves", "parts_of", "public", "public_to", "roles_of", "visible", "visible_to",
]  # fmt: skip
