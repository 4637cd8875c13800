#!/usr/bin/env python3
"""How long the quota standing of everybody in a big bureau takes, and in how many queries; prints JSON.

python bench/quotas.py [--people 10000] [--attendances 60] [--database-url postgres://…]

Two attendances of three are of sessions that a whole unit attended, the third is the person's own study. The queries
are counted at a tenth of the people too: their number may not depend on how many there are. `cpu_seconds` is what this
process itself worked for one answer, the fairer figure on a busy machine (on SQLite the database is in it).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
BATCH = 5000
ON = date(2026, 11, 24)
A_UNIT = 20


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--attendances", type=int, default=60)
    options.add_argument("--limit-seconds", type=float, default=2.0)
    options.add_argument("--tries", type=int, default=5)
    options.add_argument("--database-url", default=os.environ.get("LUOSHI_DATABASE_URL", ""))
    told = options.parse_args()
    sys.path.insert(0, str(REPO))
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        os.environ["LUOSHI_DATA_DIR"], os.environ["LUOSHI_DATABASE_URL"] = folder, told.database_url
        os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        began = time.monotonic()
        small, big = build(told.people // 10, told.attendances), build(told.people, told.attendances)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        built = time.monotonic() - began
        few, _, of_few = measure(small, 1)
        queries, seconds, people = measure(big, told.tries)
        cpu = time.process_time()
        measure(big, 1)
        figure = {
            "id": "T25-quotas",
            "database": connection.vendor,
            "people": people,
            "attendances": people * told.attendances,
            "figure": round(min(seconds), 3),
            "tries": [round(one, 3) for one in seconds],
            "cpu_seconds": round((time.process_time() - cpu) / 2, 3),
            "limit": told.limit_seconds,
            "queries": queries,
            "queries_at_a_tenth": few,
            "build_seconds": round(built, 1),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "pass": people == told.people and of_few == told.people // 10 and queries == few
            and min(seconds) <= told.limit_seconds,
        }  # fmt: skip
    print(json.dumps(figure, ensure_ascii=False))
    return 0 if figure["pass"] else 1


def measure(bureau: int, tries: int) -> tuple[int, list[float], int]:
    """Queries of one run, seconds of each, and how many people were answered for."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from luoshi.activities.queries.quotas import book, standings
    from luoshi.activities.rules.quotas import gap_words

    seconds, people = [], 0
    with CaptureQueriesContext(connection) as caught:
        standings(book(bureau, ON.year), on=ON)
    for _ in range(tries):
        began = time.monotonic()
        found = standings(book(bureau, ON.year), on=ON)
        for one in found.values():
            for two in one.standings:
                gap_words(two)
        seconds.append(time.monotonic() - began)
        people = len(found)
    return len(caught), seconds, people


def build(people: int, attendances: int) -> int:
    """One bureau of units of twenty, its two rules, and everybody's attendances over the year."""
    from django.db import transaction

    from luoshi.activities.models import Activity, Attendance
    from luoshi.org.models import Post, Unit, User
    from luoshi.plan.models import Rule

    since = date(2021, 1, 1)
    with transaction.atomic():
        bureau = Unit.objects.create(kind="BUREAU", name=f"{people}人局", short_name="局", from_on=since)
        Unit.objects.filter(pk=bureau.pk).update(bureau=bureau)
        units = Unit.objects.bulk_create(
            Unit(
                kind="SECTION",
                name=f"第{n}股",
                short_name=f"{n}股",
                rank=n,
                parent=bureau,
                bureau=bureau,
                from_on=since,
            )
            for n in range(max(1, people // A_UNIT))
        )
        users = User.objects.bulk_create(
            [User(username=f"{people}-{n}", name=f"第{n}人", personnel_type="CIVIL_SERVANT") for n in range(people)],
            batch_size=BATCH,
        )
        Post.objects.bulk_create(
            [
                # one in ten joined on a day of his own
                Post(
                    user=user, unit=units[n // A_UNIT % len(units)], bureau=bureau, duty="HANDLER",
                    from_on=since if n % 10 else date(2026, 1, 5) + timedelta(days=n % 300),
                )
                for n, user in enumerate(users)
            ],
            batch_size=BATCH,
        )  # fmt: skip
        for slot, value in (
            ("study_days_year", {"number": 20, "unit": "DAY", "period": "YEAR"}),
            ("study_weekly", {"number": 0.5, "unit": "DAY", "period": "WEEK"}),
        ):
            Rule.objects.create(bureau=bureau, slot=slot, source="BUREAU", value=value, citation="纪要", from_on=since)

        def activity(unit: Unit, kind: str, n: int) -> Activity:
            return Activity(
                bureau=bureau, unit=unit, kind=kind, title="学习", as_study=True,
                held_on=date(2026, 1, 5) + timedelta(days=n * 7 % 320), entered_by=users[0], entered_on=ON,
            )  # fmt: skip

        shared = attendances * 2 // 3
        for place, unit in enumerate(units):
            own = users[place * A_UNIT : (place + 1) * A_UNIT]
            held = Activity.objects.bulk_create(activity(unit, "GROUP_STUDY", n) for n in range(shared))
            alone = Activity.objects.bulk_create(
                (activity(unit, "OWN_STUDY", n) for n in range((attendances - shared) * len(own))), batch_size=BATCH
            )
            rows = [Attendance(activity=one, person=user, unit=unit) for one in held for user in own]
            rows += [Attendance(activity=one, person=own[n % len(own)], unit=unit) for n, one in enumerate(alone)]
            Attendance.objects.bulk_create(rows, batch_size=BATCH)
    return bureau.pk


if __name__ == "__main__":
    sys.exit(main())
