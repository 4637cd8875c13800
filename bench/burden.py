#!/usr/bin/env python3
"""What the eleven most frequent jobs ask of people, counted in Chromium: fields typed, clicks, values asked for twice.

python bench/burden.py [--show]      prints JSON; exit code 1 where a limit is passed

Each job starts where its user stands (mostly the desk), does what a person does with mouse and keyboard, and ends
where the page says it is done; it must really have been done, or the bench fails. A pick from a list is a click.
Pasting rows counts as one field. Every value that is typed is kept: one that any later step asks for again, in its
own job or in a later one of the story, is counted as asked twice. Goal: 0.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))
STAFF = 40
"""How many take part in the group study; they stand in one unit of the sample bureau."""
LIMITS = {"group_study": (6, 15)}
"""Job → at most so many fields, so many clicks."""
PREPARE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
import django
django.setup()
from datetime import date
from luoshi.org.models import Unit, User
from luoshi.org.services import add_person, appoint
day, number = date(2026, 9, 1), int(sys.argv[1])
unit = Unit.objects.get(short_name="规建股")
for nth in range(1, number + 1):
    one = add_person(username=f"7{nth:03d}", name=f"学员{nth:02d}", personnel_type="CIVIL_SERVANT", by=None, on=day)
    appoint(user=one, unit=unit, duty="HANDLER", from_on=day, by=None, on=day)
"""


@dataclass
class Count:
    """What one job asked."""

    fields: int = 0
    clicks: int = 0
    twice: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


class Hand:
    """Somebody's hand on mouse and keyboard: does, and counts."""

    def __init__(self, page: Any, count: Count, typed: set[str]) -> None:
        self.page, self.count, self.typed = page, count, typed

    def type(self, target: str | Any, words: str) -> None:
        """Type (or paste) into one field; words that were typed before are counted as asked twice."""
        found = self.page.locator(target).first if isinstance(target, str) else target
        found.fill(words)
        self.count.fields += 1
        self.count.steps.append(f"填 {words[:20]}")
        values = {value for one in re.split(r"[\n|]", words) if (value := one.strip())}
        self.count.twice += sorted(values & self.typed)
        self.typed |= values

    def pick(self, target: str, label: str | re.Pattern[str]) -> None:
        """Choose from a list: one click."""
        box = self.page.locator(target)
        words = label if isinstance(label, re.Pattern) else re.compile(re.escape(label))
        box.select_option(box.locator("option", has_text=words).first.get_attribute("value"))
        self.count.clicks += 1
        self.count.steps.append(f"选 {label}")

    def click(self, target: str | Any) -> None:
        found = self.page.locator(target).first if isinstance(target, str) else target
        self.count.steps.append(f"点 {(found.inner_text() or '').strip()[:20]}")
        found.click()
        self.count.clicks += 1

    def press(self, name: str) -> None:
        """The button or link of that name in the page's main part."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name, exact=True)
        self.click(button.first if button.count() else main.get_by_role("link", name=name, exact=True).first)

    def left(self, part: str) -> None:
        """The act's page was left: it was saved."""
        self.page.wait_for_url(lambda url: part not in url)

    def told(self, words: str) -> None:
        """The page says so: the job was done."""
        self.page.get_by_text(words).first.wait_for()


