"""The rules of problems, pure: the life and who may make each move; the words; where a problem stands.

Nothing here touches the database, settings or the clock. Read `life` first.
"""

from luoshi.problems.rules.life import (
    CHECKS,
    CLOSING,
    DECIDES,
    DOES,
    FINDER,
    HANDLER,
    HEAD,
    LEADER,
    MOVES,
    OFFICE,
    OTHERS,
    OWNER,
    READER,
    REVIEWER,
    VERIFIER,
    WORDS,
    Parts,
    roles,
)
from luoshi.problems.rules.standing import standing
from luoshi.problems.rules.words import (
    OPEN,
    PRIVATE_SERIES,
    SERIES,
    Channel,
    CheckState,
    Cure,
    Pace,
    RaiserAnswer,
    Reform,
    Source,
    State,
    StyleKind,
)

__all__ = [
    "CHECKS", "CLOSING", "DECIDES", "DOES", "FINDER", "HANDLER", "HEAD", "LEADER", "MOVES", "OFFICE", "OPEN",
    "OTHERS", "OWNER", "PRIVATE_SERIES", "READER", "REVIEWER", "SERIES", "VERIFIER", "WORDS", "Channel",
    "CheckState", "Cure", "Pace", "Parts", "RaiserAnswer", "Reform", "Source", "State", "StyleKind", "roles",
    "standing",
]  # fmt: skip
