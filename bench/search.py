#!/usr/bin/env python3
"""How long a search takes over many items: one page of answers and a capped count, by pairs and by reading every text.

python bench/search.py [--items 100000] [--database-url postgres://…]     prints JSON
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[1]
PLAN = REPO / "luoshi" / "demo" / "plan.txt"
QUESTIONS = {
    "code": "2026-0007",
    "rare_two": "窨井",
    "rare_phrase": "河东片区窨井普查",
    "phrase": "物业服务企业",
    "two_words": "整治 第77777号",
    "common_two": "工作",
    "one_character": "井",
    "absent": "龘靐",
}
PAGE, CAPPED, ROUNDS = 20, 101, 7


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--items", type=int, default=100_000)
    options.add_argument("--limit-ms", type=float, default=1000.0, help="slowest question, p50")
    options.add_argument("--database-url", default="")
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
        characters = build(told.items)
        built = time.monotonic() - began
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # what autovacuum does by itself within minutes
                cursor.execute("VACUUM ANALYZE")
        by_pairs = {name: measure(question, pairs=True) for name, question in QUESTIONS.items()}
        by_reading = {name: measure(question, pairs=False) for name, question in QUESTIONS.items()}
        slowest = max(one["p50_ms"] for one in by_pairs.values())
        figure = {
            "id": "search",
            "engine": connection.vendor,
            "n": told.items,
            "characters_an_item": round(characters / told.items),
            "figure": slowest,
            "limit": told.limit_ms,
            "build_seconds": round(built, 1),
            "one_item_ms": one_item(),
            "sizes_mb": sizes(connection),
            "by_pairs": by_pairs,
            "by_reading": by_reading,
            "pass": slowest <= told.limit_ms
            and all(by_pairs[name]["found"] == by_reading[name]["found"] for name in QUESTIONS),
        }
    print(json.dumps(figure, ensure_ascii=False))
    return 0 if figure["pass"] else 1


def build(number: int) -> int:
    """Items of plan sentences with a number of their own each; every thousandth speaks of a manhole."""
    from django.db import transaction

    from luoshi.search.rules import Doc, Source
    from luoshi.search.services import index

    chance = random.Random(7)
    lines = PLAN.read_text(encoding="utf-8").replace("。", "\n").split("\n")
    sentences = [one.strip() for one in lines if len(one) > 8]
    characters = 0
    for start in range(0, number, 400):
        docs = []
        for key in range(start + 1, min(start + 400, number) + 1):
            said = "；".join(chance.sample(sentences, 3))[:160] + f"，第{key}号"
            if key % 1000 == 0:
                said += "，河东片区窨井普查"
            title = chance.choice(sentences)[:30]
            characters += len(said) + len(title)
            docs.append(Doc("matter", key, 1, title, said, (str(key), f"2026-{key:04d}")))
        with transaction.atomic():
            index(Source("matter", lambda after, size: [], lambda keys, made=docs: made), [one.key for one in docs])
    return characters


def measure(question: str, *, pairs: bool) -> dict[str, Any]:
    from luoshi.search import queries, rules

    took, found = [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        asked = rules.words(question)
        answers = queries.containing(asked, "matter", queries.candidates(asked) if pairs else None)
        list(answers.order_by("rank", "-key")[:PAGE])
        found = len(answers.order_by().values_list("pk")[:CAPPED])
        took.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": round(statistics.median(took), 1), "worst_ms": round(max(took), 1), "found": found}


def one_item() -> float:
    """Writing one fresh item with its pairs, committed."""
    from django.db import transaction

    from luoshi.search.rules import Doc, Source
    from luoshi.search.services import index

    words = PLAN.read_text(encoding="utf-8").replace("\n", "")
    took = []
    for key in range(20):
        doc = Doc("matter", 10_000_000 + key, 1, "新拟事项", words[key * 7 : key * 7 + 160])
        began = time.perf_counter()
        with transaction.atomic():
            index(Source("matter", lambda after, size: [], lambda keys, made=doc: [made]), [doc.key])
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 1)


def sizes(connection: Any) -> dict[str, float]:
    """Megabytes of the texts and of the pairs with their index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('search_item'), pg_total_relation_size('search_gram')")
            item, gram = cursor.fetchone()
        else:
            try:
                cursor.execute("SELECT name, SUM(pgsize) FROM dbstat WHERE name LIKE %s GROUP BY name", ["%search%"])
            except Exception:  # this build of SQLite has no dbstat
                return {}
            rows = dict(cursor.fetchall())
            item = sum(size for name, size in rows.items() if "item" in name)
            gram = sum(size for name, size in rows.items() if "gram" in name)
    return {"items": round(item / 1e6, 1), "pairs": round(gram / 1e6, 1)}


if __name__ == "__main__":
    raise SystemExit(main())
