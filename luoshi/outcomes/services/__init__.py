"""The only writers of figures from outside and of summaries."""

from luoshi.outcomes.services.outside import enter_figure, void_figure
from luoshi.outcomes.services.summaries import (
    edit_section,
    give_back,
    issue,
    open_summary,
    redraw,
    revise,
    submit,
    take_copy,
    void_summary,
)

__all__ = [
    "edit_section", "enter_figure", "give_back", "issue", "open_summary", "redraw", "revise", "submit", "take_copy",
    "void_figure", "void_summary",
]  # fmt: skip
