"""A whole plan confirmed without the mouse: decide, correct, drop, merge, split, add, assign, account for clauses.

Every key is counted; typed words count letter by letter. The story ends when the screen says that every duty is decided
and every clause served or said to hold none; then the rules page shows what arose and the records hold.
"""

from __future__ import annotations

import json
import re
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
SAMPLE = REPO / "luoshi" / "demo" / "plan.txt"
BUREAU = REPO.parent / "shared" / "plans" / "county-housing-bureau.txt"
PLANS = [pytest.param(BUREAU, id="the-bureaus-plan") if BUREAU.is_file() else pytest.param(SAMPLE, id="our-own-plan")]
"""The bureau's plan where it lies beside the project, else our own: the longer one asks all that the other does."""


LISTEN = """() => {
  delete document.documentElement.dataset.done;
  document.addEventListener("plan:done", () => { document.documentElement.dataset.done = "1"; }, {once: true});
}"""


class Keyboard:
    """Somebody's keyboard on the reading screen: presses are counted, an act is waited for."""

    def __init__(self, somebody) -> None:
        self.somebody, self.page, self.count = somebody, somebody.page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.count += 1

    def act(self, key: str) -> None:
        """A key that sends something: wait until the screen has said what came of it."""
        self.page.evaluate(LISTEN)
        self.press(key)
        self.page.locator("html[data-done]").wait_for(state="attached")
        assert self.page.locator("#refused").is_hidden(), self.page.inner_text("#refused")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.count += len(words)

    @property
    def here(self):
        return self.page.locator(".duty.here")

    def state(self) -> str:
        return re.search(r"duty-(proposed|confirmed|dropped)", self.here.get_attribute("class"))[1]

    def move_to(self, pk: str) -> None:
        """Arrow down or up to a row, as a person would."""
        rows = self.page.locator("#duties > li").evaluate_all("all => all.map(one => one.dataset.pk)")
        at, wanted = rows.index(self.here.get_attribute("data-pk")), rows.index(pk)
        self.press("ArrowDown" if wanted > at else "ArrowUp", abs(wanted - at))
        assert self.here.get_attribute("data-pk") == pk

    def sheet(self, key: str) -> None:
        self.press(key)
        self.page.locator("#sheet[open] form").wait_for()

    def standing(self) -> dict[str, int]:
        """What the two lines of progress say."""
        duties, clauses = self.page.locator("#progress strong").all_inner_texts()
        (decided, duties_all), (settled, clauses_all) = (map(int, one.split(" / ")) for one in (duties, clauses))
        return {"open": duties_all - decided, "duties": duties_all, "unsettled": clauses_all - settled}


def bring_in(office, plan: Path) -> None:
    """The import form: Tab to the file field is the browser's own dialog, so the file is handed over directly."""
    office.go("/plan/import/")
    office.page.set_input_files("input[type=file]", str(plan))
    office.page.get_by_role("button", name="导入方案").press("Enter")
    office.page.wait_for_url("**/plan/texts/**")


def neighbours(page) -> list[str]:
    """Two open proposals of one clause, one after the other: what merging wants."""
    rows = page.locator("#duties > li.duty-proposed").evaluate_all(
        "all => all.map(one => [one.dataset.pk, one.dataset.clause, one.querySelector('.duty-act').textContent])"
    )
    for first, second in pairwise(rows[2:]):
        if first[1] == second[1]:
            return [first[0], second[0]]
    raise AssertionError("no clause has two proposals side by side")


def merge_split_and_undo(keys: Keyboard) -> None:
    """Merge two, undo it, merge again, split the merged one at its pieces."""
    first, second = neighbours(keys.page)
    for _ in range(2):
        keys.move_to(first)
        keys.press(" ")
        keys.move_to(second)
        keys.press(" ")
        assert keys.page.locator("[name=pick]:checked").count() == 2
        keys.act("m")
        assert "合并" in keys.here.inner_text() and keys.page.locator(f"#duty-{first}").count() == 0
        keys.act("u")
        assert keys.here.get_attribute("data-pk") == first and keys.page.locator(f"#duty-{second}").count() == 1
    keys.move_to(first)
    keys.press(" ")
    keys.move_to(second)
    keys.press(" ")
    keys.act("m")
    keys.sheet("s")
    boxes = keys.page.locator("#sheet input[type=checkbox]")
    assert boxes.count() >= 1
    keys.somebody.looks_right()
    keys.act("Enter")
    assert "拆出" in keys.here.inner_text()


