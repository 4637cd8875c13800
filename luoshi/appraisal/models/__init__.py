"""考评: schemes with their indicators, boards, scores and their frozen facts."""

from luoshi.appraisal.models.remarks import RemarkEvidence, SuperiorRemark

__all__ = ["RemarkEvidence", "SuperiorRemark"]
