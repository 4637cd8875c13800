"""没有工作日的一周: in the week of 16–22 February 2026 nobody works. An official who studies half a day a week is asked
for nothing in it, reminded of nothing, and short of nothing afterwards; the next week is asked for again, once."""

from __future__ import annotations

import pytest

from tests.journeys.acts import send
from tests.journeys.conftest import PHONE

HANDLER, OFFICE, HEAD = "1202", "1101", "1201"
VOID = "第8周（2月16日至22日）没有工作日，不计"
REMINDED = "本周学习还没有记满0.5天，学过的请补记"


def told(somebody, path: str) -> str:
    """What the page says; it has to be right for everybody."""
    somebody.go(path)
    somebody.looks_right()
    return somebody.page.locator("main").inner_text()


@pytest.mark.clause("2.2.1.1c")
def test_a_week_without_a_working_day(server, person):
    # January: the bureau decides half a day a week
    server.move_clock("2026-01-05T09:00")
    office = person(OFFICE)
    send(
        office, "/plan/rules/study_weekly/decide/", number="0.5", unit="DAY", period="WEEK",
        citation="局党委会2026年第1号纪要", from_on="2026-01-05",
    )  # fmt: skip

    # Friday before the holidays (Saturday is worked, too): he has studied, the week is done
    server.move_clock("2026-02-13T16:00")
    handler = person(HANDLER)
    send(handler, "/activities/new/", title="学习新修订的条例", held_on="2026-02-12")
    assert "第7周（2月9日至15日）已达到" in told(handler, "/activities/quotas/")

    # in the holidays: nothing asked, and why; nobody is reminded on any day of it
    for day in range(16, 23):
        assert server.command("daily", "--on", f"2026-02-{day}").returncode == 0
    server.move_clock("2026-02-18T10:00")
    handler = person(HANDLER, PHONE)
    said = told(handler, "/activities/quotas/")
    assert VOID in said
    handler.page.locator("summary", has_text="为什么是这个数").click()
    why = handler.page.locator("main").inner_text()
    assert "不计：第8周（2月16日至22日）没有工作日" in why and "局党委会2026年第1号纪要" in why
    assert REMINDED not in told(handler, "/notices/")

    # the week after: asked for again; on its last working day, the make-up Saturday, he is reminded once
    server.move_clock("2026-02-28T10:00")
    for _ in range(2):
        assert server.command("daily", "--on", "2026-02-28").returncode == 0
    handler = person(HANDLER)
    assert "第9周（2月23日至3月1日）还差0.5天" in told(handler, "/activities/quotas/")
    assert told(handler, "/notices/").count(REMINDED) == 1
    send(handler, "/activities/new/", title="学习新修订的条例第二章", held_on="2026-02-28")
    assert "第9周（2月23日至3月1日）已达到" in told(handler, "/activities/quotas/")

    # March: the weeks before he began are short in the head's table, the one without a working day is not
    server.move_clock("2026-03-02T10:00")
    head = person(HEAD)
    table = told(head, "/activities/quotas/table/")
    row = next(line for line in table.splitlines() if "林晓舟" in line)
    assert "应计9周" not in row and "第2周" in row and "第8周" not in table
    assert "不计分、不排名" in table
