"""Quotas read for many people at once, in a number of queries that does not depend on how many they are.

No room that judges people may import this package: study and research are shown, reminded and never scored.
"""

from luoshi.activities.queries.quotas.book import GROUP, LEADERS, OWN, PERSONAL, Book, book, clause_urls, covers
from luoshi.activities.queries.quotas.coverage import (
    GroupMonths,
    HeadTalks,
    contents,
    group_months,
    head_talks,
    places,
    themes,
)
from luoshi.activities.queries.quotas.desk import DeskLine, desk_lines
from luoshi.activities.queries.quotas.gaps import GapRow, GapTable, Seat, gap_table, seats
from luoshi.activities.queries.quotas.members import Member, members
from luoshi.activities.queries.quotas.reasons import headed, may_say, may_see, reminders, unit_names
from luoshi.activities.queries.quotas.standings import Mine, mine, records, standings

__all__ = [
    "GROUP", "LEADERS", "OWN", "PERSONAL", "Book", "DeskLine", "GapRow", "GapTable", "GroupMonths", "HeadTalks",
    "Member", "Mine", "Seat", "book", "clause_urls", "contents", "covers", "desk_lines", "gap_table", "group_months",
    "head_talks", "headed", "may_say", "may_see", "members", "mine", "places", "records", "reminders", "seats",
    "standings", "themes", "unit_names",
]  # fmt: skip
