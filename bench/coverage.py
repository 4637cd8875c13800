#!/usr/bin/env python3
"""The coverage map of a plan of 300 clauses over 10,000 matters: page time and number of queries, printed as JSON.

python bench/coverage.py [--clauses 300] [--matters 10000] [--database-url postgres://…]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

REPO = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 24)
STATES = ("ASSIGNED", "ACCEPTED", "ACCEPTED", "SUBMITTED", "CLOSED", "CLOSED", "CLOSED", "ARCHIVED", "SUSPENDED")
PEOPLE = ("director", "office", "leader", "handler")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clauses", type=int, default=300)
    options.add_argument("--matters", type=int, default=10_000)
    options.add_argument("--limit-ms", type=float, default=1000.0)
    options.add_argument("--database-url", default="")
    told = options.parse_args()
    sys.path.insert(0, str(REPO))
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        os.environ |= {
            "LUOSHI_DATA_DIR": folder,
            "LUOSHI_DATABASE_URL": told.database_url,
            "LUOSHI_NOW": f"{TODAY}T10:00",
            "DJANGO_SETTINGS_MODULE": "luoshi.config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        cast, version = build(told.clauses, told.matters)
        figures = {who: measure(getattr(cast, who), version) for who in PEOPLE}
    slowest = max(one["p50_ms"] for one in figures.values())
    figure = {
        "id": "coverage-map",
        "clauses": told.clauses,
        "matters": told.matters,
        "database": "postgresql" if told.database_url else "sqlite",
        "figure": slowest,
        "limit": told.limit_ms,
        "people": figures,
        "pass": slowest <= told.limit_ms,
    }
    print(json.dumps(figure, ensure_ascii=False))
    return 0 if figure["pass"] else 1


def build(clauses: int, matters: int) -> tuple[Any, Any]:
    """The sample people, one long plan with its duties confirmed in part, and matters in every state under it."""
    from luoshi.demo.people import build_people
    from luoshi.plan import services as plan
    from luoshi.plan.models import Duty
    from luoshi.workdays.services import load_official

    load_official(by=None, on=date(2026, 1, 1))
    cast = build_people(None)
    lines = [f"{nth}.事项{nth}。局办公室每年报送第{nth}号材料不少于{nth % 9 + 1}次。" for nth in range(1, clauses)]
    text = "云岭县住房和城乡建设局长方案\n一、工作措施\n" + "\n".join(lines) + "\n"
    version = plan.import_plan(bureau=cast.bureau, content=text, by=cast.office, on=TODAY)
    duties = Duty.objects.filter(clause__version=version)
    keys = list(duties.values_list("pk", flat=True))
    Duty.objects.filter(pk__in=keys[: len(keys) * 9 // 10]).update(state="CONFIRMED", owner_unit=cast.planning)
    Duty.objects.filter(pk__in=keys[::17]).update(owner_unit=None)
    hand_out(cast, list(version.clauses.order_by("order")), matters)
    return cast, version


def hand_out(cast: Any, clauses: list[Any], number: int) -> None:
    """Rows in bulk, spread over units, leaders and clauses; every third has a document."""
    from luoshi.matters.models import EventEvidence, Matter, MatterEvent, MatterParty
    from luoshi.records.models import Evidence

    units = [cast.planning, cast.quality, cast.approval, cast.property, cast.housing]
    leaders = [cast.leader, cast.leader, cast.second_leader, cast.second_leader, cast.second_leader]
    now = datetime(2026, 11, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    rows = []
    for nth in range(number):
        state, place = "DRAFT" if nth % 10 == 9 else STATES[nth % len(STATES)], nth % len(units)
        out, over = state != "DRAFT", state in ("SUBMITTED", "CLOSED", "ARCHIVED")
        rows.append(
            Matter(
                bureau=cast.bureau, title=f"第{nth}件事", source="PLAN", clause=clauses[nth % len(clauses)],
                lead_unit=units[place], leader=leaders[place], opened_by=cast.office, state=state,
                opened_on=now.date(), year=2026 if out else None, number=nth + 1 if out else None,
                day0_on=now.date() if out else None, due_on=TODAY + timedelta(days=nth % 60 - 10),
                feedback_due_on=now.date() + timedelta(days=7) if out else None,
                first_feedback_on=now.date() if over or nth % 3 else None,
                submitted_on=now.date() if over else None,
                closed_on=TODAY if state in ("CLOSED", "ARCHIVED") else None,
                suspended_on=TODAY if state == "SUSPENDED" else None,
            )
        )  # fmt: skip
    made = Matter.objects.bulk_create(rows, batch_size=2000)
    parties = [MatterParty(matter=one, unit_id=one.lead_unit_id, role="LEAD", received_at=now) for one in made]
    MatterParty.objects.bulk_create(parties, batch_size=2000)
    events = [
        MatterEvent(matter=one, cycle=1, move="feed_back", at=now, on=now.date(), operator=cast.handler, version=2)
        for one in made[::3]
    ]
    events = MatterEvent.objects.bulk_create(events, batch_size=2000)
    files = [
        Evidence(bureau_id=cast.bureau.pk, sha256=f"{nth:064x}", size=10, name=f"材料{nth}.pdf", kind="pdf", at=now)
        for nth in range(len(events))
    ]
    files = Evidence.objects.bulk_create(files, batch_size=2000)
    proofs = [EventEvidence(event=event, evidence=file) for event, file in zip(events, files, strict=True)]
    EventEvidence.objects.bulk_create(proofs, batch_size=2000)


def measure(person: Any, version: Any, times: int = 12) -> dict[str, Any]:
    """The page as this person opens it: milliseconds, queries, bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    url = reverse("portal:coverage", args=[version.plan_id])
    took = []
    for _ in range(times):
        began = time.perf_counter()
        answer = client.get(url)
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return {
        "p50_ms": round(statistics.median(took), 1),
        "max_ms": round(max(took), 1),
        "queries": len(seen),
        "sql_ms": round(sum(float(one["time"]) for one in seen.captured_queries) * 1000),
        "bytes": len(answer.content),
    }


if __name__ == "__main__":
    sys.exit(main())
