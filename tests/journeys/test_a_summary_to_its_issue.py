"""The summary from draft to issue: the records write it, a figure opens to its records, the office says what no record
says, 主要领导 issues it from his desk, everybody reads it and the file is the one that was kept."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from docx import Document

WALL, PHONE = (1920, 1080), (390, 844)
NEXT = "一是逾期未销号的问题由分管领导逐件督办。二是没有治本办法的类别年底前定下来。"


def press(somebody, name: str) -> None:
    """Press the button that does the act, by its word, and wait for what it leads to."""
    before = somebody.page.url
    somebody.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    somebody.page.wait_for_url(lambda url: url != before)


def follow(somebody, name: str, where: str = "main") -> None:
    """Follow a link by its word, and see that the page it leads to is right."""
    somebody.page.locator(where).get_by_role("link", name=name, exact=True).first.click()
    somebody.page.wait_for_load_state()
    somebody.looks_right()


@pytest.mark.parametrize("server", ["told"], indirect=True)
@pytest.mark.clause("1.1")
@pytest.mark.clause("1.2")
@pytest.mark.clause("1.3b")
@pytest.mark.clause("2.3.1a")
@pytest.mark.clause("2.3.1b")
def test_a_summary_from_its_draft_to_its_issue(server, person):
    # the panel: a figure opens to exactly the records it counts
    office = person("1101")
    office.go("/outcomes/")
    office.page.get_by_text("为什么").first.click()
    office.looks_right()
    cell = office.page.locator("#goal-style tbody tr", has_text="作风问题").locator("a.figure").last
    number = int(cell.inner_text().removesuffix("件"))
    cell.click()
    office.looks_right()
    assert office.page.locator("main tbody tr").count() == number
    wall = person("1101", size=WALL)
    wall.go("/outcomes/wall/")
    wall.looks_right()
    assert wall.page.evaluate("() => document.documentElement.scrollHeight <= 1080"), "a wall has no scroll bar"

    # drafted from the records; its figures open too
    office.go("/outcomes/summaries/")
    follow(office, "起草总结报告")
    press(office, "按记录起草")
    office.looks_right()
    page = office.page.url.removeprefix(server.url)
    chip = office.page.locator("#cured a.figure-chip").first
    number = int(chip.inner_text().removesuffix("件"))
    chip.click()
    office.looks_right()
    assert f"共{number}项" in office.page.locator("main").inner_text()

    # what no record says is written by the office; the length is counted while it is typed
    for key, words in (("next", NEXT), ("lacks", "")):
        office.go(f"{page}edit/{key}/")
        area = office.page.locator("main [name=text]")
        area.fill(words or area.input_value().replace("（以上由记录得出。请补充分析原因。）", "原因是催得多、查得少。"))
        office.looks_right()
        counter = office.page.locator("[data-counter]")
        was = counter.inner_text()
        area.press_sequentially("。")
        assert counter.inner_text() != was and "不超过5000字" in was
        area.press("Backspace")
        press(office, "保存这一章")
    follow(office, "送审")
    press(office, "送审")
    assert office.page.locator(".report a.btn").count() == 0

    # 主要领导 reads it on his phone and issues it
    director = person("1001", size=PHONE)
    director.page.locator("main tr", has_text="总结报告").get_by_role("link", name="审定印发").click()
    director.looks_right()
    press(director, "审定印发")
    director.go(page)
    director.looks_right()

    # everybody reads it; the file is the one whose digest stands on the page
    handler = person("1202")
    handler.go(page)
    handler.looks_right()
    digest = handler.page.locator("code.digest").inner_text()
    assert (
        handler.page.locator("main a.figure-chip").count() == 0 and "原因是催得多、查得少。" in handler.page.content()
    )
    with handler.page.expect_download() as download:
        handler.page.get_by_role("link", name="下载Word").click()
    content = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest
    paper = Document(io.BytesIO(content))
    assert NEXT in [one.text for one in paper.paragraphs] and paper.tables[0].rows[0].cells[3].text == "含义和出处"

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []
