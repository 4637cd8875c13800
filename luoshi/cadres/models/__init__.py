"""干部: postings, follow-ups with their opinions apart, recommendations, merit files, abilities, commendations."""

from luoshi.cadres.models.commend import Commendation, CommendationObjection, CommendationProof
from luoshi.cadres.models.follow import Examination, Examiner, FactAnswer, FollowUp, Recommendation
from luoshi.cadres.models.merit import AbilityTag, MeritEntry, MeritProof
from luoshi.cadres.models.posting import Posting, PostingMatter

__all__ = [
    "AbilityTag",
    "Commendation",
    "CommendationObjection",
    "CommendationProof",
    "Examination",
    "Examiner",
    "FactAnswer",
    "FollowUp",
    "MeritEntry",
    "MeritProof",
    "Posting",
    "PostingMatter",
    "Recommendation",
]
