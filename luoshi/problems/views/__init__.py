"""Pages of problems: one problem, and one address for each act."""

from luoshi.problems.views.ledger import ledger, pane
from luoshi.problems.views.page import detail

__all__ = ["detail", "ledger", "pane"]
