"""成效对照: every figure is the number of the records it opens to, whoever reads it, at a fixed cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.cadres.models import AbilityTag
from luoshi.matters.models import Matter
from luoshi.outcomes import queries
from luoshi.outcomes.rules import INDICATORS, OVERSEERS, quarters
from luoshi.outcomes.tests.life import DAY, outside
from luoshi.problems.models import Problem

pytestmark = [pytest.mark.django_db]
READS = ("office", "director", "leader", "second_leader", "inspector", "discipline")
SHUT = ("chief", "handler", "verifier", "window", "sysadmin", "secadmin", "auditor")


def scope(world, who):
    return queries.scope_of(getattr(world, who), world.bureau.pk, DAY)


def boards(world, who="office"):
    plan = world.plan.plan
    told = queries.boards(scope(world, who), queries.periods_of(plan, DAY))
    return {line.indicator.key: line for board in told for line in board.lines}


@pytest.mark.clause("1.1")
@pytest.mark.clause("1.2")
@pytest.mark.clause("1.3b")
@pytest.mark.parametrize("who", READS)
def test_every_figure_is_the_number_of_its_records(world_here, who):
    mine, periods = scope(world_here, who), queries.periods_of(world_here.plan.plan, DAY)
    assert [one.key for one in periods] == ["2026Q3", "2026Q4"]
    told = queries.counts(queries.DATED, mine, periods)
    for (key, quarter), number in told.items():
        period = next(one for one in periods if one.key == quarter)
        found = queries.behind(key, mine, period.since, period.until)
        assert (found.number, len(found.lines(0, 999))) == (number, number), (key, quarter)
    assert any(told.values())


@pytest.mark.clause("1.2")
def test_faults_are_counted_by_tag_on_either_spelling_of_json(world_here):
    tagged = [one for one in Problem.objects.filter(bureau=world_here.bureau, self_check=None) if "慢" in one.tags]
    days = [one.found_on for one in tagged if one.state != "DISMISSED"]
    line = boards(world_here)["fault_slow"]
    told = {one.period.key: one.value.part for one in line.cells}
    assert sum(told.values()) == len(days) > 0
    assert told["2026Q4"] == sum(one >= date(2026, 10, 1) for one in days)


@pytest.mark.clause("1.3b")
def test_shares_tell_numerator_and_denominator_and_nothing_of_no_sample(world_here):
    line = boards(world_here)["in_time"]
    last = line.last.value
    assert last.words == f"{line.last.value.number:f}".rstrip("0").rstrip(".") + "%" and last.part <= last.whole
    empty = boards(world_here)["survey"]
    assert empty.start is None and {one.value.words for one in empty.cells} == {"无样本"}
    outside(world_here, period="START", value=90)
    outside(world_here)
    line = boards(world_here)["survey"]
    assert (line.start.value.words, line.last.value.words) == ("90%", "91.5%")
    assert line.change.words == "+1.5个百分点，变好"


@pytest.mark.clause("1.3a")
def test_the_seven_abilities_are_counted_by_evidence_and_never_by_person(world_here):
    keys = [one.key for one in INDICATORS if one.clause == "1.3a"]
    assert len(keys) == 7 and not any(one.better for one in INDICATORS if one.clause == "1.3a")
    assert all(boards(world_here)[key].last is not None for key in keys)


@pytest.mark.clause("1.3a")
def test_evidence_of_an_ability_opens_to_the_work_and_not_to_the_person(world_here):
    matter = Matter.objects.filter(bureau=world_here.bureau, title__startswith="梳理重点项目清单").get()
    told = {"bureau": world_here.bureau, "person": world_here.handler, "ability": "DELIVERY", "by": world_here.office}
    AbilityTag.objects.create(matter=matter, on=DAY, **told)
    hidden = (
        Matter.objects.filter(bureau=world_here.bureau, number=None).exclude(leader=world_here.second_leader).first()
    )
    AbilityTag.objects.create(matter=hidden, on=DAY, **told | {"person": world_here.chief})
    for who in READS:
        found = queries.behind("ability_delivery", scope(world_here, who), date(2026, 10, 1), DAY)
        lines = found.lines(0, 9)
        assert found.number == len(lines) == 2, "the bureau's count, whoever reads it"
        assert world_here.handler.name not in str(lines)
        seen = {str(one) for one in scope(world_here, who).matters}
        assert all(one.title in seen for one in lines if one.url) and all(one.url for one in lines if one.title in seen)
    assert lines[0].title == "事项里的一条" and not lines[0].url


def test_the_panel_asks_the_same_however_many_quarters(world_here):
    mine, costs = scope(world_here, "office"), []
    for since in (date(2026, 10, 1), date(2020, 1, 1)):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.boards(mine, quarters(since, None, DAY))
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 20


@pytest.mark.clause("2.0")
@pytest.mark.clause("3.0")
def test_the_page_tells_the_course_and_who_takes_part_without_counting(world_here, enter):
    client = enter(world_here.office)
    page = client.get("/outcomes/")
    text = page.content.decode()
    steps = page.context["steps"]
    assert [one.word for one in steps] == ["已过关", "进行中", "未开始"] and "领导小组会议纪要第1期" in steps[0].signed
    shares = {str(one.unit): one for one in page.context["shares"]}
    assert [has for _, has in shares["规建股"].phases] == [True, True] and "不计数、不排名" in text
    phase = steps[1].phase
    records = client.get(f"/outcomes/units/{world_here.planning.pk}/{phase.pk}/").content.decode()
    assert "共" not in records.split("<h1")[1].split("</header")[0] and "梳理重点项目清单" in records
    assert "全文覆盖图" in text and "只算您分管范围内" not in text


@pytest.mark.parametrize("who", READS)
def test_each_figure_on_the_page_opens(world_here, enter, who):
    client = enter(getattr(world_here, who))
    page = client.get("/outcomes/")
    assert page.status_code == 200
    cells = [cell for board in page.context["boards"] for line in board.lines for cell in line.cells if cell.url]
    for cell in cells[:6]:
        answer = client.get(cell.url)
        if "/records/" in cell.url:
            assert answer.context["number"] in (cell.cell.value.part, cell.cell.value.whole), cell.url
    whole = who not in ("leader", "second_leader")
    assert ("只算您分管范围内" in page.content.decode()) is not whole
    assert client.get("/outcomes/wall/").status_code == 200


@pytest.mark.parametrize("who", SHUT)
def test_the_panel_is_for_those_who_oversee(world_here, enter, who):
    client = enter(getattr(world_here, who))
    for url in ("/outcomes/", "/outcomes/wall/", "/outcomes/outside/", "/outcomes/records/found/?period=2026Q4"):
        assert client.get(url).status_code == 403, url
    assert not set(OVERSEERS) & {"HANDLER", "HEAD", "WINDOW"}


def test_another_bureau_has_its_own_panel_or_none(world_here):
    assert queries.plan_of(world_here.stranger, world_here.bureau.pk, DAY) is None
    apart = queries.scope_of(world_here.stranger, world_here.bureau.pk, DAY)
    told = queries.counts(queries.DATED, apart, queries.periods_of(world_here.plan.plan, DAY))
    assert {key: number for key, number in told.items() if number} == {}


@pytest.mark.parametrize("url", ["/outcomes/records/found/?period=2030Q1", "/outcomes/records/nothing/?period=2026Q4",
                                 "/outcomes/?plan=999999", "/outcomes/units/1/999999/"])  # fmt: skip
def test_what_is_not_there_is_not_found(world_here, enter, url):
    assert enter(world_here.office).get(url).status_code == 404
