"""走访 through services: one note, many uses; and the person's word against an entry."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.activities import services
from luoshi.activities.models import Conversion, Opinion
from luoshi.activities.services import Taking, What, visits
from luoshi.activities.services.visits import Finding
from luoshi.activities.tests.held import TODAY, fresh, study
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import clean
from luoshi.notices.models import Notice
from luoshi.problems.models import Problem, Sighting
from luoshi.records.models import Entry

pytestmark = pytest.mark.django_db


def visit(cast, *people, by=None, findings=(), day=date(2026, 11, 18), **words):
    told = {"kind": "VISIT", "title": "走访城北小区", "unit": cast.planning, "place": "城北小区"}
    told |= {"place_kind": "COMMUNITY", "ticked": ("research", "frontline"), **words}
    return visits.record_visit(
        bureau=cast.bureau, what=What(**told), day=day, people=[Taking(one) for one in people],
        by=by or cast.leader, on=TODAY, findings=findings,
    )  # fmt: skip


@pytest.mark.clause("2.2.2.2a")
def test_one_note_gives_days_stay_opinions_and_problems(cast):
    made = visit(cast, cast.leader, cast.chief, findings=[
        Finding("三号楼外墙脱落", problem=True, unit=cast.quality), Finding("希望增加停车位"),
    ])  # fmt: skip
    assert made.as_research and made.as_frontline and not made.as_study
    problem = Problem.objects.get()
    assert (problem.title, problem.source, problem.unit, problem.place) == (
        "三号楼外墙脱落", "VISIT", cast.quality, "城北小区",
    )  # fmt: skip
    assert [one.problem for one in made.opinions.all()] == [problem, None]
    acts = set(Entry.objects.filter(act__in=["activities.record", "activities.hear", "problems.open"]).values_list(
        "act", flat=True))  # fmt: skip
    assert acts == {"activities.record", "activities.hear", "problems.open"} and clean() == []


@pytest.mark.clause("2.2.2.3c")
def test_a_problem_met_again_is_no_second_problem_and_research_is_turned_into_something(cast):
    first = visit(cast, cast.leader, findings=[Finding("三号楼外墙脱落", problem=True)], difficult=True)
    problem = Problem.objects.get()
    again = [Finding("外墙还在脱落", problem=True, seen=problem)]
    second = visit(cast, cast.leader, day=date(2026, 11, 20), title="再访城北", findings=again)
    assert Problem.objects.count() == 1 and Sighting.objects.get().problem == problem
    assert Opinion.objects.get(activity=second).sighting == Sighting.objects.get()
    visits.convert(first, kind="SUGGESTION", words="建议修订物业考核办法", by=cast.leader, on=TODAY)
    with pytest.raises(NotAllowed, match="事项编号"):
        visits.convert(first, kind="MATTER", by=cast.leader, on=TODAY)
    with pytest.raises(NotAllowed, match="写明转成了什么"):
        visits.convert(first, kind="SUGGESTION", by=cast.leader, on=TODAY)
    with pytest.raises(NotAllowed, match="只有登记人和局办公室"):
        visits.convert(first, kind="SUGGESTION", words="改", by=cast.neighbour, on=TODAY)
    assert first.difficult and Conversion.objects.count() == 1 and clean() == []


@pytest.mark.clause("2.2.2.2a")
def test_a_visit_says_what_was_found_or_that_nothing_was(cast):
    with pytest.raises(NotAllowed, match="没有意见和问题"):
        visit(cast, cast.leader)
    with pytest.raises(NotAllowed, match="取消勾选"):
        visit(cast, cast.leader, findings=[Finding("路灯不亮")], nothing_found=True)
    with pytest.raises(NotAllowed, match="去了哪里"):
        visit(cast, cast.leader, place=" ", nothing_found=True)
    with pytest.raises(NotAllowed, match="走访、调研或蹲点"):
        visit(cast, cast.leader, kind="MEETING", nothing_found=True)
    with pytest.raises(NotAllowed, match="不超过300字"):
        visit(cast, cast.leader, findings=[Finding("长" * 301)])
    assert visit(cast, cast.leader, nothing_found=True).nothing_found


@pytest.mark.clause("2.2.2.3a")
@pytest.mark.clause("2.2.2.3b")
@pytest.mark.parametrize(
    ("kind", "place_kind", "ticked", "research", "frontline"),
    [
        ("RESEARCH", "PROJECT", (), True, False),
        ("FRONTLINE", "SITE", (), True, True),
        ("VISIT", "ENTERPRISE", (), False, True),
        ("VISIT", "OTHER", (), False, False),
    ],
)
def test_what_a_note_counts_as(cast, kind, place_kind, ticked, research, frontline):
    made = visit(cast, cast.leader, kind=kind, place_kind=place_kind, ticked=ticked, nothing_found=True)
    assert (made.as_research, made.as_frontline) == (research, frontline)


def objection(cast):
    made = study(cast, cast.chief, cast.handler, half_days=2)
    sat = made.attendances.get(person=cast.handler)
    return sat, services.object_to(sat, words="我当天出差", by=cast.handler, on=TODAY)


def test_a_person_objects_once_and_the_office_upholds(cast):
    sat, told = objection(cast)
    assert Notice.objects.filter(user=cast.office, key=f"activities:objection:{told.pk}").exists()
    with pytest.raises(NotAllowed, match="还没有答复"):
        services.object_to(sat, words="再说一次", by=cast.handler, on=TODAY)
    with pytest.raises(NotAllowed, match="自己名下"):
        services.object_to(sat, words="替他说", by=cast.chief, on=TODAY)
    with pytest.raises(NotAllowed, match="由局办公室答复"):
        services.answer_objection(told, verdict="void", answer="属实", by=cast.chief, on=TODAY, version=1)
    services.answer_objection(told, verdict="void", answer="属实", by=cast.office, on=TODAY, version=1)
    sat.refresh_from_db()
    assert sat.void and told.upheld and fresh(sat.activity).version == 2
    assert Notice.objects.filter(user=cast.handler, title__contains="成立").exists()
    with pytest.raises(Stale):
        services.answer_objection(told, verdict="keep", answer="再看", by=cast.office, on=TODAY, version=1)
    with pytest.raises(NotAllowed, match="已经作废"):
        services.object_to(sat, words="还是不对", by=cast.handler, on=TODAY)
    assert clean() == []


@pytest.mark.parametrize(
    ("verdict", "half_days", "then"), [("change", 1, (1, False, True)), ("keep", None, (2, False, False))]
)
def test_an_answer_puts_the_length_right_or_keeps_it(cast, verdict, half_days, then):
    sat, told = objection(cast)
    with pytest.raises(NotAllowed, match="写明答复"):
        services.answer_objection(told, verdict=verdict, answer=" ", by=cast.office, on=TODAY, version=1)
    services.answer_objection(
        told, verdict=verdict, answer="已核对", half_days=half_days, by=cast.office, on=TODAY, version=1
    )  # fmt: skip
    sat.refresh_from_db()
    assert (sat.half_days, sat.void, told.upheld) == then and clean() == []


def test_a_length_beyond_the_activity_is_no_answer(cast):
    _, told = objection(cast)
    with pytest.raises(NotAllowed, match="0到2个半天"):
        services.answer_objection(told, verdict="change", answer="改", half_days=5, by=cast.office, on=TODAY, version=1)
    with pytest.raises(NotAllowed, match="是否成立"):
        services.answer_objection(told, verdict="maybe", answer="改", by=cast.office, on=TODAY, version=1)


@pytest.mark.clause("2.2.2.2a")
def test_what_was_heard_is_added_later_and_taken_back_with_a_reason(cast):
    made = visit(cast, cast.leader, nothing_found=True)
    rows = visits.hear(made, [Finding("路灯不亮", problem=True), Finding("多设停车位")], by=cast.leader, on=TODAY)
    assert not fresh(made).nothing_found
    with pytest.raises(NotAllowed, match="补记"):
        visits.hear(made, [Finding("别的")], by=cast.chief, on=TODAY)
    with pytest.raises(NotAllowed, match="写明理由"):
        visits.take_back(rows[1], reason=" ", by=cast.leader, on=TODAY)
    with pytest.raises(NotAllowed, match="只有登记人和局办公室"):
        visits.take_back(rows[1], reason="不对", by=cast.chief, on=TODAY)
    visits.take_back(rows[1], reason="记错了小区", by=cast.office, on=TODAY)
    with pytest.raises(NotAllowed, match="已经撤回"):
        visits.take_back(rows[1], reason="再撤", by=cast.office, on=TODAY)
    visits.take_back(rows[0], reason="不是问题", by=cast.leader, on=TODAY)
    assert Problem.objects.get().state == "FOUND" and not made.opinions.filter(void=False).exists()
    row = visits.convert(made, kind="SUGGESTION", words="建议", by=cast.leader, on=TODAY)
    visits.take_back(row, reason="没有采用", by=cast.leader, on=TODAY)
    assert Conversion.objects.get().void and clean() == []
