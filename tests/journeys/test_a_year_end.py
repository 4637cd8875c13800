"""The year's end: one unit is reviewed without names, counted, shown, approved; one person's material is drawn, checked
by himself, he is put forward by his head, and the body decides.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from docx import Document

from tests.journeys.acts import send
from tests.journeys.test_a_leaders_commitment import PHONE, follow, press

UNIT = "规建股"


def review(office) -> str:
    """Drawn up with one group, its three raters ticked, begun; the address of the review."""
    follow(office, "考评", "nav.side")
    follow(office, "年度评议", "nav.tabs")
    follow(office, "起草评议")
    for name, words in (("late_reason", "首次评议。"), ("group_weight_0", "100"), ("group_name_1", ""),
                        ("group_weight_1", ""), ("group_least_1", "")):  # fmt: skip
        office.page.fill(f"main [name={name}]", words)
    office.looks_right()
    press(office, "存为草稿")
    url = office.page.url.removeprefix(office.server.url)
    follow(office, "评议人")
    for name in ("陆远山", "沈知行", "孟怀瑾"):
        office.page.get_by_label(name, exact=True).check()
    office.looks_right()
    press(office, "确定评议人")
    follow(office, "开始评议")
    press(office, "开始评议")
    office.looks_right()
    return url


def rate(somebody, url: str, grade: str) -> None:
    """One choice for one unit, the rest left empty; sent."""
    somebody.go(url)
    somebody.page.locator("main").get_by_role("link", name="去评议").click()
    somebody.page.get_by_label(f"{UNIT}总体", exact=True).select_option(label=grade)
    somebody.looks_right()
    press(somebody, "交票")


@pytest.mark.clause("2.2.4.2")
@pytest.mark.clause("2.3.2")
@pytest.mark.clause("3.3b")
def test_a_year_end(server, person):
    office, chief, handler = person("1101"), person("1201"), person("1202")
    url = review(office)
    for login, grade in (("1001", "好"), ("1002", "较好"), ("1003", "较好")):
        rate(person(login, size=PHONE), url, grade)
    office.go(url)
    follow(office, "截止并计算")
    press(office, "截止并计算")
    follow(office, "公示")
    press(office, "公示")
    office.looks_right()

    # the unit reads its own basis, down to the tallies, and nobody's name
    chief.go(url)
    follow(chief, "看依据")
    basis = chief.page.locator("main").inner_text()
    assert "90.00" in basis and "季度考评、专项活动没有数据" in basis  # (100＋85＋85)÷3
    assert not [name for name in ("陆远山", "沈知行", "孟怀瑾") if name in basis]

    # his year, drawn from the records; he checks it himself; his head puts him forward
    pick = office.page.request.get(f"{server.url}/appraisal/materials/draw/").text()
    key = pick.split(">林晓舟<")[0].rsplit('value="', 1)[1].split('"')[0]
    send(office, "/appraisal/materials/draw/", person=key)
    send(office, "/appraisal/materials/show/")
    handler.go("/appraisal/materials/mine/")
    handler.page.fill("main [name=statement]", "全年承办事项没有退回。")
    handler.looks_right()
    handler.page.locator("main").get_by_role("button", name="核对完毕").click()
    handler.page.wait_for_load_state()
    assert "本人无异议" in handler.page.locator("main").inner_text()
    send(office, "/appraisal/materials/hand-in/")
    pool = send(office, "/appraisal/pools/new/", personnel_type="CIVIL_SERVANT")
    send(chief, f"{pool}nominate/", person=key, reasons="全年承办事项按期办结，群众满意。")
    office.go(pool)
    office.looks_right()
    assert "9人×20%＝1.8，只舍不入，1个名额" in office.page.locator("main").inner_text()
    follow(office, "公示")
    press(office, "公示")

    # after the window the body decides both; the person is told, the paper says how it was reckoned
    server.move_clock("2026-10-20T10:00")
    director, handler, office = person("1001"), person("1202"), person("1101")
    director.go(f"{url}approve/")
    director.page.fill("main [name=source_note]", "局党委会纪要第30期")
    director.looks_right()
    press(director, "审定")
    director.go(f"{pool}decide/")
    director.page.get_by_label("规建股 林晓舟").check()
    director.page.fill("main [name=source_note]", "局党委会纪要第30期")
    director.looks_right()
    press(director, "决定")
    handler.go("/appraisal/materials/mine/?year=2026")
    assert "确定为优秀等次" in handler.page.locator("main").inner_text()
    handler.looks_right()
    office.go(url)
    with office.page.expect_download() as download:
        office.page.get_by_role("link", name="下载Word").click()
    paper = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    told = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "规划建设股" in told and "90.0" in told

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []
