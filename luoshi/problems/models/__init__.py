"""The tables of problems."""

from luoshi.problems.models.checks import SelfCheck, SelfCheckAnswer, SelfCheckRound, Suggestion
from luoshi.problems.models.classes import Institution, ProblemClass
from luoshi.problems.models.events import ProblemEvent, ProblemEvidence
from luoshi.problems.models.problem import Problem, Rectification, Sighting

__all__ = [
    "Institution",
    "Problem",
    "ProblemClass",
    "ProblemEvent",
    "ProblemEvidence",
    "Rectification",
    "SelfCheck",
    "SelfCheckAnswer",
    "SelfCheckRound",
    "Sighting",
    "Suggestion",
]
