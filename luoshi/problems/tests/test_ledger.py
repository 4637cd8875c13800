"""问题台账 as a list: every condition, in the address, as chips; who sees what; what a page costs."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from luoshi.problems import services
from luoshi.problems.models import Problem, ProblemClass, SelfCheck
from luoshi.problems.queries import listing
from luoshi.problems.queries.finding import ORDERS, ListFilter
from luoshi.problems.tests.life import DAY, DUE, LATER, Life
from tests.counting import asked

LIST = "/problems/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def titles(client, **told) -> list[str]:
    answer = client.get(LIST, told)
    assert answer.status_code == 200
    return [row.title for row in answer.context["page"].rows]


@pytest.mark.clause("2.2.2.2b")
def test_every_condition_finds_its_problems_and_no_others(life, cast, enter):
    """One problem stands apart in everything; each condition alone finds it and leaves the plain one out."""
    kind = ProblemClass.objects.create(bureau=cast.bureau, name="窗口服务")
    life.open(title="平常的一件", due_on=DUE)
    life.open(
        title="特别的一件", source="TALK", unit=cast.housing, owner=cast.housing_chief, leader=cast.second_leader,
        problem_class=kind, tags=["慢", "推"], style_kind="SHIRK", channel="PEER", pace="STEADY", due_on=LATER,
        found_on=DAY - timedelta(days=3), detail="让群众跑了三趟", place="政务大厅",
    )  # fmt: skip
    client = enter(cast.office)
    conditions = {
        "q": "三趟", "source": "TALK", "unit": cast.housing.pk, "owner": cast.housing_chief.pk,
        "leader": cast.second_leader.pk, "class": kind.pk, "tag": "推", "style": "SHIRK", "channel": "PEER",
        "pace": "STEADY", "due_from": "2026-12-31", "found_to": "2026-09-26",
    }  # fmt: skip
    for name, value in conditions.items():
        assert titles(client, **{name: value}) == ["特别的一件"], name
    assert titles(client, q="2026-0001") == titles(client, q="1") == ["平常的一件"]
    assert titles(client, state="found", order="due") == ["平常的一件", "特别的一件"]
    assert titles(client, year="2026") == ["特别的一件", "平常的一件"] and titles(client, year="2025") == []
    for name in ("overdue", "look_due", "stuck", "returned", "rebounded", "again", "homeless"):
        assert titles(client, **{name: "1"}) == [], name
    for name in ("confirmed", "rectifying", "applied", "waiting", "solved", "dismissed"):
        assert titles(client, state=name) == [], name


def test_a_condition_that_names_nothing_is_dropped(life, cast, enter):
    life.open()
    wild = {
        "unit": "999999", "owner": str(2**40), "leader": cast.stranger.pk, "class": "7", "clause": "x", "state": "GONE",
        "source": "NEVER", "year": "99", "due_from": "2026-02-31", "order": "sideways", "after": "a~b",
        "problem": uuid.uuid4(), "tag": "\x00", "style": "'", "pace": "1",
    }  # fmt: skip
    answer = enter(cast.office).get(LIST, wild)
    assert answer.status_code == 200 and len(answer.context["page"].rows) == 1 and answer.context["set"] == []


def test_each_condition_is_a_chip_that_takes_off_itself_alone(life, cast, enter):
    life.open(due_on=DUE)
    client = enter(cast.office)
    told = {"unit": cast.planning.pk, "state": "found", "due_from": "2026-10-01", "due_to": "2026-12-31"}
    answer = client.get(LIST, told)
    chips = {one["label"]: one["url"] for one in answer.context["set"]}
    assert list(chips) == ["状态：待确认", f"责任单位：{cast.planning}", "整改时限：2026-10-01至2026-12-31"]
    left = client.get(LIST + chips["状态：待确认"])
    assert len(left.context["set"]) == 2 and len(left.context["page"].rows) == 1
    more = client.get(LIST, {"more": "1", "unit": cast.planning.pk}).content.decode()
    assert "按条件查找" in more and cast.stranger.name not in more


@pytest.mark.parametrize("order", ["new", "due", "number"])
def test_paging_by_key_shows_each_once_in_every_order(life, cast, order):
    for nth in range(5):
        life.open(due_on=DUE + timedelta(days=nth // 2))
    ledger = Problem.objects.all()
    seen, key = [], None
    for _ in range(4):
        page = listing.problem_list(ledger, ListFilter(order=order), on=DAY, after_key=key, size=2)
        seen += [row.pk for row in page.rows]
        key = page.next_key
        if key is None:
            break
    assert len(seen) == len(set(seen)) == 5 and key is None
    assert order in ORDERS


def test_a_page_costs_the_same_however_many_there_are(life, cast, enter):
    life.open()
    client = enter(cast.office)
    with asked(client) as few:
        client.get(LIST)
    for nth in range(12):
        life.open(title=f"第{nth}件", unit=[cast.planning, cast.housing, cast.quality][nth % 3], due_on=DUE)
    with asked(client) as many:
        assert len(client.get(LIST).context["page"].rows) == 13
    assert len(many) == len(few)


def test_what_was_handed_out_waits_for_its_units(life, cast, enter):
    one = life.open(title="交办的")
    life.order(one, cast.planning, cast.quality)
    row = enter(cast.office).get(LIST).context["page"].rows[0]
    assert row.waits == f"{cast.planning}、{cast.quality}办结整改事项"


@pytest.mark.clause("2.2.2.2b")
def test_closed_is_not_solved_until_it_was_looked_at_again(life, cast, enter, monkeypatch):
    one = life.to("CLOSED", title="销了的")
    life.to("APPLIED", title="等验收的")
    client = enter(cast.office)
    row = next(row for row in client.get(LIST).context["page"].rows if row.title == "销了的")
    assert (row.standing, row.lamp, row.lamp_label) == ("已销号，待回头看", "green", "已销号，待回头看")
    assert titles(client, state="waiting") == ["销了的"] and titles(client, state="solved") == []
    assert titles(client, state="applied") == ["等验收的"]
    later = one.look_back_on + timedelta(days=3)
    monkeypatch.setenv("LUOSHI_NOW", f"{later}T10:00")
    client.logout()
    client = enter(cast.office)
    assert titles(client, look_due="1") == ["销了的"] and "回头看已过期" in client.get(LIST).content.decode()
    services.hold_look_back(one, note="又走了一遍", by=cast.inspector, on=later)
    row = next(row for row in client.get(LIST).context["page"].rows if row.title == "销了的")
    assert (row.standing, row.lamp) == ("已解决", "done") and titles(client, state="solved") == ["销了的"]
    assert titles(client, look_due="1") == [] and titles(client, state="waiting") == []


def test_late_ones_and_those_sent_back_are_found(life, cast, enter, monkeypatch):
    one = life.to("APPLIED", title="退回的")
    services.return_closing(one, reason="没改好", by=cast.verifier, on=DAY)
    life.to("RECTIFYING", title="快到的")
    monkeypatch.setenv("LUOSHI_NOW", "2026-12-21T10:00")
    client = enter(cast.office)
    assert titles(client, returned="1") == ["退回的"]
    assert sorted(titles(client, overdue="1")) == sorted(titles(client, stuck="1")) == ["快到的", "退回的"]
    rows = {row.title: row for row in client.get(LIST).context["page"].rows}
    assert rows["退回的"].lamp == "red" and rows["退回的"].returns == 1 and "逾期" in rows["退回的"].lamp_label


@pytest.mark.clause("2.2.3.7")
def test_items_of_a_personal_list_are_no_part_of_the_ledger(life, cast, enter):
    check = SelfCheck.objects.create(bureau=cast.bureau, person=cast.handler, reviewer=cast.chief, round="2026")
    told = {"title": "私下的话", "self_check": check, "unit": None, "source": "SELF_CHECK"}
    mine = life.open(by=cast.handler, **told)
    for who in (cast.handler, cast.chief, cast.office, cast.director):
        answer = enter(who).get(LIST, {"problem": mine.public_id})
        assert answer.status_code == 200 and "私下的话" not in answer.content.decode()
        assert answer.context["by_unit"] == []
    assert enter(cast.office).get(f"{LIST}{mine.public_id}/pane/").status_code == 404


def test_who_sees_which_problems(life, cast, enter):
    life.open(title="规建股的一件")
    sees = {
        name: titles(enter(getattr(cast, name)))
        for name in ("office", "director", "leader", "chief", "inspector", "verifier", "neighbour", "stranger")
    }
    assert {name for name, rows in sees.items() if rows} == set(sees) - {"neighbour", "stranger"}
    assert enter(cast.auditor).get(LIST).status_code == 403


def test_markup_in_a_problem_is_words(life, cast, enter):
    poison = "<script>alert(1)</script>\"'{{7*7}}"
    one = life.open(title=poison, detail=poison, place=poison, raiser=poison, tags=[poison])
    client = enter(cast.office)
    for url in (f"{LIST}?problem={one.public_id}", f"{LIST}{one.public_id}/pane/", f"{LIST}?more=1"):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;" in page


@pytest.mark.clause("2.2.2.2b")
def test_what_waits_for_whom_stands_above_the_list(life, cast, enter, monkeypatch):
    life.open(title="等确认的")
    life.open(title="没人管的", unit=None)
    monkeypatch.setenv("LUOSHI_NOW", "2026-10-12T10:00")
    client = enter(cast.office)
    answer = client.get(LIST)
    figures = {one["label"]: one for one in answer.context["figures"]}
    assert {word: one["count"] for word, one in figures.items()} == {"待确认": 2, "卡住的": 2}
    assert [row.waits for row in answer.context["stuck"]] == [f"{cast.planning}确认", "局办公室确认"]
    units = {one["unit"]: one["cells"][0] for one in answer.context["by_unit"]}
    assert list(units) == [str(cast.planning), "未定单位"]
    opened = client.get(LIST + units["未定单位"]["url"])
    assert [row.title for row in opened.context["page"].rows] == ["没人管的"]
    opened = client.get(LIST + figures["卡住的"]["url"])
    assert len(opened.context["page"].rows) == 2
