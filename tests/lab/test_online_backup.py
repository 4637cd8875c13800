"""T22: a backup taken under load holds everything acknowledged before it began, and comes back good."""

from __future__ import annotations

import json
import sqlite3
import time

import pytest

from tests.lab.clients import prepare
from tests.lab.test_kill9 import Worker


@pytest.mark.slow
def test_a_backup_under_load_is_whole(tmp_path):
    server = prepare(tmp_path / "data")
    ledger, keys = tmp_path / "ledger.jsonl", tmp_path / "keys.json"
    server.start()
    workers = [Worker(server.port, ledger, nth) for nth in range(2)]
    before: list[set[str]] = []
    try:
        for one in workers:
            one.start()
        for nth in range(3):
            time.sleep(1.0)
            before.append({json.loads(line)[0] for line in ledger.read_text(encoding="utf-8").splitlines()})
            target = tmp_path / ("bk.tar" if nth == 1 else f"bk{nth}")
            more = ["--keys", str(keys)] if nth == 0 else []
            done = server.command("backup", "--to", str(target), *more)
            assert done.returncode == 0, done.stderr
    finally:
        for one in workers:
            one.over.set()
        for one in workers:
            one.join(30)
        server.stop()
    assert [line for one in workers for line in one.odd] == [], "a backup got in somebody's way"
    for nth, known in enumerate(before):
        into = tmp_path / f"into{nth}"
        source = tmp_path / ("bk.tar" if nth == 1 else f"bk{nth}")
        done = server.command("restore", str(source), "--into", str(into), "--keys", str(keys), "--json")
        assert done.returncode == 0, done.stderr
        store = sqlite3.connect(into / "luoshi.sqlite3")
        titles = {title for (title,) in store.execute("SELECT title FROM matters_matter")}
        store.close()
        assert known <= titles, "acknowledged before the backup and not in it"
    assert before[-1], "nothing was written: the test proves nothing"