class Story:
    """The jobs in their order on one prepared server; what one job typed, later ones need not be told again."""

    def __init__(self, browser: Any, server: Any) -> None:
        self.browser, self.server = browser, server
        self.people: dict[str, Any] = {}
        self.typed: set[str] = set()

    def hand(self, username: str, count: Count) -> Hand:
        """Somebody at his desk; logging in is not counted."""
        from tests.journeys.conftest import Person

        if username not in self.people:
            self.people[username] = Person(self.browser, self.server, username)
        someone = self.people[username]
        someone.go("/")
        return Hand(someone.page, count, self.typed)

    # -- a meeting hands out; one item to its end

    def hand_out(self, count: Count) -> None:
        """交办: a meeting's forty items, pasted, registered, approved and handed out in one act."""
        hand = self.hand("1101", count)
        hand.click(hand.page.get_by_role("link", name="交办督办").first)
        hand.click(hand.page.get_by_role("link", name="交办清单").first)
        hand.press("登记清单")
        hand.type("input[name=document]", "局班子会2026年第21次会议纪要")
        hand.pick("select[name=source]", "班子会")
        hand.pick("select[name=issuer]", "沈知行")
        units = ("规建股", "审批股", "物业中心", "房管局", "质安站")
        known = hand.page.locator("body").inner_text()
        unit = next((one for one in units if one in known), "规建股")
        hand.type("#paste", "\n".join(f"完成第{n:02d}处窨井整治 | {unit} | | 12月31日" for n in range(1, 41)))
        hand.press("读入表格")
        hand.page.wait_for_selector("#title-p39")
        hand.press("登记、立项并交办")
        hand.told("待签收")

    def sign(self, count: Count) -> None:
        """签收: the handler, on his desk."""
        hand = self.hand("1202", count)
        hand.press("签收")
        hand.told("已签收")

    def feed_back(self, count: Count) -> None:
        """反馈: not finished yet; the next date is filled in."""
        hand = self.hand("1202", count)
        hand.press("反馈")
        hand.type("textarea[name=done]", "已完成现场勘查，正在备料。")
        hand.press("反馈")
        hand.told("已反馈")

    def read(self, count: Count) -> None:
        """阅: the leader, on his desk."""
        hand = self.hand("1002", count)
        hand.press("阅")
        hand.told("已阅")

    def submit(self, count: Count) -> None:
        """申请办结: on the same sheet as the feedback."""
        hand = self.hand("1202", count)
        hand.press("反馈")
        hand.type("textarea[name=done]", "四十座窨井已全部更换井盖。")
        hand.click(hand.page.get_by_text("已办完", exact=False).first)
        hand.page.locator("main .form-act button").first.click()
        count.clicks += 1
        hand.told("已申请办结")

    def verify(self, count: Count) -> None:
        """核查: another person."""
        hand = self.hand("1102", count)
        hand.press("核查通过")
        hand.type("textarea[name=note]", "抽查六座，属实。")
        hand.page.locator("main .form-act button").first.click()
        count.clicks += 1
        hand.told("已核查")

    def close(self, count: Count) -> None:
        """办结: the leader."""
        hand = self.hand("1002", count)
        hand.press("办结")
        hand.page.locator("main .form-act button").first.click()
        count.clicks += 1
        hand.told("已办结")

    # -- a study of forty, a visit, a problem to its end

    def study(self, count: Count) -> None:
        """集体学习: forty of one unit, two of them away."""
        hand = self.hand("1101", count)
        hand.click(hand.page.get_by_role("link", name="活动记录").first)
        hand.press("登记学习、会议")
        hand.type(hand.page.get_by_label("名称或学习主题"), "学习安全生产法")
        hand.click(hand.page.locator("label", has_text="业务知识").first)
        hand.click(hand.page.get_by_label("选中规建股全部人员"))
        head = hand.page.locator(".people-head", has_text="规建股")
        if head.locator("button").inner_text() == "展开":
            hand.click(head.locator("button"))
        for absent in ("学员07", "学员23"):
            hand.click(hand.page.get_by_label(absent, exact=True))
        hand.press("登记")
        hand.told(f"{STAFF + 1}人")  # 43 stand in the unit, two are away

    def visit(self, count: Count) -> None:
        """走访: half a day counts as research, two problems stand on the ledger."""
        hand = self.hand("1002", count)
        hand.click(hand.page.get_by_role("link", name="活动记录").first)
        hand.press("登记走访、调研")
        hand.type(hand.page.get_by_label("去了哪里"), "河西安置房工地")
        hand.click(hand.page.locator("label", has_text="工地").last)
        hand.type(hand.page.get_by_label("发现的问题"), "塔吊限位器记录缺三个月\n西门洗车槽停用")
        hand.press("登记")
        hand.told("调研天数")

    def rectify(self, count: Count) -> None:
        """定整改措施: the office, from its desk; what the visit said is there."""
        hand = self.hand("1101", count)
        hand.click(hand.page.get_by_role("link", name="西门洗车槽停用").first)
        hand.click(hand.page.locator("#acts").get_by_role("link", name="定整改措施").first)
        form = hand.page.locator("#act-place, main").filter(has=hand.page.locator("[name=measure]")).first
        form.locator("[name=measure]").wait_for()
        hand.pick("select[name=unit]", "规建股")
        hand.type("[name=cause]", "水泵损坏未及时报修")
        hand.type("[name=measure]", "换泵，专人每天检查")
        hand.type("[name=due_on]", "2026-10-15")
        hand.press("定整改措施")
        hand.told("整改中")

    def strike_off(self, count: Count) -> None:
        """申请销号 and 验收销号, each from the desk, by two people."""
        hand = self.hand("1201", count)
        hand.press("申请销号")
        hand.type("[name=note]", "水泵已换，洗车槽当天启用。")
        hand.press("申请销号")
        hand.left("/apply/")
        hand = self.hand("1102", count)
        hand.press("验收销号")
        hand.type("[name=note]", "现场看过，正常冲洗。")
        hand.press("验收销号")
        hand.left("/accept/")


