"""Reading across the rooms: the desk's figures, how well the installation is."""

from luoshi.portal.queries.desk import Recount, Tally, last_words, recounts, tallies, waiting_dates
from luoshi.portal.queries.fitness import backup_age, database_ready, health, oldest_waiting

__all__ = [
    "Recount", "Tally", "backup_age", "database_ready", "health", "last_words", "oldest_waiting", "recounts",
    "tallies", "waiting_dates",
]  # fmt: skip
