"""一线锻炼: proposed, decided, dated, extended, ended; who may and who may not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.cadres import services
from luoshi.cadres.models import Posting
from luoshi.cadres.rules import followups
from luoshi.cadres.services.clockwork import remind
from luoshi.cadres.tests.life import BEGAN, DAY, ENDS, PAPER, assigned, clean, done_matter, drawn, proposed
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.workdays.rules import Calendar

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.5a")]


@pytest.mark.clause("2.2.5.5b")
@pytest.mark.parametrize(
    ("from_on", "until_on", "months", "days"),
    [
        (date(2026, 3, 2), date(2027, 3, 1), 6, ["2026-09-02", "2027-03-01"]),
        (date(2026, 1, 1), date(2026, 5, 31), 6, ["2026-06-01"]),
        (date(2026, 8, 31), date(2027, 8, 31), 6, ["2027-03-01", "2027-08-31"]),
        (date(2026, 1, 5), date(2026, 7, 20), 6, ["2026-07-20"]),
        (date(2026, 1, 5), date(2027, 1, 5), 3, ["2026-04-06", "2026-07-06", "2026-10-05", "2027-01-05"]),
    ],
)
def test_follow_ups_fall_on_working_days_by_the_rhythm_and_at_the_end(from_on, until_on, months, days):
    assert [one.on.isoformat() for one in followups(from_on, until_on, months, Calendar())] == days


def test_the_body_decides_and_the_cadre_and_his_mentor_are_told(life):
    found = proposed(life, linked=[done_matter(life)])
    assert found.state == "PROPOSED" and not found.follow_ups.exists()
    services.assign(found, version=1, by=life.office, on=DAY, decided_by=life.director, **PAPER)
    assert (found.state, found.decided_by, found.body) == ("ASSIGNED", life.director, "局党委会")
    assert [(one.number, one.due_on) for one in found.follow_ups.all()] == [
        (1, date(2026, 10, 8)),
        (2, ENDS),
    ]
    assert found.months == 6 and "半年" in found.citation
    told = Notice.objects.filter(kind="cadres.assign").values_list("user", flat=True)
    assert set(told) == {life.handler.pk, life.neighbour.pk} and clean() == []


@pytest.mark.parametrize("who", ["handler", "chief", "leader", "discipline", "window", "sysadmin", "stranger"])
def test_only_the_personnel_side_proposes(life, who):
    with pytest.raises(NotAllowed, match="局办公室或主要领导"):
        proposed(life, life.second_handler, by=getattr(life, who))


def test_in_his_own_case_an_office_clerk_has_no_hand(life):
    with pytest.raises(NotAllowed, match="本人不能"):
        proposed(life, life.office)
    found = proposed(life, life.office, by=life.director)
    with pytest.raises(NotAllowed, match="没有“确定锻炼”的职责"):
        services.assign(found, version=None, by=life.office, on=DAY, decided_by=life.director, **PAPER)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"kind": "REST"}, "请选择重点项目"),
        ({"post": " "}, "锻炼岗位"),
        ({"aims": "长" * 301}, "不超过300字"),
        ({"until_on": BEGAN}, "晚于开始日期"),
    ],
)
def test_bad_input_is_refused(life, words, why):
    with pytest.raises(NotAllowed, match=why):
        proposed(life, **words)


def test_mentor_unit_and_time_are_checked(life):
    for words, why in (({"mentor": life.handler}, "另一名干部"), ({"mentor": life.stranger}, "另一名干部"),
                       ({"unit": life.other_unit}, "本局的单位"),
                       ({"cadre": life.stranger}, "不在本局任职")):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            proposed(life, **words)
    assigned(life)
    with pytest.raises(NotAllowed, match="已经有一项一线锻炼"):
        proposed(life)


def test_a_decision_needs_its_paper_and_the_right_person(life):
    found = proposed(life)
    for words, why in (({}, "写明出处"), ({"source_note": "纪要"}, "请填写主持研究的主要领导"),
                       ({"source_note": "纪要", "decided_by": life.leader}, "不是本局主要领导"),
                       ({**PAPER, "decided_by": life.director, "decided_on": DAY + timedelta(1)},
                        "不能晚于今天")):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            services.assign(found, version=None, by=life.office, on=DAY, **words)
    services.assign(found, version=1, by=life.director, on=DAY, **PAPER)
    with pytest.raises(NotAllowed, match="锻炼中"):
        services.assign(found, version=None, by=life.director, on=DAY, **PAPER)
    with pytest.raises(Stale):
        services.end(found, ended_on=DAY, reason="期满", version=1, by=life.office, on=DAY)


def test_a_later_end_moves_what_is_to_come_and_keeps_the_first(life):
    found = drawn(life).posting
    later = date(2027, 9, 1)
    services.extend(found, until_on=later, reason="项目未完", version=None, by=life.director, on=DAY, **PAPER)
    assert (found.until_on, found.original_until_on) == (later, ENDS)
    assert [(one.number, one.due_on.isoformat()) for one in found.follow_ups.all()] == [
        (1, "2026-10-08"), (2, "2027-04-01"), (3, "2027-09-01")
    ]  # fmt: skip
    ended = DAY + timedelta(days=1)  # the facts were drawn until DAY: one day is left to look at
    services.end(found, ended_on=ended, reason="任务完成，回原单位", version=None, by=life.office, on=ended)
    left = [(one.number, one.period_from, one.due_on) for one in found.follow_ups.all()][1:]
    assert left == [(2, ended, ended)] and clean() == []


def test_nothing_is_left_to_follow_up_when_it_ends_on_the_day_its_facts_were_drawn(life):
    found = drawn(life).posting
    services.end(found, ended_on=DAY, reason="任务完成，回原单位", version=None, by=life.office, on=DAY)
    assert [one.number for one in found.follow_ups.all()] == [1] and clean() == []


def test_what_was_proposed_may_be_changed_or_withdrawn(life):
    found = proposed(life)
    kept = {"kind": "URGENT", "post": "防汛专班", "unit": life.property, "from_on": BEGAN,
            "until_on": date(2026, 12, 1),
            "aims": "练应急。", "mentor": None, "batch": ""}  # fmt: skip
    services.edit_posting(found, version=1, by=life.office, on=DAY, **kept)
    assert (found.kind, found.mentor, found.original_until_on) == ("URGENT", None, date(2026, 12, 1))
    with pytest.raises(NotAllowed, match="要写明理由"):
        services.withdraw_posting(found, reason=" ", version=None, by=life.office, on=DAY)
    services.withdraw_posting(found, reason="人选另定", version=None, by=life.office, on=DAY)
    assert found.state == "WITHDRAWN" and clean() == [] and Posting.objects.count() == 1


@pytest.mark.clause("2.2.5.5b")
def test_the_daily_job_reminds_the_office_and_the_person_few_times(life):
    found = drawn(life)
    Notice.objects.all().delete()
    friday = date(2026, 10, 9)
    assert remind(on=friday) == 2 and remind(on=friday) == 0
    assert remind(on=date(2026, 10, 11)) == 0, "a rest day"
    assert set(Notice.objects.values_list("user", flat=True)) == {life.office.pk, life.handler.pk}
    assert Notice.objects.filter(user=life.handler, key=f"cadres:unread:{found.pk}").exists()
