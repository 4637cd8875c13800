"""承诺: the promises and their amendments, what came of them, the concerns of the masses, and livelihood work."""

from luoshi.commitments.models.concerns import Concern
from luoshi.commitments.models.livelihood import LivelihoodBatch, LivelihoodItem
from luoshi.commitments.models.promises import (
    Amendment,
    Commitment,
    Progress,
    ProgressEvidence,
    Promise,
    PromiseMatter,
)

__all__ = [
    "Amendment",
    "Commitment",
    "Concern",
    "LivelihoodBatch",
    "LivelihoodItem",
    "Progress",
    "ProgressEvidence",
    "Promise",
    "PromiseMatter",
]