def assign_several(keys: Keyboard) -> None:
    """Owner and leader for three ticked rows, a mechanism for one: letters and Enter."""
    for _ in range(3):
        keys.press(" ")
        keys.press("ArrowDown")
    keys.press("o")
    keys.type("gjg")
    keys.somebody.looks_right()
    keys.act("Enter")
    assert keys.page.locator("#duties li .tag", has_text="规建股").count() >= 3
    keys.press("ArrowUp")
    keys.press("l")
    keys.type("szx")
    keys.act("Enter")
    assert "沈知行" in keys.here.inner_text()
    keys.press("g")
    keys.type("任务分解")
    keys.act("Enter")
    assert "任务分解" in keys.here.inner_text()
    keys.press("ArrowUp", 2)


def correct(keys: Keyboard) -> None:
    """`e` opens the words, typing goes on at their end, Enter confirms."""
    pk = keys.here.get_attribute("data-pk")
    keys.press("e")
    keys.page.locator(f"#edit-{pk} textarea[name=act]:focus").wait_for()
    keys.press("End")
    keys.type("并留存记录")
    keys.act("Enter")
    row = keys.page.locator(f"#duty-{pk}")
    assert "并留存记录" in row.inner_text() and "已确认" in row.inner_text()


def decide_the_rest(keys: Keyboard) -> None:
    """Enter for a duty, every fourteenth is none: x. The screen moves on by itself."""
    for place in range(400):
        if keys.standing()["open"] == 0:
            return
        assert keys.state() == "proposed"
        keys.act("x" if place % 14 == 13 else "Enter")
    raise AssertionError("the screen did not move on")


def mark_a_goal(keys: Keyboard) -> None:
    """A clause of goals holds no duty: marked, taken back, marked again; what was read in it goes and comes with it."""
    before = keys.standing()
    keys.press("c")
    keys.act("n")
    assert keys.standing()["unsettled"] < before["unsettled"]
    keys.act("n")
    assert keys.standing() == before
    keys.act("n")
    keys.press("ArrowDown")


def add_what_was_missed(keys: Keyboard) -> None:
    """`c` to the first clause with a sentence that nobody read, `a`: it is ticked, Enter adds and confirms."""
    for _ in range(9):
        keys.press("c")
        keys.sheet("a")
        if keys.page.locator("#sheet input[type=checkbox]:checked").count():
            keys.somebody.looks_right()
            keys.act("Enter")
            assert "人工添加" in keys.here.inner_text() and keys.state() == "confirmed"
            return
        keys.press("Escape")
    raise AssertionError("every sentence of nine clauses was read")


def settle_the_clauses(keys: Keyboard) -> int:
    """`c` to each clause that is neither served nor said to hold none, and `n`: how many were marked."""
    marked = 0
    while keys.standing()["unsettled"]:
        keys.press("c")
        pk = keys.page.evaluate("() => window.reading.clause()")
        assert keys.page.locator(f"#mark-{pk}").get_attribute("data-standing") == "OPEN"
        keys.act("n")
        marked += 1
    return marked


@pytest.mark.clause("2.0")
@pytest.mark.parametrize("plan", PLANS)
def test_a_whole_plan_is_confirmed_by_keyboard_alone(server, person, plan):
    office = person("1101")
    bring_in(office, plan)
    keys = Keyboard(office)
    total = keys.standing()["duties"]
    office.looks_right()

    add_what_was_missed(keys)
    mark_a_goal(keys)
    merge_split_and_undo(keys)
    keys.press("ArrowDown")
    assign_several(keys)
    correct(keys)
    shaping = keys.count
    decide_the_rest(keys)
    assert "全部确认完毕" in office.page.inner_text("#progress")
    marked = settle_the_clauses(keys)

    assert keys.standing() | {"duties": 0} == {"open": 0, "duties": 0, "unsettled": 0}
    keys.press("c")
    office.page.locator("#live", has_text="所有条款都有着落了").wait_for()
    office.looks_right()
    told = {"duties": total, "keys": keys.count, "shaping": shaping, "marked": marked}
    (server.data.parent / "keys.json").write_text(json.dumps(told), encoding="utf-8")
    assert keys.count <= total * 2.2 + 120, "a plan must not cost more than about two keys a duty"

    # reloaded, the screen says the same; the rules page shows what arose
    told = office.page.inner_text("#progress")
    office.page.reload()
    assert office.page.inner_text("#progress") == told
    assert office.page.locator(".clause-mark[data-standing=OPEN]").count() == 0
    office.go("/plan/rules/")
    feedback = office.page.locator("#slot-feedback_days").inner_text()
    assert "方案条款" in feedback and "5个工作日" in feedback
    assert "每年不少于20天" in office.page.locator("#slot-study_days_year").inner_text()

    server.stop()
    checked = server.command("verify", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["findings"] == []
    with sqlite3.connect(server.data / "luoshi.sqlite3") as database:
        acts = {row[0] for row in database.execute("SELECT act FROM records_entry")}
    assert {f"plan.{one}_duty" for one in ("add", "assign", "confirm", "drop", "split", "unmake")} <= acts
    assert {"plan.merge_duties", "plan.mark_no_duty", "plan.unmark_no_duty"} <= acts
