"""The one clock. Views and jobs read it and pass the time on; rules and services take it as an argument."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC.

    `LUOSHI_NOW` (an ISO date or datetime, Shanghai time where it names no zone) stops the clock
    for rehearsals and journeys; it is refused outside debug and test by `luoshi check`.
    """
    stopped = os.environ.get("LUOSHI_NOW", "")
    if not stopped:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(stopped)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(UTC)


def today() -> date:
    """The present date in Shanghai, the only civil date the product knows."""
    return now().astimezone(SHANGHAI).date()


def local(moment: datetime) -> datetime:
    """A moment as Shanghai wall time.

    >>> local(datetime(2026, 11, 23, 16, 30, tzinfo=UTC)).isoformat()
    '2026-11-24T00:30:00+08:00'
    """
    return moment.astimezone(SHANGHAI)
