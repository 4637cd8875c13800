"""Pages of problems: the ledger, writing one down, one problem, and one address for each act."""

from luoshi.problems.views.acts import ACTS
from luoshi.problems.views.bulk import bulk
from luoshi.problems.views.ledger import ledger, pane
from luoshi.problems.views.opening import amend, open_new, similar
from luoshi.problems.views.page import detail, evidence
from luoshi.problems.views.printed import printed
from luoshi.problems.views.sheet import export, sheet

__all__ = [
    "ACTS",
    "amend",
    "bulk",
    "detail",
    "evidence",
    "export",
    "ledger",
    "open_new",
    "pane",
    "printed",
    "sheet",
    "similar",
]
