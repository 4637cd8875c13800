"""Who sees what of commitments, and in which role; what the pages tell."""

from luoshi.commitments.queries.access import (
    batches_seen,
    commitments_seen,
    concern_roles,
    concerns_seen,
    roles_in,
    sees_drafts,
    units_of,
)
from luoshi.commitments.queries.basis import chiefs, clause_for, field_of, members, phone_of, title_of
from luoshi.commitments.queries.lists import (
    FILTERS,
    BatchLine,
    ConcernLine,
    batch_lines,
    concern_lines,
    concern_page,
    item_lines,
)
from luoshi.commitments.queries.promises import PromiseView, promise_views, standing_words
from luoshi.commitments.queries.reckoning import count_answer, why_answer
from luoshi.commitments.queries.team import (
    NoticeFacts,
    TeamLine,
    fulfilment_tallies,
    notice_facts,
    only,
    team_lines,
    years_of,
)

__all__ = [
    "FILTERS", "BatchLine", "ConcernLine", "NoticeFacts", "PromiseView", "TeamLine", "batch_lines", "batches_seen",
    "chiefs", "clause_for", "commitments_seen", "concern_lines", "concern_page", "concern_roles", "concerns_seen",
    "count_answer", "field_of", "fulfilment_tallies", "item_lines", "members", "notice_facts", "only", "phone_of",
    "promise_views", "roles_in", "sees_drafts", "standing_words", "team_lines", "title_of", "units_of", "why_answer",
    "years_of",
]  # fmt: skip
