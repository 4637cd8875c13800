"""Pages of problems: the ledger, writing one down, one problem, and one address for each act."""

from luoshi.problems.views.acts import ACTS
from luoshi.problems.views.ledger import ledger, pane
from luoshi.problems.views.opening import amend, open_new, similar
from luoshi.problems.views.page import detail, evidence

__all__ = ["ACTS", "amend", "detail", "evidence", "ledger", "open_new", "pane", "similar"]
