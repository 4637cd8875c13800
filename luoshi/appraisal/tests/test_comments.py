"""点评和改进: said and answered in words, picked by people, worked off in the one ledger; never by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from luoshi.appraisal.models import BoardCase, Comment, Improvement
from luoshi.appraisal.queries import comments as queries
from luoshi.appraisal.services import comments as services
from luoshi.appraisal.services.comments import Plan
from luoshi.appraisal.tests.life import DAY, clean
from luoshi.appraisal.tests.scored import Q2, board, score
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import Life
from luoshi.notices.models import Notice
from luoshi.org import queries as org
from luoshi.problems import services as problems
from luoshi.problems.models import Problem
from luoshi.records.models import Entry
from tests.counting import asked

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4c")]
DUE = DAY + timedelta(days=40)


def say(cast, **words) -> Comment:
    told = {"bureau": cast.bureau, "unit": cast.planning, "words": "进度比上季度快，台账要补齐。", "by": cast.leader,
            "on": DAY}  # fmt: skip
    return services.comment(**(told | words))


def improve(cast, told: Comment, **words) -> Improvement:
    given = {"bureau": cast.bureau, "plan": Plan("台账材料补齐", due_on=DUE), "comment": told, "by": cast.office,
             "on": DAY}  # fmt: skip
    return services.open_improvement(**(given | words))


def test_a_comment_reaches_the_unit_and_its_answer_comes_back(life):
    told = say(life)
    assert Notice.objects.filter(user=life.chief, title__contains="收到点评").count() == 1
    with pytest.raises(NotAllowed, match="规建股回应"):
        services.answer_comment(told, answer="照办。", version=None, by=life.neighbour, on=DAY)
    with pytest.raises(NotAllowed, match="写明怎样看"):
        services.answer_comment(told, answer=" ", version=None, by=life.chief, on=DAY)
    with pytest.raises(Stale):
        services.answer_comment(told, answer="照办。", version=9, by=life.chief, on=DAY)
    services.answer_comment(told, answer="本周补齐。", version=told.version, by=life.chief, on=DAY)
    assert Notice.objects.filter(user=life.leader, title__contains="回应了点评").count() == 1
    with pytest.raises(NotAllowed, match="回应过"):
        services.answer_comment(told, answer="再说一句。", version=None, by=life.handler, on=DAY)
    assert clean() == [] and not Problem.objects.exists(), "a comment opens nothing by itself"


def test_the_office_enters_what_a_leader_said(life):
    told = say(life, by=life.office, said_by=life.director, said_on=DAY - timedelta(days=1))
    entry = Entry.objects.filter(act="appraisal.comment").latest("pk")
    assert str(told) == "陆远山对规建股的点评" and "陆远山" in str(vars(entry)), "the record names who decided"
    with pytest.raises(NotAllowed, match="自己的名义"):
        say(life, said_by=life.director)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"by": "chief"}, "由局办公室和局领导办理"),
        ({"words": " "}, "写明点评的内容"),
        ({"unit": "other_unit"}, "不是本局现有的"),
        ({"by": "office", "said_by": "handler"}, "请核对点评人"),
        ({"said_on": DAY + timedelta(days=1)}, "不能晚于今天"),
    ],
)
def test_a_comment_is_refused_with_the_way_out(life, words, why):
    told = {key: getattr(life, value) if key in ("by", "unit", "said_by") else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        say(life, **told)


def test_a_point_is_of_a_score_that_the_unit_was_shown(life):
    shown = score(board(life, Q2, state="SHOWN"), life.planning, "80.0", 1)
    told = say(life, score=shown, point="COUNTY:on_time")
    assert told.point_words == "县委县政府交办·按期率"
    with pytest.raises(NotAllowed, match="没有这项指标"):
        say(life, score=shown, point="COUNTY:study_hours")
    with pytest.raises(NotAllowed, match="这个单位的得分"):
        say(life, score=shown, point="COUNTY:on_time", unit=life.quality)
    hidden = score(board(life, Q2.next, state="COMPUTED"), life.planning, "80.0", 1)
    with pytest.raises(NotAllowed, match="还没有公示"):
        say(life, score=hidden, point="COUNTY:on_time")


def test_a_comment_is_about_one_thing_that_who_says_it_may_see(life):
    about, shown = Life(life).open(), score(board(life, Q2, state="SHOWN"), life.planning, "80.0", 1)
    with pytest.raises(NotAllowed, match="请分开写"):
        say(life, score=shown, point="COUNTY:on_time", matter=about)
    with pytest.raises(NotAllowed, match="您看不到它"):
        say(life, by=life.second_leader, matter=about)
    assert say(life, matter=about).matter == about


def test_an_improvement_is_one_problem_and_stands_where_that_stands(life):
    made = improve(life, say(life))
    problem = made.problem
    assert (problem.source, problem.unit, problem.due_on) == ("APPRAISAL", life.planning, DUE)
    assert problem.source_note == "沈知行2026-09-29点评" and "台账要补齐" in problem.detail
    seen = queries.improvements_seen(life.office, org.held(life.office, DAY), DAY)
    assert queries.by_unit(seen) == {life.planning.pk: (1, 1)}
    problems.start_rectifying(
        problem, cause="无人专管", measure="确定专人", due_on=DUE, by=life.chief, on=DAY,
    )  # fmt: skip
    problems.apply_closing(problem, note="已补齐。", by=life.handler, on=DAY)
    problems.accept_closing(problem, note="已看过台账。", by=life.verifier, on=DAY)
    assert queries.by_unit(seen) == {life.planning.pk: (0, 1)} and clean() == []
    with pytest.raises(NotAllowed, match="不要重复登记"):
        improve(life, made.comment)


def test_an_improvement_is_short_and_of_its_own_bureau(life):
    told = say(life)
    with pytest.raises(NotAllowed, match="一句话写明"):
        improve(life, told, plan=Plan("长" * (services.TITLE_MOST + 1), due_on=DUE))
    told.bureau_id = life.county.pk
    with pytest.raises(NotAllowed, match="不属于本局"):
        improve(life, told)


def test_only_the_office_picks_and_one_thing_at_a_time(life):
    told = say(life)
    for who in ("chief", "leader"):
        with pytest.raises(NotAllowed, match="由局办公室办理"):
            improve(life, told, by=getattr(life, who))
    with pytest.raises(NotAllowed, match="要改进什么"):
        improve(life, told, plan=Plan(" "))
    shown = score(board(life, Q2, state="SHOWN"), life.planning, "80.0", 1)
    with pytest.raises(NotAllowed, match="从一条点评"):
        improve(life, told, score=shown, point="COUNTY:on_time")
    assert not Problem.objects.exists()


def test_weak_items_are_those_below_what_people_ask_for(life):
    last = board(life, Q2, state="SHOWN")
    shown = score(last, life.planning, "80.0", 1)
    score(last, life.quality, "90.0", 2)
    assert queries.weak_items(life.bureau.pk, 75) == []
    assert [one.score.unit for one in queries.weak_items(life.bureau.pk, 76)] == [life.planning, life.quality]
    made = improve(life, None, score=shown, point="COUNTY:on_time", plan=Plan("按期率偏低"))
    assert made.problem.source_note == "2026年第二季度得分：县委县政府交办·按期率"
    assert [one.score.unit for one in queries.weak_items(life.bureau.pk, 76)] == [life.quality]


def test_a_unit_sees_its_own_and_administrators_nothing(life, enter):
    told = say(life)
    improve(life, told)
    people = ("office", "director", "second_leader", "discipline", "verifier", "chief", "handler", "neighbour",
              "stranger", "sysadmin")  # fmt: skip
    sees = [
        who
        for who in people
        if queries.comments_seen(getattr(life, who), org.held(getattr(life, who), DAY), DAY).exists()
    ]
    assert sees == list(people[:7])
    url = reverse("appraisal:comments")
    assert "台账要补齐" in enter(life.chief).get(url).content.decode()
    assert "台账要补齐" not in enter(life.neighbour).get(url).content.decode()
    assert enter(life.neighbour).get(reverse("appraisal:comment_answer", args=[told.public_id])).status_code == 404
    assert enter(life.sysadmin).get(url).status_code == 403


def test_the_page_costs_the_same_with_more_rows(life, enter):
    url = reverse("appraisal:comments")
    improve(life, say(life))
    client = enter(life.office)
    with asked(client) as before:
        client.get(url)
    for nth in range(4):
        improve(life, say(life, words=f"第{nth}条", unit=(life.planning, life.quality)[nth % 2]))
    with asked(client) as after:
        client.get(url)
    assert len(after) <= len(before)


def black(cast, edition: int = 1, **words) -> BoardCase:
    told = {
        "board": board(cast, Q2, edition=edition), "kind": "BLACK", "unit": cast.planning, "title": "材料长期缺失",
        "words": "佐证缺三个月。", "cause": "无人专管", "rectify_by": DUE, "way_off": "补齐并经核查", "state": "LISTED",
        "chosen_by": cast.office, "chosen_on": DAY,
    }  # fmt: skip
    return BoardCase.objects.create(**(told | words))


def test_a_black_case_is_worked_off_in_one_problem(life):
    case = black(life)
    assert list(queries.cases_to_improve(life.bureau.pk)) == [case]
    made = improve(life, None, case=case, plan=Plan("材料补齐"))
    assert "下榜条件：补齐并经核查" in made.problem.detail and not queries.cases_to_improve(life.bureau.pk).exists()
    with pytest.raises(NotAllowed, match="不要重复登记"):
        improve(life, None, case=black(life, 2, problem=made.problem))
    gone = black(life, 3, state="OFF", off_words="已补齐", off_by=life.office, off_on=DAY)
    with pytest.raises(NotAllowed, match="在榜的黑榜"):
        improve(life, None, case=gone)
    assert Problem.objects.count() == 1
