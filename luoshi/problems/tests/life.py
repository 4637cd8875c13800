"""A problem's life in tests: told by services only, so that no test stands on a state that cannot be reached."""

from __future__ import annotations

from datetime import date, datetime, time
from types import SimpleNamespace

from luoshi.lib.clock import SHANGHAI
from luoshi.problems import services
from luoshi.problems.models import Problem

DAY = date(2026, 9, 29)
DUE = date(2026, 12, 18)
LATER = date(2026, 12, 31)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


class Life:
    """Opens problems of the cast's bureau and walks them on; every step on `day` unless told otherwise."""

    def __init__(self, cast: SimpleNamespace, day: date = DAY) -> None:
        self.cast, self.day = cast, day

    def open(self, **words) -> Problem:
        cast = self.cast
        told = {
            "bureau": cast.bureau,
            "title": "小区门口窨井盖松动多日无人处理",
            "source": "OPINION",
            "found_on": self.day,
            "unit": cast.planning,
            "by": cast.office,
            "on": self.day,
            "now": at(self.day),
        }
        return services.open_problem(**(told | words))
