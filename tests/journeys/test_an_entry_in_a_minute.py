"""一分钟登记: a study of the whole bureau in at most fifteen clicks; a visit on a phone; a person's word against it."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.parametrize("server", ["told"], indirect=True)]


@pytest.mark.clause("2.2.1.1b")
def test_a_study_of_the_whole_bureau_takes_fifteen_clicks_at_most(server, person):
    office = person("1101", DESKTOP)
    page, clicks = office.page, 0
    page.get_by_role("link", name="活动记录").first.click()
    office.looks_right()
    page.get_by_role("link", name="登记学习、会议").first.click()
    office.looks_right()
    shown = page.locator(".entry .form-body > .field:visible")
    assert shown.count() <= 6, shown.all_inner_texts()
    page.get_by_label("名称或学习主题").fill("学习住房安全管理条例")
    page.get_by_label("业务知识").click()
    page.get_by_label("全选").click()
    clicks += 4
    for absent in ("白守正", "苏晴", "方立诚"):
        page.get_by_label(absent, exact=True).click()
        clicks += 1
    page.get_by_role("button", name="登记", exact=True).click()
    clicks += 1
    page.wait_for_url(re.compile(r"/activities/[0-9a-f-]{36}/"))
    assert clicks + 2 <= 15
    assert "15人，半天" in page.locator("main").inner_text() and "白守正" not in page.locator(".sat").all_inner_texts()
    office.looks_right()


@pytest.mark.clause("2.2.2.2a")
@pytest.mark.clause("2.2.2.3a")
def test_a_leader_enters_a_visit_on_his_phone(server, person):
    leader = person("1002", PHONE)
    page = leader.page
    leader.go("/activities/visits/new/")
    leader.looks_right()
    page.get_by_label("去了哪里").fill("河东片区工地")
    page.locator("label", has_text="工地").last.click()
    page.get_by_label("发现的问题").fill("围挡破损\n出入口泥土外带")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(re.compile(r"/activities/[0-9a-f-]{36}/"))
    assert "调研天数" in page.locator("main").inner_text() and page.locator(".heard li").count() == 2
    leader.looks_right()
    leader.go("/activities/visits/new/")
    page.get_by_label("去了哪里").fill("河东片区")
    page.get_by_label("发现的问题").fill("围挡又破损")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("台账里已有相近的问题").wait_for()
    leader.looks_right()
    page.get_by_label(re.compile("就是已有的")).first.check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("可能已经登记过").wait_for()
    leader.looks_right()
    page.get_by_label("不是同一次，仍要登记").check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(re.compile(r"/activities/[0-9a-f-]{36}/"))
    assert "又有人反映" in page.locator(".heard").inner_text()


def test_ones_own_page_on_the_phone(server, person):
    handler = person("1202", PHONE)
    handler.go("/activities/new/")
    handler.page.get_by_label("名称或学习主题").fill("自学物业管理条例")
    handler.page.get_by_role("button", name="登记", exact=True).click()
    handler.page.wait_for_url(re.compile(r"/activities/[0-9a-f-]{36}/"))
    handler.go("/activities/mine/")
    handler.looks_right()
    handler.page.get_by_role("link", name="提出异议").first.click()
    handler.looks_right()
    handler.page.get_by_label("哪里不对").fill("时长应为一天")
    handler.page.get_by_role("button", name="提出异议").click()
    handler.page.get_by_text("待办公室答复").first.wait_for()
    office = person("1101", DESKTOP)
    office.go("/activities/objections/")
    office.looks_right()
    office.page.get_by_role("link", name="答复", exact=True).first.click()
    office.looks_right()
