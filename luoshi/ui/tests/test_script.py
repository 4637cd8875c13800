"""The small script in a real browser, on bare pages drawn by the house's own templates; no server, no database."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from django import forms
from django.template.loader import render_to_string

from luoshi.ui.forms import ActForm, EvidenceField
from luoshi.ui.middleware import POLICY
from luoshi.ui.styleguide import PEOPLE, SamplePick

STATIC = Path(__file__).resolve().parents[1] / "static" / "luoshi"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
HOME = "http://luoshi.test/"
TOLD = [("&lt;svg onload=alert(1)&gt;甲股", "86.50"), ("{a|乙}中心", "0"), ("丙股", "—")]


class TellForm(ActForm):
    act_label = "反馈"
    note = forms.CharField(widget=forms.Textarea, label="办理情况")
    who = forms.ChoiceField(widget=SamplePick, choices=PEOPLE, required=False, label="联系人")
    proof = EvidenceField()


@pytest.fixture(scope="module")
def browser():
    path = next(
        (one for name in ("chromium", "chromium-browser", "google-chrome") if (one := shutil.which(name))), None
    )
    if path is None:
        if os.environ.get("LUOSHI_REQUIRE_BROWSER") == "1":
            pytest.fail("没有找到 Chromium：请先安装（apt-get install chromium）再跑。")
        pytest.skip("!!! 没有找到 Chromium，脚本的浏览器测试跳过 !!!")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:  # of this module only: its event loop would keep Django from the database
        running = play.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A page with one form; every answer is the same page."""
    form = render_to_string("ui/form.html", {"form": TellForm()})
    menu = '<details data-menu><summary>菜单</summary><a href="#">退出</a></details>'
    draft = {"note": ["写了一半"], "who": ["2"], "submission": ["old"]}
    html = f"""<!doctype html><html lang="zh-CN"><title>t</title><body>{menu}
      <section id="kept" data-draft-path="/" data-draft='{json.dumps(draft)}'><span data-draft-said></span></section>
      <form method="post" action="/" enctype="multipart/form-data" novalidate data-once>{form}</form>
      <div id="live"></div><script src="/app.js"></script></body></html>"""
    context = browser.new_context()
    opened = context.new_page()
    opened.faults, opened.html = [], html
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))

    def answer(route):
        if route.request.url.endswith("app.js"):
            route.fulfill(body=(STATIC / "app.js").read_text(), content_type="text/javascript")
        else:
            route.fulfill(body=opened.html, content_type="text/html; charset=utf-8")

    context.route("**/*", answer)
    yield opened
    assert opened.faults == []
    context.close()


def bare(page):
    """Open the page without a kept draft."""
    page.html = page.html.replace("data-draft=", "data-none=")
    page.goto(HOME)


CLICKS = """button => {
  let passed = 0;
  const told = () => [passed, button.getAttribute("aria-disabled"), button.textContent];
  window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) passed += 1;
    event.preventDefault();
  });
  button.click(); button.click(); button.click();
  const clicked = told();
  window.dispatchEvent(new Event("pageshow"));
  return [clicked, told()];
}"""


def test_a_form_is_sent_once_and_wakes_when_the_page_is_come_back_to(page):
    bare(page)
    clicked, back = page.eval_on_selector("form button[type=submit]", CLICKS)
    assert clicked == [1, "true", "正在办理…"]
    assert back == [1, "false", "反馈"]


def test_chosen_files_are_listed_added_to_and_taken_out(page):
    bare(page)
    one = {"name": "照片<b>.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 2048}
    two = {"name": "纪要.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    page.set_input_files("input[type=file]", [one])
    page.set_input_files("input[type=file]", [two])
    assert page.locator(".files-chosen li").count() == 2 and "2 KB" in page.inner_text(".files-chosen")
    page.get_by_label("移除 照片<b>.jpg").click()
    names = page.eval_on_selector("input[type=file]", "input => Array.from(input.files).map((file) => file.name)")
    assert names == ["纪要.pdf"] and page.locator(".files-chosen li").count() == 1


def test_people_are_found_by_initials_by_keyboard_alone(page):
    bare(page)
    box = page.get_by_role("combobox")
    assert box.get_attribute("id") == "tell-who", "the label and the sum of errors still lead here"
    box.focus()
    page.keyboard.type("drx")
    assert page.get_by_role("option").all_inner_texts() == ["杜若溪 质安中心"]
    page.keyboard.press("Enter")
    assert box.input_value() == "杜若溪"
    assert page.eval_on_selector("select[name=who]", "one => one.value") == "4"
    box.fill("没有这个人")
    assert "没有相符的" in page.inner_text(".picker-list")
    page.keyboard.press("Escape")
    assert box.input_value() == "杜若溪" and box.get_attribute("aria-expanded") == "false"
    box.fill("")
    assert page.eval_on_selector("select[name=who]", "one => one.value") == ""


def test_what_an_ended_session_had_typed_goes_back_into_its_form(page):
    page.goto(HOME)
    assert page.input_value("textarea[name=note]") == "写了一半"
    assert page.get_by_role("combobox").input_value() == "林晓舟"
    assert page.input_value("input[name=submission]") != "old", "the one-time key is the new page's own"
    assert "请核对" in page.inner_text("#kept")


def test_a_menu_closes_by_escape_and_gives_the_focus_back(page):
    bare(page)
    page.click("summary")
    page.keyboard.press("Escape")
    assert page.eval_on_selector("details", "menu => menu.open") is False
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.click("summary")
    page.click("textarea")
    assert page.eval_on_selector("details", "menu => menu.open") is False


def test_a_picture_shows_what_its_table_says_and_keeps_to_the_content_policy(browser):
    kit = STATIC.parents[3] / "build" / "kit" / "echarts.js"
    if not kit.is_file():
        pytest.skip("!!! 没有取到前端包，图的浏览器测试跳过 !!!")
    rows = "".join(f'<tr><th scope="row">{name}</th><td>{said}</td><td>说明</td></tr>' for name, said in TOLD)
    html = f"""<!doctype html><html lang="zh-CN"><title>t</title><script src="/echarts.js"></script><body>
      <figure data-chart="horizontal" data-title="得分" data-says="甲股最高。"><div class="chart-here"></div>
      <table><thead><tr><th>单位</th><th data-series>得分</th><th>说明</th></tr></thead><tbody>{rows}
      <tr data-skip><th>合计</th><td>999</td><td></td></tr></tbody></table></figure>
      <script src="/chart.js"></script></body></html>"""
    page = browser.new_context(viewport={"width": 390, "height": 600}).new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    def answer(route):
        script = {"echarts.js": kit, "chart.js": STATIC / "chart.js"}.get(route.request.url.rpartition("/")[2])
        if script:
            route.fulfill(body=script.read_text(), content_type="text/javascript")
        else:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=headers)

    page.route("**/*", answer)
    page.goto(HOME)
    picture = page.locator("img.chart-screen")
    assert picture.get_attribute("alt") == "得分：甲股最高。"
    assert page.evaluate("document.querySelector('.chart-screen').decode().then(() => true)")
    words = re.findall(r">([^<>\n]+)</text>", unquote(picture.get_attribute("src")))
    assert [one for one in words if one in ("86.50", "0", "999", "合计")] == ["86.50", "0"]
    assert any("onload" in one for one in words), "a hostile name is words in the picture"
    assert page.locator("img").count() == 2 and said == []
    page.set_viewport_size({"width": 800, "height": 600})
    page.wait_for_selector(".chart-screen[width='704']")
    page.context.close()
