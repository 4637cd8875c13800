"""The board's pages: a unit reads its own line until the board is published; the circular, the wall, the desk."""

from __future__ import annotations

import io

import pytest
from docx import Document

from luoshi.appraisal.queries.desk_boards import board_parts
from luoshi.appraisal.services import board_life
from luoshi.appraisal.services.board_clockwork import remind_boards
from luoshi.appraisal.tests import quarter
from luoshi.appraisal.tests.quarter import OVER, SHOWN
from luoshi.notices.models import Notice
from luoshi.org import queries as org
from tests.counting import asked

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4b")]


def text(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


@pytest.mark.clause("2.2.5.4c")
def test_a_unit_reads_only_its_own_line_until_the_board_is_published(official, enter, monkeypatch):
    cast = official
    monkeypatch.setenv("LUOSHI_NOW", f"{SHOWN:%Y-%m-%d}T10:00")
    board = quarter.counted(cast)
    url = board.get_absolute_url()
    assert enter(cast.chief).get(url).status_code == 404, "nobody but who oversees sees what was only counted"
    board_life.show(board, version=None, by=cast.office, on=SHOWN)
    mine = text(enter(cast.chief), url)
    assert "规建股" in mine and "质安中心" not in mine and "提出异议" in mine and "名次" not in mine
    for who in ("office", "director", "leader", "discipline"):
        whole = text(enter(getattr(cast, who)), url)
        assert "规建股" in whole and "质安中心" in whole and "名次" in whole and "提出异议</a>" not in whole
    assert "没有您能看的得分" in text(enter(cast.window), url)
    for who in ("stranger", "auditor", "sysadmin"):
        assert enter(getattr(cast, who)).get(url).status_code in (403, 404)
    assert enter(cast.chief).get(f"{url}wall/").status_code == 404
    objection = quarter.named(cast, quarter.contested(cast, board))
    assert enter(cast.neighbour).get(objection.get_absolute_url()).status_code == 404
    assert "看得分依据" in text(enter(cast.verifier), objection.get_absolute_url())


def test_a_published_board_is_read_by_all_on_page_wall_and_paper(official, enter, monkeypatch):
    cast = official
    monkeypatch.setenv("LUOSHI_NOW", f"{OVER:%Y-%m-%d}T10:00")
    board = quarter.published(cast)
    for who in ("window", "chief", "office"):
        page = text(enter(getattr(cast, who)), board.get_absolute_url())
        assert all(
            words in page for words in ("质安中心", "一次办好老旧小区改造", "本季度无", "与印发时一致", "不参评")
        )
    wall = enter(cast.window).get(f"{board.get_absolute_url()}wall/")
    assert wall.headers["Refresh"] == "300" and 'class="wall' in wall.content.decode()
    answer = enter(cast.chief).get(f"/papers/{board.public_id}/board.docx")
    paper = Document(io.BytesIO(answer.content))
    told = "\n".join(one.text for one in paper.paragraphs)
    assert (
        "2026年第三季度红黑榜通报" in told
        and "本季度无。本季度没有应当列入的情形。" in told
        and "局党委2026年10月21日审定" in told
    )
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "规建股" in cells and "不参评" in cells


def test_a_board_costs_the_same_however_many_objections_and_cases_stand_on_it(official, enter, monkeypatch):
    cast = official
    monkeypatch.setenv("LUOSHI_NOW", f"{SHOWN:%Y-%m-%d}T10:00")
    board = quarter.shown(cast)
    client, found = enter(cast.office), []
    steps = (
        lambda: quarter.contested(cast, board),
        lambda: quarter.contested(cast, board, point="KEY_WORK:on_time"),
        lambda: quarter.case(cast, board, on=SHOWN),
        lambda: quarter.case(cast, board, "BLACK", on=SHOWN),
    )
    for step in steps:
        step()
        client.get(board.get_absolute_url())
        with asked(client) as seen:
            assert client.get(board.get_absolute_url()).status_code == 200
        found.append(len(seen))
    assert len(set(found)) == 1 and found[0] <= 40, found


def desk(cast, who: str, on) -> dict[str, list[str]]:
    person = getattr(cast, who)
    parts = board_parts(person, org.held(person, on), on)
    return {part.key: [line.act for line in part.lines] for part in parts if part.lines}


def test_each_desk_says_what_is_owed_and_the_reminder_comes_once(official):
    cast = official
    quarter.records(cast)
    assert desk(cast, "office", SHOWN) == {}, "no scheme, no quarter to count"
    board = quarter.computed(cast, on=quarter.AFTER)
    assert desk(cast, "office", SHOWN) == {"boards": ["公示"]} and desk(cast, "chief", SHOWN) == {}
    board_life.show(board, version=None, by=cast.office, on=SHOWN)
    assert desk(cast, "chief", SHOWN) == {"shown_scores": ["核对"]} and desk(cast, "office", SHOWN) == {}
    objection = quarter.contested(cast, board)
    assert desk(cast, "office", SHOWN) == {"boards": ["指定复核人"]}
    quarter.named(cast, objection)
    assert desk(cast, "verifier", SHOWN) == {"answer_objections": ["答复"]}
    quarter.upheld(cast, objection)
    assert desk(cast, "office", OVER) == {"boards": ["复算"]} and desk(cast, "chief", OVER) == {}
    assert (remind_boards(OVER), remind_boards(OVER)) == (1, 0)
    assert Notice.objects.filter(user=cast.office, title__startswith="公示期满").count() == 1
    quarter.settled(cast, board)
    assert desk(cast, "director", OVER) == {"approve_boards": ["审定"]}
    black = quarter.case(cast, board, "BLACK")
    assert desk(cast, "chief", OVER) == {"statements": ["陈述"]} and black.unit == cast.planning
