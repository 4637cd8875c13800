"""查摆轮次: one act for all, reviewers by default, coverage by unit with leaders first."""

from __future__ import annotations

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org_queries
from luoshi.org import services as org
from luoshi.problems.models import SelfCheck, SelfCheckRound
from luoshi.problems.queries.desk_selfcheck import check_desk
from luoshi.problems.queries.selfcheck import cover, free_title
from luoshi.problems.services import rounds
from luoshi.problems.services import selfcheck as services
from luoshi.problems.tests.checks import DUE, Checks
from luoshi.problems.tests.life import DAY
from luoshi.records.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def checks(cast):
    return Checks(cast)


@pytest.mark.clause("2.2.3.7")
def test_one_act_gives_everybody_a_list_and_each_his_reviewer(checks, cast):
    checks.round()
    found = {one.person: one.reviewer for one in SelfCheck.objects.select_related("person", "reviewer")}
    assert found[cast.handler] == found[cast.second_handler] == cast.chief
    assert found[cast.chief] == found[cast.neighbour] == cast.leader
    assert found[cast.housing_chief] == cast.second_leader
    assert found[cast.leader] == found[cast.second_leader] == found[cast.office] == cast.director
    assert found[cast.director] is None
    for outside in (cast.discipline, cast.sysadmin, cast.secadmin, cast.auditor, cast.stranger):
        assert outside not in found
    assert Notice.objects.filter(kind="problems.check_open").count() == len(found)
    assert verify().ok


def test_only_these_units_and_later_everybody_who_has_none(checks, cast):
    made = checks.round(units=[cast.planning])
    assert {one.person for one in SelfCheck.objects.all()} == {cast.chief, cast.handler, cast.second_handler}
    rounds.widen_round(made, by=cast.office, on=DAY, version=made.version)
    assert SelfCheck.objects.filter(person=cast.neighbour).exists()
    with pytest.raises(NotAllowed, match="不用补发"):
        rounds.widen_round(made, by=cast.office, on=DAY)
    with pytest.raises(Stale):
        rounds.widen_round(made, by=cast.office, on=DAY, version=1)
    assert verify().ok


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "名称"),
        ({"due_on": DAY.replace(day=1)}, "已经过去"),
        ({"by": "chief"}, "局办公室发起"),
        ({"by": "director"}, "局办公室发起"),
        ({"by": "sysadmin"}, "局办公室发起"),
        ({"units": "other_unit"}, "不属于本局"),
    ],
)
def test_a_round_that_may_not_be_opened(checks, cast, words, why):
    told = dict(words)
    if "by" in told:
        told["by"] = getattr(cast, told["by"])
    if "units" in told:
        told["units"] = [getattr(cast, told["units"])]
    with pytest.raises(NotAllowed, match=why):
        checks.round(**told)
    assert not SelfCheckRound.objects.exists()


def test_a_title_is_used_once_and_a_change_reaches_the_lists(checks, cast):
    made = checks.round()
    with pytest.raises(NotAllowed, match="已经有一轮"):
        checks.round()
    rounds.change_round(made, title="新名称", due_on=DUE.replace(day=20), by=cast.office, on=DAY, version=1)
    assert set(SelfCheck.objects.values_list("round", "due_on")) == {("新名称", DUE.replace(day=20))}
    with pytest.raises(Stale):
        rounds.change_round(made, title="旧表单", due_on=DUE, by=cast.office, on=DAY, version=1)
    assert verify().ok


def test_the_name_offered_was_not_used_yet(checks, cast):
    assert free_title(cast.bureau.pk, DAY) == "2026年第三季度查摆"
    checks.round()
    assert free_title(cast.bureau.pk, DAY) == "2026年第三季度查摆第2轮"
    checks.round(title="2026年第三季度查摆第2轮")
    assert free_title(cast.bureau.pk, DAY) == "2026年第三季度查摆第3轮"


def test_the_desk_tells_each_what_he_owes_and_the_office_that_a_round_runs(checks, cast):
    made = checks.round()
    desk = check_desk(cast.handler, org_queries.held(cast.handler, DAY), DAY)
    assert [(one.check.person, one.act) for one in desk.mine] == [(cast.handler, "填写")] and not desk.to_review
    checks.fill(cast.handler)
    assert check_desk(cast.handler, org_queries.held(cast.handler, DAY), DAY).empty
    desk = check_desk(cast.chief, org_queries.held(cast.chief, DAY), DAY)
    assert [(one.check.person, one.act) for one in desk.to_review] == [(cast.handler, "审核")]
    desk = check_desk(cast.office, org_queries.held(cast.office, DAY), DAY)
    assert [(one.round, one.accepted) for one in desk.rounds] == [(made, 0)]
    assert check_desk(cast.office, org_queries.held(cast.office, DAY), DUE.replace(day=16)).rounds == []


def test_the_office_names_a_reviewer_and_sees_no_list_for_it(checks, cast):
    checks.round()
    check = checks.of(cast.director)
    for wrong, why in ((cast.director, "自己审核"), (cast.stranger, "在岗"), (cast.sysadmin, "在岗")):
        with pytest.raises(NotAllowed, match=why):
            rounds.name_reviewer(check, reviewer=wrong, by=cast.office, on=DAY)
    rounds.name_reviewer(check, reviewer=cast.leader, by=cast.office, on=DAY)
    assert checks.of(cast.director).reviewer == cast.leader
    with pytest.raises(NotAllowed, match="没有这项职责"):
        rounds.name_reviewer(check, reviewer=cast.leader, by=cast.chief, on=DAY)


@pytest.mark.clause("3.1b")
def test_coverage_names_who_has_an_accepted_list_and_hints_that_leaders_go_first(
    checks, cast, django_assert_num_queries
):
    made = checks.round()
    assert cover(made, DAY).leaders_left == 0
    checks.accepted(cast.handler)
    late = org.add_person(
        username="1298", name="后来人", personnel_type="CIVIL_SERVANT", by=None, on=DAY, password=None
    )
    org.appoint(late, unit=cast.planning, duty="HANDLER", by=None, on=DAY)
    with django_assert_num_queries(4):
        found = cover(made, DAY)
    planning = next(one for one in found.units if one.unit == cast.planning)
    assert found.units[0].unit == cast.team and found.leaders_left == 3
    assert (planning.accepted, set(planning.waiting), planning.missing) == (
        [cast.handler], {cast.chief, cast.second_handler}, [late],
    )  # fmt: skip
    assert (found.accepted, found.missing) == (1, 1) and [one.person for one in found.unreviewed] == [cast.director]
    rounds.name_reviewer(checks.of(cast.director), reviewer=cast.leader, by=cast.office, on=DAY)
    for who in (cast.leader, cast.second_leader, cast.director):
        check = checks.fill(who)
        services.accept_check(check, by=check.reviewer, on=DAY)
    assert cover(made, DAY).leaders_left == 0
