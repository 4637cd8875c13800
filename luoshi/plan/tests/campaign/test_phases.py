"""阶段与过关: prefilled from the text, dated by the bureau, checked, signed by a leader, taken back with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import clean
from luoshi.plan import services as plan_services
from luoshi.plan.campaign import page, proposals
from luoshi.plan.models import Duty, GateCheck, GateDecision, Phase
from luoshi.plan.services import campaign
from luoshi.plan.services.campaign.gates import Finding
from luoshi.plan.services.campaign.phases import PhaseWords
from luoshi.plan.services.importing.reading import draft
from luoshi.plan.tests.campaign.conftest import TEXT, TODAY
from luoshi.records import queries as records
from luoshi.records.services import stage

pytestmark = pytest.mark.clause("2.0")


def test_the_phases_are_read_from_the_text_with_their_dates(plan):
    told = [(one.name, one.clause.path, str(one.from_on), str(one.until_on)) for one in proposals.phases(plan)]
    assert told == [
        ("第一阶段 动员部署", "二/第一阶段", "2026-11-02", "2026-12-11"),
        ("第二阶段 组织实施", "二/第二阶段", "2026-12-01", "2028-06-30"),
        ("第三阶段 总结提升", "二/第三阶段", "None", "None"),
    ]


def test_all_are_set_in_one_act_and_overlap_only_with_a_word(cast, plan):
    rows = [PhaseWords(one.name, one.from_on, one.until_on, clause=one.clause) for one in proposals.phases(plan)]
    with pytest.raises(NotAllowed, match="交叉"):
        campaign.set_phases(plan, rows=rows, by=cast.office, on=TODAY)
    assert not Phase.objects.exists()
    rows[1] = PhaseWords(rows[1].name, rows[1].from_on, rows[1].until_on, "边动员边实施", rows[1].clause)
    made = campaign.set_phases(plan, rows=rows, by=cast.office, on=TODAY)
    assert [one.order for one in made] == [1, 2, 3] and made[1].overlap_reason == "边动员边实施"
    assert [one.act for one in records.trail(made[0])] == ["plan.set_phases"]
    with pytest.raises(NotAllowed, match="已设定阶段"):
        campaign.set_phases(plan, rows=rows, by=cast.office, on=TODAY)
    assert clean() == []


def test_one_phase_is_added_moved_and_taken_away(cast, plan, phases):
    words = PhaseWords("第四阶段 回头看", date(2028, 10, 1), date(2028, 12, 31))
    more = campaign.add_phase(plan, words=words, by=cast.office, on=TODAY)
    assert more.order == 4
    moved = PhaseWords("第四阶段 回头看", date(2028, 11, 1), date(2028, 12, 31))
    campaign.edit_phase(more, words=moved, version=1, by=cast.office, on=TODAY)
    assert (more.from_on, more.version) == (date(2028, 11, 1), 2)
    with pytest.raises(NotAllowed, match="没有变化"):
        campaign.edit_phase(more, words=moved, version=2, by=cast.office, on=TODAY)
    with pytest.raises(Stale):
        campaign.edit_phase(more, words=words, version=1, by=cast.office, on=TODAY)
    with pytest.raises(NotAllowed, match="为什么取消"):
        campaign.void_phase(more, reason="", version=2, by=cast.office, on=TODAY)
    campaign.void_phase(more, reason="并入第三阶段。", version=2, by=cast.office, on=TODAY)
    assert len(page.phases(plan, TODAY)) == 3
    with pytest.raises(NotAllowed, match="已取消"):
        campaign.edit_phase(more, words=words, version=3, by=cast.office, on=TODAY)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (PhaseWords("", None, None), "阶段名称"),
        (PhaseWords("尾", date(2028, 6, 1), date(2028, 7, 1)), "交叉"),
        (PhaseWords("尾", date(2026, 11, 10), date(2026, 11, 11), "有理由"), "早于"),
        (PhaseWords("尾", date(2028, 8, 2), date(2028, 8, 1)), "颠倒"),
        (PhaseWords("尾", None, date(2028, 8, 1)), "没有写起日"),
        (PhaseWords("尾", date(2028, 8, 1), date(2030, 8, 1)), "晚于方案的实施止日2028-09-30"),
    ],
)
def test_dates_that_may_not_be(cast, plan, phases, words, why):
    campaign.edit_plan(plan, by=cast.office, on=TODAY, version=1, from_on=date(2026, 11, 2), until_on=date(2028, 9, 30))
    with pytest.raises(NotAllowed, match=why):
        campaign.add_phase(plan, words=words, by=cast.office, on=TODAY)
    assert Phase.objects.count() == 3


def test_rest_days_are_hinted_at_not_refused(cast, plan, phases):
    words = PhaseWords("第四阶段", date(2028, 10, 1), date(2028, 12, 31))
    campaign.add_phase(plan, words=words, by=cast.office, on=TODAY)
    hints = page.phases(plan, TODAY)[3]["hints"]
    assert hints[0].startswith("起日2028-10-01是周日休息") and "最后一个工作日是2028-12-29" in hints[1]


def test_the_states_follow_from_dates_and_gates(cast, plan, phases):
    told = [(one["word"], one["early"]) for one in page.phases(plan, TODAY)]
    assert told == [("到期未过关", False), ("进行中", True), ("未定日期", False)]
    assert [one["early"] for one in page.phases(plan, date(2026, 11, 22))] == [False, False, False]


def test_checks_come_from_the_confirmed_duties_of_the_phase(cast, plan, phases):
    offered = proposals.checks(phases[0])
    assert [one.clause.path for one, _ in offered] == ["二/第一阶段"] * len(offered) and len(offered) >= 2
    assert all(ticked for _, ticked in offered)
    duties = [one for one, _ in offered]
    made = campaign.choose_checks(
        phases[0], duties=duties[:1], words=["小结已报领导小组", "  "], version=1, by=cast.office, on=TODAY
    )
    assert [(one.duty, one.words) for one in made] == [(duties[0], duties[0].act), (None, "小结已报领导小组")]
    assert [one for one, _ in proposals.checks(phases[0])] == duties[1:]
    with pytest.raises(NotAllowed, match="至少选一项"):
        campaign.choose_checks(phases[0], duties=duties[:1], words=[], version=2, by=cast.office, on=TODAY)
    plan_services.restore_duty(duties[1], by=cast.office, on=TODAY, version=duties[1].version)
    with pytest.raises(NotAllowed, match="退回待确认"):
        campaign.choose_checks(phases[0], duties=[duties[1]], words=[], version=2, by=cast.office, on=TODAY)


def test_what_was_found_is_written_with_name_date_and_reason(cast, plan, first, find):
    with pytest.raises(NotAllowed, match="写明理由"):
        find(first, {"各单位已传达": Finding("UNMET", " ")})
    assert find(first, {"各单位已传达": Finding("UNMET", "两个单位因防汛未开。")}) == 2
    met, unmet = first.checks.order_by("order")
    assert (met.met_on, met.met_by) == (TODAY, cast.office)
    assert (unmet.met_on, unmet.met_by, unmet.note) == (None, cast.office, "两个单位因防汛未开。")
    with pytest.raises(NotAllowed, match="没有变化"):
        find(first, {"各单位已传达": Finding("UNMET", "两个单位因防汛未开。")})
    assert find(first, {"各单位已传达": Finding("DROPPED", "已改为书面传达。")}) == 1
    assert first.checks.filter(void=False).count() == 1
    with pytest.raises(NotAllowed, match="晚于今天"):
        campaign.check_gate(
            first, findings={met.pk: Finding("OPEN")}, met_on=date(2026, 11, 25), version=first.version,
            by=cast.office, on=TODAY,
        )  # fmt: skip
    assert clean() == []


def test_the_gate_is_signed_by_a_leaders_decision_that_the_office_enters(cast, plan, first, find, sign):
    find(first, {"各单位已传达": Finding("UNMET", "两个单位因防汛未开。")})
    token = stage(SimpleUploadedFile("纪要.txt", "同意过关。".encode()), by=cast.office).pk
    said = sign(first, source="", staged=[token], note="同意。")
    assert first.signed_on == TODAY
    assert (said.decided_by, said.operator, said.paper.name) == (cast.director, cast.office, "纪要.txt")
    told = records.trail(first)[0]
    assert (told.act, told.actor, told.decided_by) == ("plan.sign_gate", "顾清禾", "陆远山")
    assert [one["word"] for one in page.phases(plan, TODAY)][:2] == ["已过关", "进行中"]
    assert not page.phases(plan, TODAY)[1]["early"]
    with pytest.raises(NotAllowed, match="已于2026-11-24过关"):
        sign(first)
    assert clean() == []


def test_a_leader_signs_himself_without_paper(cast, plan, first, find):
    find(first)
    said = campaign.sign_gate(first, version=first.version, by=cast.leader, on=TODAY)
    assert (said.decided_by, said.operator, said.source) == (cast.leader, cast.leader, "")


def test_a_gate_is_not_signed_too_early(cast, plan, phases, first, find, sign):
    with pytest.raises(NotAllowed, match="还有2项没有核对"):
        sign(first)
    with pytest.raises(NotAllowed, match="上一阶段“第一阶段 动员部署”还没有过关"):
        sign(phases[1])
    with pytest.raises(NotAllowed, match="没有定起止日期"):
        sign(phases[2])
    find(first)
    with pytest.raises(NotAllowed, match="还没有开始"):
        sign(first, decided_on=date(2026, 11, 1))
    sign(first)
    with pytest.raises(NotAllowed, match="还没有定过关事项"):
        sign(phases[1])
    assert GateDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"source": " "}, "写明会议或批示的出处"),
        ({"decided_by": None}, "请选择作出决定的领导"),
        ({"decided_on": date(2026, 11, 25)}, "晚于今天"),
    ],
)
def test_a_decision_names_who_when_and_where(first, find, sign, words, why):
    find(first)
    with pytest.raises(NotAllowed, match=why):
        sign(first, **words)
    assert not GateDecision.objects.exists()


def test_only_leaders_decide(cast, first, find, sign):
    find(first)
    with pytest.raises(NotAllowed, match="不是本局领导"):
        sign(first, decided_by=cast.chief)
    for who in ("chief", "handler", "discipline", "stranger", "sysadmin"):
        with pytest.raises(NotAllowed, match="局领导决定"):
            sign(first, by=getattr(cast, who), decided_by=None)
        with pytest.raises(NotAllowed, match="局领导决定"):
            sign(first, by=getattr(cast, who))


def test_signing_is_taken_back_the_same_way_and_both_stay(cast, plan, phases, first, find, sign):
    find(first)
    with pytest.raises(NotAllowed, match="还没有过关"):
        campaign.withdraw_gate(first, version=first.version, note="错了", by=cast.leader, on=TODAY)
    sign(first)
    with pytest.raises(NotAllowed, match="为什么撤回"):
        campaign.withdraw_gate(first, version=first.version, note=" ", by=cast.leader, on=TODAY)
    with pytest.raises(NotAllowed, match="早于过关日期"):
        campaign.withdraw_gate(
            first, version=first.version, note="错了", by=cast.leader, on=TODAY, decided_on=date(2026, 11, 20)
        )
    campaign.withdraw_gate(first, version=first.version, note="传达情况不实。", by=cast.leader, on=TODAY)
    assert first.signed_on is None
    assert [one.kind for one in first.decisions.all()] == ["SIGN", "WITHDRAW"]
    assert page.phases(plan, TODAY)[1]["early"]
    sign(first)
    second = phases[1]
    campaign.choose_checks(second, duties=[], words=["完成"], version=1, by=cast.office, on=TODAY)
    find(second)
    sign(second)
    with pytest.raises(NotAllowed, match="先撤回后一阶段"):
        campaign.withdraw_gate(first, version=first.version, note="错了。", by=cast.leader, on=TODAY)
    assert clean() == []


def test_a_passed_phase_stays_as_it_was_decided(cast, plan, first, find, sign):
    find(first)
    sign(first)
    words = PhaseWords(first.name, date(2026, 11, 3), date(2026, 11, 20))
    for act in (
        lambda: campaign.edit_phase(first, words=words, version=first.version, by=cast.office, on=TODAY),
        lambda: campaign.void_phase(first, reason="不要了", version=first.version, by=cast.office, on=TODAY),
        lambda: campaign.choose_checks(
            first, duties=[], words=["再加"], version=first.version, by=cast.office, on=TODAY
        ),
        lambda: find(first, {"动员会已召开": Finding("OPEN")}),
    ):
        with pytest.raises(NotAllowed, match="先撤回过关"):
            act()


def test_everything_about_phases_is_the_offices_and_never_stale(cast, plan, phases, first, find, sign, wrong):
    words = PhaseWords("尾", None, None)
    for who in wrong.keepers:
        by = getattr(cast, who)
        for act in (
            lambda by=by: campaign.add_phase(plan, words=words, by=by, on=TODAY),
            lambda by=by: campaign.edit_phase(first, words=words, version=first.version, by=by, on=TODAY),
            lambda by=by: campaign.void_phase(first, reason="x", version=first.version, by=by, on=TODAY),
            lambda by=by: campaign.choose_checks(first, duties=[], words=["x"], version=2, by=by, on=TODAY),
            lambda by=by: find(first, by=by),
        ):
            with pytest.raises(NotAllowed, match="局办公室"):
                act()
    old = first.version - 1
    for act in (
        lambda: campaign.edit_phase(first, words=words, version=old, by=cast.office, on=TODAY),
        lambda: campaign.void_phase(first, reason="x", version=old, by=cast.office, on=TODAY),
        lambda: campaign.choose_checks(first, duties=[], words=["x"], version=old, by=cast.office, on=TODAY),
        lambda: campaign.check_gate(first, findings={}, met_on=TODAY, version=old, by=cast.office, on=TODAY),
        lambda: sign(first, version=old),
        lambda: campaign.withdraw_gate(first, version=old, note="x", by=cast.leader, on=TODAY),
    ):
        with pytest.raises(Stale):
            act()


def test_the_database_itself_refuses_nonsense(cast, phases, first):
    row = {"phase": first, "decided_by": cast.director, "decided_on": TODAY, "entered_on": TODAY}
    for words in ({"kind": "WITHDRAW", "note": ""}, {"kind": "SIGN", "decided_on": date(2026, 12, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GateDecision.objects.create(**{**row, **words})
    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.filter(pk=phases[2].pk).update(signed_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        GateCheck.objects.filter(phase=first).update(met_on=TODAY, met_by=None)


def test_a_new_version_of_the_plan_proposes_no_check_twice(cast, plan, phases):
    duties = [one for one, _ in proposals.checks(phases[0])]
    campaign.choose_checks(phases[0], duties=duties[:1], words=[], version=1, by=cast.office, on=TODAY)
    text = TEXT.replace("局办公室及时总结好做法。", "局办公室及时总结好做法，按季通报。")
    adopted = plan_services.adopt_version(
        plan, by=cast.office, on=TODAY, seen=1, found=draft(text, bureau=cast.bureau, on=TODAY), content=text
    )
    assert proposals.checks(phases[0]) == []  # what is not confirmed in the new text is not proposed
    plan_services.carry_over(adopted, by=cast.office, on=TODAY)
    again = [one for one, _ in proposals.checks(phases[0])]
    assert [one.act for one in again] == [one.act for one in duties[1:]] and again[0].clause.version == adopted
    same = Duty.objects.get(carried_from=duties[0])
    with pytest.raises(NotAllowed, match="至少选一项"):
        campaign.choose_checks(phases[0], duties=[same], words=[], version=2, by=cast.office, on=TODAY)
