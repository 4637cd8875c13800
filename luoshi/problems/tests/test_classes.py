"""归类建制: problems grouped and taken out, a cure decided by a leader, 制度 registered and issued (2.3.1b)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.problems.models import Institution, ProblemClass
from luoshi.problems.queries.classes import alike, class_lines, suggested, tag_table, ungrouped
from luoshi.problems.services import classes as services
from luoshi.problems.services import institutions as made_by
from luoshi.problems.tests.checks import Checks
from luoshi.problems.tests.life import DAY, Life
from luoshi.records.models import Entry
from luoshi.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.3.1b")]


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.fixture
def row(life, cast):
    """A class of two problems."""
    several = [life.open(), life.open(title="向阳路窨井盖松动没人管")]
    return services.group(several, bureau=cast.bureau, name="窨井盖管护不到位", by=cast.office, on=DAY)


def decide(row: ProblemClass, cast, **words) -> ProblemClass:
    told = {"cure": "NEW", "title": "窨井设施管护办法", "decided_by": cast.leader, "by": cast.office, "on": DAY}
    return services.decide_cure(row, **(told | words))


@pytest.mark.clause("2.2.2.2b")
def test_problems_become_a_class_and_nobodys_form_is_disturbed(row, life, cast):
    one = row.problems.first()
    assert row.problems.count() == 2 and one.version == 1
    again = services.group([life.open(title="井盖又丢了")], bureau=cast.bureau, name=row.name, by=cast.office, on=DAY)
    assert again == row and row.problems.count() == 3
    services.ungroup(again, [one], by=cast.office, on=DAY, version=again.version)
    assert row.problems.count() == 2 and verify().ok
    with pytest.raises(Stale):
        services.ungroup(again, [row.problems.first()], by=cast.office, on=DAY, version=1)


def test_what_may_not_be_grouped(row, life, cast):
    with pytest.raises(NotAllowed, match="归入别的类别"):
        services.group([row.problems.first()], bureau=cast.bureau, name="另一类", by=cast.office, on=DAY)
    assert not ProblemClass.objects.filter(name="另一类").exists()
    with pytest.raises(NotAllowed, match="起个名称"):
        services.group([life.open(title="还有一件")], bureau=cast.bureau, name=" ", by=cast.office, on=DAY)
    for who in (cast.chief, cast.leader, cast.director, cast.verifier, cast.sysadmin, cast.stranger):
        with pytest.raises(NotAllowed, match="局办公室"):
            services.group([life.open(title="还有一件")], bureau=cast.bureau, name="类", by=who, on=DAY)


def test_an_item_of_a_personal_list_is_never_grouped_nor_suggested(row, cast):
    checks = Checks(cast)
    checks.round()
    item = checks.accepted(cast.handler)
    for who in (cast.office, cast.chief):
        with pytest.raises(NotAllowed):
            services.group([item], bureau=cast.bureau, row=row, by=who, on=DAY)
        seen = ungrouped(who, org.held(who, DAY), cast.bureau.pk, DAY)
        assert item not in seen
    assert all(item not in group.problems for group in suggested(seen))


def test_what_sounds_alike_is_suggested(row, life, cast):
    near, far = life.open(title="东门窨井盖松动"), life.open(title="审批材料一次没有讲清")
    second = life.open(title="审批材料要求前后不一")
    rows = ungrouped(cast.office, org.held(cast.office, DAY), cast.bureau.pk, DAY)
    groups = suggested(rows)
    assert [set(one.problems) for one in groups if one.alike] == [{far, second}]
    assert alike(row, list(row.problems.all()), rows) == [near]


def test_every_class_gets_its_word_new_revised_or_none_with_the_reason(row, life, cast):
    held = org.held(cast.office, DAY)
    lacking = lambda: class_lines(cast.office, held, cast.bureau.pk, DAY)[0].lacking
    assert lacking() == "还没定治本办法"
    for wrong, why in (
        ({"cure": "NONE", "title": ""}, "写明理由"),
        ({"cure": "REVISED", "title": ""}, "制度名称"),
        ({"cure": "LATER"}, "新建制度、修订制度"),
        ({"decided_by": None}, "局领导定"),
        ({"decided_by": cast.chief}, "局领导定"),
        ({"decided_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"by": cast.chief}, "没有这项职责"),
    ):
        with pytest.raises(NotAllowed, match=why):
            decide(row, cast, **wrong)
    assert not Institution.objects.exists()
    decide(row, cast)
    made = Institution.objects.get()
    assert (row.institution, row.decided_by, lacking()) == (made, cast.leader, "制度还没印发")
    made_by.edit_institution(
        made, title=made.title, cure="NEW", code="云住建字〔2026〕21号", issued_on=DAY, by=cast.office, on=DAY,
        version=made.version,
    )  # fmt: skip
    assert lacking() == ""
    with pytest.raises(NotAllowed, match="另定治本办法"):
        made_by.void_institution(made, reason="登错", by=cast.office, on=DAY)
    services.decide_cure(row, cure="NONE", reason="现行办法已够，重在落实", by=cast.leader, on=DAY)
    assert (row.institution, row.decided_by, lacking()) == (None, cast.leader, "")
    made_by.void_institution(made, reason="登错", by=cast.office, on=DAY)
    assert Entry.objects.filter(act="problems.decide_cure").count() == 2 and verify().ok


def test_undecided_stands_on_top_and_solved_is_counted(row, life, cast):
    decide(row, cast)
    other = services.group([life.open(title="电梯常坏")], bureau=cast.bureau, name="甲类", by=cast.office, on=DAY)
    lines = class_lines(cast.office, org.held(cast.office, DAY), cast.bureau.pk, DAY)
    assert [(one.row, one.problems, one.solved) for one in lines] == [(other, 1, 0), (row, 2, 0)]
    assert class_lines(cast.stranger, org.held(cast.stranger, DAY), cast.bureau.pk, DAY) == []
    seen = class_lines(cast.property_chief, org.held(cast.property_chief, DAY), cast.bureau.pk, DAY)
    assert [one.problems for one in seen] == [0, 0]  # its figures are what one may open


def test_a_class_is_renamed_and_withdrawn_only_when_empty(row, life, cast):
    services.edit_class(
        row, name="井盖管护", root_cause="没有管护单位", unit=cast.planning, by=cast.office, on=DAY, version=row.version
    )
    services.group([life.open(title="别的")], bureau=cast.bureau, name="别的", by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已经有"):
        services.edit_class(row, name="别的", root_cause="", unit=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="先移出"):
        services.void_class(row, reason="重复", by=cast.office, on=DAY)
    services.ungroup(row, list(row.problems.all()), by=cast.office, on=DAY)
    services.void_class(row, reason="重复", by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="作废"):
        services.group([life.open(title="再来")], bureau=cast.bureau, row=row, by=cast.office, on=DAY)
    assert verify().ok


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "制度名称"),
        ({"cure": "NONE"}, "新建还是修订"),
        ({"reform": "FIFTH"}, "改观念"),
        ({"issued_on": DAY + timedelta(days=1)}, "还没印发"),
        ({"issued_on": DAY, "in_use_on": DAY - timedelta(days=1)}, "不能早于印发"),
    ],
)
def test_a_bad_institution_is_refused(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        made_by.add_institution(**({"bureau": cast.bureau, "title": "办法", "by": cast.office, "on": DAY} | words))
    with pytest.raises(NotAllowed, match="没有这项职责"):
        made_by.add_institution(bureau=cast.bureau, title="办法", by=cast.chief, on=DAY)


@pytest.mark.clause("1.2")
def test_tags_are_counted_by_quarter_as_problems_not_people(life, cast):
    life.open(tags=["推", "慢"])
    life.open(title="第二件", tags=["推"], found_on=DAY.replace(month=2, day=3))
    life.open(title="去年的", tags=["推"], found_on=DAY.replace(year=2025))
    table = tag_table(cast.office, org.held(cast.office, DAY), cast.bureau.pk, 2026, DAY)
    assert [(one.tag, one.quarters, one.total) for one in table.lines] == [
        ("推", (1, 0, 1, 0), 2),
        ("慢", (0, 0, 1, 0), 1),
    ]
