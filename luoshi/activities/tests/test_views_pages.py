"""Who reads what: the list, one record, one's own page; what a page costs; objections over HTTP."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.activities import queries
from luoshi.activities.models import Objection
from luoshi.activities.queries.clauses import behind, by_clause
from luoshi.activities.queries.desk import objection_desk
from luoshi.activities.services import Taking
from luoshi.activities.tests.held import TODAY, study
from luoshi.org.queries import held
from tests.counting import asked

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "director", "leader", "second_leader", "office", "verifier", "inspector", "chief", "handler", "second_handler",
    "neighbour", "quality_handler", "discipline", "window", "stranger", "sysadmin", "secadmin", "auditor",
)  # fmt: skip


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00")


def readers(cast, activity):
    return {who for who in EVERYBODY if queries.visible_to(getattr(cast, who), TODAY).filter(pk=activity.pk).exists()}


def test_a_study_is_read_by_who_was_there_his_head_his_leader_and_who_oversees(cast):
    made = study(cast, cast.handler)
    assert readers(cast, made) == {
        "director", "leader", "office", "verifier", "inspector", "discipline", "chief", "handler",
    }  # fmt: skip
    made = study(cast, cast.handler, cast.quality_handler, title="联合学习", days=(TODAY,))
    assert {"neighbour", "quality_handler"} <= readers(cast, made)


@pytest.mark.parametrize("kind", ["POLITICAL_TALK", "HEART_TALK"])
def test_that_two_people_talked_is_told_to_the_two_the_office_and_the_chief(cast, kind):
    made = study(
        cast, Taking(cast.leader, "SPEAKER"), cast.handler, by=cast.leader, kind=kind, title="谈话", content=""
    )
    assert readers(cast, made) == {"director", "leader", "office", "handler"}


def test_the_page_of_a_talk_shows_no_word_of_it(cast, enter):
    made = study(cast, Taking(cast.leader, "SPEAKER"), cast.handler, by=cast.leader, kind="HEART_TALK", title="谈话",
                 content="", outcome="家里有困难", counterpart="诉求一二三")  # fmt: skip
    for who in (cast.office, cast.director):
        page = enter(who).get(made.get_absolute_url()).content.decode()
        assert "家里有困难" not in page and "诉求一二三" not in page and "谈话内容只有谈话双方能看" in page
    assert queries.alike  # what looks alike is asked of talks by their own form


def test_the_list_is_cut_by_kind_month_unit_person_and_words(cast, enter):
    study(cast, cast.chief, title="甲次学习")
    study(cast, cast.neighbour, unit=cast.quality, title="乙次学习", days=(date(2026, 10, 8),))
    study(cast, cast.leader, kind="RESEARCH", title="丙次调研", content="", place="城北")
    client = enter(cast.office)

    def shown(query):
        page = client.get(f"/activities/{query}").content.decode()
        return {one for one in "甲乙丙" if f"{one}次" in page}

    assert shown("") == {"甲", "乙", "丙"}
    assert shown("?group=field") == {"丙"} and shown("?kind=GROUP_STUDY") == {"甲", "乙"}
    assert shown("?month=2026-10") == {"乙"} and shown("?month=nonsense") == {"甲", "乙", "丙"}
    assert shown(f"?unit={cast.quality.pk}") == {"乙"} and shown(f"?person={cast.chief.pk}") == {"甲"}
    assert shown("?q=城北") == {"丙"} and shown("?void=1") == set() and shown("?unit=999999") == {"甲", "乙", "丙"}


def test_a_page_of_the_list_costs_the_same_and_the_next_one_goes_on(cast, enter):
    client = enter(cast.office)

    def cost(url="/activities/"):
        with asked(client) as seen:
            client.get(url)
        return len(seen)

    study(cast, cast.chief, cast.handler, days=(TODAY, TODAY - timedelta(days=1)))
    few = cost()
    days = [date(2026, 9, 1) + timedelta(days=nth) for nth in range(30)]
    for kind in ("GROUP_STUDY", "LECTURE"):
        study(cast, cast.chief, cast.handler, cast.second_handler, cast.leader, kind=kind, days=tuple(days), sure=True)
    assert cost() == few <= 30
    page = client.get("/activities/").context["page"]
    assert len(page.lines) == 50 and page.total_label == "62"
    more = client.get(f"/activities/?after={page.next_key}").context["page"]
    assert len(more.lines) == 12 and not {one.activity.pk for one in more.lines} & {
        one.activity.pk for one in page.lines
    }
    assert client.get("/activities/?after=nonsense").status_code == 200


def test_ones_own_page_costs_the_same_and_lists_only_oneself(cast, enter):
    client = enter(cast.handler)

    def cost():
        with asked(client) as seen:
            client.get("/activities/mine/")
        return len(seen)

    study(cast, cast.handler, title="有我的学习")
    study(cast, cast.chief, title="没我的学习", days=(TODAY,))
    few = cost()
    study(cast, cast.handler, days=tuple(date(2026, 9, 1) + timedelta(days=nth) for nth in range(30)), kind="LECTURE")
    assert cost() == few
    page = client.get("/activities/mine/").content.decode()
    assert "有我的学习" in page and "没我的学习" not in page
    assert "有我的学习" not in client.get("/activities/mine/?group=field").content.decode()


def test_an_objection_goes_to_the_office_and_comes_back_answered(cast, enter):
    made = study(cast, cast.chief, cast.handler)
    sat = made.attendances.get(person=cast.handler)
    url = reverse("activities:object", args=[sat.pk])
    client = enter(cast.handler)
    assert "请填写" in client.post(url, {"submission": uuid.uuid4(), "text": ""}).content.decode()
    client.post(url, {"submission": uuid.uuid4(), "text": "当天出差"})
    assert "待办公室答复" in client.get("/activities/mine/").content.decode()
    assert enter(cast.chief).get(url).status_code == 404
    assert enter(cast.chief).get("/activities/objections/").status_code == 403
    client = enter(cast.office)
    line = objection_desk(held(cast.office, TODAY))[0]
    assert (line.who, line.words) == (cast.handler.name, "当天出差") and objection_desk(held(cast.chief, TODAY)) == []
    assert "1 条异议待答复" in client.get("/activities/").content.decode()
    assert "当天出差" in client.get("/activities/objections/").content.decode()
    told = Objection.objects.get()
    answer = reverse("activities:answer", args=[told.pk])
    form = {"submission": uuid.uuid4(), "version": 1, "verdict": "change", "answer": "改为未参加"}
    assert "请填写实际时长" in client.post(answer, form).content.decode()
    client.post(answer, {**form, "verdict": "void", "submission": uuid.uuid4()})
    sat.refresh_from_db()
    assert sat.void and "改为未参加" in enter(cast.handler).get("/activities/mine/").content.decode()
    other = enter(cast.stranger)
    assert other.get(answer).status_code in (403, 404)


def test_it_is_found_by_its_words_and_counted_under_its_clause(cast, enter):
    from luoshi.plan import services as plans
    from luoshi.plan.models import Clause

    version = plans.import_plan(
        bureau=cast.bureau, content="一、工作目标\n干部职工每年学习不少于20天。\n".encode(), file_name="方案.txt",
        by=cast.office, on=TODAY,
    )  # fmt: skip
    clause = Clause.objects.filter(version=version).last()
    made = study(cast, cast.handler, title="窨井安全专题学习", clause=clause)
    assert by_clause([clause.lineage], cast.office, TODAY)[clause.lineage]["activities"].number == 1
    assert behind("activities", [clause.lineage], cast.office, TODAY).lines(0, 5)[0].title == made.title
    assert by_clause([clause.lineage], cast.neighbour, TODAY) == {} and behind("open", [], cast.office, TODAY) is None
    assert "专题学习" in enter(cast.office).get("/search/?q=窨井安全").content.decode()
    assert "专题学习" not in enter(cast.neighbour).get("/search/?q=窨井安全").content.decode()
