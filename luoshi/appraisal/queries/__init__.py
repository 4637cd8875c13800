"""Who sees what of appraisal, and what the pages tell."""

from luoshi.appraisal.queries.access import boards_seen, drafts_seen, own_units, schemes_seen, scores_seen
from luoshi.appraisal.queries.archive import Mismatch, recomputed
from luoshi.appraisal.queries.counting import counted, cutoff
from luoshi.appraisal.queries.facts import frozen, frozen_of, records
from luoshi.appraisal.queries.schemes import (
    BLOCKS,
    boards_on,
    clause_for,
    formula_of,
    groups_of,
    next_edition,
    parts_of,
    scheme_for,
    start,
    words_of,
)
from luoshi.org.rules import bureaus

__all__ = [
    "BLOCKS", "Mismatch", "boards_on", "boards_seen", "bureaus", "clause_for", "counted", "cutoff", "drafts_seen",
    "formula_of", "frozen", "frozen_of", "groups_of", "next_edition", "own_units", "parts_of", "recomputed", "records",
    "scheme_for", "schemes_seen", "scores_seen", "start", "words_of",
]  # fmt: skip
