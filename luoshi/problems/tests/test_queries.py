"""What sounds alike, what may be looked up, figures under clauses."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.ops import searching
from luoshi.org import queries as org
from luoshi.plan import services as plan
from luoshi.portal.queries.search import Reader, search
from luoshi.problems import queries, services
from luoshi.problems.queries import clauses
from luoshi.problems.tests.life import DAY, DUE, Life

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.fixture
def clause(cast):
    text = "一、整改\n局办公室建立问题台账，逐一整改销号。"
    made = plan.import_plan(bureau=cast.bureau, content=text, title="整改方案", by=cast.office, on=DAY)
    return made.clauses.get(path="一")


def alike(cast, who, words):
    return [one.problem.title for one in queries.similar(words, cast.bureau, who, DAY)]


def test_what_sounds_alike_is_offered_the_nearest_first(life, cast):
    life.open(title="向阳小区南门窨井盖松动")
    life.open(title="向阳小区路灯不亮")
    life.open(title="工地扬尘没有喷淋")
    assert alike(cast, cast.office, "向阳小区窨井盖松动无人管") == ["向阳小区南门窨井盖松动", "向阳小区路灯不亮"]
    assert alike(cast, cast.office, "窨") == [] and alike(cast, cast.office, "") == []


def test_nothing_alike_is_offered_that_one_may_not_open(life, cast):
    life.open(title="向阳小区南门窨井盖松动")
    life.item(title="向阳小区的事怕担责")
    assert alike(cast, cast.stranger, "向阳小区南门窨井盖松动") == []
    assert alike(cast, cast.neighbour, "向阳小区南门窨井盖松动") == []
    for who in (cast.office, cast.handler, cast.chief):
        assert "向阳小区的事怕担责" not in alike(cast, who, "向阳小区的事怕担责")


def test_suggestions_cost_the_same_however_many_problems_there_are(life, cast, django_assert_num_queries):
    for number in range(12):
        life.open(title=f"向阳小区第{number}栋楼道灯不亮")
    held = org.held(cast.office, DAY)
    with django_assert_num_queries(3):
        found = queries.similar("向阳小区楼道灯不亮", cast.bureau, cast.office, DAY, held)
    assert len(found) == 5


def test_a_problem_is_looked_up_by_what_was_said_of_it_and_a_personal_one_never(life, cast):
    one = life.to("APPLIED", title="窨井盖松动")
    services.see_again(one, source="VISIT", seen_on=DAY, words="绊倒了买菜的人", by=cast.office, on=DAY)
    life.item(title="买菜的人也怕担责")

    def found(who, words):
        groups = search(words, Reader(who, org.held(who, DAY), DAY))
        return [answer.url for group in groups for answer in group.answers if group.kind == "problem"]

    assert found(cast.office, "买菜的人") == [one.get_absolute_url()]
    assert found(cast.handler, "买菜的人") == [one.get_absolute_url()]
    assert found(cast.stranger, "买菜的人") == [] and found(cast.handler, "担责") == []
    assert searching.differing() == {}


@pytest.mark.clause("2.2.2.2b")
def test_under_its_clause_a_problem_has_its_lamp_and_a_personal_one_is_not_counted(life, cast, clause):
    one = life.start(life.open(clause=clause))
    life.to("CLOSED", clause=clause)
    life.item(clause=clause)
    late = date(2027, 1, 15)
    for on, lamps in ((DAY, {"green": 1}), (DUE, {"amber": 1}), (late, {"red": 1})):
        figures = clauses.by_clause([clause.lineage], cast.office, on)[clause.lineage]
        assert (figures["problems"].number, figures["problems"].lamps) == (1, lamps)
        assert figures["problems_closed"].number == 1
        behind = clauses.behind("problems", [clause.lineage], cast.office, on)
        (line,) = behind.lines(0, 5)
        assert (behind.number, line.url, line.lamp) == (1, one.get_absolute_url(), next(iter(lamps)))
    assert clauses.behind("problems_closed", [clause.lineage], cast.office, DAY).number == 1
    assert clauses.by_clause([clause.lineage], cast.stranger, DAY) == {}
    assert clauses.behind("open", [clause.lineage], cast.office, DAY) is None
