"""T1: whatever was acknowledged survives kill -9; nothing is left half done; a retry makes exactly one."""

from __future__ import annotations

import http.client
import json
import os
import random
import sqlite3
import threading
import time
import uuid
from pathlib import Path

import pytest

from tests.lab.clients import Client, HandOut, prepare

ROUNDS = int(os.environ.get("LUOSHI_KILL_ROUNDS", "8"))
CLIENTS = 4
HALVES = {
    "a matter without its event": "SELECT count(*) FROM matters_matter m WHERE NOT EXISTS"
    " (SELECT 1 FROM matters_matterevent e WHERE e.matter_id = m.id)",
    "a matter handed out without its dates": "SELECT count(*) FROM matters_matter m WHERE m.state = 'ASSIGNED' AND"
    " NOT EXISTS (SELECT 1 FROM matters_deadline d WHERE d.matter_id = m.id)",
    "a matter without its first entry": "SELECT count(*) FROM matters_matter m WHERE NOT EXISTS (SELECT 1 FROM"
    " records_entry e WHERE e.subject_table = 'matters_matter' AND e.subject_pk = cast(m.id AS text))",
    "numbers with a gap": "SELECT max(number) - count(*) FROM matters_matter WHERE number IS NOT NULL",
    "a spent form key without its page": "SELECT count(*) FROM records_submission WHERE location = ''",
}


class Worker(threading.Thread):
    """Sends forms as fast as they are answered; notes each on disk only after its answer arrived."""

    def __init__(self, port: int, ledger: Path, nth: int) -> None:
        super().__init__(daemon=True)
        self.client, self.nth, self.count = Client(port), nth, 0
        self.client.log_in("1101")
        self.form = HandOut(self.client)
        self.file = ledger.open("a", encoding="utf-8")
        self.unanswered: tuple[str, uuid.UUID] | None = None
        self.retried, self.odd = 0, []
        self.over, self.up = threading.Event(), threading.Event()
        self.up.set()

    def run(self) -> None:
        while not self.over.is_set():
            self.up.wait()
            if self.unanswered:
                title, key = self.unanswered
                self.retried += 1
            else:
                self.count += 1
                title, key = f"试验事项 {self.nth}-{self.count}", uuid.uuid4()
            try:
                self.unanswered = (title, key)
                answer = self.form.send(self.client, title, key, upload=f"依据 {title}".encode())
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            self.unanswered = None
            if answer.status == 302 and answer.location.startswith("/matters/"):
                self.file.write(json.dumps([title, answer.location], ensure_ascii=False) + "\n")
                self.file.flush()
                os.fsync(self.file.fileno())
            else:
                self.odd.append((answer.status, answer.text[:300]))


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path):
    chance = random.Random(20260929)
    server = prepare(tmp_path / "data")
    ledger = tmp_path / "ledger.jsonl"
    server.start()
    workers = [Worker(server.port, ledger, nth) for nth in range(CLIENTS)]
    try:
        for one in workers:
            one.start()
        for _ in range(ROUNDS):
            time.sleep(chance.uniform(0.2, 2.0))
            server.kill()
            server.start()
        time.sleep(1.0)  # what was left unanswered is sent again
        for one in workers:
            one.over.set()
        for one in workers:
            one.join(30)
            assert not one.is_alive()
    finally:
        for one in workers:
            one.over.set()
        server.stop()
    odd = [line for one in workers for line in one.odd]
    assert odd == [], odd[:3]
    acknowledged = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    assert len(acknowledged) > ROUNDS * CLIENTS, "too little load to mean anything"
    store = sqlite3.connect(server.data / "luoshi.sqlite3")
    kept: dict[str, int] = {}
    for (title,) in store.execute("SELECT title FROM matters_matter"):
        kept[title] = kept.get(title, 0) + 1
    assert [title for title, _ in acknowledged if title not in kept] == [], "acknowledged and lost"
    assert [title for title, times in kept.items() if times != 1] == [], "made twice"
    assert sum(one.retried for one in workers) > 0, "no request was ever cut off: the test proves nothing"
    for said, query in HALVES.items():
        assert store.execute(query).fetchone() == (0,), said
    assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()
    verified = server.command("verify", "--json")
    assert verified.returncode == 0, verified.stdout[:2000]
    assert min(server.ready_seconds) <= 5.0, server.ready_seconds  # the best: a busy machine slows the others
