"""A trip in tests: told by services only."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from luoshi.activities.models import Trip
from luoshi.activities.services import trips as services
from luoshi.activities.services.trips import Journey, Verdict

DAY = date(2026, 9, 29)
GOES = date(2026, 10, 12)
BACK = date(2026, 10, 13)


def journey(cast: SimpleNamespace, **words) -> Journey:
    told = {
        "kind": "OUTGOING",
        "host": "青山县住房和城乡建设局",
        "held_on": GOES,
        "until_on": BACK,
        "topics": ["物业管理"],
        "people": [cast.chief, cast.handler],
        "unit": cast.planning,
    }
    return Journey(**(told | words))


def ask(cast: SimpleNamespace, **words) -> Trip:
    """The head of planning asks, for himself and one of his people."""
    return services.ask_trip(bureau=cast.bureau, journey=journey(cast, **words), by=cast.chief, on=DAY, sure=True)


def approved(cast: SimpleNamespace, **words) -> Trip:
    trip = ask(cast, **words)
    return services.decide_trip(trip, verdict=Verdict(approved=True), version=1, by=cast.leader, on=DAY)


def reported(cast: SimpleNamespace, lessons=("信用评分公开", "物业费随评分浮动"), **words) -> Trip:
    trip = approved(cast, **words)
    return services.report_trip(
        trip, held_on=GOES, until_on=BACK, people=[cast.chief, cast.handler], cost=None, words="看了三个小区。",
        lessons=lessons, version=trip.version, by=cast.chief, on=BACK,
    )  # fmt: skip
