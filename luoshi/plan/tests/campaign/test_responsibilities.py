"""责任清单: leaders before staff, proposed from posts, portfolios and duties, confirmed in one act; no 责任状."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import clean
from luoshi.org import services as org
from luoshi.plan.campaign import answering, page, proposals
from luoshi.plan.models import Responsibility
from luoshi.plan.services import campaign
from luoshi.plan.services.campaign.responsibilities import Line
from luoshi.plan.tests.campaign.conftest import TODAY
from luoshi.records import queries as records

pytestmark = pytest.mark.clause("3.1b")
LATER = date(2026, 12, 10)


def proposed(plan, on=TODAY):
    return [
        Line(one.kind, one.person, one.words, one.unit, one.clause)
        for one in proposals.responsibilities(plan, on)
        if one.person is not None
    ]


@pytest.fixture
def listed(cast, plan):
    return campaign.list_responsibilities(plan, lines=proposed(plan), by=cast.office, on=TODAY)


def shown(plan, on=TODAY):
    return answering.lines(plan, page.seated(plan.bureau_id, on), on)


def test_the_proposal_has_leaders_first_then_heads_then_owners(cast, plan):
    rows = proposals.responsibilities(plan, TODAY)
    kinds = [one.kind for one in rows]
    assert kinds == sorted(kinds, key=["FIRST", "TEAM", "UNIT", "DUTY"].index)
    assert [(one.person, one.clause.path) for one in rows if one.kind == "FIRST"] == [(cast.director, "三/（一）")]
    team = {one.person: one.words for one in rows if one.kind == "TEAM"}
    assert set(team) == {cast.leader, cast.second_leader} and "规建股、质安中心" in team[cast.leader]
    assert {one.unit for one in rows if one.kind == "UNIT"} == {
        cast.office_unit, cast.planning, cast.approval, cast.property, cast.quality, cast.housing
    }  # fmt: skip
    owned = {(one.unit.short_name, one.clause.path): one for one in rows if one.kind == "DUTY"}
    mine = owned["规建股", "二/第一阶段"]
    assert mine.person == cast.chief and "印发任务分解表" in mine.words
    assert cast.discipline not in {one.person for one in rows}


def test_an_empty_post_is_named_not_guessed(cast, plan):
    org.relieve(cast.chief.posts.get(), ends_on=TODAY, by=cast.office, on=TODAY)
    nobody = [one for one in proposals.responsibilities(plan, TODAY) if one.person is None]
    assert {(one.kind, one.unit) for one in nobody} == {("UNIT", cast.planning), ("DUTY", cast.planning)}


def test_one_act_lists_all_and_nothing_is_proposed_twice(cast, plan, listed):
    assert proposals.responsibilities(plan, TODAY) == []
    assert records.trail(listed[0])[0].note == f"共{len(listed)}项"
    lines = shown(plan)
    assert [one["row"].kind for one in lines][:3] == ["FIRST", "TEAM", "TEAM"]
    first, unit = lines[0], next(one for one in lines if one["row"].unit == cast.planning)
    assert len(first["duties"]) > len(unit["duties"]) >= 1 and first["title"] == "党委书记、局长"
    told = answering.figures(plan, lines, TODAY)
    assert (told.leaders_listed, told.leaders, told.units_listed, told.units) == (3, 3, 6, 6)
    assert told.duties_listed == told.duties > 0 and told.hint == ""
    assert clean() == []


def test_leaders_first_is_a_hint_with_figures_never_a_refusal(cast, plan):
    line = Line("UNIT", cast.chief, "带领规建股落实。", cast.planning)
    campaign.list_responsibilities(plan, lines=[line], by=cast.office, on=TODAY)
    told = answering.figures(plan, shown(plan), TODAY)
    assert (told.leaders_listed, told.share) == (0, 0) and "班子成员还有3人没有列入" in told.hint


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"words": " "}, "负什么责任"),
        ({"kind": "PLEDGE"}, "责任的类别"),
        ({"person": "stranger"}, "不在本局任职"),
        ({"person": "auditor"}, "不在本局任职"),
        ({"unit": "other_unit"}, "不是本局现有的单位"),
        ({"by": "director"}, "局办公室"),
        ({"by": "stranger"}, "局办公室"),
    ],
)
def test_what_makes_no_line(cast, plan, words, why):
    given = {"kind": "DUTY", "person": "chief", "words": "印发。", "unit": "planning", "by": "office", **words}
    line = Line(given["kind"], getattr(cast, given["person"]), given["words"], getattr(cast, given["unit"]))
    with pytest.raises(NotAllowed, match=why):
        campaign.list_responsibilities(plan, lines=[line], by=getattr(cast, given["by"]), on=TODAY)
    assert not Responsibility.objects.exists()


def test_the_same_line_twice_or_none_at_all_is_refused_and_all_or_none_saved(cast, plan, listed):
    fresh = Line("DUTY", cast.handler, "归档。", cast.planning)
    with pytest.raises(NotAllowed, match="已在清单上"):
        campaign.list_responsibilities(plan, lines=[fresh, proposed_again(listed[0])], by=cast.office, on=TODAY)
    with pytest.raises(NotAllowed, match="至少选一项"):
        campaign.list_responsibilities(plan, lines=[], by=cast.office, on=TODAY)
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        campaign.list_responsibilities(plan, lines=[fresh], by=cast.office, on=TODAY, from_on=LATER)
    assert Responsibility.objects.count() == len(listed)


def proposed_again(row):
    return Line(row.kind, row.person, row.words, row.unit, row.clause)


def test_words_are_edited_in_place_and_another_person_begins_a_line_of_his_own(cast, plan, listed):
    row = next(one for one in listed if one.kind == "UNIT" and one.unit == cast.planning)
    words = {"by": cast.office, "on": LATER}
    campaign.edit_responsibility(row, person=cast.chief, words="带头落实。", version=1, **words)
    assert (row.words, row.version, row.until_on) == ("带头落实。", 2, None)
    with pytest.raises(NotAllowed, match="没有变化"):
        campaign.edit_responsibility(row, person=cast.chief, words="带头落实。", version=2, **words)
    with pytest.raises(Stale):
        campaign.edit_responsibility(row, person=cast.chief, words="再改。", version=1, **words)
    fresh = campaign.edit_responsibility(row, person=cast.second_handler, words="带头落实。", version=2, **words)
    assert (row.until_on, row.void, fresh.from_on) == (date(2026, 12, 9), False, LATER)
    with pytest.raises(NotAllowed, match="已移出"):
        campaign.edit_responsibility(row, person=cast.chief, words="再改。", version=3, **words)
    with pytest.raises(NotAllowed, match="局办公室"):
        campaign.edit_responsibility(fresh, person=cast.chief, words="再改。", version=1, by=cast.leader, on=LATER)
    assert clean() == []


def test_a_line_ends_with_its_reason(cast, plan, listed):
    row = listed[-1]
    words = {"by": cast.office, "on": LATER, "version": 1}
    for bad, why in (({"reason": " "}, "为什么移出"), ({"ends_on": date(2026, 12, 11)}, "晚于今天")):
        with pytest.raises(NotAllowed, match=why):
            campaign.end_responsibility(row, **{"ends_on": LATER, "reason": "完成", **words, **bad})
    with pytest.raises(NotAllowed, match="局办公室"):
        campaign.end_responsibility(row, ends_on=LATER, reason="完成", **{**words, "by": cast.chief})
    with pytest.raises(Stale):
        campaign.end_responsibility(row, ends_on=LATER, reason="完成", **{**words, "version": 7})
    campaign.end_responsibility(row, ends_on=LATER, reason="任务完成。", **words)
    assert row.until_on == date(2026, 12, 9) and row not in [one["row"] for one in shown(plan, LATER)]
    with pytest.raises(NotAllowed, match="已移出"):
        campaign.end_responsibility(row, ends_on=LATER, reason="再移", **words)
    assert clean() == []


def test_whoever_left_his_post_is_flagged_on_the_list(cast, plan, listed):
    org.relieve(cast.chief.posts.get(), ends_on=TODAY, by=cast.office, on=TODAY)
    told = {one["row"].person.name: one["lost"] for one in shown(plan) if one["lost"]}
    assert told == {"贺建民": "已不在本局任职"}


def test_the_table_file_holds_the_list_and_no_formula(cast, plan, listed):
    line = Line("DUTY", cast.handler, '=HYPERLINK("x")\x07', cast.planning)
    campaign.list_responsibilities(plan, lines=[line], by=cast.office, on=TODAY)
    sheet = load_workbook(io.BytesIO(answering.workbook(plan, shown(plan), TODAY))).active
    rows = list(sheet.iter_rows(min_row=3))
    assert [cell.value for cell in rows[0]] == [name for name, _ in answering.COLUMNS]
    assert len(rows) == len(listed) + 2 and rows[1][2].value == "陆远山"
    cells = [cell for row in rows for cell in row if cell.value]
    assert all(cell.data_type == "s" for cell in cells)
    assert any(cell.value == '=HYPERLINK("x")' for cell in cells)
