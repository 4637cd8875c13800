"""Two people on one draft, and a session that ends while somebody types: everything typed comes back, files too."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

pytestmark = pytest.mark.parametrize("server", ["told"], indirect=True)
RUNNING = "梳理重点项目清单，逐项列出路线图和时间表"
FEEDBACK = "塔吊隐患已全部整改，附检查表。"


def address(somebody, title: str) -> str:
    """The matter's own page, whatever the list showed beside it."""
    somebody.go("/matters/")
    found = somebody.page.get_by_role("link", name=title).first.get_attribute("href")
    somebody.go(found)
    return found


def feedback_form(somebody):
    return somebody.page.locator("main form", has=somebody.page.locator("textarea[name=done]")).first


def test_a_stale_save_meets_a_page_with_all_that_was_typed_uploads_included(server, person, tmp_path):
    handler, head = person("1202"), person("1201")
    path = address(handler, RUNNING)
    proof = tmp_path / "节点核对表.txt"
    proof.write_text("十二个项目的节点", encoding="utf-8")
    mine = feedback_form(handler)
    mine.locator("textarea[name=done]").fill("已与八个单位核对节点。")

    head.go(path + "feed-back/")
    theirs = feedback_form(head)
    theirs.locator("textarea[name=done]").fill("股里已开碰头会。")
    theirs.get_by_role("button", name="反馈", exact=True).click()
    head.page.get_by_text("股里已开碰头会。").first.wait_for()

    mine.locator("summary").first.click()
    mine.locator("input[type=file]").set_input_files(str(proof))
    mine.get_by_role("button", name="反馈", exact=True).click()
    handler.page.get_by_text("别人已更新了这件事").first.wait_for()
    told = handler.page.inner_text("main")
    assert "已与八个单位核对节点。" in told and "节点核对表.txt" in told and "贺建民" in told
    handler.looks_right()
    handler.page.get_by_role("button", name="仍要提交").click()
    handler.page.get_by_text("已与八个单位核对节点。").first.wait_for()
    with handler.page.expect_download() as download:
        handler.page.get_by_role("link", name="节点核对表.txt").first.click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == "十二个项目的节点"


def test_a_session_that_ends_gives_back_what_was_typed(server, person):
    handler = person("1502")
    address(handler, "完成在建工地塔吊安全专项检查")
    form = feedback_form(handler)
    form.locator("textarea[name=done]").fill(FEEDBACK)
    session = [one for one in handler.context.cookies() if one["name"] == "luoshi"]
    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:  # the session ends behind his back
        database.execute("DELETE FROM django_session WHERE session_key = ?", (session[0]["value"],))
    form.get_by_role("button", name="反馈", exact=True).click()
    handler.page.wait_for_url("**/login/**")
    handler.page.fill("input[name=login]", "1502")
    handler.page.fill("input[name=password]", "Correct-horse-9-battery")
    handler.page.click("main button[type=submit]")
    handler.page.wait_for_url(lambda url: "/login" not in url)
    assert FEEDBACK in handler.page.inner_text("main")
    handler.page.get_by_role("button", name="原样提交").click()
    handler.page.get_by_text(FEEDBACK).first.wait_for()
    handler.looks_right()
