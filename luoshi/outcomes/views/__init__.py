"""Pages and acts of what changed."""

from luoshi.outcomes.views.outside import enter_figure, figure_paper, outside, void_figure
from luoshi.outcomes.views.panel import goal_records, goals, unit_records, wall
from luoshi.outcomes.views.summaries import figure, institutions_docx, summaries, summary, summary_docx
from luoshi.outcomes.views.summary_acts import edit, give_back, issue, new, redraw, revise, submit, void

__all__ = [
    "edit", "enter_figure", "figure", "figure_paper", "give_back", "goal_records", "goals", "institutions_docx",
    "issue", "new", "outside", "redraw", "revise", "submit", "summaries", "summary", "summary_docx", "unit_records",
    "void", "void_figure", "wall",
]  # fmt: skip
