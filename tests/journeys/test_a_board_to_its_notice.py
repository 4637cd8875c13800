"""A quarter's board: the scheme is drafted, tried on past quarters and adopted before the quarter; the records of the
quarter are counted, shown, contested on one point, recomputed, approved by the Party committee and published.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from docx import Document

from tests.journeys.acts import send

LATE, EARLY = "2026-10-16", "2026-10-30"
WORK = (
    # title, unit, its head, who leads, due
    ("编制停车泊位方案", "规建股", "1201", "沈知行", EARLY),
    ("梳理闲置用地", "规建股", "1201", "沈知行", LATE),
    ("检查深基坑", "质安中心", "1501", "沈知行", EARLY),
    ("培训安全员", "质安中心", "1501", "沈知行", EARLY),
)


def press(somebody, name: str) -> None:
    """Press the button that does the act, by its word, and wait for what it leads to."""
    before = somebody.page.url
    somebody.page.locator("main form").get_by_role("button", name=name, exact=True).first.click()
    somebody.page.wait_for_url(lambda url: url != before)


def follow(somebody, name: str) -> None:
    """Follow a link of the page by its word, and see that what it leads to is right."""
    somebody.page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    somebody.page.wait_for_load_state()
    somebody.looks_right()


def option(somebody, field: str, words: str) -> str:
    return somebody.page.locator(f"select[name={field}] option", has_text=words).first.get_attribute("value")


def hand_out(office, person) -> dict[str, str]:
    """Four matters, handed out; their addresses by title."""
    office.go("/matters/new/")
    found = {}
    units = {unit: option(office, "lead_unit", unit) for unit in ("规建股", "质安中心")}
    leader = option(office, "leader", "沈知行")
    lead = person("1002")
    for title, unit, _head, _leader, due in WORK:
        url = send(
            office, "/matters/new/", title=title, source="KEY_WORK", block="KEY_WORK", lead_unit=units[unit],
            leader=leader, due_on=due, act="draft",
        ).split("?")[0]  # fmt: skip
        send(lead, f"{url}approve/")
        send(office, f"{url}assign/")
        found[title] = url
    return found


def finish(matters: dict[str, str], person) -> None:
    """Each is taken in, reported done, verified and closed."""
    heads = {number: person(number) for number in ("1201", "1501")}
    lead, verifier = person("1002"), person("1102")
    for title, _unit, head, _leader, _due in WORK:
        url = matters[title]
        send(heads[head], f"{url}accept/")
        send(heads[head], f"{url}submit/", done="已办结，材料报送。")
        send(verifier, f"{url}verify/", note="查阅材料，属实。")
        send(lead, f"{url}close/")


@pytest.mark.clause("2.2.5.4a")
@pytest.mark.clause("2.2.5.4b")
@pytest.mark.clause("2.2.5.4c")
def test_a_board_to_its_notice(server, person):
    # before the quarter: drafted, tried, adopted
    office = person("1101")
    office.go("/appraisal/schemes/new/")
    office.page.select_option("main [name=since]", label="2026年第四季度")
    office.looks_right()
    press(office, "存为草稿")
    follow(office, "试算")
    office.page.locator("main form input[type=checkbox]").first.check()
    press(office, "试算")
    office.looks_right()
    assert "单位甲" in office.page.locator("main").inner_text()
    office.go("/appraisal/schemes/")
    office.page.locator("main tbody a").first.click()
    follow(office, "采用")
    office.page.fill("main [name=source_note]", "局党委会纪要第16期")
    press(office, "采用并公布")
    matters = hand_out(office, person)
    server.move_clock("2026-10-20T10:00")
    finish(matters, person)

    # the quarter is over: counted, and shown to each unit
    server.move_clock("2027-01-12T10:00")
    office = person("1101")
    row = office.page.locator("main tr", has_text="可以测算本季度得分")
    row.get_by_role("link", name="测算", exact=True).click()
    office.looks_right()
    press(office, "开始测算")
    office.go("/appraisal/boards/")
    office.looks_right()
    follow(office, "2026年第四季度榜")
    board = office.page.url.removeprefix(server.url)
    follow(office, "公示")
    press(office, "公示")

    # the unit reads its own score alone, opens its basis, and contests one point
    chief = person("1201")
    chief.page.locator("main tr", has_text="规建股得分公示中").get_by_role("link", name="核对", exact=True).click()
    chief.looks_right()
    assert "梳理闲置用地" in chief.page.locator("main").inner_text()
    chief.go(board)
    chief.looks_right()
    own = chief.page.locator("main").inner_text()
    assert "规建股" in own and "质安中心" not in own
    follow(chief, "提出异议")
    chief.page.select_option("main [name=point]", option(chief, "point", "按期率｜2026-0002"))
    chief.page.fill("main [name=ground]", "10月15日已报分管领导同意顺延，漏登。")
    press(chief, "提出异议")
    chief.looks_right()
    assert "梳理闲置用地" in chief.page.locator("main").inner_text()
    objection = chief.page.url.removeprefix(server.url)

    # somebody who did not score answers it
    office.go(objection)
    follow(office, "指定复核人")
    office.page.locator("main [name=reviewer]").select_option(label=option_label(office, "白守正"))
    press(office, "指定复核人")
    verifier = person("1102")
    verifier.page.locator("main tr", has_text="规建股").get_by_role("link", name="答复", exact=True).click()
    verifier.page.get_by_label("异议成立，予以更正").check()
    verifier.page.get_by_label("按做到计入").check()
    verifier.page.fill("main [name=said]", "查到顺延签批，属实。")
    verifier.looks_right()
    press(verifier, "答复异议")

    # the window is over: recomputed, one case of honour, none of the other, approved, published
    server.move_clock("2027-01-21T10:00")
    office, director = person("1101"), person("1001")
    office.page.locator("main tr", has_text="2026年第四季度").get_by_role("link", name="复算", exact=True).click()
    press(office, "复算")
    office.go(board)
    office.looks_right()
    assert "分" in office.page.locator("main tr", has_text="规建股").first.inner_text()
    follow(office, "列红榜事例")
    follow(office, "质安中心")
    office.page.fill("main [name=title]", "深基坑逐个复查")
    office.page.fill("main [name=said]", "五个工地逐个复查，隐患当场整改。")
    office.page.locator("main input[name=facts]").first.check()
    press(office, "列入")
    follow(office, "登记黑榜本季度无")
    office.page.fill("main [name=said]", "没有应当列入的情形。")
    press(office, "登记本季度无")
    director.go("/")
    director.page.locator("main tr", has_text="待审定").get_by_role("link", name="审定", exact=True).click()
    director.page.fill("main [name=source_note]", "局党委会纪要第2期")
    director.looks_right()
    press(director, "审定")
    office.go(board)
    follow(office, "印发通报")
    press(office, "印发通报")

    # everybody reads it: page, wall, paper
    window = person("1302", size=(390, 844))
    window.go(board)
    window.looks_right()
    told = window.page.locator("main").inner_text()
    assert all(words in told for words in ("质安中心", "规建股", "深基坑逐个复查", "本季度无", "与印发时一致"))
    wall = person("1103", size=(1920, 1080))
    wall.go(f"{board}wall/")
    wall.looks_right()
    assert not wall.page.locator("nav.side").is_visible()
    office.go(board)
    with office.page.expect_download() as download:
        office.page.get_by_role("link", name="下载Word").click()
    paper = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert any("2026年第四季度红黑榜通报" in one.text for one in paper.paragraphs)

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []


def option_label(somebody, words: str) -> str:
    """The whole label of the reviewer's option with these words."""
    found = somebody.page.locator("select[name=reviewer] option", has_text=words).first
    return found.inner_text()
