"""考评: schemes and rehearsals; boards, scores and their frozen facts; objections, cases; superiors' remarks."""

from luoshi.appraisal.models.boards import Board, Score, ScoreFacts
from luoshi.appraisal.models.cases import BoardCase, BoardScope, CaseEvidence, CaseLink
from luoshi.appraisal.models.objections import Objection, ObjectionEvidence
from luoshi.appraisal.models.remarks import RemarkEvidence, SuperiorRemark
from luoshi.appraisal.models.schemes import Rehearsal, Scheme, SchemeBlock, SchemeIndicator

__all__ = [
    "Board", "BoardCase", "BoardScope", "CaseEvidence", "CaseLink", "Objection", "ObjectionEvidence", "Rehearsal",
    "RemarkEvidence", "Scheme", "SchemeBlock", "SchemeIndicator", "Score", "ScoreFacts", "SuperiorRemark",
]  # fmt: skip
