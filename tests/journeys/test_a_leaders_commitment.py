"""A leader's year: promises drafted, published, one changed in the open, kept through a matter; a concern answered from
a phone in three taps and ended; at year-end each promise accounted for, judged, and printed.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from docx import Document

PHONE = (390, 844)
LIFTS, MEETING, FIVE = "推动三个小区加装电梯开工", "每月到工地接待一次来访群众", "推动五个小区加装电梯开工"
ASKED = "安置房三栋顶楼漏雨"


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


def draft(leader) -> str:
    """Two promises in two rows; the address of what they made."""
    follow(leader, "承诺实事", "nav.side")
    leader.page.locator("main tr", has_text="沈知行").get_by_role("link", name="起草").click()
    for name, words in (
        ("phone", "0900-1234567"), ("words_0", LIFTS), ("measure_0", "三个小区进场施工"), ("due_0", "2026-12-10"),
        ("words_1", MEETING), ("measure_1", "每月有接待记录"), ("due_1", "2026-12-25"),
    ):  # fmt: skip
        leader.page.fill(f"main [name={name}]", words)
    leader.looks_right()
    press(leader, "存为草稿")
    leader.looks_right()
    return leader.page.url.removeprefix(leader.server.url)


@pytest.mark.clause("2.2.1.4a")
@pytest.mark.clause("2.2.1.4b")
@pytest.mark.clause("2.2.1.4d")
def test_a_leaders_commitment(server, person):
    leader, office = person("1002"), person("1101")
    mine = draft(leader)
    follow(leader, "送审")
    press(leader, "送审")

    # 主要领导 publishes from the desk of his phone
    director = person("1001", size=PHONE)
    director.looks_right()
    row = director.page.locator("main tr", has_text="沈知行2026年公开承诺")
    row.get_by_role("link", name="公示", exact=True).click()
    assert "规划建设、工程质量安全" in director.page.locator("main").inner_text()
    director.looks_right()
    press(director, "公示")

    # the words are frozen; the office enters what the meeting changed, and the original stays beside it
    office.go(mine)
    assert office.page.get_by_role("link", name="修改承诺").count() == 0
    first = office.page.locator("article.promise").first
    first.get_by_role("link", name="变更承诺").click()
    office.page.fill("main [name=said]", FIVE)
    office.page.fill("main [name=due_on]", "2026-12-20")
    office.page.fill("main [name=reason]", "增加两个小区，供货推迟。")
    office.page.fill("main [name=source_note]", "局长办公会纪要第9期")
    office.looks_right()
    press(office, "登记变更")
    window = person("1302")
    window.go("/commitments/notice/")
    window.looks_right()
    public = window.page.locator("main").inner_text()
    for words in (LIFTS, FIVE, "增加两个小区，供货推迟。", "2026-12-10", "2026-12-20", "陆远山", "0900-1234567"):
        assert words in public, words

    # the promise becomes a supervised matter of his
    leader.go(mine)
    leader.page.locator("article.promise").first.get_by_role("link", name="关联事项").click()
    leader.page.select_option("main [name=unit]", label="规建股")
    leader.looks_right()
    press(leader, "关联")
    assert leader.page.locator("article.promise").first.locator(".linked").inner_text().startswith("未立项 " + FIVE)

    # a concern is registered, and answered from a phone: tap, words, tap
    follow(office, "承诺实事", "nav.side")
    follow(office, "急难愁盼")
    follow(office, "登记诉求")
    office.page.fill("main [name=title]", ASKED)
    office.page.select_option("main [name=leader]", label="沈知行")
    office.page.select_option("main [name=unit]", label="规建股")
    press(office, "登记诉求")
    office.page.get_by_text("为什么").first.click()
    office.looks_right()
    assert "2026-10-12" in office.page.locator("main").inner_text()
    pocket = person("1002", size=PHONE)
    pocket.page.locator("main tr", has_text=ASKED).get_by_role("link", name="答复").click()
    pocket.page.fill("main [name=said]", "已派人查看，国庆后第一周修好。")
    pocket.looks_right()
    press(pocket, "答复")
    assert pocket.page.url == server.url + "/"
    chief = person("1201")
    chief.page.locator("main tr", has_text=ASKED).get_by_role("link", name="办结").click()
    chief.page.get_by_label("已解决").check()
    chief.page.fill("main [name=measure]", "三户已修好，雨后回访不漏。")
    chief.looks_right()
    press(chief, "办结")

    # year-end: each promise is accounted for, then judged
    server.move_clock("2026-12-28T10:00")
    leader, office = person("1002"), person("1101")
    for outcome, said in (("已兑现", "五个小区全部进场。"), ("部分兑现", "接待两次，十一月因防汛未接待。")):
        leader.page.locator("main").get_by_role("link", name="登记兑现").first.click()
        leader.page.get_by_label(outcome, exact=True).check()
        leader.page.fill("main [name=said]", said)
        leader.looks_right()
        press(leader, "登记兑现")
        leader.page.wait_for_url(server.url + "/")
    office.go("/")
    office.page.locator("main tr", has_text="沈知行2026年公开承诺").get_by_role("link", name="评诺").click()
    office.page.fill("main [name=note]", "年度考核会逐条评议，同意。")
    press(office, "评诺")
    follow(office, "承诺实事", "nav.side")
    follow(office, "兑现情况", "nav.tabs")
    office.page.locator(".tallies a", has_text="部分兑现").click()
    assert office.page.locator("main tbody tr").count() == 1
    office.looks_right()
    office.go("/commitments/fulfilment/")
    office.page.emulate_media(media="print")
    assert not office.page.locator(".page-acts").is_visible()
    printed = office.page.locator("main").inner_text()
    assert "五个小区全部进场。" in printed and "年度考核会逐条评议，同意。" in printed
    office.page.emulate_media(media="screen")
    with office.page.expect_download() as download:
        office.page.get_by_role("link", name="下载Word").click()
    paper = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    told = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert f"原文：{LIFTS}" in told and "已兑现" in told and "部分兑现" in told

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []
