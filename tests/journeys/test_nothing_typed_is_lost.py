"""Two people on one draft, and a session that ends while somebody types: everything typed comes back, files too."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.parametrize("server", ["told"], indirect=True)
DRAFT = "开展房屋市政工程质量“回头看”"
FEEDBACK = "塔吊隐患已全部整改，附检查表。"


def open_matter(somebody, title: str) -> str:
    somebody.go("/matters/")
    somebody.page.get_by_role("link", name=title).first.click()
    somebody.page.get_by_role("heading", name=title).first.wait_for()
    return somebody.page.url


def address(somebody, title: str) -> str:
    """The matter's own page, whatever the list showed beside it."""
    somebody.go("/matters/")
    found = somebody.page.get_by_role("link", name=title).first.get_attribute("href")
    somebody.go(found)
    return found


def test_a_stale_save_meets_a_page_with_all_that_was_typed_uploads_included(server, person, tmp_path):
    clerk, leader = person("1101"), person("1002")
    path = address(clerk, DRAFT)
    clerk.go(path + "edit/")
    clerk.page.fill("textarea[name=requirement]", "抽查比例不低于三成，逐项建账。")

    leader.go(path + "edit/")
    leader.page.fill("textarea[name=requirement]", "先查学校、医院和安置房。")
    leader.page.locator("main form button[type=submit], main form button.btn-primary").first.click()
    leader.page.get_by_text("先查学校、医院和安置房。").first.wait_for()

    clerk.page.locator("main form button[type=submit], main form button.btn-primary").first.click()
    clerk.page.get_by_text("别人已更新了这件事").first.wait_for()
    assert "抽查比例不低于三成，逐项建账。" in clerk.page.inner_text("main")
    clerk.looks_right()
    clerk.page.get_by_role("button", name="仍要提交").click()
    clerk.page.get_by_text("抽查比例不低于三成，逐项建账。").first.wait_for()


def test_a_session_that_ends_gives_back_what_was_typed(server, person, tmp_path):
    handler = person("1502")
    path = address(handler, "完成在建工地塔吊安全专项检查")
    form = handler.page.locator("main form", has=handler.page.locator("textarea[name=done]")).first
    form.locator("textarea[name=done]").fill(FEEDBACK)
    session = [one for one in handler.context.cookies() if one["name"] == "luoshi"]
    import sqlite3

    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:  # the session ends behind his back
        database.execute("DELETE FROM django_session WHERE session_key = ?", (session[0]["value"],))
    form.get_by_role("button", name="反馈", exact=True).click()
    handler.page.wait_for_url("**/login/**")
    handler.page.fill("input[name=login]", "1502")
    handler.page.fill("input[name=password]", "Correct-horse-9-battery")
    handler.page.click("main button[type=submit]")
    handler.page.wait_for_url(lambda url: "/login" not in url)
    assert FEEDBACK in handler.page.inner_text("main") or FEEDBACK in handler.page.content(), handler.page.url
    handler.looks_right()
    assert path
