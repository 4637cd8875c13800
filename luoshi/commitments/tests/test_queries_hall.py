"""What the hall asks of this room: figures under clauses, what is found by words, the daily round."""

from __future__ import annotations

import pytest

from luoshi.commitments import queries, services
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import clauses
from luoshi.commitments.tests.life import DAY, batch, concern, published, work
from luoshi.ops import daily, searching
from luoshi.org import queries as org
from luoshi.plan import services as plans
from luoshi.portal.queries.search import Reader, search

pytestmark = pytest.mark.django_db
TEXT = """实施方案
一、工作任务
1.公开承诺。局领导班子成员围绕分管领域作出公开承诺，对承诺范围内的事项全权办理、及时答复。
2.解决群众急难愁盼问题，做好解释说明。
3.办好一批群众期盼的民生实事。
"""


@pytest.fixture
def plan(life):
    return plans.import_plan(
        bureau=life.bureau, content=TEXT.encode(), file_name="方案.txt", by=life.office, on=DAY
    )  # fmt: skip


@pytest.mark.clause("2.2.1.4a")
@pytest.mark.clause("2.2.2.2c")
def test_what_is_entered_finds_its_own_clause(life, plan):
    promise = published(life)
    asked, works = concern(life), batch(life)
    paths = [one.clause.path if one.clause else "" for one in (promise, asked, works)]
    assert all(paths) and len(set(paths)) == 3, paths
    first = [promise.clause.lineage]
    told = clauses.by_clause([promise.clause.lineage, asked.clause.lineage, works.clause.lineage], life.office, DAY)
    assert {line: {key: one.number for key, one in figures.items()} for line, figures in told.items()} == {
        promise.clause.lineage: {"promises": 2},
        asked.clause.lineage: {"promises": 1},
        works.clause.lineage: {"promises": 1},
    }
    services.fulfil(promise.promises.first(), outcome="KEPT", words="做到了。", version=None, by=life.leader, on=DAY)
    again = clauses.by_clause(first, life.office, DAY)[promise.clause.lineage]
    assert (again["promises"].number, again["promises_done"].number) == (1, 1)
    behind = clauses.behind("promises", [*first, asked.clause.lineage, works.clause.lineage], life.office, DAY)
    titles = [one.title for one in behind.lines(0, 50)]
    assert behind.number == len(titles) == 3 and [one.title for one in behind.lines(1, 2)] == titles[1:2]
    assert clauses.behind("open", first, life.office, DAY) is None
    seen = clauses.by_clause([asked.clause.lineage], life.second_leader, DAY)
    assert seen == {}, "others' concerns are not counted for him"


def test_a_draft_begun_before_the_plan_takes_its_clause_when_published(life):
    from luoshi.commitments.tests.life import draft

    kept = draft(life)
    text = plans.import_plan(bureau=life.bureau, content=TEXT.encode(), file_name="方案.txt", by=life.office, on=DAY)
    services.publish(kept, version=None, by=life.director, on=DAY)
    assert kept.clause.version == text


def test_what_is_published_is_found_by_whoever_may_read_it(life):
    found = published(life)
    asked = concern(life, words="楼顶渗水", from_whom="匿名住户甲")
    batch(life, work(life, "改造农贸市场雨棚"))

    def kinds(question, who):
        return {one.kind for one in search(question, Reader(who, org.held(who, DAY), DAY))}

    assert kinds("加装电梯", life.window) == {"commitment"} and kinds("雨棚", life.handler) == {"livelihood"}
    assert kinds("楼顶渗水", life.chief) == {"concern"} and kinds("楼顶渗水", life.second_leader) == set()
    assert kinds("匿名住户甲", life.office) == set(), "who asked is looked up by nobody"
    assert searching.rebuild()["commitment"] == (1, 0), "the acts kept the index as a rebuild makes it"
    assert Commitment.objects.get() == found and asked.pk


def test_the_daily_round_tells_of_promises_and_answers(life):
    names = [job.name for job in daily.JOBS]
    assert {"commitments.remind", "commitments.recount"} <= set(names)
    due = concern(life).answer_due_on
    done = {one.name: one for one in daily.run(due)}
    assert done["commitments.remind"].result == 2 and not done["commitments.recount"].error
    assert queries.concern_page(life.office, org.held(life.office, due), due).counts["waiting"] == 1