JOBS: tuple[tuple[str, str, Callable[[Story, Count], None]], ...] = (
    ("hand_out", "会后交办四十件", Story.hand_out),
    ("sign", "签收", Story.sign),
    ("feed_back", "反馈（没办完）", Story.feed_back),
    ("read", "领导阅", Story.read),
    ("submit", "申请办结", Story.submit),
    ("verify", "核查", Story.verify),
    ("close", "办结", Story.close),
    ("group_study", "登记四十人的集体学习", Story.study),
    ("visit", "登记一次走访（两个问题）", Story.visit),
    ("rectify", "定整改措施", Story.rectify),
    ("strike_off", "申请销号、验收销号", Story.strike_off),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", action="store_true", help="each step, in words, on standard error")
    told = options.parse_args()
    from playwright.sync_api import sync_playwright

    from tests.journeys.conftest import FLAGS, Server, chromium, prepare

    path = chromium()
    if path is None:
        print("没有找到 Chromium：请先安装。", file=sys.stderr)
        return 2
    found: dict[str, Count] = {}
    with tempfile.TemporaryDirectory(prefix="luoshi-burden-") as folder, sync_playwright() as play:
        data = Path(folder)
        prepare(data)
        import subprocess

        environment = {**os.environ, "LUOSHI_DATA_DIR": folder, "LUOSHI_DATABASE_URL": "", "PYTHONPATH": str(REPO)}
        subprocess.run([sys.executable, "-c", PREPARE, str(STAFF)], check=True, env=environment)
        server = Server(data, "2026-09-29T10:00")
        server.start()
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        try:
            story = Story(browser, server)
            for name, _, job in JOBS:
                found[name] = Count()
                job(story, found[name])
                if told.show:
                    print(name, *found[name].steps, sep="\n  ", file=sys.stderr)
        finally:
            browser.close()
            server.stop()
    over = {
        name: [one.fields, one.clicks]
        for name, one in found.items()
        if name in LIMITS and (one.fields > LIMITS[name][0] or one.clicks > LIMITS[name][1])
    }
    twice = {name: one.twice for name, one in found.items() if one.twice}
    print(
        json.dumps(
            {
                "id": "burden",
                "jobs": {
                    name: {"job": label, "fields": found[name].fields, "clicks": found[name].clicks}
                    for name, label, _ in JOBS
                },
                "asked_twice": twice,
                "over_limit": over,
                "pass": not twice and not over,
            },
            ensure_ascii=False,
            indent=1,
        )
    )
    return 0 if not twice and not over else 1


if __name__ == "__main__":
    raise SystemExit(main())
