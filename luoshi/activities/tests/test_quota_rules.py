"""学习、调研的要求: what is asked of whom, what counts, how it is told; nothing asked where nobody worked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.activities.rules.quotas import (
    Ask,
    Asked,
    Away,
    Grid,
    State,
    Version,
    clipped,
    closing,
    current,
    explain,
    forecast,
    gap_words,
    line,
    minus,
    periods,
    spread,
    standing,
    why_void,
)
from luoshi.workdays.rules import Calendar

FIRST, LAST, ALWAYS = date(2026, 1, 1), date(2026, 12, 31), [(date(2021, 1, 1), None)]
OFF = {
    *(date(2026, 2, day) for day in range(15, 24)), date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 6),
    date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5), date(2026, 6, 19), date(2026, 9, 25),
    *(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
}  # fmt: skip
ON = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)}
OFFICIAL = Calendar(
    dict.fromkeys(OFF, (False, "放假")) | dict.fromkeys(ON, (True, "调休上班")), frozenset({2025, 2026})
)


def asked(number=20, unit="DAY", rhythm="YEAR", *, since=date(2021, 1, 1), until=date.max, whole=False, least=1):
    version = Version(since, until, number, "方案条款“二/第二阶段/1/一是”")
    ask = Ask("study_days_year", "年度学习天数", unit, rhythm, (version,), whole, least)
    return Asked(ask, Grid(rhythm, 2026, OFFICIAL))


def stands(what, credits=(), *, on=date(2026, 12, 31), member=ALWAYS, away=()):
    laid = [one if len(one) == 3 else (one[0], None, one[1]) for one in credits]
    return standing(what, member=member, away=away, credits=laid, on=on)


WEEKLY = asked(0.5, "DAY", "WEEK")
MONTHLY = asked(1, "TIME", "MONTH", least=0)


@pytest.mark.clause("2.2.1.1b")
def test_a_whole_year_is_asked_whole():
    one = stands(asked(), [(date(2026, 3, 4), 27)])
    assert one.share.days == (248,) and one.need == 40 and one.total == 27
    assert line(one) == "已记13.5天，应有20天，还差6.5天" and gap_words(one) == "差6.5天"
    assert stands(asked(), [(date(2026, 3, 4), 41)]).state(0) is State.MET


@pytest.mark.clause("2.2.1.1b")
def test_who_joins_in_july_is_asked_for_the_days_since():
    one = stands(asked(), member=[(date(2026, 7, 1), None)])
    own = one.share.days[0]
    assert own == len([day for day in one.asked.grid.days if day >= date(2026, 7, 1)])
    assert one.need == 40 * own // 248
    told = "\n".join(explain(one))
    assert f"20天×应计{own}个工作日÷248个工作日＝" in told and "2026-01-01至2026-06-30不在本局" in told


@pytest.mark.clause("2.2.1.1b")
def test_long_leave_and_leaving_make_the_year_smaller_and_say_so():
    leave = Away(date(2026, 3, 1), date(2026, 5, 31), "产假、育儿假")
    one = stands(asked(), away=[leave])
    assert 0 < one.need < 40 and "不计：2026-03-01至2026-05-31产假、育儿假" in explain(one)
    left = stands(asked(), member=[(date(2021, 1, 1), date(2026, 6, 30))])
    assert (
        0 < left.need < 40
        and left.share.days[0] + stands(asked(), member=[(date(2026, 7, 1), None)]).share.days[0] == 248
    )
    gone = stands(asked(), away=[Away(date(2025, 12, 1), date(2027, 2, 1), "借调、抽调")])
    assert gone.nothing_asked and line(gone) == "今年不计" and why_void(gone, 0) == "工作日都在借调、抽调期间"


def test_moving_within_the_bureau_changes_nothing_and_a_gap_between_two_stays_is_left_out():
    moved = [(date(2021, 1, 1), date(2026, 5, 31)), (date(2026, 6, 1), None)]
    assert stands(asked(), member=moved).need == 40
    back = stands(asked(), member=[(date(2021, 1, 1), date(2026, 2, 28)), (date(2026, 11, 1), None)])
    assert back.need < 20
    away = stands(asked(), [(date(2026, 6, 1), 4), (date(2026, 11, 3), 2)], member=back.member)
    assert (away.total, away.outside) == (2, 4) and "另有2天记在不属本局的日期，未计入" in explain(away)


def test_a_plan_that_begins_in_march_asks_from_march():
    one = stands(asked(since=date(2026, 3, 1)), [(date(2026, 1, 8), 2)])
    assert one.need < 40 and one.total == 2, "what was studied before still counts"
    assert any("2026-01-01至2026-02-28没有这项要求" in told for told in explain(one))


def test_a_year_keeps_the_version_of_its_start_and_a_week_its_own():
    versions = (
        Version(date(2026, 1, 1), date(2026, 6, 30), 20, "第1版"),
        Version(date(2026, 7, 1), date.max, 30, "第2版"),
    )
    year = Asked(Ask("study_days_year", "", "DAY", "YEAR", versions), Grid("YEAR", 2026, OFFICIAL))
    assert stands(year).need == 40 and "期间内规则有改动的，按期初的版次执行到期末" in explain(stands(year))
    month = Asked(Ask("x", "", "TIME", "MONTH", versions), Grid("MONTH", 2026, OFFICIAL))
    assert stands(month).share.needs == (20,) * 6 + (30,) * 6


@pytest.mark.clause("2.2.1.1c")
def test_a_week_without_a_working_day_asks_nothing():
    one = stands(WEEKLY, on=date(2026, 2, 18))
    week = periods("WEEK", 2026)[7]
    assert (week.first, week.last) == (date(2026, 2, 16), date(2026, 2, 22))
    assert one.now == 7 and one.state(7) is State.VOID and one.left == 0
    assert current(one) == "第8周（2月16日至22日）没有工作日，不计"
    assert "不计：第8周（2月16日至22日）没有工作日" in explain(one)
    assert not closing(one, 7)


@pytest.mark.clause("2.2.1.1c")
def test_a_week_with_one_working_day_asks_half_a_day_and_a_sunday_counts():
    one = stands(WEEKLY, [(date(2026, 10, 11), 1)], on=date(2026, 10, 11))
    place = one.now
    assert one.asked.grid.workdays[place] == 3, "8, 9 and the make-up Saturday"
    assert one.state(place) is State.MET
    assert stands(WEEKLY, on=date(2026, 10, 11)).state(place) is State.OPEN
    assert stands(WEEKLY, on=date(2026, 10, 12)).state(place) is State.SHORT


@pytest.mark.clause("2.2.1.1b")
@pytest.mark.clause("2.2.1.1c")
def test_year_and_week_are_two_tests():
    heap = [(date(2026, 3, 2), date(2026, 3, 27), 40)]
    assert stands(asked(), heap).state(0) is State.MET
    assert stands(WEEKLY, heap).met == 3 + (1 if stands(WEEKLY, heap).done[12] else 0)
    thin = [(one.first, 1) for one in periods("WEEK", 2026) if one.first.year == 2026]
    assert stands(WEEKLY, thin).met == 51 and stands(asked(), thin).total == 52


@pytest.mark.clause("2.2.1.1c")
def test_leave_voids_its_weeks_but_not_a_week_begun_at_work():
    one = stands(WEEKLY, away=[Away(date(2026, 3, 4), date(2026, 3, 15), "病假")], on=date(2026, 4, 1))
    assert one.state(9) is State.SHORT and one.state(10) is State.VOID
    assert why_void(one, 10) == "工作日都在病假期间"


@pytest.mark.clause("2.2.2.3b")
def test_a_month_wants_one_stay_of_any_length_and_one_that_crosses_counts_in_both():
    one = stands(MONTHLY, [(date(2026, 3, 30), date(2026, 4, 2), 8), (date(2026, 5, 6), 0)], on=date(2026, 6, 30))
    assert one.done[:6] == (0, 0, 1, 1, 1, 0) and gap_words(one) == "1月、2月"
    assert one.state(5) is State.OPEN and closing(one, 7) and current(one) == "6月还差1次"


@pytest.mark.clause("2.2.2.3b")
def test_a_month_in_which_the_rule_began_or_one_was_hardly_there_asks_nothing():
    begun = stands(asked(1, "TIME", "MONTH", since=date(2026, 8, 28)), on=date(2026, 12, 31))
    assert [begun.state(place) for place in (6, 7, 8)] == [State.VOID, State.VOID, State.SHORT]
    assert why_void(begun, 7) == "还没有要求"
    joined = stands(MONTHLY, member=[(date(2026, 11, 30), None)])
    assert joined.state(10) is State.VOID and why_void(joined, 10) == "在岗不到半数工作日"
    assert why_void(joined, 9) == "不在本局" and joined.state(11) is State.OPEN
    ended = stands(asked(1, "TIME", "MONTH", until=date(2026, 10, 8)))
    assert why_void(ended, 9) == "已停止要求" and why_void(ended, 10) == "已停止要求"
    week = stands(asked(0.5, "DAY", "WEEK", since=date(2026, 3, 4)))
    assert week.state(9) is State.VOID and week.state(10) is State.SHORT


@pytest.mark.clause("2.2.2.3a")
def test_a_record_of_less_than_half_a_day_is_no_research_day():
    research = asked(30)
    one = stands(research, [(date(2026, 5, 6), 0), (date(2026, 5, 7), 1)])
    assert one.total == 1 and one.need == 60


def test_by_whole_days_two_halves_of_one_day_make_one_and_a_lone_half_none():
    one = stands(asked(whole=True), [(date(2026, 3, 2), 1), (date(2026, 3, 2), 1), (date(2026, 3, 3), 1)])
    assert one.total == 2 and "本局决定按整天记：同一天的半天合并，不足一天的不计" in explain(one)


def test_hours_are_counted_by_three_to_the_half_day():
    one = stands(asked(40, "HOUR"), [(date(2026, 3, 2), 5)])
    assert (one.total, one.need) == (30, 80) and line(one) == "已记15小时，应有40小时，还差25小时"


def test_a_quota_of_the_whole_activity_is_not_laid_over_a_year():
    assert stands(asked(20, "DAY", "ONCE")).nothing_asked


@pytest.mark.clause("2.2.1.1b")
def test_the_forecast_says_what_this_pace_comes_to():
    credits = [(date(2026, 1, 5) + timedelta(days=7 * week), 1) for week in range(16)]
    one = stands(asked(), credits, on=date(2026, 7, 5))
    assert forecast(one).startswith("按目前进度，到年底约") and forecast(one).endswith("天，应有20天")
    assert forecast(stands(asked(), on=date(2026, 1, 8))) == "", "too early to say"
    quick = stands(asked(), [(date(2026, 1, 5), 30)], on=date(2026, 6, 30))
    assert forecast(quick) == "按目前进度，到年底能达到20天"
    assert forecast(stands(asked(), [(date(2026, 1, 5), 40)], on=date(2026, 6, 30))) == "", "reached"
    assert forecast(stands(WEEKLY, on=date(2026, 6, 30))) == ""


DAYS = st.dates(date(2025, 12, 1), date(2027, 1, 31))
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda two: (min(two), max(two))), max_size=4)


@STEADY
@given(SPANS, SPANS)
def test_what_is_left_of_spans_is_what_is_in_them_and_not_taken_out(spans, away):
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    left = minus(clipped(spans, first, last), away)
    for day in (first + timedelta(days=n) for n in range(365)):
        inside = any(a <= day <= b for a, b in spans) and not any(a <= day <= b for a, b in away)
        assert any(a <= day <= b for a, b in left) == inside


@STEADY
@given(SPANS, SPANS, st.integers(1, 60))
def test_nobody_is_asked_more_than_the_plan_and_each_part_of_a_year_no_more_than_its_share(member, away, number):
    what = asked(number)
    leave = [Away(*span, "病假") for span in away]
    one = stands(what, member=member, away=leave)
    assert 0 <= one.need <= number * 2
    assert one.need * 248 <= number * 2 * one.share.days[0]
    more = stands(what, member=[*member, (FIRST, LAST)], away=leave)
    assert more.need >= one.need
    assert (one.need == number * 2) == (one.share.days[0] == 248)


@STEADY
@given(SPANS, SPANS, DAYS)
def test_weeks_are_owed_exactly_where_a_working_day_was(member, away, on):
    one = stands(WEEKLY, member=member, away=[Away(*span, "病假") for span in away], on=on)
    for place, week in enumerate(one.periods):
        days = [week.first + timedelta(days=n) for n in range(7)]
        own = [
            day for day in days
            if day in one.asked.grid.days and any(a <= day <= b for a, b in member)
            and not any(a <= day <= b for a, b in away)
        ]  # fmt: skip
        assert one.share.days[place] == len(own)
        assert (one.state(place) is State.VOID) == (not own)
    assert one.met <= one.owed and len(one.short) <= one.owed


@STEADY
@given(DAYS, st.integers(0, 20), st.integers(0, 30))
def test_half_days_are_neither_lost_nor_made_when_laid_on_their_days(first, length, half_days):
    laid = list(spread(first, first + timedelta(days=length), half_days))
    assert sum(number for _, number in laid) == half_days
    assert all(first <= on <= first + timedelta(days=length) for on, _ in laid)
