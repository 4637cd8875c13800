"""Who sees what of appraisal, and what the pages tell."""

from luoshi.appraisal.queries.access import boards_seen, bureaus, own_units, schemes_seen, scores_seen

__all__ = ["boards_seen", "bureaus", "own_units", "schemes_seen", "scores_seen"]
