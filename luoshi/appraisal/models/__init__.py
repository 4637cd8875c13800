"""考评: schemes and boards with their frozen facts; objections, cases; superiors' remarks; comments; the year-end."""

from luoshi.appraisal.models.boards import Board, Score, ScoreFacts
from luoshi.appraisal.models.cases import BoardCase, BoardScope, CaseEvidence, CaseLink
from luoshi.appraisal.models.comments import Comment, Improvement
from luoshi.appraisal.models.materials import MaterialAnswer, Nomination, Pool, YearMaterial
from luoshi.appraisal.models.objections import Objection, ObjectionEvidence
from luoshi.appraisal.models.remarks import RemarkEvidence, SuperiorRemark
from luoshi.appraisal.models.reviews import (
    Ballot,
    Rater,
    RaterGroup,
    Review,
    ReviewItem,
    ReviewResult,
    YearObjection,
)
from luoshi.appraisal.models.schemes import Rehearsal, Scheme, SchemeBlock, SchemeIndicator

__all__ = [
    "Ballot", "Board", "BoardCase", "BoardScope", "CaseEvidence", "CaseLink", "Comment", "Improvement",
    "MaterialAnswer", "Nomination", "Objection", "ObjectionEvidence", "Pool", "Rater", "RaterGroup", "Rehearsal",
    "RemarkEvidence", "Review", "ReviewItem", "ReviewResult", "Scheme", "SchemeBlock", "SchemeIndicator", "Score",
    "ScoreFacts", "SuperiorRemark", "YearMaterial", "YearObjection",
]  # fmt: skip
