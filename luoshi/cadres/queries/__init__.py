"""Reading cadres: who sees what of postings, follow-ups, opinions, files and commendations; what the pages tell."""

from luoshi.cadres.queries.access import (
    commend_roles,
    commendations_seen,
    follow_roles,
    follow_ups_seen,
    merit_roles,
    merits_seen,
    opinions_seen,
    people_seen,
    posting_roles,
    postings_seen,
    published,
    rec_roles,
    recommendations_seen,
    reviewers,
)
from luoshi.cadres.queries.bars import BARRED, barred, hint, refused
from luoshi.cadres.queries.basis import (
    FRONT_LINE,
    chiefs,
    clause_for,
    follow_up_rhythm,
    nameable,
    notice_days,
    why_follow_up,
    why_notice,
)
from luoshi.cadres.queries.results import Shown, results, shown

__all__ = [
    "BARRED", "FRONT_LINE", "Shown", "barred", "chiefs", "clause_for", "commend_roles", "commendations_seen",
    "follow_roles", "follow_up_rhythm", "follow_ups_seen", "hint", "merit_roles", "merits_seen", "nameable",
    "notice_days", "opinions_seen", "people_seen", "posting_roles", "postings_seen", "published", "rec_roles",
    "recommendations_seen", "refused", "results", "reviewers", "shown", "why_follow_up", "why_notice",
]  # fmt: skip
