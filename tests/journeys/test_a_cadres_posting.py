"""A cadre's posting from assignment to recommendation: facts nobody typed, a word that is upheld, an opinion he never
reads, and a body that decides.
"""

from __future__ import annotations

import json

import pytest

from tests.journeys.acts import act, send
from tests.journeys.test_a_leaders_commitment import follow, press

PHONE = (390, 844)
OPINION = "塔吊检查一台一台过，敢较真；对外协调还要再练。"


@pytest.mark.clause("2.2.5.5a")
@pytest.mark.clause("2.2.5.5b")
@pytest.mark.parametrize("server", ["told"], indirect=True)
def test_a_cadres_posting(server, person):
    office = person("1101")
    follow(office, "干部", "nav.side")
    follow(office, "一线锻炼", "nav.tabs")
    follow(office, "提出")
    for name, label in (("cadre", "杜若溪"), ("mentor", "邵长青")):
        value = office.page.locator(f"select[name={name}] option", has_text=label).get_attribute("value")
        office.page.eval_on_selector(f"select[name={name}]", "(one, value) => { one.value = value }", value)
    office.page.select_option("main [name=unit]", label="物业股")
    for name, words in (("post", "防汛值守专班联络员"), ("from_on", "2026-05-25"), ("until_on", "2027-05-24"),
                        ("aims", "练应急处突。")):  # fmt: skip
        office.page.fill(f"main [name={name}]", words)
    press(office, "提出")
    here = office.page.url.removeprefix(server.url)
    follow(office, "确定锻炼")
    office.page.fill("main [name=source_note]", "局党委会纪要第22期")
    press(office, "确定锻炼")
    office.page.get_by_text("为什么").first.click()
    office.looks_right()
    assert "每6个月考察一次" in office.page.locator("main").inner_text()

    # half a year is over: the facts are drawn with one press, nothing is typed
    follow(office, "第1次跟踪考察")
    case = office.page.url.removeprefix(server.url)
    follow(office, "抽取事实")
    press(office, "抽取事实")
    assert "塔吊" in office.page.locator("main").inner_text()

    # the person reads them on his phone, corrects one and confirms the rest
    young = person("1502", size=PHONE)
    young.page.locator("main tr", has_text="第1次跟踪考察").get_by_role("link", name="核对", exact=True).click()
    young.page.get_by_role("link", name="提意见").first.click()
    young.page.fill("main [name=said]", "这项检查规建股也派人参加了。")
    young.looks_right()
    press(young, "提交意见")
    follow(young, "核对无误")
    press(young, "核对无误")

    office.go(case)
    follow(office, "核实")
    office.page.get_by_label("属实，更正").check()
    office.page.fill("main [name=said]", "属实，规建股协办。")
    press(office, "登记核实结果")
    office.go(case + "examiners/")
    for place, label in enumerate(("白守正", "梁慎行")):
        value = office.page.locator(f"select[name=person_{place}] option", has_text=label).get_attribute("value")
        office.page.eval_on_selector(f"select[name=person_{place}]", "(one, value) => { one.value = value }", value)
    press(office, "指定考察人")

    examiner = person("1102")
    examiner.page.locator("main tr", has_text="杜若溪").get_by_role("link", name="登记", exact=True).click()
    examiner.page.fill("main [name=opinion]", OPINION)
    press(examiner, "登记考察意见")
    examiner.go(case)
    assert OPINION in examiner.page.locator("main").inner_text()
    examiner.looks_right()
    for login in ("1502", "1401"):  # the person himself, and his mentor
        reader = person(login)
        reader.go(case)
        told = reader.page.locator("main").inner_text()
        assert (
            "属实，规建股协办。" in told
            and OPINION not in told
            and "考察意见" not in told.replace("考察意见按规定保密", "")
        )

    act(examiner, here + "recommend/", said="建议使用为质安中心副主任人选", reasons="险情处置及时，住户认可。")
    rec = examiner.page.url.removeprefix(server.url)
    send(office, case + "report/")
    director = person("1001")
    director.go(rec)
    director.looks_right()
    follow(director, "登记研究结果")
    director.page.get_by_label("推荐使用", exact=True).check()
    director.page.fill("main [name=source_note]", "局党委会纪要第23期")
    press(director, "登记研究结果")
    assert "局党委会纪要第23期" in director.page.locator("main").inner_text()
    young.go(rec)
    assert "没有找到" in young.page.locator("body").inner_text()

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0 and json.loads(checked.stdout)["findings"] == [], checked.stdout + checked.stderr
