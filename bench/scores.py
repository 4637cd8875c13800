#!/usr/bin/env python3
"""How long a big bureau's scores take beside the bare SQL aggregate of the same rows, and a board's page; prints JSON.

python bench/scores.py [--units 5000] [--matters 1000000] [--quick] [--store] [--database-url postgres://…]

`all_quarters` computes every unit's points and rank in eight quarters; its bare figure is the same grouped sums,
written by hand as SQL and fetched. `one_quarter` is the same for one. `store` keeps one quarter's board, with --store
also its frozen facts, measured apart. `page` is the board's page beside a bare one of the same rows.
Each figure is the best of `--tries`, ours and the bare one by turns, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[1]
BATCH = 5000
SINCE, ON = date(2025, 1, 1), date(2027, 1, 20)
GRACE = 10
BLOCKS = ("COUNTY", "KEY_PROJECT", "KEY_WORK")
KEYS = {"completion": 40, "on_time": 30, "accepted_first_time": 20, "feedback_on_time": 10}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, default=5000)
    options.add_argument("--matters", type=int, default=1_000_000)
    options.add_argument("--quick", action="store_true", help="a twentieth of it")
    options.add_argument("--store", action="store_true")
    options.add_argument("--tries", type=int, default=3)
    options.add_argument("--database-url", default=os.environ.get("LUOSHI_DATABASE_URL", ""))
    told = options.parse_args()
    units, matters = (told.units // 20, told.matters // 20) if told.quick else (told.units, told.matters)
    sys.path.insert(0, str(REPO))
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        os.environ["LUOSHI_DATA_DIR"], os.environ["LUOSHI_DATABASE_URL"] = folder, told.database_url
        os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
        os.environ["LUOSHI_NOW"] = f"{ON}T10:00"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        began = time.monotonic()
        office, bureau = build(units, matters)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        built = time.monotonic() - began
        figures = measure(office, bureau, told.tries, told.store)
        figure = {
            "id": "T6-scores", "database": connection.vendor, "units": units, "matters": matters,
            **figures, "build_seconds": round(built, 1),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }  # fmt: skip
        figure["pass"] = (
            figure["all_quarters"]["ratio"] <= 2
            and figure["one_quarter"]["ratio"] <= 3
            and figure["page"]["ratio"] <= 2
            and figure["same_counts"]
        )
    print(json.dumps(figure, ensure_ascii=False))
    return 0 if figure["pass"] else 1


def by_turns(ours: Callable[[], Any], bare: Callable[[], Any], tries: int) -> dict[str, Any]:
    """The best time of each and their ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(tries):
        for what, where in ((bare, times[1]), (ours, times[0])):
            began = time.perf_counter()
            what()
            where.append(time.perf_counter() - began)
    best, least = min(times[0]), min(times[1])
    return {"seconds": round(best, 3), "bare_seconds": round(least, 3), "ratio": round(best / least, 2)}


