"""The coverage map: every cell opens to the records it counts; nobody learns of what he may not see."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from luoshi.documents.coverage import CoverageFacts, coverage_sheet
from luoshi.matters import services as matters
from luoshi.matters.tests.life import at, staged
from luoshi.plan import services
from luoshi.plan.models import Clause, Duty
from luoshi.plan.queries.clauses import unowned_clauses
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.plan.tests.test_versions import adopt
from luoshi.portal.queries.coverage import ROOMS
from luoshi.portal.rules import COLUMNS, RECORDS, Stand
from tests.counting import asked
from tests.ground import ground

pytestmark = pytest.mark.django_db
PLACE = "二/3/二是"


@pytest.fixture
def url(version, today):
    return reverse("portal:coverage", args=[version.plan_id])


def rows(page):
    return {
        one.marker if one.pk is None else Clause.objects.get(pk=one.pk).path: one for one in page.context["sheet"].rows
    }


def words(row):
    return {head: [f"{one.words}{one.lamp_words}" for one in cell] for head, cell in row.cells if cell}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((one, 200) for one in ("office", "director", "leader", "chief", "handler", "verifier", "inspector",
                                 "discipline", "window")),
        ("stranger", 404), ("sysadmin", 403), ("secadmin", 403), ("auditor", 403),
    ],
)  # fmt: skip
def test_who_opens_the_map_its_records_and_its_table(cast, enter, version, url, who, status):
    client = enter(getattr(cast, who))
    for address in (url, f"{url}open/", f"{url}table.xlsx"):
        assert client.get(address).status_code == status, address
    home = client.get(reverse("portal:coverage_home"))
    assert home.status_code == (403 if status == 403 else 200 if who == "stranger" else 302)
    assert who != "stranger" or "还没有方案" in home.content.decode()


def test_every_clause_stands_in_its_place_with_its_words(cast, enter, version, url):
    page = enter(cast.office).get(url)
    assert list(rows(page)) == list(version.clauses.order_by("order").values_list("path", flat=True))
    assert len(page.context["sheet"].heads) + 2 <= 8


def test_a_clause_goes_through_its_stands(cast, enter, version, url, duty, work):
    client = enter(cast.director)

    def stand():
        return rows(client.get(url))[PLACE].stand.word

    assert stand() == "待确认"
    for one in Duty.objects.filter(clause__version=version, clause__path=PLACE):
        services.confirm_duty(one, by=cast.office, on=TODAY, version=one.version, slot="")
    assert stand() == "没有责任人"
    for one in Duty.objects.filter(clause__version=version, clause__path=PLACE):
        services.correct_duty(one, by=cast.office, on=TODAY, version=one.version, owner_unit=cast.planning)
    assert stand() == "未落实"
    work(PLACE, "ACCEPTED")
    assert stand() == "有人管"
    services.mark_no_duty(version.clauses.get(path="三/（二）"), by=cast.office, on=TODAY)
    assert rows(client.get(url))["三/（二）"].stand.word == "无任务"


def test_who_sees_a_part_of_the_matters_is_not_told_that_nothing_moves(cast, enter, version, url):
    for one in Duty.objects.filter(clause__version=version, clause__path=PLACE):
        services.confirm_duty(one, by=cast.office, on=TODAY, version=1, slot="", owner_unit=cast.planning)
    assert rows(enter(cast.office).get(url))[PLACE].stand.word == "未落实"
    page = enter(cast.leader).get(url)
    assert rows(page)[PLACE].stand.word == "有人管" and "不显示“未落实”" in page.content.decode()


def test_the_cell_changes_with_its_record(cast, enter, version, url, duty, work):
    client = enter(cast.office)
    one = services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1, owner_unit=cast.planning)
    matter = work(PLACE, "ACCEPTED")
    work.life.step(matter, "feed_back", staged=[staged(cast.handler)])
    others = one.clause.read_duties.filter(state="PROPOSED").count()
    waiting = [f"待确认{others}"] if others else []
    assert words(rows(client.get(url))[PLACE]) == {
        "任务": ["1", *waiting], "责任单位": ["规建股"], "规则": ["1"], "在办": ["1"], "材料": ["1"],
    }  # fmt: skip
    matters.cancel(matter, by=cast.leader, on=TODAY, now=at(TODAY), reason="任务并入另一事项")
    services.restore_duty(one, by=cast.office, on=TODAY, version=one.version)
    assert words(rows(client.get(url))[PLACE]) == {"任务": [f"待确认{others + 1}"]}


def test_a_late_matter_warns_in_its_cell_and_above(cast, enter, url, work, monkeypatch):
    work(PLACE, "ACCEPTED", due_on=date(2026, 12, 18))
    monkeypatch.setenv("LUOSHI_NOW", "2026-12-21T10:00")
    found = rows(enter(cast.director).get(url))
    assert words(found[PLACE])["在办"] == words(found["二/3"])["在办"] == words(found["二"])["在办"] == ["1逾期1"]


def test_sums_roll_up_once(cast, enter, version, url, work):
    for path in (PLACE, "二/3/一是", "二/3", "二/1/一是"):
        work(path, "ACCEPTED")
    work(PLACE, "CLOSED")
    page = enter(cast.office).get(url)
    found = rows(page)
    assert [words(found[path]).get("在办") for path in ("二", "二/3", PLACE, "二/1", "一")] == [
        ["4"], ["3"], ["1"], ["1"], None,
    ]  # fmt: skip
    assert words(page.context["sheet"].total)["在办"] == ["4"] and words(page.context["sheet"].total)["已办结"] == ["1"]


def test_clauses_nobody_owns_are_summed_and_shown_alone(cast, enter, version, url, duty):
    services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    services.confirm_duty(duty("集体学习"), by=cast.office, on=TODAY, version=1)
    client = enter(cast.leader)
    whole = client.get(url)
    number = whole.context["sheet"].stands[Stand.NOBODY]
    chip = next(one for one in whole.context["chips"] if one["label"] == "只看没人管的")
    page = client.get(chip["url"])
    assert number == chip["count"] == len(page.context["sheet"].rows) >= 1
    assert {one.stand.word for one in page.context["sheet"].rows} == {"没有责任人"}
    assert unowned_clauses([version.pk]) == {version.pk: number}, "the plan's pages say the same number"
    plan = client.get(reverse("plan:detail", args=[version.plan_id])).content.decode()
    listed = client.get(reverse("plan:list")).content.decode()
    for told in (plan, listed):
        assert f"{number}条没有责任人" in told and f"{url}?only=NOBODY" in told


@pytest.mark.parametrize("who", ["office", "director", "leader", "chief", "inspector", "window"])
def test_every_figure_of_the_sample_bureau_opens_to_exactly_its_records(world_here, enter, who):
    """Generated: every cell of every row, and every sum, for people who see all, a part, or none of the matters."""
    client = enter(getattr(world_here, who))
    sheet = client.get(reverse("portal:coverage", args=[world_here.plan.plan_id])).context["sheet"]
    opened = 0
    for row in (sheet.total, *sheet.rows, *sheet.gone):
        for _, cell in row.cells:
            for one in cell:
                page = client.get(one.url)
                assert page.context["number"] == one.number == len(page.context["lines"]), (one.says, one.url)
                opened += 1
    assert opened > 100


@pytest.fixture
def world_here(db, monkeypatch):
    from luoshi.demo.universe import build

    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00")
    return ground.handed("story") or build(password="Correct-horse-9-battery", today=TODAY)


def test_nobody_learns_what_he_may_not_see(cast, enter, url, work):
    work(PLACE, "ACCEPTED", title="规建股的秘密事项")
    work(PLACE, "DRAFT", title="没立项的事项")
    for who, number in (("office", 2), ("inspector", 1), ("chief", 1), ("property_chief", 0), ("window", 0)):
        client = enter(getattr(cast, who))
        figure = words(rows(client.get(url))[PLACE]).get("在办", ["0"])
        records = client.get(f"{url}open/?clause={Clause.objects.get(path=PLACE).pk}")
        assert figure == [str(number)] and records.context["number"] == number, who
        assert ("秘密" in records.content.decode()) == (number > 0)


def test_records_answer_only_for_clauses_of_their_plan(cast, enter, version, url):
    client = enter(cast.office)
    other = services.import_plan(
        bureau=cast.bureau, content=PLAN.replace("件件有回音", "事事有结果"), by=cast.office, on=TODAY
    )
    foreign = other.clauses.first()
    for query in (f"?clause={foreign.pk}", "?clause=x", "?clause=99999999", f"?clause={'9' * 30}"):
        assert client.get(f"{url}open/{query}").status_code == 404, query
    assert client.get(f"{url}secrets/").status_code == 404
    assert client.get(f"{url}open/?from=-3").status_code == 200
    assert client.get(f"{url}?only=x&level=y").status_code == 200
    assert set(RECORDS) >= {key for one in COLUMNS for key, _ in one.figures}


def test_what_a_new_version_dropped_keeps_its_row_while_it_holds_work(cast, enter, version, url, work):
    work("二/4/二是", "ACCEPTED", title="礼品登记")
    text = re.sub("二是管住礼品.*\n", "", PLAN)
    adopt(cast, version.plan, text)
    sheet = enter(cast.office).get(url).context["sheet"]
    (gone,) = sheet.gone
    assert words(gone) == {"在办": ["1"]} == {key: value for key, value in words(sheet.total).items() if key == "在办"}
    page = enter(cast.office).get(dict(gone.cells)["在办"][0].url)
    assert [one.title for one in page.context["lines"]] == ["礼品登记"]


def test_levels_fold_and_a_list_has_none(cast, enter, url):
    client = enter(cast.office)
    folded = client.get(f"{url}?level=1").context["sheet"].rows
    assert {one.depth for one in folded if not one.folded} == {0}
    assert not any(one.folded for one in client.get(f"{url}?level=1&only=UNDECIDED").context["sheet"].rows)


def test_the_table_for_excel_holds_the_same_words_and_no_formula(cast, enter, version, url, duty):
    services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1, owner_unit=cast.planning)
    client = enter(cast.office)
    sheet = client.get(url).context["sheet"]
    book = load_workbook(io.BytesIO(client.get(f"{url}table.xlsx").content))
    told = list(book.active.iter_rows(min_row=3, values_only=True))
    assert told[0] == ("条款", *sheet.heads, "状态") and len(told) == len(sheet.rows) + 2
    assert book.active.print_title_rows == "$3:$3" and book.active.page_setup.orientation == "landscape"
    bad = CoverageFacts("=1+1", "@SUM(A1)", ["条款"], [['=HYPERLINK("x")'], ["+1"], ["-2"], ["\x07@A1"]])
    cells = load_workbook(io.BytesIO(coverage_sheet(bad))).active
    assert {one.data_type for row in cells.iter_rows() for one in row} == {"s"}


def long_plan(clauses: int) -> str:
    lines = [f"{nth}.事项{nth}。局办公室每年报送第{nth}号材料不少于{nth % 9 + 1}次。" for nth in range(1, clauses + 1)]
    return "云岭县住房和城乡建设局长方案\n一、工作措施\n" + "\n".join(lines) + "\n"


def test_the_map_costs_the_same_with_10_and_with_300_clauses(cast, enter, today, work):
    client = enter(cast.office)
    costs = {}
    for size in (10, 300):
        text = services.import_plan(bureau=cast.bureau, content=long_plan(size), by=cast.office, on=TODAY)
        first, last = text.clauses.filter(path__contains="/").order_by("order").first(), text.clauses.last()
        for clause in (first, last):
            for _ in range(1 if size == 10 else 4):
                work("", "ACCEPTED", clause=clause)
        url = reverse("portal:coverage", args=[text.plan_id])
        page = client.get(url)
        with asked(client) as seen:
            client.get(url)
        assert len(page.context["sheet"].rows) > size
        costs[size] = len(seen)
    assert costs[10] == costs[300] <= 64, costs


def test_every_room_keeps_the_protocol(cast, version, today, work):
    """What `by_clause` counts, `behind` shows; a key that is not a room's own is refused with None."""
    work(PLACE, "ACCEPTED")
    lineages = list(version.clauses.values_list("lineage", flat=True))
    for room in ROOMS:
        figures = room.by_clause(lineages, cast.office, today)
        assert set(figures) <= set(lineages)
        for lineage, told in figures.items():
            for key, figure in told.items():
                found = room.behind(key, [lineage], cast.office, today)
                assert found.number == figure.number == len(found.lines(0, 500)) > 0, (room, key)
        assert room.behind("nothing-of-ours", lineages, cast.office, today) is None
        assert room.by_clause([uuid.uuid4()], cast.office, today) == {}
