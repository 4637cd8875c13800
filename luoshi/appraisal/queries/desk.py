"""What of appraisal a person owes today (protocol: `lib.ondesk`); each topic tells its part from its own module."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.appraisal.queries.desk_boards import board_parts
from luoshi.appraisal.queries.desk_year import year_parts
from luoshi.lib.ondesk import Part
from luoshi.org.models import User
from luoshi.org.rules import Held


def on_desk(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """The quarterly board, then the other topics of the room; parts without lines are left out."""
    parts = [*board_parts(user, held, on), *year_parts(user, held, on)]
    return [one for one in parts if one.lines]
