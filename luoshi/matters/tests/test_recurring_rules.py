"""第几个工作日: around the long holidays, at the edges of years, and for every rule anybody may enter."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from luoshi.matters.rules.recurring import MONTHS, following, occurrence, period_of, upcoming
from luoshi.workdays import queries as workdays
from luoshi.workdays import services
from luoshi.workdays.rules import Calendar, is_workday, workdays_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1a")]


@pytest.fixture
def calendar(db):
    services.load_official(by=None, on=date(2026, 9, 1))
    return workdays.calendar()


def told(calendar, rhythm, on, nth, ahead=0):
    return occurrence(period_of(rhythm, on), nth, ahead, calendar)


def test_the_first_working_day_of_october_comes_after_national_day(calendar):
    first = told(calendar, "MONTH", date(2026, 10, 1), 1, 3)
    assert (first.due, first.hand_on) == (date(2026, 10, 8), date(2026, 9, 28))
    third = told(calendar, "MONTH", date(2026, 10, 1), 3)
    assert third.due == date(2026, 10, 10), "the Saturday made up for counts"
    assert first.awaiting == () and "提前3个工作日" in first.lines[-1]


def test_spring_festival_2026_is_stepped_over_and_2027_is_provisional(calendar):
    festival = told(calendar, "MONTH", date(2026, 2, 1), 11)
    assert festival.due == date(2026, 2, 14) and festival.awaiting == (), "a Saturday made up for, before the festival"
    assert told(calendar, "MONTH", date(2026, 2, 1), 12).due == date(2026, 2, 24)
    awaited = told(calendar, "MONTH", date(2027, 2, 1), 5)
    assert awaited.due == date(2027, 2, 5) and awaited.awaiting == (2027,)
    assert "暂定：2027年放假安排尚未公布" in awaited.lines[-1]


def test_a_week_without_working_days_asks_nothing():
    rest = {date(2026, 10, 5) + timedelta(days=n): (False, "国庆节放假") for n in range(7)}
    one = occurrence(period_of("WEEK", date(2026, 10, 7)), 1, 2, Calendar(rest))
    assert (one.due, one.hand_on) == (None, None) and "本期不办" in one.lines[-1]
    dates = upcoming(
        "WEEK", 1, 0, Calendar(rest), since=date(2026, 10, 1), from_on=date(2026, 1, 1), until_on=None, count=2
    )
    assert [found.period.label for found in dates] == ["2026年第42周", "2026年第43周"]


def test_a_short_period_gives_its_nearest_working_day(calendar):
    clamped = told(calendar, "WEEK", date(2026, 9, 30), 5)
    assert (clamped.due, clamped.nth, clamped.clamped) == (date(2026, 9, 30), 3, True)
    assert "不足5个工作日，取最后一个" in clamped.lines
    assert told(calendar, "WEEK", date(2026, 9, 30), -5).due == date(2026, 9, 28)


def test_counting_from_the_end(calendar):
    assert told(calendar, "QUARTER", date(2026, 8, 1), -1).due == date(2026, 9, 30)
    assert told(calendar, "HALF_YEAR", date(2026, 8, 1), -1).due == date(2026, 12, 31)
    assert told(calendar, "YEAR", date(2026, 8, 1), -2).due == date(2026, 12, 30)


def test_any_rule_gives_a_working_day_of_its_period_and_hands_out_so_many_before(calendar):
    chance = random.Random(20261126)
    for _ in range(600):
        rhythm = chance.choice(["WEEK", *MONTHS])
        nth = chance.choice([-1, 1]) * chance.randint(1, 23)
        ahead, on = chance.randint(0, 30), date(2026, 1, 1) + timedelta(days=chance.randint(0, 700))
        period = period_of(rhythm, on)
        assert period.first <= on <= period.last and period_of(rhythm, period.last) == period
        assert following(period).first == period.last + timedelta(days=1)
        one = occurrence(period, nth, ahead, calendar)
        days = workdays_of(period.first, period.last, calendar)
        if one.due is None:
            assert not days
            continue
        assert one.due in days and is_workday(one.hand_on, calendar)
        assert len(workdays_of(one.hand_on, one.due, calendar)) == ahead + 1
        counted = days.index(one.due) + 1 if nth > 0 else -(len(days) - days.index(one.due))
        assert counted == one.nth and (counted == nth) is not one.clamped
        assert one.clamped is (abs(nth) > len(days))
