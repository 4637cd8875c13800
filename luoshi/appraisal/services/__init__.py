"""The only writers of appraisal."""

from luoshi.appraisal.services.computing import compute, open_board, revive, start, void_board
from luoshi.appraisal.services.recomputing import Difference, next_edition, recompute
from luoshi.appraisal.services.rehearsing import rehearse
from luoshi.appraisal.services.schemes import adopt_scheme, draft_scheme, edit_scheme, withdraw_scheme

__all__ = [
    "Difference", "adopt_scheme", "compute", "draft_scheme", "edit_scheme", "next_edition", "open_board", "recompute",
    "rehearse", "revive", "start", "void_board", "withdraw_scheme",
]  # fmt: skip
