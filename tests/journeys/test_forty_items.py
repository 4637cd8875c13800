"""After a meeting: forty items pasted from Word, two cells mended in the grid, handed out to five units in one act,
and each unit signs its own; at the next meeting they stand first on the agenda. Then the forty to their end: one is
refused, one extended, one sent back, one comes up again, and the list is filed.
"""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.journeys.acts import act, issuer, send

UNITS = (("规建股", "1201"), ("质安中心", "1501"), ("审批股", "1301"), ("物业股", "1401"), ("房保中心", "1601"))
PASTE = """(html) => {
  const box = document.querySelector("textarea[data-paste]"), data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "表格");
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def table() -> str:
    """Forty rows as Word copies them: a title above, merged cells of one unit over two rows, dates in words."""
    rows = ["<tr><td colspan='5'>局党委会交办事项清单</td></tr>",
            "<tr><th>序号</th><th>工作任务</th><th>责任单位</th><th>配合单位</th><th>完成时限</th></tr>"]  # fmt: skip
    for place in range(40):
        unit = UNITS[place // 2 % 5][0]
        helper = UNITS[(place // 2 + 1) % 5][0]
        lead = f"<td rowspan='2'><p>{unit}</p></td>" if place % 2 == 0 else ""
        due = ("12月底前", "2026.11.30", "12月31日前", "年底")[place % 4]
        helper, due = helper if place else "各单位", due if place != 1 else "尽快"
        title = f"第{place + 1}件：抓好第{place + 1}类问题整改"
        rows.append(f"<tr><td>{place + 1}</td><td><p>{title}</p></td>{lead}<td>{helper}</td><td>{due}</td></tr>")
    return f"<html><body><table>{''.join(rows)}</table></body></html>"


@pytest.mark.clause("2.2.5.1a")
def test_forty_items_pasted_and_handed_out(server, person):
    office = person("1101")
    page = office.page
    office.go("/matters/meetings/new/")
    page.select_option("select[name=kind]", label="党委会")
    page.fill("input[name=title]", "局党委会2026年第18次会议")
    page.select_option("select[name=chair]", label="陆远山")
    page.get_by_role("button", name="登记会议").click()
    page.get_by_text("这是第一次登记的党委会").wait_for()
    office.looks_right()

    page.get_by_role("link", name="登记本次清单").click()
    page.wait_for_url("**/lists/new/**")
    page.evaluate(PASTE, table())
    page.wait_for_selector("#title-p39")
    page.wait_for_timeout(400)
    office.looks_right()
    said = page.inner_text("#sum")
    assert "共40项，有2处要改" in said and "“各单位”要写明是哪几个单位" in said and "认不出“尽快”是哪一天" in said

    # mended in the grid: each cell is checked as it is left
    page.fill("#assist-p0", "zazx")
    page.fill("#due-p1", "12月15日")
    page.locator("#title-p1").focus()
    page.get_by_text("共40项，没有要改的").wait_for()
    assert "即质安中心" in page.inner_text("#found-assist-p0") and "2026-12-15" in page.inner_text("#found-due-p1")

    page.get_by_role("button", name="登记、立项并交办").click()
    page.wait_for_url(lambda url: "/lists/" in url and "/new" not in url)
    page.get_by_role("heading", name="局党委会2026年第18次会议交办清单").wait_for()
    assert page.inner_text(".stage-bar").split() == ["待签收", "40"]
    office.looks_right()
    listed = page.url.removeprefix(server.url)

    # a head sees his eight items in the list and signs one; he was told once
    chief = person("1201", size=(390, 844))
    chief.go("/notices/")
    assert chief.page.get_by_text("交办的16件事项").count() == 1, "eight to lead and eight to assist, told once"
    chief.go(listed)
    chief.looks_right()
    assert chief.page.locator("main table tbody tr").count() == 16
    chief.page.get_by_role("link", name="抓好第1类问题整改").click()
    chief.page.locator("main").get_by_role("button", name="签收", exact=True).first.click()
    chief.page.get_by_text("办理中").first.wait_for()

    # the next meeting begins with them
    office.go("/matters/meetings/new/")
    page.select_option("select[name=kind]", label="党委会")
    page.fill("input[name=title]", "局党委会2026年第19次会议")
    page.fill("input[name=held_on]", "2026-10-13")
    page.get_by_role("button", name="登记会议").click()
    page.get_by_text("上次会议交办的").first.wait_for()
    assert page.locator("main table tbody tr").count() == 40 and "等质安中心签收" in page.inner_text("main")
    office.looks_right()
    page.get_by_role("link", name="过项").first.click()
    page.get_by_label("继续办").check()
    page.fill("input[name=said]", "按时间表推进")
    page.locator("main").get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("按时间表推进").first.wait_for()

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []
    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:
        numbers = [row[0] for row in database.execute("SELECT number FROM matters_matter ORDER BY place")]
        acts = [row[0] for row in database.execute("SELECT act FROM records_entry WHERE act LIKE 'matters.%'")]
    assert numbers == list(range(1, 41)), "gap-free, in the list's order"
    assert acts == [
        "matters.open_meeting", "matters.assign_list", "matters.accept", "matters.open_meeting", "matters.go_through",
    ]  # fmt: skip


def finish(head, verifier, leader, matter: str) -> None:
    """From signed to closed, each by whom it belongs to."""
    send(head, f"{matter}submit/", done="已办结，结果已公示。")
    send(verifier, f"{matter}verify/", note="查阅公示，属实。")
    send(leader, f"{matter}close/")


@pytest.mark.clause("2.2.5.1a")
@pytest.mark.clause("2.2.5.1c")
@pytest.mark.clause("2.2.5.1f")
def test_the_forty_go_to_their_end(server, person):
    """One is refused and goes to another unit, one extended, one sent back, one comes up again; then all are filed."""
    office, verifier = person("1101"), person("1102")
    leaders = {"沈知行": person("1002", size=(390, 844)), "孟怀瑾": person("1003")}
    heads = {unit: person(number) for unit, number in UNITS}
    lines = [f"第{at}类问题整改 | {UNITS[at // 2 % 5][0]} | | 12月31日" for at in range(1, 41)]
    rows = {
        f"{name}-m{at}": part.strip()
        for at, line in enumerate(lines)
        for name, part in zip(("title", "lead", "assist", "due"), line.split("|"), strict=True)
    }
    listed = send(
        office, "/matters/lists/new/", document="局党委会2026年第18次会议纪要", source="COMMITTEE", act="hand_out",
        issuer=issuer(office, "陆远山"), rows=",".join(f"m{at}" for at in range(40)), **rows,
    )  # fmt: skip
    office.go(listed)
    matters = office.page.locator("main table th a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    units = [line.split("|")[1].strip() for line in lines]
    assert len(matters) == 40

    assigned = ["沈知行" if one in ("规建股", "质安中心") else "孟怀瑾" for one in units]

    def leader(at):
        """Who handed it out: he stays its leader whichever unit takes it over."""
        return leaders[assigned[at]]

    refused, extended, returned, rebound = (units.index(one) for one in ("规建股", "质安中心", "审批股", "物业股"))
    act(heads["规建股"], f"{matters[refused]}decline/", reason="不属于本股室职责，应由房保中心承办。")
    office.go(f"{matters[refused]}reassign/")
    office.page.select_option("main select[name=lead_unit]", label="房保中心")
    office.page.fill("main textarea[name=reason]", "按职责分工调整。")
    office.page.locator("main .form-act button").first.click()
    office.page.get_by_text("已立项").first.wait_for()
    act(office, f"{matters[refused]}assign/")
    units[refused] = "房保中心"

    for at, matter in enumerate(matters):
        send(heads[units[at]], f"{matter}accept/")
    act(heads["质安中心"], f"{matters[extended]}ask-extension/", wanted_on="2027-01-29", reason="上级验收推迟。")
    act(leader(extended), f"{matters[extended]}grant-extension/")
    send(heads["审批股"], f"{matters[returned]}submit/", done="已完成。")
    act(verifier, f"{matters[returned]}send-back/", reason="缺少佐证，请补充后再报。")
    finish(heads["物业股"], verifier, leader(rebound), matters[rebound])
    act(leader(rebound), f"{matters[rebound]}reopen/", reason="回头看发现反弹。", due_on="2026-12-31")

    office.go(listed)
    assert "办理中" in office.page.inner_text(".stage-bar") and "清单归档" not in office.page.inner_text("main")
    for at, matter in enumerate(matters):
        finish(heads[units[at]], verifier, leader(at), matter)
    office.go(listed)
    assert office.page.inner_text(".stage-bar").split() == ["已办结", "40"]
    office.page.get_by_role("button", name="清单归档").click()
    office.page.get_by_text("已归档").first.wait_for()
    office.looks_right()

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:
        told = database.execute(
            "SELECT place, number, state, returns, cycle, due_on FROM matters_matter ORDER BY place"
        ).fetchall()
        moved = "SELECT original_on, due_on FROM matters_deadline WHERE kind='DUE' AND due_on<>original_on"
        kept = database.execute(moved)
        assert kept.fetchall() == [("2026-12-31", "2027-01-29")], "the first date stays readable"
    assert [(place, number) for place, number, *_ in told] == [(at, at) for at in range(1, 41)]
    assert {state for _, _, state, *_ in told} == {"ARCHIVED"}
    assert [place - 1 for place, _, _, returns, *_ in told if returns] == [returned]
    assert [place - 1 for place, *_, cycle, _ in told if cycle == 2] == [rebound]
