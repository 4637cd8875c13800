"""承办人的一周: three items on Monday, a roadmap on Tuesday, feedback from the phone on Wednesday, a return and an
extension on Thursday, and on Friday nothing of his is late. The clock moves from morning to morning."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.journeys.acts import act, issuer, send
from tests.journeys.conftest import PHONE

HANDLER, OFFICE, VERIFIER, LEADER = "1202", "1101", "1102", "1002"
ITEMS = ("完成片区排水管网摸底 | 11月30日", "报送三季度在建项目报表 | 10月23日", "修订施工许可流程图 | 10月20日")


def owed(somebody) -> str:
    """What stands under 我要办的."""
    somebody.go("/")
    somebody.looks_right()
    return somebody.page.locator("main section[aria-label=我要办的]").inner_text()


@pytest.mark.clause("2.2.5.1b")
@pytest.mark.clause("2.2.5.1d")
@pytest.mark.clause("2.2.5.1e")
@pytest.mark.clause("2.2.5.1f")
def test_from_monday_to_friday(server, person):
    # Monday: the office hands out three items in one act; he signs each with one click
    server.move_clock("2026-10-12T09:00")
    office = person(OFFICE)
    rows = {}
    for at, line in enumerate(ITEMS):
        title, due = (part.strip() for part in line.split("|"))
        rows |= {f"title-m{at}": title, f"lead-m{at}": "规建股", f"assist-m{at}": "", f"due-m{at}": due}
    listed = send(
        office, "/matters/lists/new/", document="局班子会2026年第21次会议纪要", source="TEAM_MEETING", act="hand_out",
        issuer=issuer(office, "沈知行"), rows="m0,m1,m2", **rows,
    )  # fmt: skip
    office.go(listed)
    survey, report, chart = office.page.locator("main table th a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    handler = person(HANDLER)
    handler.go("/")
    for left in (3, 2, 1):
        buttons = handler.page.get_by_role("button", name="签收", exact=True)
        assert buttons.count() == left
        buttons.first.click()
        handler.page.wait_for_function(
            "left => [...document.querySelectorAll('main button')]"
            ".filter(one => one.innerText.trim() === '签收').length === left",
            arg=left - 1,
        )

    # Tuesday: two lines of a roadmap, pasted; the office agrees
    server.move_clock("2026-10-13T09:00")
    handler, office = person(HANDLER), person(OFFICE)
    send(handler, f"{survey}propose-roadmap/", paste="完成摸底 10月16日 林晓舟\n报送摸底报告 11月27日 林晓舟")
    act(office, f"{survey}accept-roadmap/")
    handler.go(survey)
    assert "完成摸底" in handler.page.inner_text("main") and "报送摸底报告" in handler.page.inner_text("main")
    handler.looks_right()

    # Wednesday, at the site with a phone: how far the first is and when he reports again; the chart is done
    server.move_clock("2026-10-14T15:00")
    handler = person(HANDLER, PHONE)
    send(handler, f"{survey}feed-back/", done="已摸排6个片区，还有3个片区。", progress="60", next_on="2026-10-30")
    act(handler, f"{chart}submit/", done="流程图已修订，挂到窗口。")
    handler.go(survey)
    assert "60%" in handler.page.inner_text("main")
    handler.looks_right()

    # Thursday: the chart comes back with a reason; he asks for a week more for the report before it is due
    server.move_clock("2026-10-15T09:00")
    handler, verifier, leader = person(HANDLER), person(VERIFIER), person(LEADER, PHONE)
    act(verifier, f"{chart}send-back/", reason="窗口的图还是旧版，请更换后再报。")
    handler.go(chart)
    assert "窗口的图还是旧版" in handler.page.inner_text("main")
    send(handler, f"{report}feed-back/", done="12个项目已收齐8个。", progress="65", next_on="2026-10-22")
    act(handler, f"{report}ask-extension/", wanted_on="2026-10-30", reason="四个项目的监理月报月底才出。")
    act(leader, f"{report}grant-extension/")

    # Friday: the step is ticked, the chart verified and closed; nothing he owes is late
    server.move_clock("2026-10-16T16:00")
    handler, verifier, leader = person(HANDLER), person(VERIFIER), person(LEADER, PHONE)
    act(handler, f"{survey}finish-step/")
    send(handler, f"{chart}submit/", done="窗口和网站都已换成新版。")
    send(verifier, f"{chart}verify/", note="到窗口看过，已更换。")
    send(leader, f"{chart}close/")
    assert "逾期" not in owed(handler)
    handler.go("/notices/")
    handler.looks_right()

    # three weeks without a word, and the same place says so
    server.move_clock("2026-11-09T09:00")
    assert "逾期" in owed(person(HANDLER))

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []
    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:
        told = database.execute(
            "SELECT state, returns, due_on, first_feedback_on, next_step_on FROM matters_matter ORDER BY place"
        ).fetchall()
        first = database.execute("SELECT original_on, due_on FROM matters_deadline WHERE kind='DUE' ORDER BY matter_id")
        assert first.fetchall()[1] == ("2026-10-23", "2026-10-30"), "the first date stays readable"
    assert told == [
        ("ACCEPTED", 0, "2026-11-30", "2026-10-14", "2026-11-27"),
        ("ACCEPTED", 0, "2026-10-30", "2026-10-15", None),
        ("CLOSED", 1, "2026-10-20", "2026-10-14", None),
    ]
