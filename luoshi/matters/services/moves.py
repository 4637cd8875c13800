"""The one executor: whatever happens to a matter goes through `move`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

from luoshi.org.models import User


class Form(TypedDict, total=False):
    """What every verb may be given beside its own words.

    `version`: the matter's version when the form was opened (None skips the version check, never the state check).
    `now`: the moment (aware); without it the clock's. `staged`: tokens of staged uploads that become evidence.
    `decided_by`, `decided_on`, `source_note`: a leader decided off screen and the office enters it; the evidence
    file or the note (会议纪要、批示出处) is then required.
    """

    version: int | None
    now: datetime | None
    staged: Sequence[str]
    decided_by: User | None
    decided_on: date | None
    source_note: str
