"""Reading across the rooms: the desk's figures, a clause with all that belongs to it, the map, the installation."""

from luoshi.portal.queries.clause import Holding, behind, confirmed_within, matters_under, rules_made, versions_of
from luoshi.portal.queries.coverage import (
    Map,
    Row,
    coverage,
    facts_of,
    lineages_under,
    plans_for,
    records,
    row_of_clause,
    sees_whole,
    text_in_force,
)
from luoshi.portal.queries.desk import Recount, Tally, parts, quotas, recounts, tallies, waiting_dates, words_to_answer
from luoshi.portal.queries.fitness import backup_age, database_ready, health, oldest_waiting

__all__ = [
    "Holding", "Map", "Recount", "Row", "Tally", "backup_age", "behind", "confirmed_within", "coverage",
    "database_ready", "facts_of", "health", "lineages_under", "matters_under", "oldest_waiting",
    "parts", "plans_for", "quotas", "records", "recounts", "row_of_clause", "rules_made", "sees_whole", "tallies",
    "text_in_force", "versions_of", "waiting_dates",
    "words_to_answer",
]  # fmt: skip
