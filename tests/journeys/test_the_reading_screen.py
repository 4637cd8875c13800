"""The reading screen by mouse and on the phone: a marked stretch is added, a refusal said in place, buttons for all."""

from __future__ import annotations

import sqlite3

from tests.journeys.conftest import PHONE
from tests.journeys.test_a_whole_plan_by_keyboard import SAMPLE, Keyboard, bring_in

MARK = """([first, last]) => {
  const text = document.querySelector(".reader-text"), walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(), begun = false; node; node = walker.nextNode()) {
    if (!begun && node.data.includes(first)) { range.setStart(node, node.data.indexOf(first)); begun = true; }
    if (begun && node.data.includes(last)) { range.setEnd(node, node.data.indexOf(last) + last.length); break; }
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def made_by_person(server) -> list[tuple[str, str, int, int]]:
    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:
        found = database.execute("SELECT quote, state, start, end FROM plan_duty WHERE by_person ORDER BY id")
        return list(found)


def test_a_stretch_marked_in_the_text_is_added_at_its_exact_place(server, person):
    office = person("1101")
    bring_in(office, SAMPLE)
    page, keys = office.page, Keyboard(office)
    # from one sentence over the tag of the next into it: the tags between are no part of the text
    page.evaluate(MARK, ["局党委理论学习", "轮流领学"])
    keys.sheet("a")
    words = "局党委理论学习中心组每月至少集体学习1次，由班子成员轮流领学"
    assert page.inner_text("#sheet blockquote") == words
    assert page.input_value("#sheet [name=actor]") == "局党委理论学习中心组"
    office.looks_right()
    page.locator("#sheet textarea[name=act]").fill("每月集体学习并轮流领学")
    keys.act("Enter")
    assert "每月集体学习并轮流领学" in keys.here.inner_text() and "已确认" in keys.here.inner_text()
    quote, state, start, end = made_by_person(server)[0]
    assert (quote, state) == (words, "CONFIRMED")
    assert SAMPLE.read_text(encoding="utf-8")[start:end] == words
    # over the border of two clauses: said in the form, nothing saved
    page.evaluate(MARK, ["学习记录由", "干部职工每人"])
    keys.sheet("a")
    assert page.locator("#sheet blockquote").count() == 0, "what is not of one clause is not taken"
    assert "跨了两条" in page.inner_text("#sheet [role=alert]")
    page.keyboard.press("Escape")
    assert len(made_by_person(server)) == 1 and office.faults == []


def test_a_refusal_is_said_above_the_list_and_nothing_moves(server, person):
    office = person("1101")
    bring_in(office, SAMPLE)
    page = office.page
    before = page.locator(".duty.here").get_attribute("id")
    page.keyboard.press("m")
    page.locator("#refused", has_text="合并至少要选两项").wait_for()
    assert page.locator(".duty.here").get_attribute("id") == before and "/plan/texts/" in page.url
    page.keyboard.press("u")
    page.locator("#live", has_text="没有可撤销的").wait_for()
    # somebody else was faster: said with the way to what is new
    other = person("1101")
    other.go(page.url.removeprefix(server.url))
    Keyboard(other).act("x")
    page.keyboard.press("Enter")
    page.locator("#refused", has_text="别人已更新").get_by_role("link", name="看最新进展").wait_for()
    office.looks_right()


def test_on_the_phone_every_act_has_its_button(server, person):
    office = person("1101", PHONE)
    bring_in(office, SAMPLE)
    page = office.page
    row = page.locator("#duties > li").nth(4)
    row.locator(".duty-act").click()
    page.get_by_role("button", name="领导", exact=True).click()
    page.locator("#palette-leader input").fill("szx")
    office.looks_right()
    page.get_by_role("option", name="沈知行").click()
    row.get_by_text("沈知行").wait_for()
    for place in (5, 6):
        page.locator("#duties > li").nth(place).locator("[name=pick]").check()
    page.get_by_role("button", name="合并所选").click()
    page.locator(".duty.here", has_text="合并").wait_for()
    office.looks_right()
    page.get_by_role("button", name="撤销", exact=True).click()
    page.locator("#live", has_text="已撤销拆并").wait_for()
    page.get_by_role("button", name="下一条款").click()
    page.get_by_role("button", name="无任务", exact=True).click()
    page.get_by_role("button", name="取消无任务").wait_for()
    page.get_by_role("button", name="添加", exact=True).click()
    page.locator("#sheet[open] form").wait_for()
    office.looks_right()
