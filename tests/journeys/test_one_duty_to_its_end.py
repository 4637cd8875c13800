"""The story the product exists for: a plan is read, one duty confirmed, a task handed out from its clause and
carried through 签收, 首次反馈, 核查 and 办结 to a printed form; every step recorded, every date says why.

The clock stands at 29 September 2026, ten o'clock: National Day lies in the way and 10 October is a make-up Saturday,
so the first feedback is due on 12 October.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from docx import Document

REPO = Path(__file__).resolve().parents[2]
SAMPLE = REPO / "luoshi" / "demo" / "plan.txt"
BUREAU = REPO.parent / "shared" / "plans" / "county-housing-bureau.txt"
PLANS = [
    pytest.param(SAMPLE, "在5个工作日内", id="our-own-plan"),
    pytest.param(
        BUREAU,
        "五个工作日内",
        id="the-bureaus-plan",
        marks=pytest.mark.skipif(not BUREAU.is_file(), reason="the bureau's plan is not beside the project"),
    ),
]
TITLE = "梳理在建项目清单并逐项列出时间表"


def press(somebody, name: str) -> None:
    """Press the button that does the act, by its word."""
    somebody.page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def read_plan(office, plan: Path, words: str) -> None:
    """Import the plan, find the duty in its sentence, confirm it by keyboard."""
    page = office.page
    page.get_by_role("link", name="方案", exact=True).click()
    page.get_by_role("link", name="导入方案").first.click()
    page.set_input_files("input[type=file]", str(plan))
    office.looks_right()
    page.get_by_role("button", name="导入方案").click()
    page.wait_for_url("**/plan/texts/**")
    office.looks_right()
    sentence = page.locator(".reader-text .said", has_text=words).first
    tag = sentence.get_attribute("data-of").split()[0]
    page.locator(f"a.duty-tag[data-duty='{tag}']").click()
    row = page.locator(f"#duty-{tag}")
    row.wait_for()
    assert "待确认" in row.inner_text()
    page.keyboard.press("Enter")
    page.locator(f"#duty-{tag}", has_text="已确认").wait_for()
    assert "5个工作日" in page.locator(f"#duty-{tag}").inner_text()
    page.locator(f"#duty-{tag} .duty-act").click()  # confirming moved on to the next; come back to this one
    page.locator(f"#duty-{tag}").get_by_role("link", name="交办").click()
    page.wait_for_url("**/matters/new/**")


@pytest.mark.clause("2.2.5.1a")
@pytest.mark.clause("2.2.5.1d")
@pytest.mark.clause("2.2.5.1e")
@pytest.mark.clause("2.2.5.1f")
@pytest.mark.parametrize(("plan", "words"), PLANS)
def test_one_duty_of_a_plan_is_carried_to_its_end(server, person, plan, words):
    office = person("1101")
    office.looks_right()
    read_plan(office, plan, words)

    page = office.page
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=lead_unit]", label="规建股")
    page.fill("input[name=due_on]", "2026-11-30")
    office.looks_right()
    page.get_by_role("button", name="存为拟办").click()
    page.wait_for_selector("h1:has-text('" + TITLE + "')")
    matter = page.url.split("?")[0].removeprefix(server.url)
    assert "没有" not in page.inner_text("main h1")

    # the leader approves: one click from the desk
    leader = person("1002")
    leader.page.get_by_role("link", name=TITLE).first.click()
    leader.page.wait_for_url("**/matters/**")
    press(leader, "立项")
    leader.page.get_by_text("已立项").first.wait_for()

    # the office hands out
    office.go(matter)
    press(office, "交办")
    page.get_by_text("等规建股签收").first.wait_for()
    assert "2026-10-12" in page.inner_text("main"), "five working days after 29 September 2026"
    why = page.locator("details", has=page.get_by_text("为什么")).first
    why.locator("summary").click()
    told = why.inner_text()
    for part in ("2026-09-29", "2026-10-10", "国庆", "2026-10-12"):
        assert part in told, f"the arithmetic lacks {part}: {told}"
    office.looks_right()

    # the head signs and names the handler
    chief = person("1201")
    chief.go(matter)
    chief.page.select_option("select[name=handler]", label="林晓舟")
    press(chief, "签收")
    chief.page.get_by_text("办理中").first.wait_for()

    # the handler: first feedback, preliminary with the next date
    handler = person("1202", size=(390, 844))
    handler.go(matter)
    handler.looks_right()
    form = handler.page.locator("main form", has=handler.page.locator("textarea[name=done]")).first
    form.locator("textarea[name=done]").fill("已收集12个项目的基础资料。")
    form.locator("input[name=progress]").fill("30")
    form.locator("input[name=next_on]").fill("2026-10-15")
    press(handler, "反馈")
    handler.page.get_by_text("已收集12个项目的基础资料").first.wait_for()

    # later: finished, with a file
    proof = server.data / "清单.txt"
    proof.write_text("项目清单定稿", encoding="utf-8")
    handler.go(matter + "submit/")
    handler.page.fill("textarea[name=done]", "清单已印发各单位执行。")
    handler.page.set_input_files("input[type=file]", str(proof))
    press(handler, "申请办结")
    handler.page.get_by_text("待核查").first.wait_for()

    # somebody else verifies, the leader closes, the office archives
    verifier = person("1102")
    verifier.go(matter)
    verifier.page.locator("main textarea[name=note]").fill("抽查三个项目，时间表属实。")
    press(verifier, "核查通过")
    verifier.page.get_by_text("待办结").first.wait_for()
    leader.go(matter)
    press(leader, "办结")
    leader.page.get_by_text("已办结").first.wait_for()
    office.go(matter)
    press(office, "归档")
    page.get_by_text("已归档").first.wait_for()
    office.looks_right()

    # the printed forms
    for name, words_on_paper in (("督办单", ("督办通知单", TITLE, "沈知行")), ("反馈单", ("反馈单", "清单已印发"))):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).first.click()
        document = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
        told = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
        told += "\n".join(one.text for one in document.paragraphs)
        for part in words_on_paper:
            assert part in told, f"{name} lacks {part}"

    # every step is recorded, and the records hold
    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []
    import sqlite3

    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:
        acts = [row[0] for row in database.execute("SELECT act FROM records_entry ORDER BY id")]
    for act in (
        "plan.import_plan", "plan.confirm_duty", "matters.open", "matters.approve", "matters.assign", "matters.accept",
        "matters.feed_back", "matters.submit", "matters.verify", "matters.close", "matters.archive",
    ):  # fmt: skip
        assert act in acts, f"{act} left no entry: {sorted(set(acts))}"
