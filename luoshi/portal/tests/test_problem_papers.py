"""问题整改台账 and 销号单 as downloads: who may, what is in, what is on record."""

from __future__ import annotations

import io

import pytest
from docx import Document

from luoshi.problems import services
from luoshi.problems.tests.life import DAY, LATER, Life
from luoshi.records.models import Entry
from tests.counting import asked

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.2.2b")]
LEDGER, PRINT = "/papers/problems.docx", "/problems/print/"


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def words_of(answer) -> str:
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.clause("2.2.2.1c")
def test_the_ledger_prints_what_the_address_asks_for(life, cast, enter):
    life.to("CLOSED", title="销了的")
    one = life.to("RECTIFYING", title="办着的")
    services.reschedule(one, due_on=LATER, reason="等资金", by=cast.office, on=DAY)
    client = enter(cast.office)
    told = words_of(client.get(LEDGER))
    for words in ("销号申请日", "销了的", "办着的", "更换井盖", "原定", "已销号，待回头看", cast.verifier.name):
        assert words in told, words
    entry = Entry.objects.latest("id")
    assert entry.act == "problems.take_ledger" and "打印台账2件" in entry.body
    assert "销了的" not in words_of(client.get(f"{LEDGER}?state=open"))
    page = client.get(PRINT, {"state": "open"}).content.decode()
    assert "办着的" in page and "销了的" not in page and "回头看" in page and "状态：全部未销号" in page
    assert enter(cast.neighbour).get(LEDGER).status_code == 404
    assert "没有符合条件" in enter(cast.neighbour).get(PRINT).content.decode()
    assert enter(cast.auditor).get(PRINT).status_code == 403


def test_the_print_costs_the_same_however_many_there_are(life, cast, enter):
    life.to("CLOSED")
    client = enter(cast.office)
    with asked(client) as few:
        client.get(PRINT)
    for nth in range(6):
        life.to("APPLIED", title=f"第{nth}件")
    with asked(client) as many:
        client.get(PRINT)
    assert len(many) == len(few)


def test_the_closing_form_is_there_once_closing_was_applied_for(life, cast, enter):
    one = life.to("RECTIFYING", title="井盖", raiser="王大爷")
    url = f"/papers/{one.public_id}/closing.docx"
    client = enter(cast.office)
    assert client.get(url).status_code == 404
    services.apply_closing(one, note="已更换全部井盖", by=cast.handler, on=DAY)
    told = words_of(client.get(url))
    assert "已更换全部井盖" in told and "未回访" in told
    services.accept_closing(
        one, note="现场看过", raiser_answer="BAD", raiser_words="拖得太久", by=cast.verifier, on=DAY
    )
    told = words_of(client.get(url))
    for words in ("现场看过", cast.verifier.name, "不满意：拖得太久", "回头看", "王大爷"):
        assert words in told, words
    assert Entry.objects.latest("id").act == "problems.take_copy"
    assert "销号单" in client.get(one.get_absolute_url()).content.decode()
    assert enter(cast.neighbour).get(url).status_code == 404


@pytest.mark.clause("2.2.3.7")
def test_personal_lists_are_never_printed(life, cast, enter):
    mine = life.item(title="私下的话")
    life.open(title="公开的")
    client = enter(cast.handler)
    assert client.get(f"/papers/{mine.public_id}/closing.docx").status_code == 404
    assert "私下的话" not in words_of(client.get(LEDGER))
    assert "私下的话" not in client.get(PRINT).content.decode()
