"""T7: a thousand sendings of one form at once make one record; the same key with other words is refused."""

from __future__ import annotations

import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.lab.clients import Client, HandOut, prepare

SENDINGS, AT_ONCE = 1000, 12


@pytest.mark.slow
def test_a_thousand_sendings_of_one_form_make_one_record(tmp_path):
    server = prepare(tmp_path / "data")
    server.start()
    try:
        client = Client(server.port)
        client.log_in("1101")
        form, key = HandOut(client), uuid.uuid4()

        def send(_: int) -> tuple[int, str]:
            one = Client(server.port, dict(client.cookies))
            answer = form.send(one, "同一张表单", key)
            return answer.status, answer.location

        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = set(pool.map(send, range(SENDINGS)))
        assert len(answers) == 1 and next(iter(answers))[0] == 302, answers
        other = client.ask("POST", form.path, urlencode({**form.fields("换了内容", key)}).encode())
        assert other.status == 422
        assert "换了内容" in other.text, "what was typed is shown again"
    finally:
        server.stop()
    store = sqlite3.connect(server.data / "luoshi.sqlite3")
    assert store.execute("SELECT count(*) FROM matters_matter").fetchone() == (1,)
    assert store.execute("SELECT count(*) FROM records_submission").fetchone() == (1,)
    opened = "SELECT count(*) FROM records_entry WHERE act = 'matters.open'"
    assert store.execute(opened).fetchone() == (1,)
    store.close()
    assert server.command("verify").returncode == 0
