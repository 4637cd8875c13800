"""长期离岗、未达原因、差额提醒: happy, wrong role, wrong state, stale, repeated."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.activities.models import Absence, Shortfall
from luoshi.activities.services.absences import end_absence, enter_absence, void_absence
from luoshi.activities.services.reminding import remind_gaps
from luoshi.activities.services.shortfalls import say_why_short
from luoshi.activities.tests.test_quota_queries import TODAY, asked, stands, studied
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.records.models import Entry

__all__ = ["asked"]
pytestmark = pytest.mark.django_db


def away(cast, **told):
    words = {
        "kind": "SICK",
        "from_on": date(2026, 9, 1),
        "until_on": None,
        "reason": "",
        "by": cast.office,
        "on": TODAY,
    }
    return enter_absence(bureau=cast.bureau, person=told.pop("person", cast.handler), **{**words, **told})


@pytest.mark.clause("2.2.1.1b")
def test_leave_makes_the_year_smaller_until_it_ends_or_is_withdrawn(asked):
    cast = asked
    row = away(cast)
    open_end = stands(cast, cast.handler, "study_days_year").need
    end_absence(row, until_on=date(2026, 9, 30), version=row.version, by=cast.office, on=TODAY)
    assert 0 < open_end < stands(cast, cast.handler, "study_days_year").need < 40
    void_absence(row, reason="登记错人", version=row.version, by=cast.office, on=TODAY)
    assert stands(cast, cast.handler, "study_days_year").need == 40
    acts = list(Entry.objects.filter(act__endswith="_absence").order_by("pk").values_list("act", flat=True))
    assert acts == [f"activities.{word}_absence" for word in ("enter", "end", "void")]


def test_leave_is_entered_by_the_office_alone_and_once_for_each_day(asked):
    cast = asked
    for by in (cast.handler, cast.chief, cast.director, cast.stranger):
        with pytest.raises(NotAllowed, match="局办公室"):
            away(cast, by=by)
    row = away(cast, until_on=date(2026, 9, 30))
    with pytest.raises(NotAllowed, match="时间重叠"):
        away(cast, from_on=date(2026, 9, 30))
    with pytest.raises(NotAllowed, match="不能早于"):
        away(cast, person=cast.chief, until_on=date(2026, 8, 1))
    with pytest.raises(NotAllowed, match="不是"):
        away(cast, person=cast.stranger)
    with pytest.raises(NotAllowed, match="类别"):
        away(cast, person=cast.chief, kind="HOLIDAY")
    away(cast, from_on=date(2026, 10, 1))
    with pytest.raises(NotAllowed, match="时间重叠"):
        end_absence(row, until_on=date(2026, 10, 8), version=None, by=cast.office, on=TODAY)


def test_two_officials_change_one_leave_and_one_wins(asked):
    cast = asked
    row = away(cast)
    seen = row.version
    end_absence(row, until_on=date(2026, 11, 1), version=seen, by=cast.office, on=TODAY)
    with pytest.raises(Stale):
        void_absence(Absence.objects.get(pk=row.pk), reason="重复", version=seen, by=cast.office, on=TODAY)
    with pytest.raises(NotAllowed, match="理由"):
        void_absence(row, reason=" ", version=None, by=cast.office, on=TODAY)
    void_absence(row, reason="重复", version=None, by=cast.office, on=TODAY)
    for again in (
        lambda: void_absence(row, reason="重复", version=None, by=cast.office, on=TODAY),
        lambda: end_absence(row, until_on=TODAY, version=None, by=cast.office, on=TODAY),
    ):
        with pytest.raises(NotAllowed, match="已经作废"):
            again()


def why(cast, person, by, slot="study_days_year", period="2026", reason="抽调防汛值守"):
    return say_why_short(
        bureau=cast.bureau, person=person, slot=slot, period=period, reason=reason, by=by, on=TODAY
    )  # fmt: skip


@pytest.mark.clause("2.2.1.1b")
def test_the_reason_is_said_once_by_the_person_or_his_head(asked):
    cast = asked
    why(cast, cast.handler, cast.handler)
    with pytest.raises(NotAllowed, match="林晓舟已在2026-11-24填写过"):
        why(cast, cast.handler, cast.chief)
    why(cast, cast.second_handler, cast.chief, slot="study_weekly", period="2026-W10")
    assert Shortfall.objects.count() == 2
    for by in (cast.office, cast.neighbour, cast.director, cast.leader):
        with pytest.raises(NotAllowed, match="由本人或其单位负责人填写"):
            why(cast, cast.window, by)


@pytest.mark.parametrize(
    ("slot", "period", "said"),
    [
        ("study_weekly", "2026-W08", "没有差额"), ("study_weekly", "2026-W52", "没有差额"),
        ("study_days_year", "2027", "没有这项要求"), ("feedback_days", "2026", "没有这项要求"),
        ("research_days_year", "2026", "没有差额"), ("study_days_year", "x", "没有这项要求"),
    ],
)  # fmt: skip
def test_where_nothing_is_short_no_reason_is_taken(asked, slot, period, said):
    with pytest.raises(NotAllowed, match=said):
        why(asked, asked.handler, asked.handler, slot=slot, period=period)


def test_an_empty_or_endless_reason_is_refused(asked):
    for reason in ("  ", "长" * 301):
        with pytest.raises(NotAllowed, match="一两句话"):
            why(asked, asked.handler, asked.handler, reason=reason)


@pytest.mark.clause("2.2.1.1c")
def test_the_reminder_comes_once_on_the_last_working_day_and_never_on_a_rest_day(asked):
    cast = asked
    monday, friday, saturday = date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 7)
    studied(cast, cast.chief, days=(monday,))
    assert remind_gaps(monday) == 0 and remind_gaps(saturday) == 0
    assert remind_gaps(friday) > 0 and remind_gaps(friday) == 0
    told = Notice.objects.filter(user=cast.handler, kind="activities.gap")
    assert [one.title for one in told] == ["本周学习还没有记满0.5天，学过的请补记"]
    assert not Notice.objects.filter(user__in=[cast.chief, cast.sysadmin, cast.stranger]).exists()


@pytest.mark.clause("2.2.2.3b")
def test_a_leader_is_reminded_of_the_month_and_nobody_on_leave_is(asked):
    cast = asked
    away(cast, person=cast.leader, from_on=date(2026, 11, 20))
    assert remind_gaps(date(2026, 11, 27)) > 0
    titles = set(Notice.objects.filter(user=cast.second_leader).values_list("title", flat=True))
    assert "本月入企业、下基层或蹲点还没有记录，去过的请补记" in titles
    assert not Notice.objects.filter(user=cast.leader).exists()
    before = Notice.objects.count()
    remind_gaps(date(2026, 11, 30))
    fresh = Notice.objects.order_by("pk")[before:]
    assert not any("本月" in one.title and one.user_id == cast.second_leader.pk for one in fresh)
