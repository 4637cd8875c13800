"""领导的两分钟: on a 390 px phone, from the desk, each answer in at most three taps on targets a thumb can hit."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.parametrize("server", ["told"], indirect=True), pytest.mark.clause("2.2.5.1f")]
THUMB = 44


class Thumb:
    """Taps and counts; a target must be in sight, large enough, and must not need hovering."""

    def __init__(self, page: Any) -> None:
        self.page, self.taps = page, 0

    def tap(self, target: Any) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box["width"] >= THUMB and box["height"] >= THUMB, (target.inner_text(), box)
        target.click()
        self.taps += 1

    def back_on_the_desk(self, words: str, at_most: int) -> None:
        """The act came back to the desk and says so; the count begins again."""
        self.page.wait_for_url(re.compile(r"/$"))
        assert words in self.page.locator("main").inner_text()
        assert self.taps <= at_most, f"{words}: {self.taps} taps"
        self.taps = 0


def line(page: Any, title: str) -> Any:
    return page.locator("tr", has=page.get_by_role("link", name=title))


def test_read_instruct_grant_and_refuse_in_three_taps(server, person):
    leader = person("1002", PHONE)
    page, thumb = leader.page, Thumb(leader.page)
    leader.looks_right()
    assert page.locator(".desk h3").first.inner_text().startswith("待批延期"), "an answer asked for stands on top"

    asked = line(page, "修订城区户外广告设置规划")
    assert asked.count() == 1 and "意见征求期" in asked.inner_text(), "one line, with the reason on it"
    thumb.tap(asked.get_by_role("link", name="批准延期", exact=True))
    leader.looks_right()
    thumb.tap(page.get_by_role("button", name="批准延期"))
    thumb.back_on_the_desk("已批准延期", at_most=3)

    unread = line(page, "排查雨季易涝小区排水设施")
    assert "已排查22个小区" in unread.inner_text()
    thumb.tap(unread.get_by_role("button", name="阅", exact=True))
    thumb.back_on_the_desk("已阅", at_most=1)

    thumb.tap(line(page, "开展预拌混凝土质量抽检").get_by_role("link", name="批示"))
    leader.looks_right()
    thumb.tap(page.locator("label", has_text="请按期办结，结果报我。"))
    thumb.tap(page.get_by_role("button", name="批示"))
    thumb.back_on_the_desk("已批示", at_most=3)
    page.get_by_role("link", name="总览").click()
    leader.looks_right()

    office = person("1101")
    office.go("/matters/?q=开展预拌混凝土质量抽检")
    office.page.locator("main table th").get_by_role("link", name="开展预拌混凝土质量抽检").click()
    office.page.wait_for_function("() => document.body.innerText.includes('请按期办结，结果报我。')")


def test_refusing_an_extension_takes_three_taps(server, person):
    leader = person("1002", PHONE)
    page, thumb = leader.page, Thumb(leader.page)
    thumb.tap(line(page, "修订城区户外广告设置规划").get_by_role("link", name="不批准延期"))
    leader.looks_right()
    thumb.tap(page.locator("label", has_text="仍按原时限办理。"))
    thumb.tap(page.get_by_role("button", name="不批准延期"))
    thumb.back_on_the_desk("已不批准延期", at_most=3)


def test_the_overview_is_one_a4_and_fits_every_screen(server, person, tmp_path):
    for number, size in (("1001", (1366, 768)), ("1001", (1920, 1080)), ("1002", PHONE), ("1101", (1366, 768))):
        somebody = person(number, size)
        for path in ("/overview/", "/overview/?period=quarter", "/overview/open/", "/matters/recurring/"):
            assert somebody.go(path).status == 200
            somebody.looks_right()
    chief = person("1001")
    chief.go("/overview/")
    paper = chief.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
