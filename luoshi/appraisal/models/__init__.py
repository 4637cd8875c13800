"""考评: schemes with their indicators and rehearsals; boards, scores and their frozen facts; superiors' remarks."""

from luoshi.appraisal.models.boards import Board, Score, ScoreFacts
from luoshi.appraisal.models.remarks import RemarkEvidence, SuperiorRemark
from luoshi.appraisal.models.schemes import Rehearsal, Scheme, SchemeBlock, SchemeIndicator

__all__ = [
    "Board", "Rehearsal", "RemarkEvidence", "Scheme", "SchemeBlock", "SchemeIndicator", "Score", "ScoreFacts",
    "SuperiorRemark",
]  # fmt: skip
