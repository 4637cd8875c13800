#!/usr/bin/env python3
"""How long `luoshi verify` takes over many entries: builds a chain in bulk with true MACs, verifies it, prints JSON.

python bench/verify.py [--entries 1000000] [--database-url postgres://…]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
BATCH = 5000


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--limit-seconds", type=float, default=60.0)
    options.add_argument("--database-url", default="")
    told = options.parse_args()
    sys.path.insert(0, str(REPO))
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        os.environ["LUOSHI_DATA_DIR"], os.environ["LUOSHI_DATABASE_URL"] = folder, told.database_url
        os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        began = time.monotonic()
        build(told.entries)
        built = time.monotonic() - began
        from luoshi.records.verify import verify

        report = verify()
        figure = {
            "id": "T25-verify",
            "n": report.entries,
            "rows": report.rows,
            "failures": report.count,
            "figure": report.seconds,
            "limit": told.limit_seconds,
            "build_seconds": round(built, 1),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "pass": report.ok and report.entries == told.entries and report.seconds <= told.limit_seconds,
        }
    print(json.dumps(figure, ensure_ascii=False))
    return 0 if figure["pass"] else 1


def build(entries: int) -> None:
    """One bureau's chain over protected rows, each changed about ten times in its life."""
    from django.conf import settings
    from django.db import transaction

    from luoshi.org.models import Unit
    from luoshi.records import rows
    from luoshi.records.models import ChainHead, Entry
    from luoshi.records.rules import body_text, link

    count = max(entries // 10, 1)
    made = [
        Unit(kind="SECTION", name=f"第{nth}股", short_name=f"{nth}股", rank=nth, from_on="2021-01-01")
        for nth in range(count)
    ]
    with transaction.atomic():
        Unit.objects.bulk_create(made, batch_size=BATCH)
    seals = list(rows.seals(Unit))
    key, prev, start = settings.LUOSHI_CHAIN_KEY, "", datetime(2026, 1, 5, 1, tzinfo=UTC)

    def chain():
        nonlocal prev
        for nth in range(entries):
            row = seals[nth % count]
            at = start + timedelta(seconds=nth)
            who, subject = (7, "顾清禾"), (row.table, row.pk, f"第{nth % count}股")
            body = body_text(
                bureau_id=1,
                seq=nth + 1,
                at=at.isoformat(timespec="microseconds"),
                actor=who,
                act="org.edit_unit",
                subject=subject,
                rows=[row],
                note="按局党委会议意见调整职责，详见会议纪要第3期。",
                group=f"{nth:032x}",
            )
            mac = link(key, prev, body)
            yield Entry(
                bureau_id=1, seq=nth + 1, at=at, actor_id=who[0], actor_label=who[1], act="org.edit_unit",
                subject_table=subject[0], subject_pk=subject[1], subject_label=subject[2],
                body=body, prev=prev, mac=mac,
            )  # fmt: skip
            prev = mac

    entries_made = chain()
    while part := list(islice(entries_made, BATCH * 10)):
        with transaction.atomic():
            Entry.objects.bulk_create(part, batch_size=BATCH)
    ChainHead.objects.create(bureau_id=1, seq=entries, mac=prev)


if __name__ == "__main__":
    sys.exit(main())