def measure(office: Any, bureau: Any, tries: int, store: bool) -> dict[str, Any]:
    """All figures, and whether ours and the hand-written SQL counted the same."""
    from luoshi.appraisal import queries
    from luoshi.appraisal.rules.quarters import Quarter
    from luoshi.appraisal.rules.scoring import ranks, score, standing

    quarters = [Quarter(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
    scheme = adopted(office, bureau, quarters[0])
    formula = queries.formula_of(scheme)

    def ours(row: list[Quarter]) -> dict[Quarter, dict[int, int]]:
        groups = queries.groups_of(bureau.pk, scheme.peers, ON)
        found = queries.counted(bureau.pk, row, formula, grace_days=GRACE, on=ON)
        places = {}
        for quarter in row:
            told = found[quarter]
            results = [standing(unit, groups[unit], score(counts, formula)) for unit, counts in told.items()]
            places[quarter] = ranks(results)
        return places

    def bare(row: list[Quarter]) -> list[list[Any]]:
        return [fetched(sql) for sql in written(bureau.pk, row)]

    counts = queries.counted(bureau.pk, quarters, formula, grace_days=GRACE, on=ON)
    mine = [0, 0, 0]
    for told in counts.values():
        for one in told.values():
            for nth, key in enumerate(("completion", "on_time", "feedback_on_time")):
                mine[nth] += sum(one.cells.get((block, key), (0, 0))[0] for block in BLOCKS)
    by_hand = [sum(row[4] for row in rows) for rows in bare(quarters)]
    figures = {
        "same_counts": mine == by_hand,
        "all_quarters": by_turns(lambda: ours(quarters), lambda: bare(quarters), tries),
        "one_quarter": by_turns(lambda: ours(quarters[-1:]), lambda: bare(quarters[-1:]), tries),
    }
    return figures | kept(office, bureau, scheme, quarters[-1], tries, store)


def written(bureau: int, row: list[Any]) -> list[str]:
    """The grouped sums of each day, by hand."""
    ends = [f"'{one.last}'" for one in row]
    cuts = [f"'{min(ON, one.last + timedelta(days=GRACE))}'" for one in row]
    handed = f"bureau_id = {bureau} AND day0_on IS NOT NULL AND state NOT IN ('DRAFT', 'APPROVED', 'CANCELLED')"
    found = []
    for day, more, goods in (
        ("due_on", " AND state <> 'SUSPENDED'", ["closed_on <= {cut}"]),
        ("closed_on", "", ["submitted_on <= due_on", "returns = 0"]),
        ("feedback_due_on", " AND state <> 'SUSPENDED'", ["first_feedback_on <= feedback_due_on"]),
    ):
        at = "".join(f" WHEN {day} <= {end} THEN {nth}" for nth, end in enumerate(ends[:-1]))
        place = f"CASE{at} ELSE {len(row) - 1} END" if at else "0"
        cases = "".join(f" WHEN {day} <= {end} THEN {cut}" for end, cut in zip(ends[:-1], cuts, strict=False))
        cut = f"CASE{cases} ELSE {cuts[-1]} END" if cases else cuts[-1]
        if "postgres" in os.environ["LUOSHI_DATABASE_URL"]:
            cut = f"CAST({cut} AS date)"
        sums = ", ".join(f"COUNT(id) FILTER (WHERE {one.format(cut=cut)})" for one in goods)
        found.append(
            f"SELECT lead_unit_id, block, {place}, COUNT(id), {sums} FROM matters_matter WHERE {handed}{more} AND "  # noqa: S608
            f"{day} >= '{row[0].first}' AND {day} <= {ends[-1]} GROUP BY 1, 2, 3"
        )
    return found


def fetched(sql: str) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def kept(office: Any, bureau: Any, scheme: Any, quarter: Any, tries: int, store: bool) -> dict[str, Any]:
    """Storing one quarter's board, and its rows read as the page reads them."""
    from luoshi.appraisal import queries, services
    from luoshi.appraisal.models import Score
    from luoshi.appraisal.services import computing
    from luoshi.lib.clock import SHANGHAI

    now = datetime(ON.year, ON.month, ON.day, 10, tzinfo=SHANGHAI)
    board = services.open_board(bureau=bureau, quarter=quarter, by=office, on=ON, now=now)
    began = time.perf_counter()
    ready = []
    if store:
        ready = list(computing.prepared(board))
    else:
        _, groups, results, counts = computing.points_of(board)
        ready = [computing.Ready(unit, groups[unit], [], "", counts[unit], results[unit]) for unit in groups]
    prepared = time.perf_counter() - began
    services.compute(board, ready, by=office, on=ON)
    wrote = time.perf_counter() - began - prepared
    told: dict[str, Any] = {"freeze_seconds": round(prepared, 1), "write_seconds": round(wrote, 1)}
    told["facts"] = sum(len(one.facts) for one in ready)
    if store:
        began = time.perf_counter()
        told["archive_holds"] = queries.recomputed(board) == []
        told["archive_seconds"] = round(time.perf_counter() - began, 1)
    rows = Score.objects.filter(board=board).select_related("unit").order_by("group", "rank", "id")
    return {"store": told, "page": page(office, board, rows, tries)}


def page(office: Any, board: Any, rows: Any, tries: int) -> dict[str, Any]:
    """The board's page beside a bare Django page of the same rows."""
    from django.template import engines
    from django.test import Client
    from django.urls import NoReverseMatch, reverse

    bare = engines["django"].from_string(
        "<table>{% for one in rows %}<tr><td>{{ one.rank }}</td><td>{{ one.unit }}</td><td>{{ one.points }}</td>"
        "{% for block in one.blocks %}<td>{{ block.value }}</td>{% endfor %}<td>{{ one.reason }}</td></tr>"
        "{% endfor %}</table>"
    )
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(office)
    try:
        url = reverse("appraisal:board", args=[board.public_id])
    except NoReverseMatch:
        return {"ratio": 0, "missing": "no page of boards yet"}

    def ours() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, answer.status_code

    return by_turns(ours, lambda: bare.render({"rows": rows.defer("basis").all()}), tries)


def adopted(office: Any, bureau: Any, since: Any) -> Any:
    """A scheme in force for all the quarters; how it came about is not measured."""
    from luoshi.appraisal.models import Scheme, SchemeBlock, SchemeIndicator

    scheme = Scheme.objects.create(
        bureau=bureau, title="办法", from_year=since.year, from_quarter=since.number, state="ADOPTED",
        drafted_by=office, drafted_on=SINCE, decided_by=office, decided_on=SINCE, published_on=SINCE, frozen_on=SINCE,
        grace_days=GRACE, praise_points=0, criticism_points=0,
    )  # fmt: skip
    for nth, (block, weight) in enumerate(zip(BLOCKS, (40, 35, 25), strict=True)):
        made = SchemeBlock.objects.create(scheme=scheme, block=block, weight=weight, order=nth)
        for order, (key, share) in enumerate(KEYS.items()):
            SchemeIndicator.objects.create(block=made, key=key, weight=share, order=order)
    return scheme


def build(units: int, matters: int) -> tuple[Any, Any]:
    """One bureau of so many units and their matters over two years; days, returns, blocks by arithmetic on the row."""
    from django.db import connection, transaction

    from luoshi.org.models import Post, Unit, User

    since = date(2021, 1, 1)
    with transaction.atomic():
        bureau = Unit.objects.create(kind="BUREAU", name="大局", short_name="局", from_on=since)
        Unit.objects.filter(pk=bureau.pk).update(bureau=bureau)
        made = Unit.objects.bulk_create(
            [
                Unit(kind=("SECTION", "AFFILIATE")[n % 2], name=f"第{n}股", short_name=f"{n}股", rank=n, parent=bureau,
                     bureau=bureau, from_on=since)
                for n in range(units)
            ],
            batch_size=BATCH,
        )  # fmt: skip
        office = User.objects.create(username="office", name="局办公室", personnel_type="CIVIL_SERVANT")
        Post.objects.create(user=office, unit=bureau, bureau=bureau, duty="OFFICE", from_on=since)
        with connection.cursor() as cursor:
            cursor.execute(
                filling(connection.vendor, bureau.pk, min(one.pk for one in made), units, office.pk, matters)
            )
    return office, bureau


def filling(vendor: str, bureau: int, first: int, units: int, office: int, matters: int) -> str:
    """Rows of matters written by the database itself: a million in seconds, the same on both."""

    def day(number: str) -> str:
        return (
            f"(DATE '{SINCE}' + ({number})::int)"
            if vendor == "postgresql"
            else f"date('{SINCE}', ({number}) || ' days')"
        )

    public_id = "lpad(to_hex(n), 32, '0')::uuid" if vendor == "postgresql" else "printf('%032x', n)"
    no, yes = ("false", "true") if vendor == "postgresql" else ("0", "1")
    block = "CASE a % 3 WHEN 0 THEN 'COUNTY' WHEN 1 THEN 'KEY_PROJECT' ELSE 'KEY_WORK' END"
    ended = f"(sent + b % 8 < {(ON - SINCE).days} AND c % 100 < 92)"
    columns = {
        "public_id": public_id, "bureau_id": bureau, "series": "'督办'", "year": 2025, "number": "n", "title": "'一件'",
        "requirement": "''", "source": "'COMMITTEE'", "source_title": "''", "block": block, "period": "''",
        "lead_unit_id": f"{first} + n % {units}", "leader_id": office, "opened_by_id": office,
        "state": f"CASE WHEN {ended} THEN 'ARCHIVED' ELSE 'ACCEPTED' END", "cycle": 1,
        "urgent": f"CASE WHEN a % 9 = 0 THEN {yes} ELSE {no} END", "opened_on": day("start"), "day0_on": day("start"),
        "feedback_due_on": day("start + 7"), "first_feedback_on": day("start + 3 + b % 6"), "due_on": day("due"),
        "submitted_on": f"CASE WHEN {ended} THEN {day('sent')} END",
        "closed_on": f"CASE WHEN {ended} THEN {day('sent + b % 8')} END",
        "returns": "CASE WHEN c % 5 = 0 THEN 1 ELSE 0 END", "version": 1,
    }  # fmt: skip
    return f"""
        INSERT INTO matters_matter ({", ".join(columns)})
        WITH RECURSIVE rows(n) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM rows WHERE n < {matters}),
        dice AS (SELECT n, (n * 7919) % 104729 AS a, (n * 6101) % 99991 AS b, (n * 3571) % 65537 AS c FROM rows),
        days AS (SELECT n, a, b, c, a % 700 AS start, a % 700 + 10 + b % 60 AS due FROM dice),
        sent AS (SELECT n, a, b, c, start, due, due - 10 + c % 16 AS sent FROM days)
        SELECT {", ".join(str(one) for one in columns.values())} FROM sent"""  # noqa: S608


if __name__ == "__main__":
    sys.exit(main())
